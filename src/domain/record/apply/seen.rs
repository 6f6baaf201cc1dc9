//! What was met in a row beside what it says: cells that cannot be read, and dates that stand for nothing.

use super::super::doubt::{HeaderPart, InDoubt, TracePart};
use super::super::nothing::is_possible;
use super::super::wrong::Wrong;
use super::Bound;

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
}

/// Cells of a column that were taken for nothing, though what they hold is a possible value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenForNothing {
    /// The column.
    pub column: String,
    /// The word as it stands in the list of words for nothing.
    pub word: String,
    /// How many cells.
    pub cells: u64,
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

impl Bound {
    /// Adds up the dates for nothing of a row, each cell once.
    pub(super) fn count(&self, seen: &mut Seen) {
        if seen.nothing.is_empty() {
            return;
        }
        seen.nothing.sort_unstable();
        seen.nothing.dedup();
        let mut taken = self.taken_for_nothing.borrow_mut();
        for cell in seen.nothing.drain(..).filter(|(_, word)| is_possible(word)) {
            *taken.entry(cell).or_default() += 1;
        }
    }

    /// Which cells were taken for nothing so far, though they hold a date that exists.
    pub fn taken_for_nothing(&self) -> Vec<TakenForNothing> {
        let of = |((column, word), cells): (&(usize, String), &u64)| TakenForNothing {
            column: self.columns[*column].clone(),
            word: word.clone(),
            cells: *cells,
        };
        self.taken_for_nothing.borrow().iter().map(of).collect()
    }
}
