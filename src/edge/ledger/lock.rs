//! One writer: a lock that the system lets go when the process ends, however it ends.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use super::LedgerError;

/// Takes the lock of a ledger, for as long as the file given back is open.
///
/// The lock is on a file beside the ledger: closing a second handle on the database itself would drop SQLite's
/// own locks. That file is never removed, as whoever waits for it would lock a file that has no name.
pub(super) fn take(ledger: &Path) -> Result<File, LedgerError> {
    let mut name = ledger.as_os_str().to_owned();
    name.push("-lock");
    let path = PathBuf::from(name);
    let opened = File::options().create(true).truncate(false).write(true).open(&path);
    let file = opened.map_err(|source| LedgerError::Lock { path: path.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(LedgerError::Held { path: ledger.to_owned() }),
        Err(TryLockError::Error(source)) => Err(LedgerError::Lock { path, source }),
    }
}
