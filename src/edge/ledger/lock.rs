//! One writer: a lock that the system lets go when the process ends, however it ends.

use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::LedgerError;

/// A ledger that this process alone writes to, as long as it is kept.
#[derive(Debug)]
pub(super) struct Hold {
    _beside: File,
    // Closing a second handle on the database drops SQLite's own locks, so it is kept as long as the ledger is open.
    _itself: File,
}

/// Takes the lock of a ledger that is there.
///
/// Two files are locked. The one beside the ledger keeps out whoever would open it at all, and may be removed by anybody; the
/// ledger itself is the same file by whatever name, or link, it is opened. The system's two kinds of locks do not see one
/// another, so SQLite's are not touched.
pub(super) fn take(ledger: &Path) -> Result<Hold, LedgerError> {
    let ledger = fs::canonicalize(ledger).unwrap_or_else(|_| ledger.to_owned());
    let path = beside(&ledger);
    let opened = File::options().create(true).truncate(false).write(true).open(&path);
    let beside = held(opened, &path, &ledger)?;
    // Writing to it sets its time, since which this process holds it. A disk that is full does not tell.
    drop(beside.set_len(0).and_then(|()| writeln!(&beside, "held")));
    let itself = held(File::open(&ledger), &ledger, &ledger)?;
    Ok(Hold { _beside: beside, _itself: itself })
}

/// Since when some process has held a ledger; `None`: none does, or nobody can tell.
pub(super) fn held_since(ledger: &Path) -> Option<SystemTime> {
    let ledger = fs::canonicalize(ledger).unwrap_or_else(|_| ledger.to_owned());
    let file = File::open(beside(&ledger)).ok()?;
    let is_held = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
    if is_held { file.metadata().and_then(|found| found.modified()).ok() } else { None }
}

fn beside(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push("-lock");
    name.into()
}

fn held(opened: std::io::Result<File>, path: &Path, ledger: &Path) -> Result<File, LedgerError> {
    let unlocked = |source| LedgerError::Lock { path: path.to_owned(), source };
    let file = opened.map_err(unlocked)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(LedgerError::Held { path: ledger.to_owned() }),
        Err(TryLockError::Error(source)) => Err(unlocked(source)),
    }
}
