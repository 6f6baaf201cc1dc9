//! When something happened, as far as the record knows: an instant, or only a civil day.

use std::cmp::Ordering;
use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;

/// A point in time with the precision the record has. A bare date knows its day and not its hour,
/// and compares with other moments by civil day only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    at: DateTime<FixedOffset>,
    hour_known: bool,
}

impl Moment {
    /// A civil day without an hour.
    pub fn day(date: NaiveDate, zone: Tz) -> Self {
        Self { at: local(date.and_time(NaiveTime::MIN), zone), hour_known: false }
    }

    /// An instant, kept to the second.
    pub fn instant(at: DateTime<FixedOffset>) -> Self {
        let whole = at - chrono::Duration::nanoseconds(i64::from(at.timestamp_subsec_nanos()));
        Self { at: whole, hour_known: true }
    }

    /// A local date and time of `zone`. Where the clock was put back, the earlier of the two instants is
    /// meant; where it was put forward over the time, the first instant after the gap.
    pub fn local(naive: NaiveDateTime, zone: Tz) -> Self {
        Self::instant(local(naive, zone))
    }

    /// The civil day.
    pub fn date(&self) -> NaiveDate {
        self.at.date_naive()
    }

    /// The local time of day, if it was recorded.
    pub fn time(&self) -> Option<NaiveTime> {
        self.hour_known.then(|| self.at.time())
    }

    /// The instant; for a bare date the first of its day.
    pub fn at(&self) -> DateTime<FixedOffset> {
        self.at
    }

    /// Whether the hour was recorded.
    pub fn hour_known(&self) -> bool {
        self.hour_known
    }

    /// Chronological order as far as it is known: by civil day as soon as one side has no hour.
    pub fn order(&self, other: &Self) -> Ordering {
        if self.hour_known && other.hour_known {
            self.at.cmp(&other.at)
        } else {
            self.date().cmp(&other.date())
        }
    }

    /// Reads back what `Display` wrote.
    pub fn parse(text: &str, zone: Tz) -> Option<Self> {
        if text.len() == 10 {
            return text.parse().ok().map(|date| Self::day(date, zone));
        }
        DateTime::parse_from_rfc3339(text).ok().map(Self::instant)
    }
}

/// `2011-09-26` for a bare date, `2011-09-26T16:30:00+08:00` otherwise.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.hour_known {
            f.write_str(&self.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false))
        } else {
            write!(f, "{}", self.date())
        }
    }
}

fn local(naive: NaiveDateTime, zone: Tz) -> DateTime<FixedOffset> {
    let mut probe = naive;
    loop {
        if let Some(found) = zone.from_local_datetime(&probe).earliest() {
            return found.fixed_offset();
        }
        // Only inside the gap of a clock put forward; gaps are of whole quarter hours.
        probe += chrono::Duration::minutes(15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_date_is_neither_early_nor_late_by_an_hour() {
        let zone = chrono_tz::Asia::Shanghai;
        let day = Moment::parse("2011-09-26", zone).unwrap();
        let afternoon = Moment::parse("2011-09-26T16:30:00+08:00", zone).unwrap();
        assert_eq!(day.order(&afternoon), Ordering::Equal);
        assert_eq!(day.to_string(), "2011-09-26");
        assert_eq!(afternoon.to_string(), "2011-09-26T16:30:00+08:00");
    }

    #[test]
    fn a_time_that_the_clock_skipped_is_the_first_after_the_gap() {
        let zone = chrono_tz::Europe::Amsterdam;
        let skipped = NaiveDate::from_ymd_opt(2011, 3, 27).unwrap().and_hms_opt(2, 30, 0).unwrap();
        assert_eq!(Moment::local(skipped, zone).to_string(), "2011-03-27T03:00:00+02:00");
    }
}
