//! The rows of a read on their way into batches, and the key of the last one.

use encoding_rs::Encoding;

use super::super::batch_builder::BatchBuilder;
use super::super::row_reader::RowReader;
use super::super::watermark::Mark;
use super::cells::{Cells, Line};
use super::session::{Nature, RawRow, Sink};

/// Takes the rows of a read.
pub(super) struct Taking<'t, 'r, 'b> {
    pub reader: &'t mut RowReader<'r>,
    pub batches: &'t mut BatchBuilder<'b>,
    pub cells: Cells,
    /// The key of the last row; `None`: a part of it is no text.
    pub last: Vec<Option<Mark>>,
    /// Where the key begins.
    pub key: usize,
}

impl Sink for Taking<'_, '_, '_> {
    fn row(&mut self, row: RawRow<'_>) {
        self.reader.pass(&Line::new(row, &self.cells), None, self.batches);
        self.last.clear();
        let cells = &self.cells;
        self.last.extend((self.key..cells.natures.len()).map(|at| {
            let text = key_text(row.cell(at), cells.encoding)?;
            let number = text.parse().ok().filter(|_| cells.natures[at] == Nature::Number);
            Some(number.map_or(Mark::Text(text), Mark::Number))
        }));
    }

    fn page(&mut self) -> bool {
        self.batches.hand_on_all()
    }
}

fn key_text(bytes: Option<&[u8]>, encoding: Option<&'static Encoding>) -> Option<String> {
    let bytes = bytes?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => Some(encoding?.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned()),
    }
}
