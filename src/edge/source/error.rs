//! Why a source cannot be read.

mod remedy;
mod words;

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::program::ProgramError;
use super::sql::ServerError;
use crate::domain::text::{Language, Text, say};
use crate::edge::operator;

/// Why a source cannot be read.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "what each says stands in words.rs; the fields are what it names")]
pub enum SourceError {
    Missing { path: PathBuf },
    Emptied { path: PathBuf },
    Folder { path: PathBuf },
    NoFile { path: PathBuf, what: Text },
    Forbidden { path: PathBuf, source: io::Error },
    Io { path: PathBuf, source: io::Error },
    NotADatabase { path: PathBuf, source: rusqlite::Error },
    Busy { path: PathBuf, source: rusqlite::Error },
    WalClosed { path: PathBuf },
    Unfinished { path: PathBuf, source: rusqlite::Error },
    Corrupt { path: PathBuf, source: rusqlite::Error },
    Disk { path: PathBuf, source: rusqlite::Error },
    Sqlite { path: PathBuf, source: rusqlite::Error },
    NoTable { path: PathBuf, table: String, there: Text },
    Query { path: PathBuf, read: String, source: rusqlite::Error },
    Unbound { path: PathBuf, read: String, faults: Text },
    Text { path: PathBuf, line: u64, what: Text },
    Book { path: PathBuf, what: Text },
    Silent { path: PathBuf, for_seconds: u64 },
    TooLong { path: PathBuf, for_seconds: u64 },
    Swollen { path: PathBuf, known: u64, more: u64 },
    TooBig { path: PathBuf, source: rusqlite::Error },
    BrokeOff { path: PathBuf },
    Hangs { path: PathBuf },
    Misfit { read: String, asked: Text },
    Server(Box<ServerError>),
    Program(Box<ProgramError>),
}

/// Whoever prints it as it is reads English.
impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said().words(Language::English))
    }
}

impl SourceError {
    /// What happened, with what the system or SQLite said.
    pub fn with_cause(&self) -> Text {
        let (what, cause) = (self.said(), self.cause());
        cause.map_or(what.clone(), |cause| say!("fault-because", what, cause))
    }

    /// Sentence, cause and remedy on one line, as `status` and the digest show it.
    pub fn for_operator(&self) -> Text {
        say!("fault-try", what = self.with_cause(), remedy = self.remedy())
    }

    /// Whether it took more time or room than it may: then it is not tried again at once.
    pub fn is_of_limits(&self) -> bool {
        match self {
            Self::Silent { .. } | Self::TooLong { .. } | Self::Swollen { .. } | Self::Hangs { .. } => true,
            Self::Server(error) => error.is_of_limits(),
            Self::Program(error) => error.is_of_limits(),
            _ => false,
        }
    }

    fn cause(&self) -> Option<Text> {
        let cause = std::error::Error::source(self)?;
        let of_system = cause.downcast_ref().map(operator::why);
        of_system.or_else(|| cause.downcast_ref().map(of_sqlite))
    }
}

fn of_sqlite(error: &rusqlite::Error) -> Text {
    let code = error.sqlite_error().map(|failure| failure.extended_code);
    operator::of_sqlite(code, error.to_string())
}
