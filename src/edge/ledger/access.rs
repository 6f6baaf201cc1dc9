//! Whether there is a ledger, and whether whoever asks may open it: "none yet" is told apart from "not for you".

use std::path::Path;

use rustix::fs::{Access, access};
use rustix::io::Errno;

use super::LedgerError;
pub(super) use super::error::Access as To;

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
