//! What follows in law from time that has passed: a case that counts as accepted, or as given up; and what was done at all.

use super::Reading;
use super::case::Case;
use crate::domain::moment::Moment;
use crate::domain::policy::{ClockRule, Trigger};
use crate::domain::record::{Trace, TraceKind};
use crate::domain::statute::{Expiry, Keeper, Mark};

/// Since when the case counts as accepted because nobody said in time what was missing, and by which clock: from receipt by
/// 《行政许可法》第三十二条, from the end of the examination by 《行政复议法》第三十条 of 2023.
pub(super) fn deemed_accepted<'a>(readings: &[Reading<'a>]) -> Option<(Moment, &'a ClockRule)> {
    readings.iter().filter(|reading| reading.late()).find_map(|reading| {
        let since = match reading.rule.on_expiry {
            Expiry::AcceptedFromReceipt => reading.started,
            Expiry::AcceptedFromEnd => reading.due.map(|due| due.at),
            _ => None,
        };
        Some((since?, reading.rule))
    })
}

impl Case<'_, '_> {
    /// What the applicant gave up ends what runs against the unit.
    pub(super) fn end_by_giving_up(&self, rule: &ClockRule) -> Option<(Moment, TraceKind)> {
        self.given_up.filter(|_| rule.by_law.keeper == Keeper::Unit).map(|at| (at, TraceKind::Withdrawn))
    }

    /// Whether what a clock binds was done at all: the end of a case is not the doing of a step on the way to it.
    pub(super) fn did(&self, rule: &ClockRule) -> bool {
        let ends = |mark: &Mark| mark.kind().is_some_and(TraceKind::ends_a_case);
        let only_ends = match &rule.stops {
            Trigger::Marks(marks) | Trigger::Earliest(marks) => marks.iter().all(ends),
            Trigger::First(_) | Trigger::Last(_) => true,
        };
        let own = |trace: &Trace| rule.stops_with(trace) && (only_ends || !trace.kind.ends_a_case());
        self.traces.iter().any(own)
    }
}
