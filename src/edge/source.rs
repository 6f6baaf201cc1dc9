//! Sources: one file per kind; each yields batches of facts and of rows that are none.

mod ahead;
mod batch_builder;
mod counter;
mod csv;
mod decode;
mod error;
mod files;
mod folder;
mod one_read;
mod over;
mod program;
mod reader;
mod reading_builder;
mod row_reader;
mod sql;
mod sqlite;
mod table;
#[cfg(test)]
mod tests;
mod watermark;
mod xes;
mod xlsx;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

pub use ahead::read_ahead;
pub use error::SourceError;
use folder::Folder;
pub use over::{Over, within};
pub use reader::{Answer, Reader};
pub use sql::{Engine, Owner, ServerError};

use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::record::apply::{NothingAt, TakenForNothing};
use crate::domain::record::connection::Connection;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::text::Text;

/// Where a source stands in its reading, by read number. The text is the source's own business: the ledger
/// keeps it between rounds and hands it back as it was. Without an entry a read begins anew and whole.
pub type Cursors = BTreeMap<u16, String>;

/// Rows of a batch at most, where a source is read from its beginning.
pub const BATCH: usize = 10_000;

/// Rows of a batch at most, where it is read from where it was left: what a daemon does day by day is to take little.
const SMALL_BATCH: usize = 2_000;

/// A place from which records are read.
pub trait Source: Send {
    /// What was declared.
    fn spec(&self) -> &SourceSpec;

    /// Reads what changed since `cursors` and hands it on batch by batch, at most [`BATCH`] rows each, until
    /// `take` breaks. Reading again hands on the same slots again, so nothing is lost or doubled by repetition.
    ///
    /// # Errors
    /// When the source as a whole cannot be read. What was handed on before stays valid; the cursors stay
    /// where they were.
    fn read(
        &mut self,
        cursors: &Cursors,
        now: &Now,
        take: &mut dyn FnMut(Batch) -> ControlFlow<()>,
    ) -> Result<Reading, SourceError>;

    /// Reads the first rows, for whoever sets it up; of a folder, those of each file. `take` is given every first batch.
    ///
    /// # Errors
    /// When the source as a whole cannot be read.
    fn first_rows(&mut self, now: &Now, take: &mut dyn FnMut(Batch)) -> Result<FirstRows, SourceError> {
        self.read(&Cursors::new(), now, &mut |batch| {
            take(batch);
            ControlFlow::Break(())
        })?;
        Ok(FirstRows::default())
    }

    /// Ends every reading from now on when it is over, also where no row has come yet.
    fn end_when(&mut self, _over: &Over) {}

    /// What can be seen of it without reading it. Of files there is nothing to be seen: what was taken out of one, or taken away
    /// with it, says nothing of its rows.
    ///
    /// # Errors
    /// When the source cannot be read.
    fn glance(&mut self, _cursors: &Cursors) -> Result<Glance, SourceError> {
        Ok(Glance::default())
    }

    /// What whoever sets it up is told of it, beside what its rows say. Of files there is nothing to tell.
    ///
    /// # Errors
    /// When the source cannot be read.
    fn about(&mut self, _now: &Now) -> Result<Vec<Remark>, SourceError> {
        Ok(Vec::new())
    }
}

/// What was found where the first rows of a source were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FirstRows {
    /// Why files of it cannot be read, each in a sentence with what to try.
    pub unread: Vec<Text>,
    /// Attributes of the mapping that no event of its logs has: each may be a slip of the pen.
    pub never_seen: BTreeSet<String>,
    /// What stands in its folder and is not read.
    pub passed_over: Vec<String>,
    /// Files that were not looked into, as there are too many: those that were changed longest ago.
    pub older: usize,
}

/// What whoever sets a source up is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// In words.
    pub text: Text,
    /// Something should be done about it.
    pub warning: bool,
}

impl Remark {
    /// Something to know.
    fn note(text: Text) -> Self {
        Self { text, warning: false }
    }

    /// Something to do something about.
    fn warning(text: Text) -> Self {
        Self { text, warning: true }
    }
}

