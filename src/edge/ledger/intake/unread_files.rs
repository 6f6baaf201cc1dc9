//! Which cases stand in which files, so that a file that cannot be read holds up no other's.

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::json;

use super::super::stored::instant;
use super::super::{Ledger, LedgerError, cannot};
use super::Intake;
use crate::domain::moment::Moment;
use crate::domain::now::Now;

/// Where the last row stood.
pub(in crate::edge::ledger) struct LastPlace {
    file: Arc<str>,
    /// The file's row.
    id: i64,
    case: i64,
}

impl Intake<'_> {
    /// Notes in which file a case stands.
    pub(super) fn stands_in(&mut self, case: i64, file: &Arc<str>) -> rusqlite::Result<()> {
        let id = match self.last_place.as_ref().filter(|last| last.file == *file) {
            Some(last) if last.case == case => return Ok(()),
            Some(last) => last.id,
            None => self.file(file)?,
        };
        self.statement("INSERT INTO case_in_file (case_id, file_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute([case, id])?;
        self.last_place = Some(LastPlace { file: Arc::clone(file), id, case });
        Ok(())
    }

    fn file(&self, name: &str) -> rusqlite::Result<i64> {
        let known = self
            .statement("SELECT id FROM source_file WHERE source_id = ?1 AND name = ?2")?
            .query_row(params![self.source, name], |row| row.get(0))
            .optional()?;
        match known {
            Some(id) => Ok(id),
            None => self
                .statement("INSERT INTO source_file (source_id, name) VALUES (?1, ?2)")?
                .insert(params![self.source, name]),
        }
    }
}

/// The files of a source that could not be read.
#[derive(Debug, Clone, Copy)]
pub struct UnreadFiles<'a> {
    /// All of them, by name.
    pub names: &'a [String],
    /// Those of them that were not read before, and may tell of any case.
    pub never_read: &'a BTreeSet<String>,
}

impl UnreadFiles<'_> {
    fn note(&self, tx: &Transaction<'_>, source: i64, since: &str) -> rusqlite::Result<()> {
        let (names, never_read) = (json!(self.names).to_string(), json!(self.never_read).to_string());
        let sql = "UPDATE source_file SET unread = 0, held_since = NULL
                   WHERE source_id = ?1 AND unread AND name NOT IN (SELECT value FROM json_each(?2))";
        tx.prepare_cached(sql)?.execute(params![source, names])?;
        let sql = "INSERT INTO source_file (source_id, name, unread, held_since, holds_any)
                   SELECT ?1, value, 1, ?3, 1 FROM json_each(?2) WHERE true
                   ON CONFLICT DO UPDATE SET unread = 1, held_since = excluded.held_since, holds_any = 1 WHERE NOT unread";
        tx.prepare_cached(sql)?.execute(params![source, never_read, since])?;
        let sql = "UPDATE source_file SET unread = 1, held_since = ?3, holds_any = 0
                   WHERE source_id = ?1 AND NOT unread AND name IN (SELECT value FROM json_each(?2))";
        tx.prepare_cached(sql)?.execute(params![source, names, since]).map(drop)
    }
}

/// Whose rows may be missing while files cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadRows {
    /// Of the cases that are known to stand in them.
    OfKnownCases,
    /// Of any case.
    OfAnyCase,
}

impl Ledger {
    /// Notes which files of a source the last reading could not read. Those first unread now hold up cases from now on, or, where others
    /// hold some up already, as long as those. When the hold `is_over` none of them does, also not one found unread in the same
    /// reading: what waited is judged before anything can be held up anew. Gives since when cases are held up.
    pub fn note_unread(
        &mut self,
        source: i64,
        unread: UnreadFiles<'_>,
        is_over: impl Fn(Moment) -> bool,
        now: &Now,
    ) -> Result<Option<Moment>, LedgerError> {
        let fail = cannot("note which files could not be read");
        let tx = self.db.transaction().map_err(&fail)?;
        let held = || -> rusqlite::Result<Option<String>> {
            tx.prepare_cached("SELECT min(held_since) FROM source_file WHERE source_id = ?1")?
                .query_row([source], |row| row.get(0))
        };
        let since = held().map_err(&fail)?.unwrap_or_else(|| now.instant.to_rfc3339());
        unread.note(&tx, source, &since).map_err(&fail)?;
        let since = held().map_err(&fail)?.map(|since| instant(&since)).transpose()?;
        let mut since = since.map(Moment::instant);
        if since.is_some_and(is_over) {
            since = None;
            let sql =
                "UPDATE source_file SET held_since = NULL WHERE source_id = ?1 AND held_since IS NOT NULL";
            tx.prepare_cached(sql).and_then(|mut over| over.execute([source])).map_err(&fail)?;
        }
        tx.commit().map_err(&fail)?;
        Ok(since)
    }

    /// Whether files of a source that cannot be read may hold rows of any of its cases, so that all of them wait: one of them was never
    /// read, or of some case nobody knows where it stands; or cases of this source stand in several, and rows may be missing of any.
    pub fn all_wait_for_files(&self, source: i64, unread: UnreadRows) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM source_file WHERE source_id = ?1 AND held_since IS NOT NULL AND holds_any)
                   OR EXISTS (SELECT 1 FROM \"case\" AS c WHERE source_id = ?1
                       AND (SELECT count(*) FROM case_in_file WHERE case_id = c.id) NOT BETWEEN 1 AND iif(?2, 1, 1000000))";
        self.db
            .prepare_cached(sql)
            .and_then(|mut find| {
                find.query_row(params![source, unread == UnreadRows::OfAnyCase], |row| row.get(0))
            })
            .map_err(cannot("read which cases stand in which files"))
    }

    /// Whether a file of any source holds up cases.
    pub fn files_hold_cases(&self) -> Result<bool, LedgerError> {
        self.db
            .prepare_cached("SELECT 1 FROM source_file WHERE held_since IS NOT NULL")
            .and_then(|mut find| find.exists([]))
            .map_err(cannot("read which files could not be read"))
    }
}
