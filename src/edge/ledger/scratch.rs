//! A copy of the ledger in which something may be tried: it goes when it is closed, and nothing of it comes back.

use std::collections::BTreeSet;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Ledger, LedgerError, cannot, settle_plans};
use crate::domain::case_file::CaseFile;

/// Pages copied between two looks at whether to go on: 64 MiB.
const PAGES: i32 = 16_384;

/// How long to wait for a page that somebody writes.
const PAUSE: Duration = Duration::from_millis(50);

impl Ledger {
    /// How many bytes a copy of the ledger takes.
    pub fn size(&self) -> Result<u64, LedgerError> {
        let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        self.db.query_row(sql, [], |row| row.get(0)).map_err(cannot("measure the size"))
    }

    /// A copy, in a file of the system's folder for temporary files that has no name and is gone with it, also after a kill; what is
    /// written to the ledger meanwhile is not in it. `None`: `goes_on` said no.
    pub fn scratch(&self, goes_on: &dyn Fn() -> bool) -> Result<Option<Self>, LedgerError> {
        let fail = cannot("copy all that is known");
        // One state of it, whatever a daemon writes meanwhile.
        let reading = self.db.unchecked_transaction().map_err(&fail)?;
        reading.query_row("SELECT count(*) FROM meta", [], |_| Ok(())).map_err(&fail)?;
        let mut db = Connection::open("").map_err(&fail)?;
        {
            let copy = Backup::new(&self.db, &mut db).map_err(&fail)?;
            loop {
                if !goes_on() {
                    return Ok(None);
                }
                match copy.step(PAGES).map_err(&fail)? {
                    StepResult::Done => break,
                    StepResult::Busy | StepResult::Locked => std::thread::sleep(PAUSE),
                    _ => {}
                }
            }
        }
        settle_plans(&db).map_err(&fail)?;
        Ok(Some(Self::over(db, &self.path, self.zone, None)))
    }

    /// The case of a source that has a number.
    pub fn case_of(&self, source: i64, number: &str) -> Result<Option<i64>, LedgerError> {
        self.db
            .prepare_cached("SELECT id FROM \"case\" WHERE source_id = ?1 AND number = ?2")
            .and_then(|mut find| find.query_row(params![source, number], |row| row.get(0)).optional())
            .map_err(cannot("find a case"))
    }

    /// How many cases of a source are known.
    pub fn cases_of(&self, source: i64) -> Result<u64, LedgerError> {
        let sql = "SELECT count(*) FROM \"case\" WHERE source_id = ?1";
        self.db.query_row(sql, [source], |row| row.get(0)).map_err(cannot("count the cases of a source"))
    }

    /// Cases of sources that are marked or not closed, at most `most`, after the case `after`: each with whether it is closed.
    pub fn marked_or_open(
        &self,
        sources: &BTreeSet<i64>,
        after: i64,
        most: usize,
    ) -> Result<Vec<(CaseFile, bool)>, LedgerError> {
        let ids = sources.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT id, state IS 'closed' FROM \"case\" WHERE id > ?1 AND source_id IN ({ids}) AND {LOOKED_AT} ORDER BY id LIMIT ?2"
        );
        let found: Vec<(i64, bool)> =
            self.list("find the cases of a source", &sql, params![after, most as i64], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        found.into_iter().map(|(id, closed)| Ok((self.case_file(id)?, closed))).collect()
    }

    /// Whether a case is marked or not closed.
    pub fn is_marked_or_open(&self, case: i64) -> Result<bool, LedgerError> {
        self.db
            .prepare_cached(&format!("SELECT 1 FROM \"case\" WHERE id = ?1 AND {LOOKED_AT}"))
            .and_then(|mut find| find.exists([case]))
            .map_err(cannot("look for marks"))
    }
}

/// That a case is marked or not closed.
const LOOKED_AT: &str = "(unjudged = 1 OR state IS NOT 'closed')";

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written to a copy does not come back, and it leaves no file.
    #[test]
    fn a_copy_has_what_is_known_and_gives_nothing_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let mut ledger = Ledger::open(&path, chrono_tz::Asia::Shanghai).unwrap();
        ledger.remember("colour", "yellow").unwrap();
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        let before = files();
        let mut copy = ledger.scratch(&|| true).unwrap().unwrap();
        assert_eq!(copy.recall("colour").unwrap().as_deref(), Some("yellow"));
        copy.remember("colour", "red").unwrap();
        let again = copy.scratch(&|| true).unwrap().unwrap();
        assert_eq!(again.recall("colour").unwrap().as_deref(), Some("red"));
        drop((copy, again));
        assert_eq!(ledger.recall("colour").unwrap().as_deref(), Some("yellow"));
        assert_eq!(files(), before);
        assert!(ledger.scratch(&|| false).unwrap().is_none());
        assert!(ledger.size().unwrap() > 0);
    }
}
