//! How a case ended, for rules that look at many cases together.

use super::Matter;
use crate::domain::across::Ending;
use crate::domain::policy::LimitSource;

/// How it ended, if it did.
pub(in crate::domain) fn of(matter: &Matter<'_>, number: &str) -> Option<Ending> {
    let ended = matter.traces.iter().find(|trace| trace.kind.ends_a_case())?;
    let promise = matter.clocks.iter().find(|clock| clock.rule.limit == LimitSource::Promised);
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
