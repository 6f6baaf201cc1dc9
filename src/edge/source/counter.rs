//! A watermark that is a number and no time: a counter's, or that of the transaction that wrote the row.

use super::watermark::Mark;
use crate::domain::record::value::Value;

/// The numbers of one reading.
#[derive(Debug, Default)]
pub(super) struct Counter {
    /// So many numbers before the largest are read once more, for rows that took theirs before others and were committed after them.
    overlap: u32,
    /// The number from which on transactions are under way, where that is known: what is below is there.
    pub settled: Option<i64>,
    largest: Option<i64>,
    /// Rows whose watermark is no number.
    pub unreadable: u64,
}

impl Counter {
    /// None seen yet.
    pub fn new(overlap: u32) -> Self {
        Self { overlap, ..Self::default() }
    }

    /// Takes the number of a row.
    pub fn take(&mut self, value: Value<'_>) {
        match value {
            Value::Integer(number) => self.largest = self.largest.max(Some(number)),
            _ => self.unreadable += 1,
        }
    }

    /// From which number on rows are read again after a reading that came to `mark`; `None`: that was no number.
    pub fn bound(&self, mark: &Mark) -> Option<Mark> {
        let Mark::Number(mark) = mark else { return None };
        // A database that was moved to another server may count anew there: what is under way may lie far below what was read.
        let sure = self.settled.map_or(*mark, |settled| settled.min(*mark));
        Some(Mark::Number(sure.saturating_sub(self.overlap.into())))
    }

    /// The mark after a reading: what was read, as far as nothing below it can still come.
    pub fn mark(&self, kept: Option<Mark>) -> Option<Mark> {
        let sure = self.largest.map(|largest| self.settled.map_or(largest, |settled| settled.min(largest)));
        sure.map(Mark::Number).or(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(overlap: u32, settled: Option<i64>, numbers: &[i64]) -> Counter {
        let mut counter = Counter { settled, ..Counter::new(overlap) };
        numbers.iter().for_each(|number| counter.take(Value::Integer(*number)));
        counter
    }

    /// Gaps and disorder: the largest is the mark, and so many numbers before it are read again. One that went back goes along.
    #[test]
    fn a_mark_is_the_largest_number_that_was_read() {
        let kept = || Some(Mark::Number(70));
        assert_eq!(of(10, None, &[3, 900, 12]).mark(kept()), Some(Mark::Number(900)));
        assert_eq!(of(10, None, &[3]).mark(kept()), Some(Mark::Number(3)), "it went back");
        assert_eq!(of(10, None, &[]).mark(kept()), kept());
        let bound = |mark| of(10, None, &[]).bound(&Mark::Number(mark));
        assert_eq!([bound(900), bound(5)], [Some(Mark::Number(890)), Some(Mark::Number(-5))]);
        assert_eq!(bound(i64::MIN), Some(Mark::Number(i64::MIN)));
        assert_eq!(
            of(10, None, &[]).bound(&Mark::Text("900".into())),
            None,
            "a text does not sort as a number"
        );
        let mut counter = of(0, None, &[1]);
        for value in [Value::Text("7"), Value::Null, Value::Real(1.5), Value::Blob] {
            counter.take(value);
        }
        assert_eq!((counter.unreadable, counter.mark(None)), (4, Some(Mark::Number(1))));
    }

    /// What is under way is waited for, to the number.
    #[test]
    fn no_mark_passes_a_transaction_that_is_under_way() {
        for (settled, mark) in [(99, 99), (100, 100), (101, 100)] {
            assert_eq!(of(0, Some(settled), &[100]).mark(None), Some(Mark::Number(mark)));
            assert_eq!(of(0, Some(settled), &[]).bound(&Mark::Number(100)), Some(Mark::Number(mark)));
        }
    }
}
