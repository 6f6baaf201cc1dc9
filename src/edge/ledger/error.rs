//! What can go wrong with the ledger.

mod words;

use std::fmt;
use std::path::PathBuf;

use crate::domain::text::Language;

/// What can go wrong with the ledger.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file cannot be opened or is no database.
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The file belongs to another program.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later jianchad.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Its schema is an older one.
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Another process writes to it.
    Held {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be seen to that no other process writes to it.
    Lock {
        /// The file that is locked, beside the ledger.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is no ledger yet, and the action needs one.
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Who asks may not read it, or not write to it.
    Forbidden {
        /// The file.
        path: PathBuf,
        /// What it was opened for.
        access: Access,
    },
    /// The file was moved or deleted while it was open: what is written now would be lost with it.
    Vanished {
        /// The file.
        path: PathBuf,
    },
    /// A read or write failed.
    Use {
        /// The action, for whoever looks for it in the code.
        doing: &'static str,
        /// Why.
        source: rusqlite::Error,
    },
    /// What stands in the ledger cannot be read back.
    Garbled {
        /// What it should be, for whoever looks for it in the code.
        what: &'static str,
        /// What it is.
        value: String,
    },
}

/// What a ledger is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To be read.
    Read,
    /// To be written to.
    Write,
}

/// Whoever prints it as it is reads English.
impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said().words(Language::English))
    }
}

/// `map_err` with the name of the action.
pub(super) fn cannot(doing: &'static str) -> impl Fn(rusqlite::Error) -> LedgerError {
    move |source| LedgerError::Use { doing, source }
}
