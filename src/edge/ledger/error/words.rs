//! What each says, and what to try.

use super::super::disk::has_no_room;
use super::{Access, LedgerError};
use crate::domain::text::{Text, say};
use crate::edge::operator;

/// An action, or a thing, by the words that it has in the code: every language has its own.
fn called(part: &str, words: &str) -> Text {
    let name = words.replace('\'', "").replace(' ', "_");
    Text::Message { key: format!("{part}{name}").into(), values: Vec::new() }
}

impl LedgerError {
    /// What happened, without its cause.
    pub fn said(&self) -> Text {
        let path = |path: &std::path::Path| path.display().to_string();
        match self {
            Self::Open { path: it, .. } => say!("ledger-not_opened", path = path(it)),
            Self::Foreign { path: it } => say!("ledger-foreign", path = path(it)),
            Self::Newer { path: it, found, known } => {
                say!("ledger-newer", path = path(it), found = *found, known = *known)
            }
            Self::Older { path: it, found, known } => {
                say!("ledger-older", path = path(it), found = *found, known = *known)
            }
            Self::Held { path: it } => say!("ledger-held", path = path(it)),
            Self::Lock { path: it, .. } => say!("ledger-not_locked", path = path(it)),
            Self::Missing { path: it } => say!("ledger-absent", path = path(it)),
            Self::Forbidden { path: it, access: Access::Read } => say!("ledger-not_read", path = path(it)),
            Self::Forbidden { path: it, access: Access::Write } => {
                say!("ledger-not_written", path = path(it))
            }
            Self::Vanished { path: it } => say!("ledger-moved", path = path(it)),
            Self::Use { doing, .. } => say!("ledger-failed", doing = called("doing-", doing)),
            Self::Garbled { what, value } => say!("ledger-garbled", what = called("kept-", what), value),
        }
    }

    /// Why it happened, if the system or SQLite said so.
    pub fn cause(&self) -> Option<Text> {
        match self {
            Self::Open { source, .. } | Self::Use { source, .. } => {
                let code = source.sqlite_error().map(|failure| failure.extended_code);
                Some(operator::of_sqlite(code, source.to_string()))
            }
            Self::Lock { source, .. } => Some(operator::why(source)),
            _ => None,
        }
    }

    /// What the operator can try.
    pub fn remedy(&self) -> Text {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, DiskFull, ReadOnly};
        let code = match self {
            Self::Open { source, .. } | Self::Use { source, .. } => source.sqlite_error_code(),
            _ => None,
        };
        match (self, code) {
            (_, Some(DiskFull)) => say!("ledger_remedy-full"),
            (_, Some(DatabaseBusy | DatabaseLocked)) => say!("ledger_remedy-busy"),
            (_, Some(ReadOnly)) => say!("ledger_remedy-read_only"),
            // SQLite says no more than that it could not open the file where there is no room for those beside it.
            (Self::Open { path, .. }, _) if has_no_room(path) => say!("ledger_remedy-full"),
            (Self::Open { .. }, _) => say!("ledger_remedy-not_opened"),
            (Self::Foreign { .. }, _) => say!("ledger_remedy-foreign"),
            (Self::Newer { .. }, _) => say!("ledger_remedy-newer"),
            (Self::Older { .. }, _) => say!("ledger_remedy-older"),
            (Self::Held { .. }, _) => say!("ledger_remedy-held"),
            (Self::Lock { .. }, _) => say!("ledger_remedy-not_locked"),
            (Self::Vanished { .. }, _) => say!("ledger_remedy-moved"),
            (Self::Forbidden { access: Access::Read, .. }, _) => say!("ledger_remedy-not_read"),
            (Self::Forbidden { access: Access::Write, .. }, _) => say!("ledger_remedy-not_written"),
            (Self::Missing { .. }, _) => say!("ledger_remedy-absent"),
            (Self::Use { .. }, _) => say!("ledger_remedy-failed"),
            (Self::Garbled { .. }, _) => say!("ledger_remedy-garbled"),
        }
    }
}
