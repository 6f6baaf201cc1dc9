//! When a line of the card table begins to hold.

use chrono::{DateTime, Duration, FixedOffset};

use crate::domain::count::{Due, Pause};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::policy::{ClockRule, Policy, Threshold};

/// First instant at which `when` holds for a clock that started at `start`, or `None` where the limit is too
/// short for it: a warning that would begin before the clock does is no warning.
pub(super) fn begins(
    when: Threshold,
    rule: &ClockRule,
    policy: &Policy,
    start: Moment,
    due: Due,
    limit: &Limit,
    pauses: &[Pause],
) -> Option<DateTime<FixedOffset>> {
    let calendar = &policy.calendar;
    let midnight = |day| Moment::day(day, policy.zone).at();
    let begins = match when {
        Threshold::Passed => passed(due, policy),
        Threshold::WorkingDaysBefore(days) => {
            rule.counting.notice_from(calendar, policy.zone, due.at.date(), days).ok()?
        }
        Threshold::WorkingDaysAfter(days) => {
            let last = calendar.nth_working_day_after(due.at.date(), days).ok()?;
            midnight(last.succ_opt()?)
        }
        Threshold::Percent(share) => {
            rule.counting.percent_run(calendar, policy.zone, start, limit, pauses, share).ok()?
        }
    };
    (begins > start.at()).then_some(begins)
}

/// The first instant past a due moment: midnight after a due day, the second after a due instant
/// ("超过1秒钟也算超期").
pub(super) fn passed(due: Due, policy: &Policy) -> DateTime<FixedOffset> {
    match due.at.date().succ_opt() {
        Some(next) if !due.at.hour_known() => Moment::day(next, policy.zone).at(),
        _ => due.at.at() + Duration::seconds(1),
    }
}

/// Whether `begins` lies at or before `until`, with the benefit of the doubt for a bare date.
pub(super) fn reached(begins: DateTime<FixedOffset>, until: Moment) -> bool {
    if until.hour_known() {
        return begins <= until.at();
    }
    let opening = Moment::instant(begins);
    let whole_day = opening.at().time() == chrono::NaiveTime::MIN;
    opening.date() < until.date() || (whole_day && opening.date() == until.date())
}
