//! How a case ended, for rules that look at many cases together.

use chrono::NaiveDate;

use super::CaseView;
use crate::domain::clock::Reading;
use crate::domain::limit::{Limit, LimitSource};
use crate::domain::record::{Meaning, Trace};
use crate::domain::stock::Ended;

/// On which day a case ended and as what. How it was decided may stand in a later row: some systems decide and close.
pub(in crate::domain) fn how(traces: &[Trace]) -> Option<(NaiveDate, Meaning)> {
    let mut ends = traces.iter().filter(|trace| trace.kind.ends_a_case());
    let end = ends.next()?;
    let outcome = end.outcome.or_else(|| ends.find_map(|trace| trace.outcome));
    Some((end.occurred.date(), Meaning { kind: end.kind, outcome }))
}

/// How it ended, if it did.
pub(in crate::domain) fn of(matter: &CaseView<'_>) -> Option<Ended> {
    let trace = matter.traces.iter().position(|trace| trace.kind.ends_a_case())?;
    // What is due the same day is decided on its last day, if it is decided at all.
    let by_day =
        |clock: &&Reading<'_>| clock.rule.limit == LimitSource::Promised && clock.limit != Limit::SameDay;
    let promise = matter.clocks.iter().find(by_day);
    Some(Ended {
        trace,
        entered: matter.entered(&matter.traces[trace]).filter(|_| matter.saw_appear(&matter.traces[trace])),
        due_on: promise.and_then(|clock| clock.due).map(|due| due.at.date()),
    })
}
