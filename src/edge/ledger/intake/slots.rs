//! The slots of a case's traces: filled, changed, emptied.

use rusqlite::{OptionalExtension, params};

use super::super::stored::{amount_to_text, named_to_text, trace};
use super::super::{LedgerError, cannot};
use super::keys::KeyWatch;
use super::{Entered, Intake};
use crate::domain::record::{Fact, Outcome, Slot, Trace};

/// Whether a trace says what is known but for milliseconds, which an earlier program did not keep.
fn says_again(known: &Trace, trace: &Trace) -> bool {
    trace.occurred.to_the_second() == known.occurred
        && Trace { occurred: known.occurred, ..trace.clone() } == *known
}

impl Intake<'_> {
    /// Takes in the traces of a row; gives whether one of them is new or changed.
    pub(super) fn traces(
        &mut self,
        (case, entered): (i64, Entered),
        fact: &Fact,
        watch: KeyWatch,
    ) -> Result<bool, LedgerError> {
        let fail = cannot("take in a trace");
        let mut changed = false;
        for (place, (slot, trace)) in fact.traces.iter().enumerate() {
            let kept = self.kept(case, fact, place)?;
            changed |= match kept.as_ref().or(trace.as_ref()) {
                Some(trace) if !self.has_room((&fact.case, case), trace.kind).map_err(&fail)? => {
                    let known = self.latest(case, slot)?.1;
                    if !known.is_some_and(|known| known == *trace || says_again(&known, trace)) {
                        self.set_aside(fact);
                    }
                    false
                }
                Some(trace) => {
                    let (changed, fresh) = self.trace(case, slot, trace)?;
                    match watch {
                        KeyWatch::Off => {}
                        _ if fresh => self.met().keys.met_new(case, slot),
                        _ => self.met().keys.met_again(case, slot, watch),
                    }
                    if changed {
                        self.count_trace(&fact.case, case, trace.kind).map_err(&fail)?;
                    }
                    changed
                }
                // A case that entered with this row has no former traces.
                None if entered == Entered::Now => false,
                None => self.emptied(case, slot)?,
            };
        }
        Ok(changed)
    }

    /// Takes in a trace; gives whether something changed, and whether its slot was not known.
    pub(super) fn trace(
        &mut self,
        case: i64,
        slot: &Slot,
        trace: &Trace,
    ) -> Result<(bool, bool), LedgerError> {
        let fail = cannot("take in a trace");
        if self.revise(case, slot, 1, Some(trace)).map_err(&fail)? {
            return Ok((true, true));
        }
        match self.latest(case, slot)? {
            (_, Some(known)) if known == *trace || says_again(&known, trace) => {
                self.met().taken_back.is_as_known(case, slot);
                Ok((false, false))
            }
            (revision, Some(known)) if self.takes_back((case, slot), (revision, &known), Some(trace))? => {
                Ok((false, false))
            }
            (revision, _) => Ok((self.revise(case, slot, revision + 1, Some(trace)).map_err(&fail)?, false)),
        }
    }

    /// A slot is empty in the source; if it once was not, that is a revision too.
    pub(super) fn emptied(&mut self, case: i64, slot: &Slot) -> Result<bool, LedgerError> {
        let fail = cannot("take in that a trace is gone");
        let row = params![case, slot.read, &*slot.row, slot.part];
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?));
        match self.slot.query_row(row, read).optional().map_err(&fail)? {
            Some((revision, false)) => {
                let waits = match self.latest(case, slot)? {
                    (_, Some(known)) => self.takes_back((case, slot), (revision, &known), None)?,
                    (_, None) => false,
                };
                Ok(!waits && self.revise(case, slot, revision + 1, None).map_err(&fail)?)
            }
            _ => Ok(false),
        }
    }

    /// Adds a revision unless it is there. The key does the looking: a known trace costs one failed insert.
    pub(super) fn revise(
        &mut self,
        case: i64,
        slot: &Slot,
        revision: i64,
        trace: Option<&Trace>,
    ) -> rusqlite::Result<bool> {
        let occurred = trace.map(|trace| trace.occurred.written());
        let recorded = trace.and_then(|trace| trace.recorded).map(|at| at.written());
        let asked = trace.and_then(|trace| trace.asked).map(|at| at.written());
        let due = trace.and_then(|trace| trace.due).map(|at| at.written());
        let added = self.revise.execute(params![
            case,
            slot.read,
            &*slot.row,
            slot.part,
            revision,
            trace.map(|trace| trace.kind.word()),
            trace.and_then(|trace| trace.stage.as_deref()),
            occurred.as_deref(),
            recorded.as_deref(),
            trace.and_then(|trace| trace.by.as_deref()),
            trace.and_then(|trace| trace.note.as_deref()),
            trace.and_then(|trace| trace.amount.as_ref()).map(amount_to_text),
            self.round,
            trace.and_then(|trace| trace.outcome).map(Outcome::word),
            trace.and_then(|trace| trace.unit.as_deref()),
            asked.as_deref(),
            trace.and_then(|trace| trace.serial.as_deref()),
            due.as_deref(),
            trace.is_some_and(|trace| trace.resumes_any),
            self.place,
            trace.and_then(|trace| named_to_text(&trace.step_dues)),
        ])?;
        Ok(added > 0)
    }

    /// The last revision of a slot and what it says; 0 where there is none.
    pub(super) fn latest(&mut self, case: i64, slot: &Slot) -> Result<(i64, Option<Trace>), LedgerError> {
        let fail = cannot("read a trace");
        let mut rows = self.slot.query(params![case, slot.read, &*slot.row, slot.part]).map_err(&fail)?;
        let Some(row) = rows.next().map_err(&fail)? else { return Ok((0, None)) };
        let (revision, empty): (i64, bool) = (row.get(0).map_err(&fail)?, row.get(1).map_err(&fail)?);
        Ok((revision, if empty { None } else { Some(trace(row, 2, self.zone)?) }))
    }
}
