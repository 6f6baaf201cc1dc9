//! When a line of the card table begins to hold.

use chrono::{DateTime, FixedOffset};

use crate::domain::count::{Asked, Due, after_due, passed_at};
use crate::domain::moment::Moment;
use crate::domain::policy::{ClockRule, Policy, Threshold};

/// First instant at which `when` holds for the clock `asked`, or `None` where the limit is too
/// short for it: a warning that would begin before the clock does is no warning.
pub(super) fn begins(
    when: Threshold,
    rule: &ClockRule,
    policy: &Policy,
    asked: &Asked<'_>,
    due: Due,
) -> Option<DateTime<FixedOffset>> {
    let (calendar, zone) = (&policy.calendar, policy.zone);
    let begins = match when {
        Threshold::Passed => passed_at(&due.at, zone),
        Threshold::WorkingDaysBefore(days) => {
            rule.counting.notice_from(calendar, zone, &due.at, days).ok()?
        }
        Threshold::WorkingDaysAfter(days) => after_due(calendar, zone, &due.at, days).ok()?,
        Threshold::Percent(share) => rule.counting.share(calendar, zone, asked, share).ok()?,
    };
    let begins = begins.at();
    (begins > asked.start.at()).then_some(begins)
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
