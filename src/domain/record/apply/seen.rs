//! What was met in a row beside what it says: cells that cannot be read, and dates that stand for nothing.

use super::super::doubt::{HeaderPart, InDoubt, TracePart};
use super::super::wrong::Wrong;

/// A column's position and what is wrong with the cell.
pub(super) type Fault = (usize, Wrong);

/// What was met in one row.
#[derive(Default)]
pub(super) struct Seen {
    /// What is wrong with cells.
    pub cells: Vec<Fault>,
    /// What cannot be said for that; its cells are filled in at the end.
    pub in_doubt: InDoubt,
    /// Cells that hold a date for nothing.
    pub nothing: Vec<(usize, String)>,
    /// Columns of texts of which only a part can be read.
    pub garbled: Vec<usize>,
}

impl Seen {
    /// A part of the header, or nothing for now where it cannot be read.
    pub fn header<T>(&mut self, read: Result<Option<T>, Fault>, part: HeaderPart) -> Option<T> {
        read.unwrap_or_else(|fault| {
            self.cells.push(fault);
            self.in_doubt.header.push(part);
            None
        })
    }

    /// A part of the trace at a place of the row, or nothing for now where it cannot be read.
    pub fn part<T>(&mut self, place: usize, part: TracePart, read: Result<Option<T>, Fault>) -> Option<T> {
        read.unwrap_or_else(|fault| {
            self.cells.push(fault);
            self.in_doubt.traces.push((place, part));
            None
        })
    }
}
