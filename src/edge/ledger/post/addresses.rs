//! Addresses that mail servers refused for good.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::super::stored::instant;
use super::super::{Ledger, LedgerError, cannot};
use super::said::said;
use crate::domain::letter::relay::Caps;
use crate::domain::letter::sending::{is_muted, is_suspended};
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

    /// Those to which nothing is sent now.
    pub fn muted(&self, now: &Now) -> Result<BTreeMap<String, String>, LedgerError> {
        let sql = "SELECT address, why, suspended_at FROM address WHERE suspended_at IS NOT NULL";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?));
        let mut muted = BTreeMap::new();
        for (address, why, suspended_at) in self.list("read which addresses are suspended", sql, [], read)? {
            if is_muted(instant(&suspended_at)?, now) {
                muted.insert(address, why);
            }
        }
        Ok(muted)
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
    caps: &Caps,
    at: &str,
) -> rusqlite::Result<()> {
    let sql = "SELECT refused FROM address WHERE address = (SELECT to_address FROM letter WHERE id = ?1)";
    let before: Option<u32> = db.prepare_cached(sql)?.query_row([letter], |row| row.get(0)).optional()?;
    let refusals = before.unwrap_or(0) + 1;
    let sql = "INSERT INTO address (address, refused, why, suspended_at, why_data)
               SELECT to_address, ?3, ?2, ?4, ?5 FROM letter WHERE id = ?1
               ON CONFLICT DO UPDATE SET refused = excluded.refused, why = excluded.why, why_data = excluded.why_data,
                   suspended_at = excluded.suspended_at";
    let (words, data) = (why.words(Language::English), why.data());
    let suspended_at = is_suspended(refusals, caps).then_some(at);
    db.prepare_cached(sql)?.execute(params![letter, words, refusals, suspended_at, data]).map(drop)
}
