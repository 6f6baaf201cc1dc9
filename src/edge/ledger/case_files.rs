//! Cases to be judged, each with all that is known of it.

use std::sync::Arc;

use rusqlite::params;

use super::judgements::sortable;
use super::rounds::RoundId;
use super::stored::{TRACE, dates_from_text, moment, parsed, text, trace};
use super::{Ledger, LedgerError, cannot};
use crate::domain::finding::Known;
use crate::domain::now::Now;
use crate::domain::plan::{CaseFile, Held, JudgedBy};
use crate::domain::record::{Header, Trace};

impl Ledger {
    /// Cases that have something new or whose moment has come, at most `most`, after the case `after`. Sources in
    /// `frozen` are left out: what cannot be read is not judged.
    pub fn to_judge(
        &self,
        now: &Now,
        frozen: &[i64],
        after: i64,
        most: usize,
    ) -> Result<Vec<CaseFile>, LedgerError> {
        let fail = cannot("find the cases to judge");
        // One reading for all of it: otherwise each statement takes and gives back the file's lock.
        let _reading = self.db.unchecked_transaction().map_err(&fail)?;
        let ids: Vec<i64> = {
            // The plan is pinned: left to itself SQLite walks the whole ledger for the few cases that are due.
            let sql = "SELECT id FROM \"case\" INDEXED BY case_unjudged WHERE unjudged = 1 AND id > ?2
                       UNION SELECT id FROM \"case\" INDEXED BY case_due WHERE next_change_at <= ?1 AND +id > ?2
                       ORDER BY id";
            let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
            let mut of =
                self.db.prepare_cached("SELECT source_id FROM \"case\" WHERE id = ?1").map_err(&fail)?;
            let mut rows = find.query(params![sortable(now.instant), after]).map_err(&fail)?;
            let mut ids = Vec::new();
            while let Some(row) = rows.next().map_err(&fail)? {
                let id: i64 = row.get(0).map_err(&fail)?;
                let thaw = frozen.is_empty()
                    || !frozen.contains(&of.query_row([id], |row| row.get(0)).map_err(&fail)?);
                if thaw {
                    ids.push(id);
                }
                if ids.len() == most {
                    break;
                }
            }
            ids
        };
        ids.into_iter().map(|id| self.case_file(id)).collect()
    }

    /// Cases that are open or set aside, at most `most`, after the case `after`: those that other rules judge anew.
    pub fn open_cases(&self, after: i64, most: usize) -> Result<Vec<CaseFile>, LedgerError> {
        let sql = "SELECT id FROM \"case\" WHERE id > ?1 AND state IN ('open', 'fault') ORDER BY id LIMIT ?2";
        let ids = self.list("find the open cases", sql, params![after, most as i64], |row| row.get(0))?;
        ids.into_iter().map(|id| self.case_file(id)).collect()
    }

    /// One case with all that is known of it.
    pub fn case_file(&self, id: i64) -> Result<CaseFile, LedgerError> {
        let fail = cannot("read a case");
        let sql = "SELECT source_id, number, item, unit, dates, display, state IS NULL,
                       EXISTS (SELECT 1 FROM quarantine_row WHERE cleared_round IS NULL)
                   FROM \"case\" WHERE id = ?1";
        type Text = Option<String>;
        type Columns = (i64, String, Text, Text, Text, Text, bool, bool);
        let (source, number, item, unit, dates, display, new, quarantine): Columns = self
            .db
            .prepare_cached(sql)
            .and_then(|mut find| {
                find.query_row([id], |row| {
                    let at = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
                    Ok((at.0, at.1, at.2, at.3, at.4, at.5, row.get(6)?, row.get(7)?))
                })
            })
            .map_err(&fail)?;
        let dates = dates.map(|text| dates_from_text(&text, self.zone)).transpose()?.unwrap_or_default();
        let header = item.map(|item| Header { item, unit, dates, display });
        let spoilt = if quarantine { self.spoilt(source, &number).map_err(&fail)? } else { Vec::new() };
        // A case never judged has no findings: on a first read that is every one.
        let (known, held) = if new { (Vec::new(), Vec::new()) } else { (self.known(id)?, self.held(id)?) };
        Ok(CaseFile { id, number, header, traces: self.traces(id)?, spoilt, known, held })
    }

