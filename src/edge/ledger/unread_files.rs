//! Which cases stand in which files, so that a file that cannot be read holds up no other's.

use std::sync::Arc;

use rusqlite::{OptionalExtension, Transaction, params};

use super::facts::Intake;
use super::{Ledger, LedgerError, cannot};

/// The file in which the last row stood, with its number, and the case of that row.
pub(super) type LastPlace = Option<(Arc<str>, i64, i64)>;

impl Intake<'_> {
    /// Notes in which file a case stands.
    pub(super) fn stands_in(&mut self, case: i64, file: &Arc<str>) -> rusqlite::Result<()> {
        let known =
            self.last_place.as_ref().filter(|(name, ..)| name == file).map(|(_, id, case)| (*id, *case));
        if known.is_some_and(|(_, last)| last == case) {
            return Ok(());
        }
        let id = match known {
            Some((id, _)) => id,
            None => self.file(file)?,
        };
        self.statement("INSERT INTO case_in_file (case_id, file_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute([case, id])?;
        self.last_place = Some((Arc::clone(file), id, case));
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

/// Notes which files of a source the last reading could not read.
pub(super) fn note_unread(tx: &Transaction<'_>, source: i64, unread: &[String]) -> rusqlite::Result<()> {
    let names = serde_json::json!(unread).to_string();
    let sql = "UPDATE source_file SET unread = NOT unread
               WHERE source_id = ?1 AND unread <> (name IN (SELECT value FROM json_each(?2)))";
    tx.prepare_cached(sql)?.execute(params![source, names]).map(drop)
}

impl Ledger {
    /// Whether files of a source that cannot be read may hold rows of any of its cases, so that all of them wait: of some case
    /// nobody knows where it stands; or one of them is a file (`any_case`), and cases of this source stand in several.
    pub fn all_wait_for_files(&self, source: i64, any_case: bool) -> Result<bool, LedgerError> {
        let sql = "SELECT 1 FROM \"case\" AS c WHERE source_id = ?1
                       AND (SELECT count(*) FROM case_in_file WHERE case_id = c.id) NOT BETWEEN 1 AND iif(?2, 1, 1000000)";
        self.db
            .prepare_cached(sql)
            .and_then(|mut find| find.exists(params![source, any_case]))
            .map_err(cannot("read which cases stand in which files"))
    }

    /// Whether any source has a file that could not be read.
    pub fn has_unread_files(&self) -> Result<bool, LedgerError> {
        self.db
            .prepare_cached("SELECT 1 FROM source_file WHERE unread")
            .and_then(|mut find| find.exists([]))
            .map_err(cannot("read which files could not be read"))
    }
}
