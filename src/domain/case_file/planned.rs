//! What is entered before it happens because it is planned: nobody need answer for it, and it counts from its time on.

use chrono::{DateTime, Days, FixedOffset};

use super::revision::{Revision, latest, said_before};
use crate::domain::now::Now;
use crate::domain::record::{Kinds, Trace, TraceKind};

/// A hearing is announced a week ahead (许可法 Art. 48), an appointment is given for some weeks, and what a special procedure asks for (an
/// appraisal, a test) is planned for a month or two; a day years ahead is a mistype.
const DAYS: u64 = 60;

/// Kinds that are lawfully entered as they are planned: an appointment, a hearing, beginning and end of a special procedure, a payment.
const PLANNED: Kinds = Kinds::NONE
    .with(TraceKind::Applied)
    .with(TraceKind::Step)
    .with(TraceKind::Paused)
    .with(TraceKind::Resumed)
    .with(TraceKind::Charged);

/// From when on a trace of the future is planned and no fault, if it may be.
pub(super) fn planned_from(trace: &Trace) -> Option<DateTime<FixedOffset>> {
    let at = trace.occurred.at();
    PLANNED.has(trace.kind).then(|| at.checked_sub_days(Days::new(DAYS)).unwrap_or(at))
}

/// Whether a trace is planned. What took the place of something that had happened is not planned but put off.
pub(super) fn is_planned(trace: &Trace, revisions: &[Revision], now: &Now) -> bool {
    let latest = latest(now.instant);
    let past = |trace: &Trace| trace.occurred.at() <= latest;
    let near = planned_from(trace).is_some_and(|from| from <= now.instant);
    near && !past(trace) && !said_before(trace, revisions.iter()).any(past)
}
