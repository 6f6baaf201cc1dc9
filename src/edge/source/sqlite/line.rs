//! A row of a statement as the mapping takes it.

use encoding_rs::Encoding;
use rusqlite::types::{Value as Bindable, ValueRef};

use super::super::row_reader::Decoded;
use super::super::watermark::Mark;
use crate::domain::record::value::{Row, Value};

/// How the cells of a statement are taken.
pub(super) struct Cells {
    /// Bytes of text that a cell may hold.
    pub longest: usize,
    /// How many columns the mapping uses.
    pub columns: usize,
    /// Encoding of texts that are no UTF-8, where it is known.
    pub encoding: Option<&'static Encoding>,
}

/// A row of a statement whose first columns may be the pass's own.
pub(super) struct Line<'a> {
    row: &'a rusqlite::Row<'a>,
    first: usize,
    longest: usize,
    decoded: Decoded,
}

impl<'a> Line<'a> {
    /// A row behind `first` columns that are not the mapping's.
    pub fn new(row: &'a rusqlite::Row<'a>, first: usize, cells: &Cells) -> Self {
        let Cells { longest, columns, encoding } = *cells;
        let mut decoded = Decoded::default();
        for column in 0..columns {
            let ValueRef::Text(bytes) = row.get_ref_unwrap(first + column) else { continue };
            decoded.take(column, bytes, longest, encoding);
        }
        Self { row, first, longest, decoded }
    }
}

impl Row for Line<'_> {
    fn cell(&self, column: usize) -> Value<'_> {
        match self.row.get_ref_unwrap(self.first + column) {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Integer(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(bytes) if bytes.len() > self.longest => Value::TooLong,
            ValueRef::Text(bytes) => {
                std::str::from_utf8(bytes).map_or_else(|_| self.decoded.value(column), Value::Text)
            }
            ValueRef::Blob(_) => Value::Blob,
        }
    }
}

/// A mark as a statement takes it.
pub(super) fn bindable(mark: Mark) -> Bindable {
    match mark {
        Mark::Number(number) => Bindable::Integer(number),
        Mark::Text(text) => Bindable::Text(text),
    }
}
