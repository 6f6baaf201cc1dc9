//! Whether there is a ledger, and whether whoever asks may open it: "none yet" is told apart from "not for you".

use std::path::Path;

use rustix::fs::{Access, access};
use rustix::io::Errno;

use super::LedgerError;

/// What a ledger is to be opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    Read,
    Write,
}

/// Nothing, where it can be opened for that as far as the system tells without opening it: closing a file drops the locks that SQLite
/// holds on it.
pub(super) fn may(path: &Path, to: To) -> Result<(), LedgerError> {
    let (wanted, write) = match to {
        To::Read => (Access::READ_OK, false),
        To::Write => (Access::READ_OK | Access::WRITE_OK, true),
    };
    match access(path, wanted) {
        Err(Errno::NOENT | Errno::NOTDIR) => Err(LedgerError::Missing { path: path.to_owned() }),
        Err(Errno::ACCESS | Errno::PERM) => Err(LedgerError::Forbidden { path: path.to_owned(), write }),
        // Anything else shows when it is opened, with its reason.
        _ => Ok(()),
    }
}
