//! The sheets of a workbook, before it is written.

use crate::domain::text::visible::on_one_line;

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Name of the sheet.
    pub name: String,
    /// Line above the table.
    pub title: String,
    /// Headings.
    pub headings: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// What stays as it is, whatever it looks like: a number of a case is a text.
    Text(String),
    /// A count, to be added up.
    Count(u64),
}

/// Writes sheets as the bytes of a workbook.
pub type WriteWorkbook = fn(&[Sheet]) -> Vec<u8>;

impl Cell {
    /// The cell of a record's text.
    pub fn text(text: &str) -> Self {
        Self::Text(on_one_line(text).into_owned())
    }

    /// The cell as it reads.
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
        }
    }
}
