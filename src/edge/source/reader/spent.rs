//! The time that a reading takes, counted look by look.

use std::time::Duration;

use super::super::over::LOOK;
use crate::domain::record::limits::SourceLimits;

/// How long a source that is told to end may take for it, until it is left behind.
pub(super) const GRACE: Duration = Duration::from_secs(2);

/// Time that a reading has taken.
#[derive(Default)]
pub(super) struct Spent {
    /// Since the last row.
    silent: Duration,
    /// In all.
    all: Duration,
    /// Since it was told to end.
    ending: Duration,
    /// Rows seen by then.
    rows: u64,
}

/// What a reading does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    /// It reads.
    Reads,
    /// It waits until what it gave is taken, which is not its own time.
    Waits,
    /// It was told to end.
    Ends,
}

/// What a look at a reading shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It may go on.
    GoesOn,
    /// No row came for too long.
    Silent,
    /// It takes too long in all.
    TooLong,
    /// It was told to end and does not.
    Hangs,
}

impl Spent {
    /// Looks at a reading.
    pub fn look(&mut self, doing: Doing, rows: u64, limits: &SourceLimits) -> State {
        if doing == Doing::Ends {
            self.ending += LOOK;
            return if self.ending >= GRACE { State::Hangs } else { State::GoesOn };
        }
        if doing == Doing::Waits {
            self.silent = Duration::ZERO;
            return State::GoesOn;
        }
        let seen = std::mem::replace(&mut self.rows, rows);
        self.silent = if seen == rows { self.silent + LOOK } else { Duration::ZERO };
        self.all += LOOK;
        if self.all >= limits.reading {
            State::TooLong
        } else if self.silent >= limits.silence {
            State::Silent
        } else {
            State::GoesOn
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: SourceLimits = SourceLimits {
        silence: LOOK.saturating_mul(4),
        reading: LOOK.saturating_mul(10),
        more_rows: 0,
        cell: 0,
    };

    /// The number of the look that shows something, and what: `rows` by the number of the look.
    fn shows(most: u32, doing: Doing, rows: impl Fn(u32) -> u64) -> Option<(u32, State)> {
        let mut spent = Spent::default();
        let looks = (1..=most).map(|look| (look, spent.look(doing, rows(look), &LIMITS)));
        looks.into_iter().find(|(_, state)| *state != State::GoesOn)
    }

    /// `silent_at_most`: the fourth look without a row ends it, the third does not.
    #[test]
    fn without_a_row_it_is_silent() {
        assert_eq!(shows(3, Doing::Reads, |_| 0), None);
        assert_eq!(shows(20, Doing::Reads, |_| 0), Some((4, State::Silent)));
    }

    /// `reading_at_most`: whoever gives a row now and then is not silent, and is ended by its time in all.
    #[test]
    fn with_rows_it_takes_its_time() {
        assert_eq!(shows(9, Doing::Reads, |look| u64::from(look / 3)), None);
        assert_eq!(shows(20, Doing::Reads, |look| u64::from(look / 3)), Some((10, State::TooLong)));
    }

    /// What waits until it is taken spends neither, however long.
    #[test]
    fn what_waits_spends_nothing() {
        assert_eq!(shows(1000, Doing::Waits, |_| 0), None);
    }

    /// Told to end, it has two seconds.
    #[test]
    fn what_does_not_end_hangs() {
        let looks = u32::try_from(GRACE.as_millis() / LOOK.as_millis()).unwrap();
        assert_eq!(shows(looks - 1, Doing::Ends, |_| 0), None);
        assert_eq!(shows(looks, Doing::Ends, |_| 0), Some((looks, State::Hangs)));
    }
}
