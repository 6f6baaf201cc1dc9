//! A record of a CSV file, with as many cells as the header has or not.

use std::sync::Arc;

use super::rows::Record;
use crate::domain::record::apply::Bound;
use crate::domain::record::spot::Spot;
use crate::domain::record::value::Value;
use crate::domain::record::{Fact, Rejected};
use crate::domain::text::say;

/// A record becomes a fact. Cells that are missing at its end are empty, as spreadsheets leave them out; so are those that stand
/// there beyond the header's. Where something stands beyond it, nobody knows which cell is of which column: then the record is set
/// aside, under its case where that can be told.
pub(super) fn row(
    bound: &Bound,
    columns: usize,
    file: &Arc<str>,
    record: &Record,
) -> Result<Fact, Box<Rejected>> {
    let spot = Spot::Line { file, line: record.line };
    let fields = record.len();
    if (columns..fields).all(|beyond| Value::Text(record.field(beyond)).is_empty()) {
        return bound.row(record, spot);
    }
    let what = say!("cell-fields", fields, columns);
    let case = bound.case_of_longer(record, fields - columns);
    Err(Box::new(Rejected { row: spot.row(), case, column: None, reason: spot.say(what), unmapped: None }))
}

/// The last record of a file that breaks off inside a quotation: it is set aside, under its case where that stands before it.
pub(super) fn broken_off(bound: &Bound, columns: usize, file: &Arc<str>, record: &Record) -> Box<Rejected> {
    let spot = Spot::Line { file, line: record.line };
    let case = bound.case_of_longer(record, record.len().saturating_sub(columns));
    let reason = spot.say(say!("cell-open_quote"));
    Box::new(Rejected { row: spot.row(), case, column: None, reason, unmapped: None })
}