    /// The current traces of a case: of each slot the highest revision, if it is not empty.
    fn traces(&self, case: i64) -> Result<Vec<Trace>, LedgerError> {
        let fail = cannot("read a case's traces");
        let sql = format!(
            "SELECT read, row, part, {TRACE} FROM trace WHERE case_id = ?1 ORDER BY read, row, part, revision"
        );
        let mut find = self.db.prepare_cached(&sql).map_err(&fail)?;
        let mut rows = find.query([case]).map_err(&fail)?;
        let mut slot = (0, String::new(), 0);
        let mut traces: Vec<Option<Trace>> = Vec::with_capacity(8);
        while let Some(row) = rows.next().map_err(&fail)? {
            let read: u16 = row.get(0).map_err(&fail)?;
            let key = text(row, 1)?.unwrap_or_default();
            let part: u16 = row.get(2).map_err(&fail)?;
            if !traces.is_empty() && (slot.0, slot.1.as_str(), slot.2) == (read, key, part) {
                traces.pop(); // A later revision takes the place of the earlier one.
            } else {
                (slot.0, slot.2) = (read, part);
                slot.1.clear();
                slot.1.push_str(key);
            }
            let empty = text(row, 3)?.is_none();
            traces.push(if empty { None } else { Some(trace(row, 3, self.zone)?) });
        }
        Ok(traces.into_iter().flatten().collect())
    }

    fn spoilt(&self, source: i64, number: &str) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT reason FROM quarantine_row
                   WHERE source_id = ?1 AND case_number = ?2 AND cleared_round IS NULL ORDER BY id";
        let mut find = self.db.prepare_cached(sql)?;
        find.query_map(params![source, number], |row| row.get(0))?.collect()
    }

    /// The clocks of a case as they were last judged, and by what.
    fn held(&self, case: i64) -> Result<Vec<Held>, LedgerError> {
        let fail = cannot("read a case's deadlines");
        let sql = "SELECT clock, due_at, round_id FROM deadline WHERE case_id = ?1";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query([case]).map_err(&fail)?;
        let mut held = Vec::with_capacity(2);
        while let Some(row) = rows.next().map_err(&fail)? {
            let due = text(row, 1)?.map(|due| moment(due, self.zone)).transpose()?;
            let by = self.judged_by(row.get(2).map_err(&fail)?)?;
            held.push(Held { clock: row.get(0).map_err(&fail)?, due, by });
        }
        Ok(held)
    }

    /// What judged in a round. Most cases of a reading were judged in few rounds, so the last one is remembered.
    fn judged_by(&self, round: RoundId) -> Result<Arc<JudgedBy>, LedgerError> {
        if let Some((known, by)) = &*self.last_judged_by.borrow()
            && *known == round
        {
            return Ok(Arc::clone(by));
        }
        let sql = "SELECT r.policy, p.calendar FROM round AS r LEFT JOIN policy AS p ON p.version = r.policy
                   WHERE r.id = ?1";
        let by = self
            .db
            .prepare_cached(sql)
            .and_then(|mut find| {
                find.query_row([round], |row| Ok(JudgedBy { policy: row.get(0)?, calendar: row.get(1)? }))
            })
            .map_err(cannot("read what judged a case"))?;
        let by = Arc::new(by);
        *self.last_judged_by.borrow_mut() = Some((round, Arc::clone(&by)));
        Ok(by)
    }

    fn known(&self, case: i64) -> Result<Vec<Known>, LedgerError> {
        let fail = cannot("read a case's findings");
        let sql =
            "SELECT id, rule, clock, standing, card, passed FROM finding WHERE case_id = ?1 ORDER BY id";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query([case]).map_err(&fail)?;
        let mut known = Vec::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
            known.push(Known {
                id: row.get(0).map_err(&fail)?,
                rule: text(1)?,
                clock: text(2)?,
                standing: parsed("a finding's standing", &text(3)?)?,
                card: parsed("a card", &text(4)?)?,
                passed: row.get(5).map_err(&fail)?,
            });
        }
        Ok(known)
    }
}
