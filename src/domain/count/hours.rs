//! Office hours of a working day (办公时间): spans in order, as seconds to count with.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveTime, Timelike};

/// Office hours of a working day: spans in order, not overlapping, none empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHours(Vec<(NaiveTime, NaiveTime)>);

impl OfficeHours {
    /// Office hours from their spans.
    ///
    /// # Errors
    /// A sentence, if there is no span, one ends before it begins, or two overlap or stand out of order.
    pub fn new(spans: Vec<(NaiveTime, NaiveTime)>) -> Result<Self, String> {
        if spans.is_empty() {
            return Err("office hours need at least one span, such as 09:00-12:00".into());
        }
        if let Some((opens, closes)) = spans.iter().find(|(opens, closes)| opens >= closes) {
            return Err(format!("the office hours {opens}-{closes} end before they begin"));
        }
        if let Some(pair) = spans.windows(2).find(|pair| pair[1].0 < pair[0].1) {
            let (first, second) = (pair[0].1, pair[1].0);
            return Err(format!(
                "office hours overlap: one span ends at {first}, the next begins at {second}"
            ));
        }
        Ok(Self(spans))
    }

    /// Whether the office is open at this time of a working day.
    pub fn contains(&self, time: NaiveTime) -> bool {
        self.0.iter().any(|(from, to)| (*from..*to).contains(&time))
    }

    /// The spans in order.
    pub fn spans(&self) -> &[(NaiveTime, NaiveTime)] {
        &self.0
    }

    /// When the office opens.
    pub fn opening(&self) -> NaiveTime {
        self.0[0].0
    }

    /// When the office closes for the day.
    pub fn closing(&self) -> NaiveTime {
        self.0[self.0.len() - 1].1
    }

    /// Seconds of a whole day.
    pub(super) fn length(&self) -> i64 {
        self.0.iter().map(|(opens, closes)| seconds(*closes) - seconds(*opens)).sum()
    }

    /// Office seconds of a day that lie before a second of it.
    pub(super) fn before(&self, second: i64) -> i64 {
        let used = |(opens, closes): &(NaiveTime, NaiveTime)| {
            (second.min(seconds(*closes)) - seconds(*opens)).max(0)
        };
        self.0.iter().map(used).sum()
    }

    /// The second of the day at which `rest` office seconds have run; the end of a span is not carried over
    /// to the next. `rest` lies between 1 and [`Self::length`].
    pub(super) fn reach(&self, mut rest: i64) -> i64 {
        for (opens, closes) in &self.0 {
            let length = seconds(*closes) - seconds(*opens);
            if rest <= length {
                return seconds(*opens) + rest;
            }
            rest -= length;
        }
        seconds(self.closing())
    }
}

/// 09:00–12:00 and 13:00–17:00.
impl Default for OfficeHours {
    fn default() -> Self {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a whole hour of the day exists");
        Self(vec![(hour(9), hour(12)), (hour(13), hour(17))])
    }
}

/// `09:00-12:00,13:00-17:00`.
impl FromStr for OfficeHours {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let span = |part: &str| {
            let (opens, closes) = part.split_once(['-', '–'])?;
            let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
            Some((time(opens)?, time(closes)?))
        };
        let spans: Option<Vec<_>> = text.split([',', '，']).map(span).collect();
        let spans = spans.ok_or_else(|| {
            format!("`{text}` are no office hours: write them as 09:00-12:00,13:00-17:00, within one day")
        })?;
        Self::new(spans)
    }
}

/// As [`FromStr`] reads it.
impl fmt::Display for OfficeHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (opens, closes)) in self.0.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            write!(f, "{comma}{}-{}", opens.format("%H:%M"), closes.format("%H:%M"))?;
        }
        Ok(())
    }
}

/// Seconds since midnight.
pub(super) fn seconds(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_can_be_read_back() {
        let text = "09:00-12:00,13:00-17:00";
        assert_eq!(text.parse::<OfficeHours>().unwrap(), OfficeHours::default());
        assert_eq!(OfficeHours::default().to_string(), text);
    }

    #[test]
    fn hours_that_make_no_sense_are_refused() {
        for text in ["", "9-12", "12:00-09:00", "09:00-09:00", "09:00-12:00,11:00-17:00", "13:00-25:00"] {
            assert!(text.parse::<OfficeHours>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_end_of_a_span_is_not_carried_over_lunch() {
        let hours = OfficeHours::default();
        assert_eq!(hours.reach(3 * 3600), 12 * 3600);
        assert_eq!(hours.reach(3 * 3600 + 1), 13 * 3600 + 1);
        assert_eq!(hours.reach(hours.length()), 17 * 3600);
        assert_eq!(hours.before(12 * 3600 + 1800), 3 * 3600);
    }
}
