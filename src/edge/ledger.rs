//! The ledger (监察台账): one SQLite file, one writer, readers welcome.

mod access;
mod adoptions;
mod as_of;
mod begun;
mod cases;
mod disk;
mod erasure;
mod error;
mod events;
mod figures;
mod findings;
mod held_mail;
mod intake;
mod last_used;
mod lock;
mod marks;
mod own_pages;
mod post;
mod registry;
mod rounds;
mod schema;
mod scratch;
mod stored;
mod time_steps;
mod unasked;
mod watch;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono_tz::Tz;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::domain::moment::Moment;

pub use adoptions::{Adoption, GivenUp, Step};
pub use as_of::AsOf;
pub use begun::others_in;
pub use cases::case_history::{CaseStory, HistoryEvent, HistoryMove, StoryErasure, StoryLetter, StoryTrace};
pub use cases::verdicts::{Verdict, VerdictKey};
pub use erasure::{Erased, Erasure, Left, Person, Place, Remains, Whose};
pub use error::LedgerError;
use error::cannot;
pub use figures::extracts::{StandardCard, WhichCards};
pub use findings::card_actions::{Done, FindingEvent, NotDone};
pub use findings::reading::{FindingFilter, FindingLine};
pub use held_mail::Kept;
pub(crate) use intake::Taken;
pub use intake::course::Course;
pub use intake::evidence::Captured;
pub use intake::matching::WhichEvidence;
pub use intake::unread_files::{UnreadFiles, UnreadRows};
pub use post::letters::{AttemptLine, WholeLetter};
pub use post::outbox::Post;
pub use rounds::{RoundId, Stamp, Tally};
pub use time_steps::StepEnd;
pub use watch::blindness::Blindness;
pub use watch::read_to::ReadTo;
pub use watch::sources::Horizons;

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
    /// What came of letters and could not be entered yet: nothing else is sent before it is.
    owed: Vec<post::outbox::Owed>,
    /// What is known of the times of entry of what rounds read lately.
    witnesses: RefCell<HashMap<(i64, RoundId), cases::history::Witness>>,
    /// Rounds that were lately asked about.
    rounds: RefCell<HashMap<RoundId, cases::round_facts::RoundFacts>>,
    /// The round of which was last asked how late it was by then.
    latest_by: Cell<Option<(RoundId, Option<Moment>)>>,
    /// The source that was last asked about, and when it was watched.
    spans: RefCell<Option<(i64, Vec<watch::spans::Span>)>>,
    /// The source that was last asked about, and what its columns hold.
    columns: RefCell<Option<(i64, Arc<watch::columns::Columns>)>>,
    /// Sources of whose sweep something lies in `temp.swept`.
    swept: BTreeSet<i64>,
    /// By which readings know the ledger into which they are taken: another one for each time that it is opened.
    opened: Arc<()>,
    /// Newest event up to which waiting letters were looked at once more.
    looked_at: Cell<i64>,
    /// It was asked whether it is the ledger that was last used at its place.
    placed: bool,
    /// What stands beside it says that it was.
    noted: bool,
    /// Who enters something at the keyboard, as the system knows him.
    login: String,
    /// Keeps other writers away as long as it is open.
    hold: Option<lock::Hold>,
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
        let checked = schema::check(&db, path);
        // By another name it cannot be read while somebody writes, as the log of changes lies beside the first.
        if let Err(LedgerError::Open { source, .. }) = &checked
            && source.sqlite_error_code() == Some(ErrorCode::SystemIoFailure)
            && let Err(held @ LedgerError::Held { .. }) = lock::take(path)
        {
            return Err(held);
        }
        checked?;
        let hold = lock::take(path)?;
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
        access::may(path, access::To::Read)?;
        let read = |path: &Path, name: &Path, flags| {
            let failed = |source| LedgerError::Open { path: path.to_owned(), source };
            let db = Connection::open_with_flags(name, flags).map_err(failed)?;
            db.busy_timeout(std::time::Duration::from_secs(5)).map_err(failed)?;
            schema::check(&db, path)?;
            settle_plans(&db).map_err(failed)?;
            Ok(Self::over(db, path, zone, None))
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        match read(path, path, flags) {
            // On a disk that is full or read-only SQLite cannot make what several readers share. Where no log of changes lies beside
            // the ledger and nobody writes, the file alone is all there is.
            Err(LedgerError::Open { .. }) if let Some(name) = disk::as_it_lies(path) => {
                read(path, &name, flags | OpenFlags::SQLITE_OPEN_URI)
            }
            read => read,
        }
    }

    /// [`Ledger::read_only`], refusing one of an older schema: what reads cases finds columns there that it does not know.
    pub fn at_hand(path: &Path, zone: Tz) -> Result<Self, LedgerError> {
        let ledger = Self::read_only(path, zone)?;
        schema::current(&ledger.db, path)?;
        Ok(ledger)
    }

    fn over(db: Connection, path: &Path, zone: Tz, hold: Option<lock::Hold>) -> Self {
        let (file, path) = (file_id(path), path.to_owned());
        let owed = Vec::new();
        let (rounds, spans, looked_at) = (RefCell::default(), RefCell::default(), Cell::default());
        let (witnesses, columns) = (RefCell::default(), RefCell::default());
        Self {
            db,
            zone,
            path,
            file,
            owed,
            witnesses,
            rounds,
            latest_by: Cell::default(),
            spans,
            columns,
            swept: BTreeSet::new(),
            opened: Arc::default(),
            looked_at,
            placed: false,
            noted: false,
            login: String::new(),
            hold,
        }
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
                    self.hold = Some(lock::take(&self.path)?);
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
