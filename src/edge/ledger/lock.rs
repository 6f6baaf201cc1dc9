//! One writer: a lock that the system lets go when the process ends, however it ends.

use std::fs::{self, File, Permissions, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::LedgerError;

/// How often, and how long each time, a lock is waited for.
const LOOKS: u32 = 20;
const A_LOOK: Duration = Duration::from_millis(10);

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
    // Whoever can open it can lock it, so nobody else can.
    let opened = File::options().create(true).truncate(false).write(true).mode(0o600).open(&path);
    let opened = opened.inspect(|file| drop(file.set_permissions(Permissions::from_mode(0o600))));
    let beside = held(opened, &path, &ledger)?;
    // Writing to it sets its time, since which this process holds it. A disk that is full does not tell.
    drop(beside.set_len(0).and_then(|()| writeln!(&beside, "held")));
    let itself = held(File::open(&ledger), &ledger, &ledger)?;
    Ok(Hold { _beside: beside, _itself: itself })
}

/// Since when some process has held a ledger; `None`: none does, or nobody can tell.
pub(super) fn held_since(ledger: &Path) -> Option<SystemTime> {
    let ledger = fs::canonicalize(ledger).unwrap_or_else(|_| ledger.to_owned());
    let path = beside(&ledger);
    let is_held = match File::open(&path) {
        Ok(file) => matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)),
        // Somebody who only reads asks the system, and locks nothing.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            let number = fs::metadata(&path).ok()?.ino();
            is_locked(&fs::read_to_string("/proc/locks").ok()?, number)
        }
        Err(_) => false,
    };
    if is_held { fs::metadata(&path).and_then(|found| found.modified()).ok() } else { None }
}

/// Whether the system's list of locks has one on the file of a number, as in `1: FLOCK ADVISORY WRITE 812 fe:00:5472 0 EOF`.
fn is_locked(locks: &str, number: u64) -> bool {
    let on_it = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        let (kind, of) = (words.next(), words.nth(3));
        kind == Some("FLOCK") && of.and_then(|of| of.rsplit(':').next()) == Some(&number.to_string())
    };
    locks.lines().any(on_it)
}

fn beside(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push("-lock");
    name.into()
}

fn held(opened: std::io::Result<File>, path: &Path, ledger: &Path) -> Result<File, LedgerError> {
    let unlocked = |source| LedgerError::Lock { path: path.to_owned(), source };
    let file = opened.map_err(unlocked)?;
    // Somebody who looks whether it is held has it for a moment.
    let mut taken = file.try_lock();
    for _ in 0..LOOKS {
        if !matches!(taken, Err(TryLockError::WouldBlock)) {
            break;
        }
        std::thread::sleep(A_LOOK);
        taken = file.try_lock();
    }
    match taken {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(LedgerError::Held { path: ledger.to_owned() }),
        Err(TryLockError::Error(source)) => Err(unlocked(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who may not open the lock learns of it from the system's list: of that file and of no other, and of no lock of another kind.
    #[test]
    fn a_lock_is_found_by_the_number_of_its_file() {
        let locks = "1: FLOCK  ADVISORY  WRITE 812 fe:00:5472402 0 EOF\n2: POSIX  ADVISORY  READ 9 fe:00:77 128 128\n";
        assert!(is_locked(locks, 5_472_402));
        for other in [77, 402, 812, 547_240, 0] {
            assert!(!is_locked(locks, other), "{other}");
        }
    }

    /// Whoever can open a lock can hold it for ever: it is the owner's alone, also one that was made before.
    #[test]
    fn nobody_else_can_lock_the_daemon_out() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("ledger.db");
        fs::write(&ledger, "").unwrap();
        fs::write(beside(&ledger), "").unwrap();
        fs::set_permissions(beside(&ledger), Permissions::from_mode(0o644)).unwrap();
        let hold = take(&ledger).unwrap();
        assert_eq!(fs::metadata(beside(&ledger)).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(held_since(&ledger).is_some());
        drop(hold);
        assert!(held_since(&ledger).is_none());
    }
}
