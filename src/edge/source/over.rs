//! The end of a reading that takes too long: a statement may never give a row.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::domain::text::say;
use crate::edge::operator::refusal;

/// How often time and stop are looked at: a daemon that is to end waits a few seconds for its round.
pub(super) const LOOK: Duration = Duration::from_millis(50);

/// Tells readings that they took too long, or are to stop; and is told that they go on.
#[derive(Debug, Clone, Default)]
pub struct Over(Arc<State>);

#[derive(Debug, Default)]
struct State {
    over: AtomicBool,
    rows: AtomicU64,
}

impl Over {
    /// Whether they are to end.
    pub fn is_over(&self) -> bool {
        self.0.over.load(Ordering::Relaxed)
    }

    /// They are to end.
    pub fn end(&self) {
        self.0.over.store(true, Ordering::Relaxed);
    }

    /// One more row has come.
    pub fn row(&self) {
        self.0.rows.fetch_add(1, Ordering::Relaxed);
    }

    /// How many rows have come.
    pub fn rows(&self) -> u64 {
        self.0.rows.load(Ordering::Relaxed)
    }

    /// Ends a reading of bytes.
    ///
    /// # Errors
    /// [`io::ErrorKind::TimedOut`] when it is over.
    pub(super) fn ends(&self) -> io::Result<()> {
        let over = || refusal(io::ErrorKind::TimedOut, say!("fault-took_too_long"));
        if self.is_over() { Err(over()) } else { Ok(()) }
    }
}

/// Does what reads, and tells it that it is over after `at_most`, or when it is to `stop`.
pub fn within<T>(at_most: Duration, stop: &(dyn Fn() -> bool + Sync), read: impl FnOnce(&Over) -> T) -> T {
    let over = Over::default();
    thread::scope(|scope| {
        let (reading, done) = channel::<()>();
        let over = &over;
        scope.spawn(move || {
            let (look, mut took) = (LOOK.min(at_most), Duration::ZERO);
            while done.recv_timeout(look) == Err(RecvTimeoutError::Timeout) {
                took += look;
                if took >= at_most || stop() {
                    over.end();
                }
            }
        });
        let read = read(over);
        drop(reading);
        read
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reading that would go on for ever ends when its time is up, and when it is to stop; one that ends before is never told.
    #[test]
    fn what_goes_on_for_ever_ends() {
        let for_ever = |over: &Over| {
            while !over.is_over() {
                thread::yield_now();
            }
        };
        within(Duration::from_millis(1), &|| false, for_ever);
        within(Duration::MAX, &|| true, for_ever);
        assert!(!within(Duration::MAX, &|| false, Over::is_over));
    }
}
