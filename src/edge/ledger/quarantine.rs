//! Rows that make no sense are set aside, and let in once they can be read.

use rusqlite::{OptionalExtension, params};

use super::facts::Intake;
use super::{Ledger, LedgerError};
use crate::domain::record::{Fact, Rejected};
use crate::domain::rules::unmapped_code::{Unmapped, column_and_code, is_of_mapping};

impl Ledger {
    /// The codes for which rows are in quarantine, as no mapping knows them, by source, column and code.
    pub fn unmapped_codes(&self) -> Result<Vec<Unmapped>, LedgerError> {
        // What stands before the column is the place of the row in a file.
        let sql = "SELECT s.name, substr(q.reason, instr(q.reason, 'column `')) AS code, count(*), count(DISTINCT q.case_number),
                       min(q.case_number)
                   FROM quarantine_row AS q JOIN source AS s ON s.id = q.source_id
                   WHERE q.cleared_round IS NULL AND q.column_name IS NOT NULL GROUP BY s.name, code ORDER BY s.name, code";
        let rows: Vec<(String, String, u64, u64, Option<String>)> =
            self.list("look for codes that no mapping knows", sql, [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })?;
        let unmapped = rows.into_iter().filter(|(_, reason, ..)| is_of_mapping(reason));
        let code = |(source, reason, rows, cases, example): (String, String, u64, u64, Option<String>)| {
            let (column, code) = column_and_code(&reason)?;
            let (column, code) = (column.to_owned(), Some(code.to_owned()));
            Some(Unmapped { source, column, code, rows, cases, example })
        };
        Ok(unmapped.filter_map(code).collect())
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
            "INSERT INTO quarantine_row (source_id, read, row, case_number, column_name, reason, first_round,
                         last_round)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)";
        let Rejected { row, case, column, reason } = rejected;
        self.statement(enter)?.execute(params![self.source, read, row, case, column, reason, self.round])?;
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
