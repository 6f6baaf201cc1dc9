//! Whether there is a ledger, and whether whoever asks may open it: "none yet" is told apart from "not for you".

use std::path::Path;

use rustix::fs::{Access, access};
use rustix::io::Errno;

pub(super) use super::error::Access as To;
use super::{Ledger, LedgerError};

/// Nothing, where it can be opened for that as far as the system tells without opening it: closing a file drops the locks that SQLite
/// holds on it.
pub(super) fn may(path: &Path, to: To) -> Result<(), LedgerError> {
    let wanted = match to {
        To::Read => Access::READ_OK,
        To::Write => Access::READ_OK | Access::WRITE_OK,
    };
    match access(path, wanted) {
        Err(Errno::NOENT | Errno::NOTDIR) => Err(LedgerError::Missing { path: path.to_owned() }),
        Err(Errno::ACCESS | Errno::PERM) => Err(LedgerError::Forbidden { path: path.to_owned(), access: to }),
        // Anything else shows when it is opened, with its reason.
        _ => Ok(()),
    }
}

impl Ledger {
    /// Whether whoever asks may write to the ledger at a path, or make it there, as far as the system tells without opening it.
    ///
    /// # Errors
    /// [`LedgerError::Forbidden`] where he may not.
    pub fn may_be_written(path: &Path) -> Result<(), LedgerError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // SQLite puts its log beside it.
        for place in [path, folder] {
            if let Err(LedgerError::Forbidden { access, .. }) = may(place, To::Write) {
                return Err(LedgerError::Forbidden { path: path.to_owned(), access });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What nobody may write to, not even root, is forbidden and not just away; what is not there yet may be made.
    #[test]
    fn who_may_not_write_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Ledger::may_be_written(&folder.path().join("ledger.db")).is_ok());
        let proc = Ledger::may_be_written(Path::new("/proc/self/ledger.db"));
        assert!(matches!(proc, Err(LedgerError::Forbidden { access: To::Write, .. })), "{proc:?}");
    }
}