/// What a source shows before it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Glance {
    /// Nothing changed since the last reading.
    pub unchanged: bool,
    /// Where it lies; empty where that says nothing of what it is.
    pub place: String,
    /// How many rows each of its reads has, where these are read whole.
    pub rows: BTreeMap<u16, u64>,
    /// Reads in which no row is as new any more as the newest that was read.
    pub went_back: Vec<u16>,
}

/// What came of one reading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The new cursors, of all reads; the old ones where the reading was stopped.
    pub cursors: Cursors,
    /// Rows read, understood or not.
    pub rows: u64,
    /// Nothing changed since the last reading, so nothing was read.
    pub unchanged: bool,
    /// Sentences for the operator: lines held back, times in the future, files that shrank or are spoilt.
    pub notes: Vec<Text>,
    /// The newest time seen that is not after the present: how fresh the source is. `None`: no time seen.
    pub newest: Option<Moment>,
    /// When the newest of its files was written, where it has files.
    pub delivered: Option<chrono::DateTime<chrono::FixedOffset>>,
    /// `take` broke off.
    pub stopped: bool,
    /// What was read from its beginning to its end, by read and by the beginning of its rows' keys (a file's name; empty
    /// for everything): of these, a row that was set aside before and is not set aside again is mended or gone.
    pub whole: Vec<(u16, String)>,
    /// Cells that were taken for nothing though they hold a date that exists, by where they stand.
    pub nothing: BTreeMap<NothingAt, u64>,
    /// Attributes of the mapping that no event of its logs has: each may be a slip of the pen.
    pub never_seen: BTreeSet<String>,
    /// What stands in its folder and is not read: files of other endings, folders.
    pub passed_over: Vec<String>,
    /// Why a part of the source could not be read, while the rest was: its cases are not judged meanwhile.
    pub incomplete: Option<Text>,
    /// The files that could not be read, by name: what they told before stays, and its cases wait.
    pub unread: Vec<String>,
    /// Those of them that are files and were not read before: they may tell of any case.
    pub never_read: BTreeSet<String>,
    /// One of them is a file, and may tell of cases that were not in it before.
    pub any_case_unread: bool,
}

impl Reading {
    /// Adds what a mapping at work took for nothing.
    fn took_for_nothing(&mut self, read: u16, cells: Vec<TakenForNothing>) {
        for TakenForNothing { column, word, cells } in cells {
            *self.nothing.entry(NothingAt { read, column, word }).or_default() += cells;
        }
    }
}

/// What a source says of itself, when it is asked for so long at most; `now` is asked when it answers.
///
/// # Errors
/// When the source cannot be read.
pub fn looked_at(
    spec: &SourceSpec,
    at_most: Duration,
    now: &dyn Fn() -> Now,
) -> Result<Vec<Remark>, SourceError> {
    within(at_most, &|| false, |over| {
        let mut source = open(spec);
        source.end_when(over);
        source.about(&now())
    })
}

/// Makes a source ready; nothing is opened before the first reading.
pub fn open(spec: &SourceSpec) -> Box<dyn Source> {
    let of_files = |path: &PathBuf, (settle, recursive), format| {
        let folders = if recursive { files::Folders::All } else { files::Folders::Own };
        Folder::new(spec.clone(), path.clone(), (settle, folders), format)
    };
    match &spec.connection {
        Connection::Postgres(server) | Connection::MySql(server) => {
            Box::new(sql::Sql::new(spec.clone(), server.clone()))
        }
        Connection::Program(program) => Box::new(program::Programs::new(spec.clone(), program.clone())),
        Connection::Sqlite { path, encoding: _ } => Box::new(sqlite::Sqlite::new(spec.clone(), path.clone())),
        Connection::Csv { path, delimiter, settle, recursive, header_row } => {
            let csv = csv::Csv { delimiter: *delimiter, header_row: *header_row };
            Box::new(of_files(path, (*settle, *recursive), Box::new(csv)))
        }
        Connection::Xlsx { path, sheet, settle, recursive, header_row } => {
            let xlsx = xlsx::Xlsx { sheet: sheet.clone(), header_row: *header_row };
            Box::new(of_files(path, (*settle, *recursive), Box::new(xlsx)))
        }
        Connection::Xes { path, settle, recursive } => {
            Box::new(of_files(path, (*settle, *recursive), Box::new(xes::Xes)))
        }
    }
}
