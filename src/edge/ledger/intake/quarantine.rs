//! Rows that make no sense are set aside, and let in once they can be read.

use rusqlite::{Transaction, params};

use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::Intake;
use crate::domain::case_file::Hold;
use crate::domain::record::{Fact, Rejected, Spoilt};
use crate::domain::rules::unmapped_code::Unmapped;
use crate::domain::text::{Kept, Sentence};

/// A case in the ledger.
#[derive(Debug, Clone, Copy)]
pub(in crate::edge::ledger) struct CaseRow<'a> {
    /// Its row.
    pub id: i64,
    /// Row of its source.
    pub source: i64,
    /// Its number.
    pub number: &'a str,
}

impl Ledger {
    /// The codes for which rows are in quarantine, as no mapping knows them, by source, column and code.
    pub fn unmapped_codes(&self) -> Result<Vec<Unmapped>, LedgerError> {
        let sql = "SELECT s.id, s.name, q.column_name, q.unmapped_code, count(*), count(DISTINCT q.case_number),
                       min(q.case_number), min(q.first_round)
                   FROM quarantine_row AS q JOIN source AS s ON s.id = q.source_id
                   WHERE q.cleared_round IS NULL AND q.unmapped_code IS NOT NULL AND q.column_name IS NOT NULL
                   GROUP BY s.name, q.column_name, q.unmapped_code ORDER BY s.name, q.column_name, q.unmapped_code";
        let fail = cannot("look for codes that no mapping knows");
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query([]).map_err(&fail)?;
        let mut codes = Vec::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
            let count = |at: usize| row.get::<_, u64>(at).map_err(&fail);
            let first: RoundId = row.get(7).map_err(&fail)?;
            let anew = self.read_anew(row.get(0).map_err(&fail)?, first)?;
            codes.push(Unmapped {
                source: text(1)?,
                column: text(2)?,
                code: Some(text(3)?),
                rows: count(4)?,
                cases: count(5)?,
                example: row.get(6).map_err(&fail)?,
                hold: Hold { since: self.round_facts(first)?.started, anew },
            });
        }
        Ok(codes)
    }

    /// The rows of a case that were in quarantine after a round, `None`: are now; and, if one of them is there for a code that no
    /// mapping knows, since when the case is held. Rows that were cleared since count for that, so that typing another such code
    /// begins nothing anew.
    pub(in crate::edge::ledger) fn spoilt(
        &self,
        case: CaseRow<'_>,
        round: Option<RoundId>,
    ) -> Result<(Vec<Spoilt>, Option<Hold>), LedgerError> {
        let sql = match round {
            None => {
                "SELECT reason, column_name, unmapped_code, coalesce(reason_zh, reason), reason_data FROM quarantine_row
                 WHERE source_id = ?1 AND case_number = ?2 AND cleared_round IS NULL AND first_round <= ?3 ORDER BY id LIMIT 1000"
            }
            Some(_) => {
                "SELECT reason, column_name, unmapped_code, coalesce(reason_zh, reason), reason_data FROM quarantine_row
                 WHERE source_id = ?1 AND case_number = ?2 AND first_round <= ?3
                     AND (cleared_round IS NULL OR cleared_round > ?3) ORDER BY id LIMIT 1000"
            }
        };
        let (up_to, CaseRow { source, number, .. }) = (round.unwrap_or(RoundId::MAX), case);
        let spoilt: Vec<Spoilt> =
            self.list("read a case's spoilt rows", sql, params![source, number, up_to], |row| {
                let (words, data) =
                    (Sentence { zh: row.get(3)?, en: row.get(0)? }, row.get::<_, Option<String>>(4)?);
                let reason = Kept::new(words, data.as_deref());
                Ok(Spoilt { reason, column: row.get(1)?, unmapped: row.get(2)? })
            })?;
        let hold = match spoilt.iter().any(|row| row.unmapped.is_some()) {
            true => self.hold(case, up_to)?,
            false => None,
        };
        Ok((spoilt, hold))
    }

    fn hold(
        &self,
        CaseRow { id, source, number }: CaseRow<'_>,
        up_to: RoundId,
    ) -> Result<Option<Hold>, LedgerError> {
        let sql = "WITH unmapped AS (SELECT first_round AS round FROM quarantine_row INDEXED BY quarantine_unmapped
                       WHERE source_id = ?1 AND case_number = ?2 AND unmapped_code IS NOT NULL AND first_round <= ?4)
                   SELECT round FROM unmapped UNION SELECT round_id FROM trace
                   WHERE case_id = ?3 AND round_id > (SELECT min(round) FROM unmapped) AND round_id <= ?4 ORDER BY 1";
        let values = params![source, number, id, up_to];
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

    /// A row that was in quarantine has been read after all, but for the cells that are still in doubt.
    pub(super) fn clear_quarantine(&mut self, read: u16, fact: &Fact) -> rusqlite::Result<()> {
        let find = "SELECT id, column_name, case_number FROM quarantine_row
                    WHERE source_id = ?1 AND read = ?2 AND row = ?3 AND cleared_round IS NULL";
        let of_row = params![self.source, read, &*fact.row];
        let rows: Vec<(i64, Option<String>, Option<String>)> = self
            .statement(find)?
            .query_map(of_row, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        let cells = || fact.in_doubt.iter().flat_map(|it| &it.cells);
        for (id, column, number) in rows {
            let stays = column.is_some() && cells().any(|cell| cell.column == column && cell.case == number);
            if !stays {
                let clear = "UPDATE quarantine_row SET cleared_round = ?2 WHERE id = ?1";
                self.statement(clear)?.execute(params![id, self.round])?;
                self.mark_by_number(number.as_deref().unwrap_or(&fact.case))?;
            }
        }
        Ok(())
    }

    /// Sets the cells of a row aside that cannot be read. Gives whether one of them was not there before, or for another reason.
    pub(super) fn doubtful(&mut self, read: u16, fact: &Fact) -> rusqlite::Result<bool> {
        let mut new = false;
        for cell in fact.in_doubt.iter().flat_map(|it| &it.cells) {
            new |= self.quarantine(read, cell)?;
        }
        Ok(new)
    }

    fn mark_by_number(&mut self, number: &str) -> rusqlite::Result<()> {
        match self.known(number)? {
            Some(id) => self.mark(number, id),
            None => Ok(()),
        }
    }

    /// Sets a row or a cell of it aside. Gives whether it was not there before, or for another reason. Nothing else of the row is
    /// set aside any more, if it is set aside as a whole.
    pub(super) fn quarantine(&mut self, read: u16, rejected: &Rejected) -> rusqlite::Result<bool> {
        let Rejected { row, case, column, unmapped, .. } = rejected;
        let reason = self.reason_screened(rejected)?;
        let (Sentence { zh, en }, data) = (reason.sentence(), reason.data());
        let same = "UPDATE quarantine_row SET last_round = ?6, reason_zh = ?5, reason_data = ?9
                    WHERE source_id = ?1 AND read = ?2 AND row = ?3 AND cleared_round IS NULL AND reason = ?4
                        AND column_name IS ?7 AND case_number IS ?8";
        let known = params![self.source, read, row, en, zh, self.round, column, case, data];
        if self.statement(same)?.execute(known)? > 0 {
            return Ok(false);
        }
        let end = "UPDATE quarantine_row SET cleared_round = ?4
                   WHERE source_id = ?1 AND read = ?2 AND row = ?3 AND cleared_round IS NULL
                       AND (?5 IS NULL OR column_name IS NULL OR column_name = ?5)";
        self.statement(end)?.execute(params![self.source, read, row, self.round, column])?;
        let enter =
            "INSERT INTO quarantine_row (source_id, read, row, case_number, column_name, reason, reason_zh, unmapped_code,
                         first_round, last_round, reason_data)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10)";
        let values = params![self.source, read, row, case, column, en, zh, unmapped, self.round, data];
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

/// Of what was read whole, rows that were set aside before and not this time are mended, or gone.
pub(in crate::edge::ledger) fn mended(
    tx: &Transaction<'_>,
    source: i64,
    read: u16,
    beginning: &str,
    round: RoundId,
) -> rusqlite::Result<()> {
    let of = "source_id = ?1 AND read = ?2 AND cleared_round IS NULL AND last_round < ?4
                  AND substr(row, 1, length(?3)) = ?3";
    let judge = format!(
        "UPDATE \"case\" SET unjudged = 1 WHERE unjudged = 0 AND source_id = ?1
             AND number IN (SELECT case_number FROM quarantine_row WHERE {of})"
    );
    tx.prepare_cached(&judge)?.execute(params![source, read, beginning, round])?;
    let clear = format!("UPDATE quarantine_row SET cleared_round = ?4 WHERE {of}");
    tx.prepare_cached(&clear)?.execute(params![source, read, beginning, round]).map(drop)
}
