//! A row of a statement on its way: watermark first, then the mapping.

use chrono_tz::Tz;
use rusqlite::types::ValueRef;

use super::super::Over;
use super::super::batch_builder::BatchBuilder;
use super::watermark::Watermark;
use crate::domain::record::apply::Bound;
use crate::domain::record::spot::Spot;
use crate::domain::record::value::{Row, Value};

/// A row of a statement whose first columns may be the pass's own.
struct Line<'a> {
    row: &'a rusqlite::Row<'a>,
    first: usize,
    longest: usize,
}

impl Row for Line<'_> {
    fn cell(&self, column: usize) -> Value<'_> {
        match self.row.get_ref_unwrap(self.first + column) {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Integer(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(bytes) if bytes.len() > self.longest => Value::TooLong,
            ValueRef::Text(bytes) => std::str::from_utf8(bytes).map_or(Value::Garbled, Value::Text),
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
        let line = Line { row, first, longest: self.longest };
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
