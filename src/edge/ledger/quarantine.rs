//! Rows that make no sense are set aside, and let in once they can be read.

use rusqlite::{OptionalExtension, params};

use super::facts::Intake;
use super::{Ledger, LedgerError, RoundId};
use crate::domain::case_file::Hold;
use crate::domain::record::{Fact, Rejected, Spoilt};
use crate::domain::rules::unmapped_code::Unmapped;

impl Ledger {
    /// The codes for which rows are in quarantine, as no mapping knows them, by source, column and code.
    pub fn unmapped_codes(&self) -> Result<Vec<Unmapped>, LedgerError> {
        let sql = "SELECT s.id, s.name, q.column_name, q.unmapped_code, count(*), count(DISTINCT q.case_number),
                       min(q.case_number), min(q.first_round)
                   FROM quarantine_row AS q JOIN source AS s ON s.id = q.source_id
                   WHERE q.cleared_round IS NULL AND q.unmapped_code IS NOT NULL AND q.column_name IS NOT NULL
                   GROUP BY s.name, q.column_name, q.unmapped_code ORDER BY s.name, q.column_name, q.unmapped_code";
        type Columns = (i64, String, String, String, u64, u64, Option<String>, RoundId);
        let rows: Vec<Columns> = self.list("look for codes that no mapping knows", sql, [], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
                row.get(7)?,
            ))
        })?;
        let code = |(id, source, column, code, rows, cases, example, first): Columns| {
            let hold = Hold { since: self.round_facts(first)?.started, anew: self.read_anew(id, first)? };
            Ok(Unmapped { source, column, code: Some(code), rows, cases, example, hold })
        };
        rows.into_iter().map(code).collect()
    }

    /// The rows of a case that were in quarantine after a round, `None`: are now; and, if one of them is there for a code that no
    /// mapping knows, since when the case is held. Rows that were cleared since count for that, so that typing another such code
    /// begins nothing anew.
    pub(super) fn spoilt(
        &self,
        (source, number, case): (i64, &str, i64),
        round: Option<RoundId>,
    ) -> Result<(Vec<Spoilt>, Option<Hold>), LedgerError> {
        let sql = match round {
            None => {
                "SELECT reason, column_name, unmapped_code FROM quarantine_row
                 WHERE source_id = ?1 AND case_number = ?2 AND cleared_round IS NULL AND first_round <= ?3 ORDER BY id"
            }
            Some(_) => {
                "SELECT reason, column_name, unmapped_code FROM quarantine_row
                 WHERE source_id = ?1 AND case_number = ?2 AND first_round <= ?3
                     AND (cleared_round IS NULL OR cleared_round > ?3) ORDER BY id"
            }
        };
        let up_to = round.unwrap_or(RoundId::MAX);
        let spoilt: Vec<Spoilt> =
            self.list("read a case's spoilt rows", sql, params![source, number, up_to], |row| {
                let (column, code): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
                Ok(Spoilt { reason: row.get(0)?, unmapped: column.zip(code) })
            })?;
        let hold = match spoilt.iter().any(|row| row.unmapped.is_some()) {
            true => self.hold((source, number, case), up_to)?,
            false => None,
        };
        Ok((spoilt, hold))
    }

    fn hold(
        &self,
        (source, number, case): (i64, &str, i64),
        up_to: RoundId,
    ) -> Result<Option<Hold>, LedgerError> {
        let sql = "WITH unmapped AS (SELECT first_round AS round FROM quarantine_row INDEXED BY quarantine_unmapped
                       WHERE source_id = ?1 AND case_number = ?2 AND unmapped_code IS NOT NULL AND first_round <= ?4)
                   SELECT round FROM unmapped UNION SELECT round_id FROM trace
                   WHERE case_id = ?3 AND round_id > (SELECT min(round) FROM unmapped) AND round_id <= ?4 ORDER BY 1";
        let values = params![source, number, case, up_to];
        let rounds: Vec<RoundId> =
            self.list("read since when a case is held", sql, values, |row| row.get(0))?;
        let Some(first) = rounds.first() else { return Ok(None) };
        let mut anew = true;
        for round in &rounds {
            anew = anew && self.read_anew(source, *round)?;
        }
        Ok(Some(Hold { since: self.round_facts(*first)?.started, anew }))
    }
}

impl Intake<'_> {
    pub(super) fn has_quarantine(&self, read: u16) -> rusqlite::Result<bool> {
        let sql = "SELECT 1 FROM quarantine_row WHERE source_id = ?1 AND read = ?2 AND cleared_round IS NULL";
        self.statement(sql)?.exists(params![self.source, read])
    }

    /// A row that was in quarantine has been read after all.
    pub(super) fn clear_quarantine(&mut self, read: u16, fact: &Fact) -> rusqlite::Result<()> {
        let sql = "UPDATE quarantine_row SET cleared_round = ?4
                   WHERE source_id = ?1 AND read = ?2 AND row = ?3 AND cleared_round IS NULL RETURNING case_number";
        let cleared: Option<Option<String>> = self
            .statement(sql)?
            .query_row(params![self.source, read, &*fact.row, self.round], |row| row.get(0))
            .optional()?;
        match cleared {
            Some(number) => self.mark_by_number(number.as_deref().unwrap_or(&fact.case)),
            None => Ok(()),
        }
    }

    fn mark_by_number(&mut self, number: &str) -> rusqlite::Result<()> {
        match self.known(number)? {
            Some(id) => self.mark(number, id),
            None => Ok(()),
        }
    }

    /// Sets a row aside. Gives whether it was not there before, or for another reason.
    pub(super) fn quarantine(&mut self, read: u16, rejected: &Rejected) -> rusqlite::Result<bool> {
        let same = "UPDATE quarantine_row SET last_round = ?5
                    WHERE source_id = ?1 AND read = ?2 AND row = ?3 AND cleared_round IS NULL AND reason = ?4";
        let known = params![self.source, read, rejected.row, rejected.reason, self.round];
        if self.statement(same)?.execute(known)? > 0 {
            return Ok(false);
        }
        let end = "UPDATE quarantine_row SET cleared_round = ?4
                   WHERE source_id = ?1 AND read = ?2 AND row = ?3 AND cleared_round IS NULL";
        self.statement(end)?.execute(params![self.source, read, rejected.row, self.round])?;
        let enter =
            "INSERT INTO quarantine_row (source_id, read, row, case_number, column_name, reason, unmapped_code,
                         first_round, last_round)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)";
        let Rejected { row, case, column, reason, unmapped } = rejected;
        let values = params![self.source, read, row, case, column, reason, unmapped, self.round];
        self.statement(enter)?.execute(values)?;
        if let Some(number) = case {
            // The case must exist to be set aside, even if this row was all that is known of it.
            match self.known(number)? {
                Some(id) => self.mark(number, id)?,
                None => drop(self.enter(number, None)?),
            }
        }
        Ok(true)
    }
}
