//! Reads ahead: while one batch is taken in, the source already reads the next.

use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;
use std::{panic, thread};

use super::{Cursors, Reading, Source, SourceError};
use crate::domain::now::Now;
use crate::domain::record::Batch;

/// Batches that wait at most between the one that reads and the one that takes.
const AHEAD: usize = 1;

/// Reads as [`Source::read`] does, on a thread of its own, and hands the batches to `take` in their order.
///
/// # Errors
/// Those of [`Source::read`].
pub fn read_ahead(
    source: &mut dyn Source,
    cursors: &Cursors,
    now: &Now,
    take: &mut dyn FnMut(Batch) -> ControlFlow<()>,
) -> Result<Reading, SourceError> {
    thread::scope(|scope| {
        let (hand_on, batches) = sync_channel(AHEAD);
        let reader = scope.spawn(move || {
            source.read(cursors, now, &mut |batch| match hand_on.send(batch) {
                Ok(()) => ControlFlow::Continue(()),
                // Nobody takes any more.
                Err(_) => ControlFlow::Break(()),
            })
        });
        let broke = batches.into_iter().any(|batch| take(batch).is_break());
        let reading = reader.join().unwrap_or_else(|panicked| panic::resume_unwind(panicked))?;
        // What was read ahead and not taken is read again the next time.
        Ok(if broke { Reading { cursors: cursors.clone(), stopped: true, ..reading } } else { reading })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::mapping::SourceSpec;

    /// Hands on empty batches, and says afterwards how far it has come.
    struct Batches(u64);

    impl Source for Batches {
        fn spec(&self) -> &SourceSpec {
            unreachable!("nobody asks")
        }

        fn read(
            &mut self,
            _: &Cursors,
            _: &Now,
            take: &mut dyn FnMut(Batch) -> ControlFlow<()>,
        ) -> Result<Reading, SourceError> {
            let handed_on = (0..self.0).take_while(|_| take(Batch::default()).is_continue()).count() as u64;
            let (cursors, stopped) = (Cursors::from([(0, "the end".into())]), handed_on < self.0);
            Ok(Reading { cursors, rows: handed_on, stopped, ..Reading::default() })
        }
    }

    #[test]
    fn what_was_read_ahead_and_not_taken_does_not_count_as_read() {
        let now = Now { instant: "2011-11-03T09:00:00+08:00".parse().unwrap(), replay: false };
        let before = Cursors::from([(0, "the beginning".into())]);
        for (batches, taken) in [(3, 1), (3, 2), (3, 3), (2, 1), (1, 1), (50, 7)] {
            let mut left = taken;
            let mut take = |_| {
                left -= 1;
                if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let reading = read_ahead(&mut Batches(batches), &before, &now, &mut take).unwrap();
            assert!(reading.stopped);
            assert_eq!(reading.cursors, before);
        }
        let mut all = |_| ControlFlow::Continue(());
        let reading = read_ahead(&mut Batches(3), &before, &now, &mut all).unwrap();
        assert_eq!((reading.rows, reading.stopped, reading.cursors[&0].as_str()), (3, false, "the end"));
    }
}
