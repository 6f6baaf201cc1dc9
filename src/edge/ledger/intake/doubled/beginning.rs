//! What a case begins with: by it rows of one number are told apart.

use super::super::super::{LedgerError, cannot};
use super::super::Intake;
use crate::domain::record::{Fact, TraceKind};

/// What a case begins with: changed later, it is hardly the same case any more.
const BEGINNINGS: [TraceKind; 2] = [TraceKind::Applied, TraceKind::Accepted];

/// What a row begins with, in words that do not change.
pub(super) fn identity(fact: &Fact) -> String {
    let beginning = fact.traces.iter().filter_map(|(_, trace)| trace.as_ref());
    let beginning = beginning.filter(|trace| BEGINNINGS.contains(&trace.kind));
    let beginning = beginning.map(|trace| format!(" {} {}", trace.kind, trace.occurred));
    let item = fact.header.as_ref().map_or("", |header| &header.item);
    std::iter::once(item.to_owned()).chain(beginning).collect()
}

impl Intake<'_> {
    /// Whether a row begins otherwise than its case is known to have begun, and does not say that it was entered later. What
    /// cannot be read contradicts nothing.
    pub(super) fn contradicts(&mut self, case: i64, fact: &Fact) -> Result<bool, LedgerError> {
        let sql = "SELECT item FROM \"case\" WHERE id = ?1";
        let item: Option<String> = self
            .statement(sql)
            .and_then(|mut find| find.query_row([case], |row| row.get(0)))
            .map_err(cannot("tell apart rows of one number"))?;
        let header = self.header_of(fact)?;
        let other = |item: &String| header.as_ref().is_some_and(|header| header.item != *item);
        if item.as_ref().is_some_and(other) {
            return Ok(true);
        }
        for (place, (slot, trace)) in fact.traces.iter().enumerate() {
            let kept = self.kept(case, fact, place)?;
            let trace = kept.as_ref().or(trace.as_ref());
            let Some(trace) = trace.filter(|trace| BEGINNINGS.contains(&trace.kind)) else { continue };
            let Some(known) = self.latest(case, slot)?.1 else { continue };
            let is_version = known.recorded.is_some() && trace.recorded.is_some();
            let is_version = is_version && known.recorded != trace.recorded;
            if known.kind == trace.kind && known.occurred != trace.occurred && !is_version {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What a case begins with by what is known of it.
    pub(super) fn as_known(&mut self, case: i64, like: &Fact) -> Result<String, LedgerError> {
        let mut fact = like.clone();
        fact.traces.extend(fact.in_doubt.iter().flat_map(|it| &it.slots).map(|slot| (slot.clone(), None)));
        fact.traces.sort_by_key(|(slot, _)| slot.part);
        for (slot, trace) in &mut fact.traces {
            *trace = self.latest(case, slot)?.1;
        }
        let item: Option<String> = self
            .statement("SELECT item FROM \"case\" WHERE id = ?1")
            .and_then(|mut find| find.query_row([case], |row| row.get(0)))
            .map_err(cannot("tell apart rows of one number"))?;
        if let (Some(header), Some(item)) = (&mut fact.header, item) {
            header.item = item;
        }
        Ok(identity(&fact))
    }
}
