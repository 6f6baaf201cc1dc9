//! Addresses that mail servers refused for good.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::super::{Ledger, LedgerError, cannot};
use super::said::said;
use crate::domain::now::Now;
use crate::domain::text::{Language, Text};

impl Ledger {
    /// Addresses to which nothing is sent any more, with what the server said.
    pub fn suspended(&self) -> Result<BTreeMap<String, Text>, LedgerError> {
        let sql = "SELECT address, why, why_data FROM address WHERE suspended_at IS NOT NULL";
        let read = |row: &rusqlite::Row<'_>| {
            Ok((row.get(0)?, said(row.get(1)?, row.get::<_, Option<String>>(2)?.as_deref())))
        };
        Ok(self.list("read which addresses are suspended", sql, [], read)?.into_iter().collect())
    }

    /// Those to which nothing is sent now: once a week the next letter to an address is a trial of it.
    pub fn muted(&self, now: &Now) -> Result<BTreeMap<String, String>, LedgerError> {
        let sql = "SELECT address, why FROM address WHERE julianday(suspended_at) > julianday(?1, '-7 days')";
        let at = now.instant.to_rfc3339();
        let rows =
            self.list("read which addresses are suspended", sql, [at], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.into_iter().collect())
    }

    /// Lets an address have letters again. Gives whether it had been suspended.
    pub fn restore_address(&mut self, address: &str) -> Result<bool, LedgerError> {
        self.db
            .prepare_cached("DELETE FROM address WHERE address = ?1")
            .and_then(|mut restore| restore.execute([address]))
            .map(|restored| restored > 0)
            .map_err(cannot("restore an address"))
    }
}

/// A server took a letter for the address: what it refused before does not count.
pub(super) fn accepted(db: &Connection, letter: i64) -> rusqlite::Result<()> {
    let sql = "DELETE FROM address WHERE address = (SELECT to_address FROM letter WHERE id = ?1)";
    db.prepare_cached(sql)?.execute([letter]).map(drop)
}

/// What a server refused an address since a moment was no fault of the address.
pub(super) fn pardon(db: &Connection, address: &str, since: &str) -> rusqlite::Result<()> {
    let sql = "DELETE FROM address WHERE address = ?1
                   AND (suspended_at IS NULL OR julianday(suspended_at) >= julianday(?2))";
    db.prepare_cached(sql)?.execute([address, since]).map(drop)
}

/// A server refused the address for good.
pub(super) fn refused(
    db: &Connection,
    letter: i64,
    why: &Text,
    suspend_after: u32,
    at: &str,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO address (address, refused, why, suspended_at, why_data)
               SELECT to_address, 1, ?2, iif(?3 <= 1, ?4, NULL), ?5 FROM letter WHERE id = ?1
               ON CONFLICT DO UPDATE SET refused = refused + 1, why = excluded.why, why_data = excluded.why_data,
                   suspended_at = iif(refused + 1 >= ?3, ?4, NULL)";
    let (words, data) = (why.words(Language::English), why.data());
    db.prepare_cached(sql)?.execute(params![letter, words, suspend_after, at, data]).map(drop)
}
