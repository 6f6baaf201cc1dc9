//! How much of a limit has run at a moment, counted from its beginning: what the count to the end of it is held against.

use chrono_tz::Asia::Shanghai;

use super::super::hours::DAY;
use super::super::measure::{Measure, place};
use super::super::{Asked, Counting};
use crate::domain::calendar::{Calendar, index};
use crate::domain::limit::LimitUnit;
use crate::domain::moment::Moment;

/// How much of a limit has run, in the clock's own unit: days, the day of the question included, or seconds. It goes on past the
/// limit.
pub(super) struct Progress {
    pub unit: LimitUnit,
    pub used: i64,
    /// The whole limit with its extensions.
    pub total: i64,
}

/// How much of what is asked has run at a moment, without the pauses.
pub(super) fn used(counting: &Counting, calendar: &Calendar, asked: &Asked, until: &Moment) -> Progress {
    let (run, _) = counting.prepare(calendar, Shanghai, asked).unwrap();
    let ended = until.wall(Shanghai);
    let day = index(ended.date()).unwrap();
    let (unit, to) = match run.measure {
        Measure::Working(_) => (LimitUnit::WorkingDays, day + 1),
        Measure::Civil => (LimitUnit::CalendarDays, day + 1),
        Measure::Office(..) if until.hour_known() => (LimitUnit::OfficeHours, place(ended).unwrap()),
        Measure::Elapsed if until.hour_known() => (LimitUnit::ClockHours, place(ended).unwrap()),
        Measure::Elapsed => (LimitUnit::ClockHours, day * DAY),
        // Without an hour the day counts as not yet worked.
        Measure::Office(..) => (LimitUnit::OfficeHours, day * DAY),
    };
    let paused = |&(pause, resume): &(i64, i64)| {
        let (pause, resume) = (pause.max(run.from), resume.min(to));
        if resume > pause { run.measure.before(resume) - run.measure.before(pause) } else { 0 }
    };
    let all = if to > run.from { run.measure.before(to) - run.measure.before(run.from) } else { 0 };
    let paused = run.pauses.spans().iter().map(paused).sum::<i64>();
    Progress { unit, used: if to > run.from { all - paused } else { 0 }, total: run.need }
}
