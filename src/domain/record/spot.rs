//! Where a row stands in its source: how one without a key of its own is known, and how an operator finds it.

use std::sync::Arc;

use crate::domain::text::{Text, say};

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot<'a> {
    /// On a line of a file.
    Line {
        /// The file's name.
        file: &'a Arc<str>,
        /// The line, counted from 1.
        line: u64,
    },
    /// On a row of a further sheet of a workbook.
    Sheet {
        /// The file's name.
        file: &'a Arc<str>,
        /// The sheet's name.
        sheet: &'a str,
        /// Its number among those that are read, from 1; the first has [`Spot::Line`].
        number: u16,
        /// The row, counted from 1.
        line: u64,
    },
    /// On a line of an event log, where others may stand too.
    Event {
        /// The file's name.
        file: &'a Arc<str>,
        /// The line, counted from 1.
        line: u64,
        /// Its place among all: the line, or where others stand on it a number after theirs.
        place: u64,
    },
    /// Under a row number of its table.
    RowId(i64),
    /// So many rows from the beginning of what was read: another row the next time.
    Position(u64),
}

/// What is kept of where a row stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Name of its file, where the source has files.
    pub file: Option<Arc<str>>,
    /// Its line there, else its number in the table.
    pub line: i64,
}

impl Spot<'_> {
    /// What is kept of it.
    pub fn place(self) -> Place {
        let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        match self {
            Self::Line { file, line } | Self::Event { file, place: line, .. } => {
                Place { file: Some(file.clone()), line: number(line) }
            }
            // A sheet has 2^20 rows.
            Self::Sheet { file, number: sheet, line, .. } => {
                Place { file: Some(file.clone()), line: number(u64::from(sheet) << 20 | line) }
            }
            Self::RowId(line) => Place { file: None, line },
            Self::Position(line) => Place { file: None, line: number(line) },
        }
    }

    /// What names the row where it has no key.
    pub fn row(self) -> String {
        match self {
            Self::Line { file, line } | Self::Event { file, place: line, .. } => format!("{file}:{line}"),
            Self::Sheet { file, sheet, line, .. } => format!("{file}:{sheet}!{line}"),
            Self::RowId(number) => format!("rowid {number}"),
            Self::Position(number) => format!("row {number}"),
        }
    }

    /// The same, where it names the same row at the next reading.
    pub fn lasting_row(self) -> Option<String> {
        (!matches!(self, Self::Position(_))).then(|| self.row())
    }

    /// What is wrong with the row, with its place in front.
    pub fn say(self, what: Text) -> Text {
        match self {
            Self::Line { file, line } | Self::Event { file, line, .. } => {
                say!("cell-row_at", file = &**file, line, what)
            }
            Self::Sheet { file, sheet, line, .. } => {
                say!("cell-row_at", file = format!("{file} {sheet}"), line, what)
            }
            Self::RowId(_) | Self::Position(_) => what,
        }
    }

    /// What is wrong with a cell of the row, with its place in front.
    pub fn say_of(self, column: &str, what: Text) -> Text {
        match self {
            Self::Line { file, line } | Self::Event { file, line, .. } => {
                say!("cell-at", file = &**file, line, column, what)
            }
            Self::Sheet { file, sheet, line, .. } => {
                say!("cell-at", file = format!("{file} {sheet}"), line, column, what)
            }
            Self::RowId(_) | Self::Position(_) => say!("cell-of", column, what),
        }
    }
}
