//! What the ledger knew and judged by at a past moment.

use rusqlite::OptionalExtension;

use super::intake::quarantine::CaseRow;
use super::rounds::RoundId;
use super::stored::{TRACE, TRACE_COLUMNS, dates_from_text, of_row, text, trace};
use super::{Ledger, LedgerError, cannot};
use crate::domain::case_file::CaseFile;
use crate::domain::now::Now;
use crate::domain::record::{Header, Trace};

/// The round that was the last one at a past moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    /// Its number.
    pub round: RoundId,
    /// Version of what judged.
    pub policy: String,
    /// Whether it was itself a look at the past: what lay after it was not yet there.
    pub replay: bool,
}

impl Ledger {
    /// The last round that had begun at a moment, if there was one.
    pub fn as_of(&self, now: &Now) -> Result<Option<AsOf>, LedgerError> {
        // Of rounds in another order than their moments, as after a clock that was set back, the last one counts.
        let sql = "SELECT id, policy, replay FROM round WHERE julianday(started_at) <= julianday(?1)
                   ORDER BY id DESC LIMIT 1";
        self.db
            .prepare_cached(sql)
            .and_then(|mut find| {
                let read = |row: &rusqlite::Row<'_>| {
                    Ok(AsOf { round: row.get(0)?, policy: row.get(1)?, replay: row.get(2)? })
                };
                find.query_row([now.instant.to_rfc3339()], read).optional()
            })
            .map_err(cannot("find the round of a moment"))
    }

    /// What judged under a version, as [`Policy::snapshot`](crate::domain::policy::Policy::snapshot) wrote it.
    pub fn policy(&self, version: &str) -> Result<Option<String>, LedgerError> {
        self.db
            .prepare_cached("SELECT content FROM policy WHERE version = ?1")
            .and_then(|mut find| find.query_row([version], |row| row.get(0)).optional())
            .map_err(cannot("read what judged"))
    }

    /// A case as it was known after a round. Its findings are left out: they are what is to be explained.
    pub fn case_file_as_of(&self, id: i64, round: RoundId) -> Result<CaseFile, LedgerError> {
        let now = self.case_file(id)?;
        let (header, traces) = (self.header_as_of(id, round, now.header)?, self.traces_as_of(id, round)?);
        let (spoilt, hold) =
            self.spoilt(CaseRow { id, source: now.source, number: &now.number }, Some(round))?;
        let started = self.round_facts(round)?.started;
        let headers =
            now.headers.into_iter().filter(|change| change.seen_at.order(&started).is_le()).collect();
        let (known, held, revisions) = (Vec::new(), Vec::new(), Vec::new());
        Ok(CaseFile { header, headers, traces, spoilt, hold, known, held, revisions, history: None, ..now })
    }

    /// What was said of the case before the first change after the round; without one, what is said now.
    fn header_as_of(
        &self,
        id: i64,
        round: RoundId,
        now: Option<Header>,
    ) -> Result<Option<Header>, LedgerError> {
        let sql = "SELECT item, unit, dates, display, earlier FROM case_change
                   WHERE case_id = ?1 AND round_id > ?2 ORDER BY id LIMIT 1";
        type Columns = [Option<String>; 5];
        let before: Option<Columns> = self
            .db
            .prepare_cached(sql)
            .and_then(|mut find| {
                let read = |row: &rusqlite::Row<'_>| {
                    Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])
                };
                find.query_row([id, round], read).optional()
            })
            .map_err(cannot("read what was said of a case"))?;
        let Some([item, unit, dates, display, earlier]) = before else { return Ok(now) };
        let dates = dates.map(|text| dates_from_text(&text, self.zone)).transpose()?.unwrap_or_default();
        Ok(item.map(|item| Header { item, unit, dates, display, earlier }))
    }

    /// Of each slot the highest revision up to the round, if it was not empty.
    fn traces_as_of(&self, id: i64, round: RoundId) -> Result<Vec<Trace>, LedgerError> {
        let fail = cannot("read a case's traces");
        let sql = format!(
            "SELECT {TRACE}, read, row FROM trace AS t WHERE case_id = ?1 AND round_id <= ?2 AND NOT EXISTS (
                 SELECT 1 FROM trace AS l WHERE l.case_id = t.case_id AND l.read = t.read AND l.row = t.row
                     AND l.part = t.part AND l.revision > t.revision AND l.round_id <= ?2)
                 AND NOT EXISTS (SELECT 1 FROM rekeyed_row AS k WHERE (k.case_id, k.read, k.row) = (t.case_id, t.read, t.row)
                     AND k.round_id <= ?2 AND (k.ended_round IS NULL OR k.ended_round > ?2))
             ORDER BY read, row, part"
        );
        let mut find = self.db.prepare_cached(&sql).map_err(&fail)?;
        let mut rows = find.query([id, round]).map_err(&fail)?;
        let mut traces = Vec::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            if text(row, 0)?.is_some() {
                let read = row.get(TRACE_COLUMNS).map_err(&fail)?;
                let key = text(row, TRACE_COLUMNS + 1)?.unwrap_or_default();
                traces.push(of_row(trace(row, 0, self.zone)?, read, key));
            }
        }
        Ok(traces)
    }
}
