//! What can go wrong with the ledger.

use std::path::PathBuf;

/// What can go wrong with the ledger.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file cannot be opened or is no database.
    #[error("cannot open the ledger `{}`", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The file belongs to another program.
    #[error("`{}` is an SQLite database of another program, not a ledger", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later jianchad.
    #[error(
        "the ledger `{}` has schema {found}, and this jianchad knows schemas up to {known}",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Its schema is an older one.
    #[error("the ledger `{}` has schema {found}, and this jianchad writes schema {known}", path.display())]
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Another process writes to it.
    #[error("another jianchad is writing to the ledger `{}`", path.display())]
    Held {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be seen to that no other process writes to it.
    #[error("cannot lock the ledger with the file `{}`", path.display())]
    Lock {
        /// The file that is locked, beside the ledger.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is no ledger yet, and the action needs one.
    #[error("there is no ledger at `{}` yet", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Who asks may not read it, or not write to it.
    #[error("this login may not {} the ledger `{}`", if *write { "write to" } else { "read" }, path.display())]
    Forbidden {
        /// The file.
        path: PathBuf,
        /// It was to be written to.
        write: bool,
    },
    /// The file was moved or deleted while it was open: what is written now would be lost with it.
    #[error("the ledger `{}` is no longer where it was opened", path.display())]
    Vanished {
        /// The file.
        path: PathBuf,
    },
    /// A read or write failed.
    #[error("cannot {doing} in the ledger")]
    Use {
        /// The action.
        doing: &'static str,
        /// Why.
        source: rusqlite::Error,
    },
    /// What stands in the ledger cannot be read back.
    #[error("the ledger holds {what} that cannot be read back: `{value}`")]
    Garbled {
        /// What it should be.
        what: &'static str,
        /// What it is.
        value: String,
    },
}

impl LedgerError {
    /// What the operator can try.
    pub fn remedy(&self) -> &'static str {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, DiskFull, ReadOnly};
        let code = match self {
            Self::Open { source, .. } | Self::Use { source, .. } => source.sqlite_error_code(),
            _ => None,
        };
        match (self, code) {
            (_, Some(DiskFull)) => "free space on the disk; nothing was lost, the next round goes on",
            (_, Some(DatabaseBusy | DatabaseLocked)) => {
                "another process holds the ledger for writing: is a second jianchad running?"
            }
            (_, Some(ReadOnly)) => "let the service user write to the ledger's file and folder",
            (Self::Open { .. }, _) => "check that the folder exists and the service user may write to it",
            (Self::Foreign { .. }, _) => "let the key `ledger` name a file of its own",
            (Self::Newer { .. }, _) => "run the jianchad that wrote it, or a later one",
            (Self::Older { .. }, _) => {
                "start the daemon of this version, or run `jianchad once`: it brings the ledger up to date"
            }
            (Self::Held { .. }, _) => {
                "let the daemon do it (`systemctl reload jianchad` starts a round), or stop it first"
            }
            (Self::Lock { .. }, _) => {
                "check that the folder exists on a local disk and the service user may write to it"
            }
            (Self::Vanished { .. }, _) => {
                "put the file back, or its last copy; to begin a new ledger instead, restart the service"
            }
            (Self::Forbidden { write: false, .. }, _) => {
                "let an administrator add the login to the group jianchad (`usermod -aG jianchad NAME`), and log in again"
            }
            (Self::Forbidden { write: true, .. }, _) => {
                "enter it as the daemon's user (`sudo -u jianchad jianchad …`), for which the login has to be in the group jianchad-supervisor"
            }
            (Self::Missing { .. }, _) => "run `jianchad once` or start the daemon; it makes the ledger",
            (Self::Use { .. }, _) => {
                "run `sqlite3 LEDGER 'pragma integrity_check'` and look at the disk's health"
            }
            (Self::Garbled { .. }, _) => "restore the ledger from its last copy, and report this",
        }
    }
}

/// `map_err` with the name of the action.
pub(super) fn cannot(doing: &'static str) -> impl Fn(rusqlite::Error) -> LedgerError {
    move |source| LedgerError::Use { doing, source }
}
