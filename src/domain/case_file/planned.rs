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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;

    /// What lies later than clocks may differ is planned, as long before as it may be; by less than they may differ it has happened. What
    /// may not be planned is not, however near.
    #[test]
    fn what_is_later_than_clocks_may_differ_is_planned() {
        let instant: DateTime<FixedOffset> = "2011-10-12T09:00:00+08:00".parse().unwrap();
        let now = Now { instant, replay: false };
        let second = chrono::TimeDelta::seconds(1);
        let is = |kind, at| is_planned(&Trace::new(kind, Moment::instant(at)), &[], &now);
        let last = latest(instant);
        let step = [last - second, last, last + second].map(|at| is(TraceKind::Step, at));
        assert_eq!(step, [false, false, true]);
        assert!(!is(TraceKind::Decided, last + second));
        let far = instant + Days::new(DAYS);
        assert_eq!([far - second, far, far + second].map(|at| is(TraceKind::Step, at)), [true, true, false]);
    }
}
