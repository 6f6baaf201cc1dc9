//! A row on its way: watermark first, then the mapping.

use chrono_tz::Tz;
use encoding_rs::Encoding;

use super::Over;
use super::batch_builder::BatchBuilder;
use super::counter::Counter;
use super::watermark::{Mark, Watermark};
use crate::domain::record::apply::Bound;
use crate::domain::record::connection::Connection;
use crate::domain::record::spot::Spot;
use crate::domain::record::value::{Row, Value};

/// The encoding of texts that are no UTF-8, where the source declares one.
pub(super) fn encoding(connection: &Connection) -> Option<&'static Encoding> {
    connection.encoding().and_then(|name| Encoding::for_label(name.as_bytes()))
}

/// What can be read of a text that its encoding does not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Garbled(pub String);

/// Texts of a row that are no UTF-8, by their place: as the source's encoding reads them, or what can be read of them.
#[derive(Default)]
pub(super) struct Decoded(Vec<(usize, Result<String, Garbled>)>);

impl Decoded {
    /// Decodes the text of a column, unless it is UTF-8 or longer than a text may be.
    pub fn take(&mut self, column: usize, text: &[u8], longest: usize, encoding: Option<&'static Encoding>) {
        if text.len() <= longest && std::str::from_utf8(text).is_err() {
            self.0.push((column, decode(text, encoding)));
        }
    }

    /// What a column says that is no UTF-8.
    pub fn value(&self, column: usize) -> Value<'_> {
        match self.0.iter().find(|(at, _)| *at == column) {
            Some((_, Ok(text))) => Value::Text(text),
            Some((_, Err(Garbled(rest)))) => Value::Garbled(rest),
            None => Value::Garbled(""),
        }
    }
}

/// Bytes that are no UTF-8 as text.
///
/// # Errors
/// What can be read of them.
pub(super) fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<String, Garbled> {
    let Some(encoding) = encoding else { return Err(Garbled(String::from_utf8_lossy(bytes).into_owned())) };
    match encoding.decode_without_bom_handling(bytes) {
        (text, false) => Ok(text.into_owned()),
        (text, true) => Err(Garbled(text.into_owned())),
    }
}

/// What every row of a pass goes through.
pub(super) struct RowReader<'a> {
    pub bound: Bound,
    pub watermark: Option<(usize, Watermark<'a>)>,
    /// The watermark where it is a number.
    pub counter: Option<(usize, Counter)>,
    /// Zone in which the source's freshness is told.
    pub zone: Tz,
    /// It is told of each row.
    pub over: Option<&'a Over>,
    pub replay: bool,
    /// Rows passed.
    pub position: u64,
}

impl RowReader<'_> {
    /// Whether a mark was set by a clock that was right. One of a moment to come was not, and what was written under that clock may be
    /// older than it, so everything is read.
    pub fn is_of_past(&self, mark: &Mark, batches: &BatchBuilder<'_>) -> bool {
        let moment = self.watermark.as_ref().and_then(|(_, watermark)| watermark.moment_of(mark));
        moment.is_none_or(|moment| !batches.is_future(&moment))
    }

    /// A row with the columns that the mapping uses.
    pub fn pass(&mut self, row: &impl Row, rowid: Option<i64>, batches: &mut BatchBuilder<'_>) {
        self.position += 1;
        if let Some(over) = self.over {
            over.row();
        }
        if let Some((column, counter)) = &mut self.counter {
            counter.take(row.cell(*column));
        }
        if let Some((column, watermark)) = &mut self.watermark {
            let value = row.cell(*column).plain();
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
        batches.add(self.bound.row(row, spot));
    }
}
