//! When a source was looked at, whether there was anything new or not.

use chrono::{DateTime, FixedOffset};
use rusqlite::params;

use super::super::stored::instant;
use super::super::{Ledger, LedgerError, RoundId, cannot};
use crate::domain::now::Now;

impl Ledger {
    /// Whether any source was ever read whole, or there is none to read.
    pub fn has_read(&self) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM source_span) OR NOT EXISTS (SELECT 1 FROM source)";
        let read = self.list("read whether a source was read", sql, [], |row| row.get(0))?;
        Ok(read.first().copied().unwrap_or(false))
    }

    /// Whether anything was read, be it a part of a source.
    pub fn knows_something(&self) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM \"case\")";
        let known = self.list("read whether a case is known", sql, [], |row| row.get::<_, bool>(0))?;
        Ok(known.contains(&true) || self.has_read()?)
    }

    /// Names of the sources that were never read whole.
    pub fn never_read(&self) -> Result<Vec<String>, LedgerError> {
        let sql = "SELECT name FROM source WHERE NOT EXISTS (SELECT 1 FROM source_span WHERE source_id = source.id) ORDER BY id";
        self.list("read which sources were never read", sql, [], |row| row.get(0))
    }

    /// Names of the sources to which nothing was ever delivered.
    pub fn never_delivered(&self) -> Result<Vec<String>, LedgerError> {
        let sql = "SELECT name FROM source WHERE delivered_at IS NULL ORDER BY id";
        self.list("read which sources nothing was delivered to", sql, [], |row| row.get(0))
    }

    /// A source was looked at, and nothing in it had changed: who sees that watches it as well as who reads it.
    pub fn source_looked_at(
        &self,
        source: i64,
        (round, mapping): (RoundId, &str),
        now: &Now,
    ) -> Result<(), LedgerError> {
        self.watch_goes_on(source, round, mapping)?;
        self.db
            .prepare_cached("UPDATE source SET last_read_at = ?2 WHERE id = ?1")
            .and_then(|mut note| note.execute(params![source, now.instant.to_rfc3339()]))
            .map(drop)
            .map_err(cannot("note that a source was looked at"))
    }

    /// When a source was last delivered to, if it ever was.
    pub fn last_delivery(&self, source: i64) -> Result<Option<DateTime<FixedOffset>>, LedgerError> {
        let sql = "SELECT delivered_at FROM source WHERE id = ?1 AND delivered_at IS NOT NULL";
        let at =
            self.list("read when a source was delivered to", sql, [source], |row| row.get::<_, String>(0))?;
        at.first().map(|at| instant(at)).transpose()
    }
}
