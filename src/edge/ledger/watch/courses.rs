//! What is noted of readings, so that the next one knows how they ended.

use super::super::{Ledger, LedgerError, RoundId};

fn being_read(source: i64) -> String {
    format!("being_read_{source}")
}

fn cut(source: i64) -> String {
    format!("cut_{source}")
}

/// The round of the last reading that came to its end and brought rows.
pub(super) fn read_to(source: i64) -> String {
    format!("read_to_{source}")
}

impl Ledger {
    /// Whether a source was being read when the program ended.
    pub fn is_being_read(&self, source: i64) -> Result<bool, LedgerError> {
        Ok(self.recall(&being_read(source))?.is_some_and(|since| !since.is_empty()))
    }

    /// Notes that a source is being read.
    pub fn note_being_read(&mut self, source: i64) -> Result<(), LedgerError> {
        self.remember(&being_read(source), "yes")
    }

    /// Notes that a source is being read no longer.
    pub fn note_read_no_more(&mut self, source: i64) -> Result<(), LedgerError> {
        self.remember(&being_read(source), "")
    }

    /// How many rows of a source were known before a round. What a reading brought that was cut counts for nothing: each such
    /// reading would let the next one bring more.
    pub fn rows_known(&self, source: i64, round: RoundId) -> Result<u64, LedgerError> {
        let read_once = "SELECT last_read_at IS NOT NULL FROM source WHERE id = ?1";
        let before: i64 = match self.recall(&read_to(source))? {
            Some(read_to) => read_to.parse().unwrap_or(0).min(round - 1),
            // A ledger of an earlier version does not say in which round that was.
            None if self.list("look for a reading", read_once, [source], |row| row.get::<_, bool>(0))?
                == [true] =>
            {
                round - 1
            }
            None => 0,
        };
        let sql = "SELECT (SELECT count(*) FROM trace AS t JOIN \"case\" AS c ON c.id = t.case_id
                       WHERE c.source_id = ?1 AND t.round_id <= ?2)
                   + (SELECT count(*) FROM evidence WHERE round_id <= ?2)";
        let known = self.list("count the rows of a source", sql, [source, before], |row| row.get(0))?;
        Ok(known.first().copied().unwrap_or(0))
    }

    /// Whether the last reading of a source was cut, as it brought more rows than it may.
    pub fn was_cut(&self, source: i64) -> Result<bool, LedgerError> {
        Ok(self.recall(&cut(source))?.is_some_and(|is| !is.is_empty()))
    }

    /// Notes that a reading of a source was cut.
    pub fn note_cut(&mut self, source: i64) -> Result<(), LedgerError> {
        self.remember(&cut(source), "yes")
    }

    /// Notes that a reading of a source came to its end after one that was cut.
    pub fn note_not_cut(&mut self, source: i64) -> Result<(), LedgerError> {
        self.remember(&cut(source), "")
    }
}
