//! Takes in what a source said: new facts are added, known ones recognised, changed ones kept in both versions.

use std::collections::HashMap;

use rusqlite::{CachedStatement, OptionalExtension, Transaction, TransactionBehavior, params};

use super::rounds::RoundId;
use super::stored::{TRACE, amount_to_text, dates_to_text, trace};
use super::{Ledger, LedgerError, cannot};
use crate::domain::record::{Batch, Fact, Header, Slot, Trace};

/// What a batch brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Cases that have something new.
    pub changed: u64,
    /// Rows newly in quarantine.
    pub rejected: u64,
}

impl Ledger {
    /// Takes in a batch of a source, in one transaction. Taking the same batch again changes nothing.
    pub fn take(&mut self, source: i64, round: RoundId, batch: &Batch) -> Result<Taken, LedgerError> {
        let fail = cannot("take in what a source said");
        let zone = self.zone;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        // Whatever goes wrong from here on, no case is taken for entered that was not.
        let mut met = std::mem::take(&mut self.met);
        let mut intake = Intake { tx: &tx, source, round, zone, cases: HashMap::new(), met: &mut met };
        let quarantined = intake.has_quarantine(batch.read).map_err(&fail)?;
        for fact in &batch.facts {
            intake.fact(fact)?;
            if quarantined {
                intake.clear_quarantine(batch.read, fact).map_err(&fail)?;
            }
        }
        let mut taken = Taken::default();
        for rejected in &batch.rejected {
            taken.rejected += u64::from(intake.quarantine(batch.read, rejected).map_err(&fail)?);
        }
        taken.changed = intake.cases.values().filter(|case| case.changed).count() as u64;
        tx.commit().map_err(&fail)?;
        if met.len() < MET {
            self.met = met;
        }
        Ok(taken)
    }
}

/// Cases remembered from batch to batch at most, by source and number: events of a case follow one another closely.
const MET: usize = 200_000;

/// A case as the running batch knows it.
#[derive(Clone, Copy)]
pub(super) struct Met {
    id: i64,
    /// It entered the ledger in this batch: its empty slots need no comparison.
    new: bool,
    /// It is already marked to be judged.
    changed: bool,
}

pub(super) struct Intake<'t> {
    tx: &'t Transaction<'t>,
    pub(super) source: i64,
    pub(super) round: RoundId,
    zone: chrono_tz::Tz,
    cases: HashMap<String, Met>,
    /// Rows of cases met in earlier batches of the round.
    met: &'t mut HashMap<(i64, String), i64>,
}

