//! Dates that exist and were taken for nothing, counted.

use super::super::nothing::is_possible;
use super::Bound;
use super::seen::Seen;

/// Stands in the place of a word for cells of which only a part can be read.
pub const GARBLED: &str = "\u{fffd}";

/// Where cells of a source were taken for nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NothingAt {
    /// The read, by its number.
    pub read: u16,
    /// The column.
    pub column: String,
    /// The word as it stands in the list of words for nothing.
    pub word: String,
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

impl Bound {
    /// Adds up the dates for nothing of a row, each cell once.
    pub(super) fn count(&self, seen: &mut Seen) {
        for column in seen.garbled.drain(..) {
            *self.taken_for_nothing.borrow_mut().entry((column, GARBLED.to_owned())).or_default() += 1;
        }
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
