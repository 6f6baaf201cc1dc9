//! Office hours of one day (办公时间): spans in order, as seconds to count with.

use crate::domain::text::{Fault, say};
use std::fmt;
use std::str::FromStr;

use chrono::{NaiveTime, Timelike};

/// Words for a day on which nobody is received.
const CLOSED: [&str; 6] = ["closed", "不办公", "休息", "全天休息", "关闭", "休"];

/// Office hours of a working day: spans in order, not overlapping, none empty. Without any span the office is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayHours(Vec<(NaiveTime, NaiveTime)>);

impl DayHours {
    /// Office hours from their spans.
    ///
    /// # Errors
    /// A sentence, if there is no span, one ends before it begins, or two overlap or stand out of order.
    pub fn new(spans: Vec<(NaiveTime, NaiveTime)>) -> Result<Self, Fault> {
        if spans.is_empty() {
            return Err(Fault(say!("wrong-no_hours")));
        }
        if let Some((opens, closes)) = spans.iter().find(|(opens, closes)| opens >= closes) {
            let (opens, closes) = (opens.to_string(), closes.to_string());
            return Err(Fault(say!("wrong-hours_end", opens, closes)));
        }
        if let Some(pair) = spans.windows(2).find(|pair| pair[1].0 < pair[0].1) {
            let (first, second) = (pair[0].1.to_string(), pair[1].0.to_string());
            return Err(Fault(say!("wrong-hours_overlap", first, second)));
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

    /// Whether nobody is received all day.
    pub fn closed(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether people are at work for two hours of it between 06:00 and 22:00, so that who is written to is reached.
    pub(super) fn reaches_people(&self) -> bool {
        const HOUR: i64 = 3_600;
        self.before(22 * HOUR) - self.before(6 * HOUR) >= 2 * HOUR
    }

    /// When the office opens; on a closed day its midnight.
    pub fn opening(&self) -> NaiveTime {
        self.0.first().map_or(NaiveTime::MIN, |(opens, _)| *opens)
    }

    /// When the office closes for the day; on a closed day its midnight, so that whatever comes then comes after it.
    pub fn closing(&self) -> NaiveTime {
        self.0.last().map_or(NaiveTime::MIN, |(_, closes)| *closes)
    }

    /// Seconds of a whole day.
    pub(in crate::domain::count) fn length(&self) -> i64 {
        self.0.iter().map(|(opens, closes)| seconds(*closes) - seconds(*opens)).sum()
    }

    /// Office seconds of a day that lie before a second of it.
    pub(in crate::domain::count) fn before(&self, second: i64) -> i64 {
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

/// `09:00-12:00,13:00-17:00`, or `closed`.
impl FromStr for DayHours {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let span = |part: &str| {
            let (opens, closes) = part.split_once(['-', '–'])?;
            let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
            Some((time(opens)?, time(closes)?))
        };
        if CLOSED.contains(&text.trim()) {
            return Ok(Self(Vec::new()));
        }
        let spans: Option<Vec<_>> = text.split([',', '，']).map(span).collect();
        let spans = spans.ok_or_else(|| Fault(say!("wrong-hours", text)))?;
        Self::new(spans)
    }
}

/// As [`FromStr`] reads it.
impl fmt::Display for DayHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.closed() {
            return f.write_str(CLOSED[0]);
        }
        for (number, (opens, closes)) in self.0.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            write!(f, "{comma}{}-{}", opens.format("%H:%M"), closes.format("%H:%M"))?;
        }
        Ok(())
    }
}

/// Seconds since midnight.
pub(in crate::domain::count) fn seconds(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight())
}
