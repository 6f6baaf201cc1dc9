//! Why a source cannot be read, in the operator's words, and what to try.

use std::io;
use std::path::PathBuf;

use super::sql::ServerError;
use crate::domain::text::Language;

/// Why a source cannot be read.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is; the fields are what it names")]
pub enum SourceError {
    #[error("cannot read {path}: it does not exist")]
    Missing { path: PathBuf },
    #[error("{path} is empty, and files of it were read before")]
    Emptied { path: PathBuf },
    #[error("cannot read {path} as a database: it is a folder")]
    Folder { path: PathBuf },
    #[error("cannot read {path}: {what}")]
    NoFile { path: PathBuf, what: String },
    #[error("cannot read {path}: permission denied")]
    Forbidden { path: PathBuf, source: io::Error },
    #[error("cannot read {path}")]
    Io { path: PathBuf, source: io::Error },
    #[error("{path} is no SQLite database, or it is encrypted")]
    NotADatabase { path: PathBuf, source: rusqlite::Error },
    #[error("{path} is locked by another program")]
    Busy { path: PathBuf, source: rusqlite::Error },
    #[error(
        "{path} is a database in WAL mode that no program has open, and jianchad must not create its -shm file"
    )]
    WalClosed { path: PathBuf },
    #[error("{path} holds a change that its application broke off and has not yet undone")]
    Unfinished { path: PathBuf, source: rusqlite::Error },
    #[error("{path} is damaged")]
    Corrupt { path: PathBuf, source: rusqlite::Error },
    #[error("the disk failed while {path} was read")]
    Disk { path: PathBuf, source: rusqlite::Error },
    #[error("cannot read {path}: SQLite refuses")]
    Sqlite { path: PathBuf, source: rusqlite::Error },
    #[error("{path} has no table or view `{table}`; there are {there}")]
    NoTable { path: PathBuf, table: String, there: String },
    #[error("read `{read}` of {path} cannot be prepared")]
    Query { path: PathBuf, read: String, source: rusqlite::Error },
    #[error("read `{read}` of {path}: {faults}")]
    Unbound { path: PathBuf, read: String, faults: String },
    #[error("{path}, line {line}: {what}")]
    Text { path: PathBuf, line: u64, what: String },
    #[error("{path} gave no row for {for_seconds} s, and its reading was ended")]
    Silent { path: PathBuf, for_seconds: u64 },
    #[error("{path} could not be read to its end in {for_seconds} s, and its reading was ended")]
    TooLong { path: PathBuf, for_seconds: u64 },
    #[error(
        "{path} has more than {more} rows beyond the {known} that are known of it, and its reading was ended"
    )]
    Swollen { path: PathBuf, known: u64, more: u64 },
    #[error("{path} has a cell that is too large to be read")]
    TooBig { path: PathBuf, source: rusqlite::Error },
    #[error("the reading of {path} broke off by a fault of the program")]
    BrokeOff { path: PathBuf },
    #[error("{path} still hangs: its last reading could not be ended")]
    Hangs { path: PathBuf },
    #[error("read `{read}` asks {asked}, which a source of this kind does not have")]
    Misfit { read: String, asked: &'static str },
    #[error("{0}")]
    Server(Box<ServerError>),
}

impl SourceError {
    /// Sentence, causes and remedy on one line, as `status` and the digest show it.
    pub fn for_operator(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(deeper) = cause {
            text.push_str(&format!(": {deeper}"));
            cause = deeper.source();
        }
        let remedy = match self {
            Self::Server(error) => error.cure().words(Language::English),
            _ => self.remedy().to_owned(),
        };
        text.push_str(&format!("; try: {remedy}"));
        text
    }

    /// Whether it took more time or room than it may: then it is not tried again at once.
    pub fn is_of_limits(&self) -> bool {
        match self {
            Self::Silent { .. } | Self::TooLong { .. } | Self::Swollen { .. } | Self::Hangs { .. } => true,
            Self::Server(error) => error.is_of_limits(),
            _ => false,
        }
    }

    /// What to try.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "check `path`, and whether the disk or share it lies on is mounted",
            Self::NoFile { .. } => {
                "find out who put it there; let files themselves lie in the place from which jianchad reads"
            }
            Self::Emptied { .. } => {
                "see whether the share that belongs there is mounted; leave at least the newest file in the folder"
            }
            Self::Folder { .. } => "let `path` name the database file itself",
            Self::Forbidden { .. } => {
                "let the user jianchad runs as read the file and enter every folder on the way to it"
            }
            Self::Io { .. } | Self::Disk { .. } => {
                "check the disk or network share; the next round tries again"
            }
            Self::NotADatabase { .. } => {
                "check `path`; an encrypted database must be exported in the clear first"
            }
            Self::Busy { .. } => {
                "nothing, if it passes: the next round tries again; else find who holds the lock"
            }
            Self::WalClosed { .. } => {
                "start the application that owns it, or let that application use journal_mode=DELETE, or read a copy"
            }
            Self::Unfinished { .. } => {
                "start the application that owns it: it puts its file in order by itself"
            }
            Self::Corrupt { .. } => {
                "let the owner run `pragma integrity_check` on it and restore it from a backup; \
                 jianchad never writes to it"
            }
            Self::Sqlite { .. } => "see the cause; the next round tries again",
            Self::NoTable { .. } => "correct `table` in this read, or ask the vendor where the records went",
            Self::Query { .. } => "correct `query` in this read: it must be one `select`",
            Self::Unbound { .. } => {
                "correct the names in this read's mapping, or ask the vendor what was renamed"
            }
            Self::Text { .. } => {
                "save the file again whole, as UTF-8 or GB18030; rows already taken from it stay taken"
            }
            Self::Silent { .. } => {
                "run its query by itself on a copy: a view that never ends, a missing index, a share that hangs; if it is \
                 only slow, raise `silent_at_most` of the source"
            }
            Self::TooLong { .. } => {
                "see why it is so slow, or raise `reading_at_most` of the source; what was known of it stays, and the \
                 next reading begins anew"
            }
            Self::Swollen { .. } => {
                "ask who filled it, and whether a view joins its rows many times over; if so many are right, raise \
                 `more_rows_at_most` of the source"
            }
            Self::TooBig { .. } => "leave the column out of the mapping, or ask the vendor what stands there",
            Self::BrokeOff { .. } => "report the fault with the journal; the next round tries again",
            Self::Hangs { .. } => {
                "check the disk or network share; it is tried again as soon as the system lets go of it"
            }
            Self::Server(_) => "see what the server says",
            Self::Misfit { .. } => "give the read a `table` or `query` in a database, neither for files",
        }
    }
}
