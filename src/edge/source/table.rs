//! Tables in files, whatever they are written in: where the header stands, and which of the rows below it are records.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::SourceError;
use super::batch_builder::BatchBuilder;
use super::folder::Pass;
use crate::domain::record::apply::Bound;
use crate::domain::record::spot::Spot;
use crate::domain::record::value::Row;
use crate::domain::record::{Fact, Rejected};
use crate::domain::text::{Text, say};

/// A title above the header has no more rows than this, and no more filled cells in each.
const TITLE_ROWS: usize = 20;
const TITLE_CELLS: usize = 3;

/// A row of a table in a file.
pub(super) trait TableRow: Row {
    /// The line or row of the file on which it stands, counted from 1.
    fn number(&self) -> u64;

    /// How many cells it has.
    fn cells(&self) -> usize;

    /// What a cell shows; nothing beyond the last.
    fn shown(&self, position: usize) -> Cow<'_, str>;

    /// Whether anything stands in it, where a table has so many columns.
    fn is_blank(&self, columns: usize) -> bool;

    /// Whether anything stands in a cell from a position on.
    fn is_filled_from(&self, position: usize) -> bool {
        (position..self.cells()).any(|at| !self.shown(at).trim_start().is_empty())
    }

    /// The first cell in which something stands.
    fn first_filled(&self) -> Cow<'_, str> {
        let mut shown = (0..self.cells()).map(|at| self.shown(at));
        shown.find(|cell| !cell.trim_start().is_empty()).unwrap_or_default()
    }

    /// The names of columns, in a row that has them.
    fn names(&self) -> Vec<String> {
        (0..self.cells()).map(|at| self.shown(at).trim().to_owned()).collect()
    }
}

/// A header with the mapping bound to it.
pub(super) struct Header {
    pub bound: Bound,
    /// The names as they stand.
    pub names: Vec<String>,
    /// How it was found, where that is not as configured.
    pub notes: Vec<Text>,
}

/// A column of the mapping that stands there twice. Of columns that are not read it does not matter which is which.
pub(super) fn twice<'n>(pass: &Pass<'_>, names: &'n [String]) -> Option<&'n str> {
    let of_mapping = pass.read.columns();
    let mut met = HashSet::new();
    let mut read = names.iter().filter(|name| of_mapping.contains(name.as_str()));
    read.find(|name| !met.insert(*name)).map(String::as_str)
}

/// What stands where a header should, and may be a title above it.
#[derive(Default)]
pub(super) struct Above {
    first: Option<SourceError>,
    rows: usize,
}

impl Above {
    /// One more row, and why it is no header.
    ///
    /// # Errors
    /// Where it is no title either: what was wrong with the first.
    pub fn add(&mut self, names: &[String], misfit: impl FnOnce() -> SourceError) -> Result<(), SourceError> {
        let filled = names.iter().filter(|name| !name.is_empty()).count();
        let first = self.first.take().unwrap_or_else(misfit);
        self.rows += 1;
        if filled > TITLE_CELLS || self.rows > TITLE_ROWS {
            return Err(first);
        }
        self.first = Some(first);
        Ok(())
    }

    /// What was wrong with the first, where there was any.
    pub fn first(self) -> Option<SourceError> {
        self.first
    }

    /// Whether there was none.
    pub fn is_empty(&self) -> bool {
        self.first.is_none()
    }
}

/// The rows below a header, on their way to whoever takes them.
pub(super) struct Records<'h> {
    header: &'h Header,
    file: Arc<str>,
    /// The sheet, and its number among those that are read, where it is not the first.
    sheet: Option<(&'h str, u16)>,
    /// Rows that say the names of the columns once more, as of files that were put together.
    headers: u64,
    /// Sums, page numbers, signatures.
    beside: u64,
}

/// What came of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is a record, understood or not.
    Record,
    /// It is none.
    Other,
    /// Nobody takes any more.
    Stopped,
}

impl<'h> Records<'h> {
    /// None yet, of a file of this name.
    pub fn new(header: &'h Header, file: &str) -> Self {
        Self { header, file: file.into(), sheet: None, headers: 0, beside: 0 }
    }

    /// The same of a sheet of a workbook, by its number among those that are read, from 0.
    pub fn of_sheet(self, sheet: &'h str, number: u16) -> Self {
        Self { sheet: (number > 0).then_some((sheet, number)), ..self }
    }

    /// The file that they stand in.
    pub fn file(&self) -> &str {
        &self.file
    }

    fn spot(&self, line: u64) -> Spot<'_> {
        let file = &self.file;
        match self.sheet {
            Some((sheet, number)) => Spot::Sheet { file, sheet, number, line },
            None => Spot::Line { file, line },
        }
    }

    /// Hands on a row, if it is a record.
    pub fn take(&mut self, row: &impl TableRow, batches: &mut BatchBuilder<'_>) -> Taken {
        let (bound, columns) = (&self.header.bound, self.header.names.len());
        if self.is_header(row) {
            self.headers += 1;
        } else if bound.is_beside_the_records(row, &row.first_filled()) {
            self.beside += 1;
        } else if !row.is_blank(columns) {
            batches.add(self.fact(row));
            let goes_on = batches.waiting() == 0 || batches.hand_on();
            return if goes_on { Taken::Record } else { Taken::Stopped };
        }
        Taken::Other
    }

    /// Sets aside a row that breaks off, under its case where that stands before it.
    pub fn set_aside(&self, row: &impl TableRow, why: Text, batches: &mut BatchBuilder<'_>) {
        let surplus = row.cells().saturating_sub(self.header.names.len());
        batches.add(Err(self.rejected(row, surplus, why)));
    }

    fn rejected<R: TableRow>(&self, row: &R, surplus: usize, why: Text) -> Box<Rejected> {
        let spot = self.spot(row.number());
        let case = self.header.bound.case_of_longer(row, surplus);
        Box::new(Rejected { row: spot.row(), case, column: None, reason: spot.say(why), unmapped: None })
    }

    /// Whether a row says the names of the columns once more.
    fn is_header(&self, row: &impl TableRow) -> bool {
        let names = &self.header.names;
        row.cells() == names.len() && names.iter().enumerate().all(|(at, name)| row.shown(at).trim() == name)
    }

    /// A row becomes a fact. Cells that are missing at its end are empty, as spreadsheets leave them out; so are those that stand
    /// there beyond the header's. Where something stands beyond it, nobody knows which cell is of which column: then the row is set
    /// aside, under its case where that can be told.
    fn fact<R: TableRow>(&self, row: &R) -> Result<Fact, Box<Rejected>> {
        let (bound, columns) = (&self.header.bound, self.header.names.len());
        if !row.is_filled_from(columns) {
            return bound.row(row, self.spot(row.number()));
        }
        let fields = row.cells();
        Err(self.rejected(row, fields - columns, say!("cell-fields", fields, columns)))
    }

    /// What an administrator is told of what is none.
    pub fn said(&self) -> Vec<Text> {
        let some = |count: u64| Some(count).filter(|count| *count > 0);
        let file = &*self.file;
        let headers = some(self.headers).map(|count| say!("reading-header_again", file, count));
        let beside = some(self.beside).map(|count| say!("reading-beside", file, count));
        headers.into_iter().chain(beside).collect()
    }
}