impl<'t> Intake<'t> {
    pub(super) fn statement(&self, sql: &str) -> rusqlite::Result<CachedStatement<'t>> {
        self.tx.prepare_cached(sql)
    }

    fn fact(&mut self, fact: &Fact) -> Result<(), LedgerError> {
        let fail = cannot("take in what a source said");
        let mut met = self.meet(&fact.case, fact.header.as_ref())?;
        let before = met.changed;
        for (slot, trace) in &fact.traces {
            let changed = match trace {
                Some(trace) => self.trace(met.id, slot, trace)?,
                None if met.new => false,
                None => self.emptied(met.id, slot).map_err(&fail)?,
            };
            if changed && !met.changed {
                self.mark(met.id).map_err(&fail)?;
                met.changed = true;
            }
        }
        if met.changed != before || fact.header.is_some() {
            // What the header or the traces changed is remembered for the case's further rows in this batch.
            if let Some(known) = self.cases.get_mut(&fact.case) {
                known.changed |= met.changed;
            }
        }
        Ok(())
    }

    /// The case's row: found, or entered.
    fn meet(&mut self, number: &str, header: Option<&Header>) -> Result<Met, LedgerError> {
        let fail = cannot("take in a case");
        let known = self.cases.get(number).copied();
        let mut met = match known {
            Some(met) => met,
            None => {
                let key = (self.source, number.to_owned());
                let known: Option<i64> = match self.met.get(&key) {
                    Some(id) => Some(*id),
                    None => self
                        .statement("SELECT id FROM \"case\" WHERE source_id = ?1 AND number = ?2")
                        .and_then(|mut find| {
                            find.query_row(params![self.source, number], |row| row.get(0)).optional()
                        })
                        .map_err(&fail)?,
                };
                if let Some(id) = known {
                    self.met.insert(key, id);
                }
                match known {
                    Some(id) => Met { id, new: false, changed: false },
                    None => return self.enter(number, header).map_err(&fail),
                }
            }
        };
        if let Some(header) = header
            && self.header(met.id, header).map_err(&fail)?
            && !met.changed
        {
            self.mark(met.id).map_err(&fail)?;
            met.changed = true;
        }
        if known.is_none() {
            self.cases.insert(number.to_owned(), met);
        }
        Ok(met)
    }

    pub(super) fn enter(&mut self, number: &str, header: Option<&Header>) -> rusqlite::Result<Met> {
        let sql = "INSERT INTO \"case\" (source_id, number, item, unit, dates, display, first_round)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let (item, unit) = (header.map(|h| &h.item), header.and_then(|h| h.unit.as_ref()));
        let (dates, display) = (header.and_then(dates_to_text), header.and_then(|h| h.display.as_ref()));
        let id = self.statement(sql)?.insert(params![
            self.source,
            number,
            item,
            unit,
            dates,
            display,
            self.round
        ])?;
        let met = Met { id, new: true, changed: true };
        self.met.insert((self.source, number.to_owned()), id);
        self.cases.insert(number.to_owned(), met);
        Ok(met)
    }

    /// Updates what is known of the case itself; keeps what was known before. Gives whether it differed.
    fn header(&self, case: i64, header: &Header) -> rusqlite::Result<bool> {
        let dates = dates_to_text(header);
        let row = params![case, header.item, header.unit, dates, header.display];
        let same = "SELECT 1 FROM \"case\" WHERE id = ?1 AND item IS ?2 AND unit IS ?3 AND dates IS ?4
                        AND display IS ?5";
        if self.statement(same)?.exists(row)? {
            return Ok(false);
        }
        let keep = "INSERT INTO case_change (case_id, round_id, item, unit, dates, display)
                    SELECT id, ?2, item, unit, dates, display FROM \"case\" WHERE id = ?1 AND item IS NOT NULL";
        self.statement(keep)?.execute(params![case, self.round])?;
        let update = "UPDATE \"case\" SET item = ?2, unit = ?3, dates = ?4, display = ?5 WHERE id = ?1";
        self.statement(update)?.execute(row)?;
        Ok(true)
    }

    pub(super) fn mark(&self, case: i64) -> rusqlite::Result<()> {
        self.statement("UPDATE \"case\" SET unjudged = 1 WHERE id = ?1 AND unjudged = 0")?
            .execute([case])
            .map(drop)
    }

    fn trace(&self, case: i64, slot: &Slot, trace: &Trace) -> Result<bool, LedgerError> {
        let fail = cannot("take in a trace");
        let first = self.revise(case, slot, 1, Some(trace)).map_err(&fail)?;
        if first {
            return Ok(true);
        }
        match self.latest(case, slot)? {
            (_, Some(known)) if known == *trace => Ok(false),
            (revision, _) => self.revise(case, slot, revision + 1, Some(trace)).map_err(&fail),
        }
    }

    /// A slot is empty in the source; if it once was not, that is a revision too.
    fn emptied(&self, case: i64, slot: &Slot) -> rusqlite::Result<bool> {
        let sql = "SELECT revision, kind IS NULL FROM trace
                   WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND part = ?4 ORDER BY revision DESC LIMIT 1";
        let known: Option<(i64, bool)> = self
            .statement(sql)?
            .query_row(params![case, slot.read, slot.row, slot.part], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match known {
            Some((revision, false)) => self.revise(case, slot, revision + 1, None),
            _ => Ok(false),
        }
    }

    /// Adds a revision unless it is there. The key does the looking: a known trace costs one failed insert.
    fn revise(&self, case: i64, slot: &Slot, revision: i64, trace: Option<&Trace>) -> rusqlite::Result<bool> {
        let sql = "INSERT INTO trace (case_id, read, row, part, revision, kind, stage, occurred_at, recorded_at, by,
                       note, amount, round_id)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO NOTHING";
        let added = self.statement(sql)?.execute(params![
            case,
            slot.read,
            slot.row,
            slot.part,
            revision,
            trace.map(|trace| trace.kind.word()),
            trace.and_then(|trace| trace.stage.as_ref()),
            trace.map(|trace| trace.occurred.to_string()),
            trace.and_then(|trace| trace.recorded).map(|at| at.to_string()),
            trace.and_then(|trace| trace.by.as_ref()),
            trace.and_then(|trace| trace.note.as_ref()),
            trace.and_then(|trace| trace.amount.as_ref()).map(amount_to_text),
            self.round,
        ])?;
        Ok(added > 0)
    }

    fn latest(&self, case: i64, slot: &Slot) -> Result<(i64, Option<Trace>), LedgerError> {
        let fail = cannot("read a trace");
        let sql = format!(
            "SELECT revision, kind IS NULL, {TRACE} FROM trace
             WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND part = ?4 ORDER BY revision DESC LIMIT 1"
        );
        let mut find = self.statement(&sql).map_err(&fail)?;
        let mut rows = find.query(params![case, slot.read, slot.row, slot.part]).map_err(&fail)?;
        let Some(row) = rows.next().map_err(&fail)? else { return Ok((0, None)) };
        let (revision, empty): (i64, bool) = (row.get(0).map_err(&fail)?, row.get(1).map_err(&fail)?);
        Ok((revision, if empty { None } else { Some(trace(row, 2, self.zone)?) }))
    }
}
