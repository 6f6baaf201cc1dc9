//! When a line of the card table begins to hold.

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;

use super::{Doubtful, Reading};
use crate::domain::count::{Asked, Due, after_due, passed_at};
use crate::domain::moment::Moment;
use crate::domain::policy::Threshold;

/// First instant at which `when` holds for a clock that ends at `due`, or `None` where the limit is too short for it: a
/// warning that would begin before the clock does is no warning. `strict` is how it is counted if doubts count.
pub(super) fn begins(
    when: Threshold,
    reading: &Reading<'_>,
    zone: Tz,
    strict: Option<&Doubtful>,
    due: Due,
) -> Option<DateTime<FixedOffset>> {
    let (calendar, counting) = (reading.calendar, &reading.rule.counting);
    let mut asked = reading.asked()?;
    if let Some(it) = strict {
        asked = Asked { start: it.start, extensions: &it.extensions, pauses: &it.pauses, ..asked };
    }
    let begins = match when {
        Threshold::Passed => passed_at(&due.at, zone),
        Threshold::WorkingDaysBefore(days) => counting.notice_from(calendar, zone, &due.at, days).ok()?,
        Threshold::WorkingDaysAfter(days) => after_due(calendar, zone, &due.at, days).ok()?,
        Threshold::Percent(share) => counting.share(calendar, zone, &asked, share).ok()?,
    };
    let begins = begins.at();
    (reading.rule.is_counted_back() || begins > asked.start.at()).then_some(begins)
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
