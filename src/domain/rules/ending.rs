//! How a case ended, for rules that look at many cases together.

use super::Matter;
use crate::domain::across::Ending;
use crate::domain::clock::Reading;
use crate::domain::limit::Limit;
use crate::domain::policy::LimitSource;

/// How it ended, if it did.
pub(in crate::domain) fn of(matter: &Matter<'_>, number: &str) -> Option<Ending> {
    let ended = matter.traces.iter().find(|trace| trace.kind.ends_a_case())?;
    // What is due the same day is decided on its last day, if it is decided at all.
    let by_day =
        |clock: &&Reading<'_>| clock.rule.limit == LimitSource::Promised && clock.limit != Limit::SameDay;
    let promise = matter.clocks.iter().find(by_day);
    let unit = matter.header.unit.as_ref().unwrap_or(&matter.item.unit);
    Some(Ending {
        number: number.to_owned(),
        item: matter.item.code.clone(),
        unit: unit.clone(),
        kind: ended.kind,
        by: ended.by.clone(),
        ended: ended.occurred,
        entered: matter.first_seen.and_then(|_| matter.entered(ended)),
        note: ended.note.clone(),
        due_on: promise.and_then(|clock| clock.due).map(|due| due.at.date()),
    })
}
