//! A row of a statement on its way: watermark first, then the mapping.

use chrono_tz::Tz;
use encoding_rs::Encoding;
use rusqlite::types::ValueRef;

use super::super::Over;
use super::super::batch_builder::BatchBuilder;
use super::watermark::Watermark;
use crate::domain::record::apply::Bound;
use crate::domain::record::connection::Connection;
use crate::domain::record::spot::Spot;
use crate::domain::record::value::{Row, Value};

/// A row of a statement whose first columns may be the pass's own.
struct Line<'a> {
    row: &'a rusqlite::Row<'a>,
    first: usize,
    longest: usize,
    /// Texts that are no UTF-8, by their place: as the source's encoding reads them, or what can be read of them.
    decoded: Vec<(usize, Result<String, String>)>,
}

impl<'a> Line<'a> {
    fn new(
        (row, first): (&'a rusqlite::Row<'a>, usize),
        longest: usize,
        columns: usize,
        encoding: Option<&'static Encoding>,
    ) -> Self {
        let mut decoded = Vec::new();
        for column in 0..columns {
            let ValueRef::Text(bytes) = row.get_ref_unwrap(first + column) else { continue };
            if bytes.len() <= longest && std::str::from_utf8(bytes).is_err() {
                decoded.push((column, decode(bytes, encoding)));
            }
        }
        Self { row, first, longest, decoded }
    }

    fn decoded(&self, column: usize) -> Value<'_> {
        match self.decoded.iter().find(|(at, _)| *at == column) {
            Some((_, Ok(text))) => Value::Text(text),
            Some((_, Err(rest))) => Value::Garbled(rest),
            None => Value::Garbled(""),
        }
    }
}

/// The encoding of texts that are no UTF-8, where the source declares one.
pub(super) fn encoding(connection: &Connection) -> Option<&'static Encoding> {
    let Connection::Sqlite { encoding, .. } = connection else { return None };
    encoding.as_ref().and_then(|name| Encoding::for_label(name.as_bytes()))
}

/// Bytes that are no UTF-8 as text; `Err`: what can be read of them.
fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<String, String> {
    let Some(encoding) = encoding else { return Err(String::from_utf8_lossy(bytes).into_owned()) };
    match encoding.decode_without_bom_handling(bytes) {
        (text, false) => Ok(text.into_owned()),
        (text, true) => Err(text.into_owned()),
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
                std::str::from_utf8(bytes).map_or_else(|_| self.decoded(column), Value::Text)
            }
            ValueRef::Blob(_) => Value::Blob,
        }
    }
}

/// What every row of a pass goes through.
pub(super) struct RowReader<'a> {
    pub bound: Bound,
    pub watermark: Option<(usize, Watermark<'a>)>,
    /// Zone in which the source's freshness is told.
    pub zone: Tz,
    /// Bytes of text that a cell may hold.
    pub longest: usize,
    /// It is told of each row.
    pub over: Option<&'a Over>,
    pub replay: bool,
    /// How many columns the mapping uses.
    pub columns: usize,
    /// Encoding of texts that are no UTF-8, where it is known.
    pub encoding: Option<&'static Encoding>,
    /// Rows passed.
    pub position: u64,
}

impl RowReader<'_> {
    /// A row of a statement, behind `first` columns that are not the mapping's.
    pub fn pass(
        &mut self,
        row: &rusqlite::Row<'_>,
        first: usize,
        rowid: Option<i64>,
        batches: &mut BatchBuilder<'_>,
    ) {
        self.position += 1;
        if let Some(over) = self.over {
            over.row();
        }
        let line = Line::new((row, first), self.longest, self.columns, self.encoding);
        if let Some((column, watermark)) = &mut self.watermark {
            let value = line.cell(*column);
            match watermark.moment(value) {
                // In a replay the row is not there yet.
                Some(moment) if batches.is_future(&moment) && self.replay => return,
                Some(moment) if batches.is_future(&moment) => watermark.future += 1,
                Some(moment) => {
                    watermark.keep(moment, value);
                    batches.saw(moment.told_in(self.zone));
                }
                None => watermark.unreadable += 1,
            }
        }
        let spot = rowid.map_or(Spot::Position(self.position), Spot::RowId);
        batches.add(self.bound.row(&line, spot));
    }
}
