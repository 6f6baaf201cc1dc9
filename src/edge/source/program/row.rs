//! A line of a program's output: a row, how many rows there were, or of which read the next ones are.

mod found;
#[cfg(test)]
mod tests;

use encoding_rs::Encoding;
use serde::Deserializer;

use super::super::row_reader::{Garbled, decode};
use crate::domain::record::value::{Row, Value, quoted};
use crate::domain::text::{Text, say};
use found::{Decoded, Found};

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It is no JSON object, or breaks off, at this place in it.
    NoJson(usize),
    /// Its bytes are in no encoding that is known.
    NoUtf8,
    /// A column stands there twice.
    Doubled(String),
    /// A list or an object stands in the place of a value.
    Nested(String),
    /// A number has lost its last digits.
    Float(String),
    /// A name is longer than it may be.
    LongName,
    /// Columns of the mapping are missing; which are there.
    Missing(Vec<String>, Vec<String>),
}

impl Wrong {
    /// In words. Of what the line says only names of columns are shown.
    pub(super) fn text(&self) -> Text {
        let names =
            |names: &[String]| Text::list(names.iter().take(16).map(|name| quoted(name)), "list-comma");
        match self {
            Self::NoJson(column) => say!("program_line-no_json", column = column.to_string()),
            Self::NoUtf8 => say!("program_line-no_utf8"),
            Self::Doubled(name) => say!("program_line-doubled", name = quoted(name)),
            Self::Nested(name) => say!("program_line-nested", name = quoted(name)),
            Self::Float(name) => say!("program_line-float", name = quoted(name)),
            Self::LongName => say!("program_line-long_name"),
            Self::Missing(missing, there) if there.is_empty() => {
                say!("program_line-nothing", names = names(missing))
            }
            Self::Missing(missing, there) => {
                say!("program_line-missing", names = names(missing), there = names(there))
            }
        }
    }
}

/// What a line says.
#[derive(Debug, PartialEq)]
pub(super) enum Line {
    /// A row with the columns that were asked for.
    Row(Cells),
    /// So many rows were given.
    Rows(u64),
    /// The next rows are of this read.
    Read(String),
}

/// The cells of a row, in the order of the columns that were asked for.
#[derive(Debug, PartialEq)]
pub(super) struct Cells(Vec<Cell>);

#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Garbled(String),
    TooLong,
}

impl Row for Cells {
    fn cell(&self, column: usize) -> Value<'_> {
        match &self.0[column] {
            Cell::Null => Value::Null,
            Cell::Integer(number) => Value::Integer(*number),
            Cell::Real(number) => Value::Real(*number),
            Cell::Text(text) => Value::Text(text),
            Cell::Garbled(rest) => Value::Garbled(rest),
            Cell::TooLong => Value::TooLong,
        }
    }
}

/// How lines are taken.
pub(super) struct Taken<'a> {
    /// The columns that were asked for.
    pub columns: &'a [String],
    /// Bytes of text that a cell may hold.
    pub longest: usize,
    /// Encoding of lines that are no UTF-8, where it is known.
    pub encoding: Option<&'static Encoding>,
}

impl Taken<'_> {
    /// What a line says.
    pub fn line(&self, bytes: &[u8]) -> Result<Line, Wrong> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.parsed(text, Decoded::Whole),
            Err(_) => match decode(bytes, self.encoding) {
                Ok(text) => self.parsed(&text, Decoded::Whole),
                // What stands around the bytes that are lost is read, if it can be.
                Err(Garbled(rest)) => self.parsed(&rest, Decoded::Lossy).map_err(|wrong| match wrong {
                    Wrong::NoJson(_) => Wrong::NoUtf8,
                    other => other,
                }),
            },
        }
    }

    fn parsed(&self, text: &str, decoded: Decoded) -> Result<Line, Wrong> {
        let mut found = Found::new(self, decoded);
        let mut json = serde_json::Deserializer::from_str(text);
        let parsed = json.deserialize_map(&mut found).and_then(|()| json.end());
        if let Some(wrong) = found.wrong {
            return Err(wrong);
        }
        parsed.map_err(|error| Wrong::NoJson(error.column()))?;
        match (found.keys, found.rows, found.read) {
            (1, Some(rows), _) => return Ok(Line::Rows(rows)),
            (1, _, Some(read)) => return Ok(Line::Read(read)),
            _ => {}
        }
        let there = found.others;
        let (names, cells) = (self.columns.iter(), found.cells);
        let missing: Vec<String> =
            names.zip(&cells).filter(|(_, cell)| cell.is_none()).map(|(name, _)| name.clone()).collect();
        if !missing.is_empty() {
            return Err(Wrong::Missing(missing, there));
        }
        Ok(Line::Row(Cells(cells.into_iter().flatten().collect())))
    }
}
