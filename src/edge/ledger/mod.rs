//! The ledger (监察台账): one SQLite file, one writer, readers welcome.

mod across;
mod addresses;
mod adoptions;
mod bulletins;
mod case_files;
mod counts;
mod coverage;
mod deeds;
mod evidence;
mod extracts;
mod facts;
mod hold;
mod judgements;
mod letters;
mod matching;
mod message_ids;
mod outbox;
mod outdated;
mod overview;
mod own_findings;
mod pressing;
mod quarantine;
mod reading;
mod registry;
mod rounds;
mod schema;
mod sequences;
mod silences;
mod sources;
mod spans;
mod stored;
mod story;
mod sweep;
mod then;
mod untold;
mod verdicts;
mod warnings;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

pub use adoptions::{Adoption, Step};
pub use coverage::CoverageLine;
pub use deeds::{Done, FindingEvent, NotDone};
pub use evidence::Captured;
pub use extracts::{EndedCase, StandardCard};
pub use letters::LetterLine;
pub use outbox::{Post, Queued, Waiting};
pub use reading::{FindingFilter, FindingLine};
pub use rounds::{RoundId, Tally};
pub use silences::SilenceLine;
pub use sources::ReadTo;
pub use story::{CaseStory, StoryDeadline, StoryEvent, StoryMove, StoryTrace};
pub use then::Then;
pub use verdicts::{Verdict, VerdictKey};

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
    /// There is no ledger yet, and the deed needs one.
    #[error("there is no ledger at `{}` yet", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
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
        /// The deed.
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
            (Self::Missing { .. }, _) => "run `jianchad once` or start the daemon; it makes the ledger",
            (Self::Use { .. }, _) => {
                "run `sqlite3 LEDGER 'pragma integrity_check'` and look at the disk's health"
            }
            (Self::Garbled { .. }, _) => "restore the ledger from its last copy, and report this",
        }
    }
}

/// `map_err` with the name of the deed.
fn cannot(doing: &'static str) -> impl Fn(rusqlite::Error) -> LedgerError {
    move |source| LedgerError::Use { doing, source }
}

/// Keeps prepared statements prepared. Without this SQLite plans a statement anew for every new value it is given, which
/// costs more than the statement itself.
fn settle_plans(db: &Connection) -> rusqlite::Result<()> {
    db.set_prepared_statement_cache_capacity(128);
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// The ledger, open for writing or for reading only.
pub struct Ledger {
    db: Connection,
    zone: Tz,
    path: PathBuf,
    file: Option<FileId>,
    /// Cases met in this round's reading.
    met: facts::Met,
    /// What came of letters and could not be entered yet: nothing else is sent before it is.
    owed: Vec<outbox::Owed>,
    /// Rounds that were lately asked about.
    rounds: RefCell<HashMap<RoundId, case_files::RoundFacts>>,
    /// The source that was last asked about, and when it was watched.
    spans: RefCell<Option<(i64, Vec<spans::Span>)>>,
    /// What is read is compared with what was known.
    sweep: Option<sweep::Sweep>,
    /// Newest event up to which waiting letters were looked at once more.
    looked_at: Cell<i64>,
    /// Keeps other writers away as long as it is open.
    hold: Option<std::fs::File>,
}

/// Device and number of a file: what remains when a path is given to another file.
type FileId = (u64, u64);

fn file_id(path: &Path) -> Option<FileId> {
    std::fs::metadata(path).map(|file| (file.dev(), file.ino())).ok()
}

impl Ledger {
    /// Opens the ledger for writing, makes it if it is not there, brings its schema up to date. There is one
    /// writer: a second one is refused, as two would send the same letters.
    pub fn open(path: &Path, zone: Tz) -> Result<Self, LedgerError> {
        let failed = |source| LedgerError::Open { path: path.to_owned(), source };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut db = Connection::open_with_flags(path, flags).map_err(failed)?;
        db.busy_timeout(std::time::Duration::from_secs(5)).map_err(failed)?;
        schema::check(&db, path)?;
        let hold = hold::take(path)?;
        schema::bring_up_to_date(&mut db, path)?;
        let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA trusted_schema = OFF; PRAGMA journal_size_limit = 67108864;
             PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -2048;
             PRAGMA temp_store = MEMORY;";
        db.execute_batch(settings).map_err(failed)?;
        settle_plans(&db).map_err(failed)?;
        Ok(Self::over(db, path, zone, Some(hold)))
    }

    /// Opens an existing ledger for reading only.
    pub fn read_only(path: &Path, zone: Tz) -> Result<Self, LedgerError> {
        if !path.exists() {
            return Err(LedgerError::Missing { path: path.to_owned() });
        }
        let failed = |source| LedgerError::Open { path: path.to_owned(), source };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(failed)?;
        db.busy_timeout(std::time::Duration::from_secs(5)).map_err(failed)?;
        schema::check(&db, path)?;
        settle_plans(&db).map_err(failed)?;
        Ok(Self::over(db, path, zone, None))
    }

    fn over(db: Connection, path: &Path, zone: Tz, hold: Option<std::fs::File>) -> Self {
        let (file, path) = (file_id(path), path.to_owned());
        let (met, owed) = (facts::Met::default(), Vec::new());
        let (rounds, spans, looked_at) = (RefCell::default(), RefCell::default(), Cell::default());
        Self { db, zone, path, file, met, owed, rounds, spans, sweep: None, looked_at, hold }
    }

    /// Reads times without an offset in another zone from now on.
    pub fn set_zone(&mut self, zone: Tz) {
        self.zone = zone;
    }

    /// Makes sure before a round that the open file is still the one at its path; another file put there, such as a
    /// restored copy, is opened in its place.
    pub fn still_there(&mut self) -> Result<(), LedgerError> {
        match file_id(&self.path) {
            None => Err(LedgerError::Vanished { path: self.path.clone() }),
            Some(file) if Some(file) == self.file => {
                if self.hold.is_none() {
                    self.hold = Some(hold::take(&self.path)?);
                }
                Ok(())
            }
            Some(_) => {
                // Our own lock would keep us out.
                self.hold = None;
                *self = Self::open(&self.path, self.zone)?;
                Ok(())
            }
        }
    }

    /// Where the ledger lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
