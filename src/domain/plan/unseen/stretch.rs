//! Whether a stretch in which a source was not read is longer than ordinary: a limit that passes between two ordinary readings falls
//! due every day, and nobody looked away.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::domain::calendar::Calendar;

/// A restart, an upgrade, a copy of the machine, a file that is exchanged: nobody need explain an hour.
const AN_HOUR: TimeDelta = TimeDelta::hours(1);

/// Who read a source twice within so long reads it more than once a day.
pub const HALF_A_DAY: TimeDelta = TimeDelta::hours(12);

/// The longest time between two readings that is ordinary: an hour, or two rounds where they are to be further apart, as one may
/// fail.
pub fn ordinary_gap(poll_every: Duration) -> TimeDelta {
    TimeDelta::from_std(poll_every.saturating_mul(2)).unwrap_or(TimeDelta::MAX).max(AN_HOUR)
}

/// The rounds around a stretch in which a source was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// When the last round began that had read it.
    pub from: DateTime<FixedOffset>,
    /// When the first began that read it again.
    pub until: DateTime<FixedOffset>,
    /// How long before the former another round had begun; `None`: it was the first.
    pub before: Option<TimeDelta>,
    /// A round ran in between, and could not read it.
    pub looked: bool,
}

impl Stretch {
    /// Whether it is no longer than ordinary. Where no round ran in between, and the source was read once a day at most before (a
    /// timer that reads once each morning, on working days alone or on all), one reading follows the other as ever until a working
    /// day went by without any.
    pub fn is_ordinary(&self, poll_every: Duration, calendar: &Calendar) -> bool {
        if self.until - self.from <= ordinary_gap(poll_every) {
            return true;
        }
        let once_a_day = !self.looked && self.before.is_none_or(|before| before > HALF_A_DAY);
        let last = self.until.date_naive();
        let between = self.from.date_naive().iter_days().skip(1).take_while(|day| *day < last);
        once_a_day && !{ between }.any(|day| calendar.day(day).working)
    }
}
