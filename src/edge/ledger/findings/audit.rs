//! Who entered what at the keyboard: beside the name that was typed stands the login by which it was done.

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, params};

use super::super::{Ledger, LedgerError};

/// What somebody entered at the keyboard.
pub(in crate::edge::ledger) struct AuditEntry<'d> {
    /// Word of the command and what it did, such as `card answer`.
    pub what: &'d str,
    /// What it was done to: the number of a finding or silence, the name of a source, a version.
    pub subject: &'d str,
    /// Who, as typed.
    pub by: &'d str,
    /// Why.
    pub why: &'d str,
    /// When.
    pub at: DateTime<FixedOffset>,
}

impl Ledger {
    /// What is entered from now on is entered by this login.
    #[must_use]
    pub fn signed(mut self, login: &str) -> Self {
        login.clone_into(&mut self.login);
        self
    }

    /// Does something and enters who did it, both or neither. `did`: whether there was anything to do.
    pub(in crate::edge::ledger) fn sign<T>(
        &mut self,
        audit_entry: &AuditEntry<'_>,
        fail: impl Fn(rusqlite::Error) -> LedgerError,
        act: impl FnOnce(&Connection) -> rusqlite::Result<T>,
        did: impl FnOnce(&T) -> bool,
    ) -> Result<T, LedgerError> {
        let tx =
            self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(&fail)?;
        let done = act(&tx).map_err(&fail)?;
        if did(&done) {
            enter(&tx, audit_entry, &self.login).map_err(&fail)?;
        }
        tx.commit().map_err(&fail)?;
        Ok(done)
    }
}

/// Enters who did something.
pub(in crate::edge::ledger) fn enter(
    db: &Connection,
    audit_entry: &AuditEntry<'_>,
    login: &str,
) -> rusqlite::Result<()> {
    let AuditEntry { what, subject, by, why, at } = audit_entry;
    let sql = "INSERT INTO deed (at, login, what, subject, by, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    db.prepare_cached(sql)?.execute(params![at.to_rfc3339(), login, what, subject, by, why]).map(drop)
}
