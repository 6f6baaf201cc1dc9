//! The rows of a read on their way into batches, and the keys of the first and the last one.

use super::super::batch_builder::BatchBuilder;
use super::super::row_reader::RowReader;
use super::cells::{Cells, Line};
use super::session::{RawRow, Sink};

/// Takes the rows of a read.
pub(super) struct Taking<'t, 'r, 'b> {
    pub reader: &'t mut RowReader<'r>,
    pub batches: &'t mut BatchBuilder<'b>,
    pub cells: Cells,
    /// Where the key begins.
    pub key: usize,
    /// The key of the first row since somebody emptied it; `None`: NULL.
    pub first: Vec<Option<Vec<u8>>>,
    /// The key of the last row.
    pub last: Vec<Option<Vec<u8>>>,
}

impl Sink for Taking<'_, '_, '_> {
    fn row(&mut self, row: RawRow<'_>) {
        self.reader.pass(&Line::new(row, &self.cells), None, self.batches);
        self.last.clear();
        self.last.extend((self.key..row.cells.len()).map(|at| row.cell(at).map(<[u8]>::to_vec)));
        if self.first.is_empty() {
            self.first.clone_from(&self.last);
        }
    }

    fn page(&mut self) -> bool {
        self.batches.hand_on_all()
    }
}
