//! A row with more cells than columns: whose it is.

use super::super::value::{Row, Value};
use super::Bound;
use super::seen::Seen;

/// A row whose cells stand some places further on.
struct Moved<'r, R: ?Sized> {
    row: &'r R,
    by: usize,
}

impl<R: Row + ?Sized> Row for Moved<'_, R> {
    fn cell(&self, column: usize) -> Value<'_> {
        self.row.cell(column + self.by)
    }
}

impl Bound {
    /// The number of the case of a row that has `surplus` cells too many, where it can be read. From some cell on everything stands
    /// so many places further on: before the number, if a time that stands before it does.
    pub fn case_of_longer<R: Row + ?Sized>(&self, row: &R, surplus: usize) -> Option<String> {
        let moved = Moved { row, by: surplus };
        let dates = self.header.iter().flat_map(|header| header.dates.iter().map(|(_, column)| *column));
        let mut times = dates.chain(
            self.traces.iter().flat_map(|trace| [Some(trace.at), trace.recorded].into_iter().flatten()),
        );
        let seen = &mut Seen::default();
        let mut reads = |column| {
            let is_time = |read: Result<Option<_>, _>| matches!(read, Ok(Some(_)));
            !is_time(self.moment(row, column, seen)) && is_time(self.moment(&moved, column, seen))
        };
        let before = times.any(|column| column < self.case[0] && reads(column));
        if before { self.case_number(&moved) } else { self.case_number(row) }.ok()
    }
}
