//! That this ledger is a new one, until its first cases are in and that was told; and other ledgers that lie beside it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::schema::APPLICATION_ID;
use super::{Ledger, LedgerError};
use crate::domain::now::Now;

/// Empty from the first start on; the day on which the first cases came in; [`OVER`] once that was told for long enough.
const BEGUN: &str = "begun";
const OVER: &str = "over";

/// Files of a folder that are looked at.
const LOOKED_AT: usize = 1_000;

/// What an SQLite file begins with, and where the mark of its program stands (SQLite's file format, 1.3).
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const MARK: std::ops::Range<usize> = 68..72;

impl Ledger {
    /// Notes that nothing judged by this ledger before.
    pub fn begin(&mut self) -> Result<(), LedgerError> {
        self.remember(BEGUN, "")
    }

    /// The day on which a new ledger took in its first cases: today, where they have just come in. `None`: it is no new one, or it
    /// has no case yet.
    pub fn begun_on(&self, now: &Now) -> Result<Option<NaiveDate>, LedgerError> {
        let Some(kept) = self.recall(BEGUN)? else { return Ok(None) };
        if !kept.is_empty() {
            return Ok(kept.parse().ok());
        }
        let sql = "SELECT EXISTS (SELECT 1 FROM \"case\")";
        let has_cases = self.list("look for the first cases", sql, [], |row| row.get::<_, bool>(0))?;
        Ok((has_cases == [true]).then(|| now.today()))
    }

    /// Notes on which day it took in its first cases; `None`: that was told for long enough.
    pub fn note_begun(&mut self, day: Option<NaiveDate>) -> Result<(), LedgerError> {
        self.remember(BEGUN, &day.map_or_else(|| OVER.to_owned(), |day| day.to_string()))
    }
}

/// Ledgers of jianchad in these folders, copies among them, but for the one at `own`. A folder or file that cannot be read has none.
pub fn others_in(folders: &[&Path], own: &Path) -> Vec<PathBuf> {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let own = whole(own);
    let folders: BTreeSet<PathBuf> = folders.iter().map(|folder| whole(folder)).collect();
    let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok());
    let paths = files.flat_map(|files| files.take(LOOKED_AT)).filter_map(|file| Some(file.ok()?.path()));
    let mut found: Vec<PathBuf> = paths.filter(|path| whole(path) != own && is_ledger(path)).collect();
    found.sort();
    found
}

/// By its first bytes only: nothing is opened that another program may be writing.
fn is_ledger(path: &Path) -> bool {
    // A pipe would be waited for.
    if !path.metadata().is_ok_and(|file| file.is_file()) {
        return false;
    }
    let mut head = [0; MARK.end];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head.starts_with(MAGIC) && head[MARK] == (APPLICATION_ID as u32).to_be_bytes()
}
