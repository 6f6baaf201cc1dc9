//! One reading for trial, and the cases that it finds.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::Batch;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::text::{Text, say};
use crate::edge::ledger::{Ledger, LedgerError, RoundId};
use crate::edge::source::{self, Cursors, Over, Source};
use crate::round::Watch;
use crate::round::reading::{Tried, try_reading};

/// A source with more rows is not read for trial.
const ROWS: u64 = 2_000_000;

/// A reading of one source into a copy.
pub(super) struct Reading<'a> {
    pub spec: &'a SourceSpec,
    pub policy: &'a Policy,
    pub round: RoundId,
    pub now: &'a Now,
    pub watch: &'a dyn Watch,
    pub over: &'a Over,
}

/// What came of it.
pub(super) enum Outcome {
    /// So many rows were read, which were all.
    Read(u64),
    Not(Text),
    Stopped,
}

impl Reading<'_> {
    /// Reads it as a round does.
    pub(super) fn of(&self, copy: &mut Ledger, met: &mut dyn FnMut(&Batch)) -> Result<Outcome, LedgerError> {
        let Self { policy, round, now, watch, over, .. } = *self;
        let bounded = Bounded { watch, rows: AtomicU64::new(0), over };
        let tried = try_reading(copy, (self.open().as_mut(), policy), (round, now), &bounded, met)?;
        let rows = bounded.rows.into_inner();
        Ok(match tried {
            _ if watch.stop() => Outcome::Stopped,
            _ if over.is_over() => Outcome::Not(too_long(watch.trial_at_most())),
            Tried::Read => Outcome::Read(rows),
            Tried::Not(why) => Outcome::Not(why),
            Tried::Stopped => Outcome::Not(say!("trial-many_rows", most = ROWS)),
        })
    }

    fn open(&self) -> Box<dyn Source> {
        let mut source = source::open(self.spec);
        source.end_when(self.over);
        source
    }

    /// Reads the source whole for its cases and keeps nothing else; `None`: it cannot be.
    pub(super) fn numbers(&self) -> Option<HashSet<u64>> {
        let evidence =
            |read: u16| self.spec.reads.get(usize::from(read)).is_some_and(|it| it.evidence.is_some());
        let bounded = Bounded { watch: self.watch, rows: AtomicU64::new(0), over: self.over };
        let mut numbers = HashSet::new();
        let reading = self.open().read(&Cursors::new(), self.now, &mut |batch| {
            if !evidence(batch.read) {
                facts(&batch, &mut numbers);
            }
            bounded.goes_on((batch.facts.len() + batch.rejected.len()) as u64, 0);
            if bounded.stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        let whole = |reading: &source::Reading| !reading.stopped && reading.incomplete.is_none();
        reading.ok().filter(whole).map(|_| numbers)
    }
}

/// Why a reading for trial that takes too long is given up, and what to try.
pub(in crate::round::adoption) fn too_long(at_most: Duration) -> Text {
    say!("trial-too_long", seconds = at_most.as_secs_f64().to_string())
}

/// Ends a reading of too many rows, or that takes too long.
struct Bounded<'a> {
    watch: &'a dyn Watch,
    rows: AtomicU64,
    over: &'a Over,
}

impl Watch for Bounded<'_> {
    fn goes_on(&self, rows: u64, cases: u64) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
        self.watch.goes_on(rows, cases);
    }

    fn stop(&self) -> bool {
        self.rows.load(Ordering::Relaxed) > ROWS || self.over.is_over() || self.watch.stop()
    }
}

/// Adds the cases of which a batch says something that was understood.
fn facts(batch: &Batch, numbers: &mut HashSet<u64>) {
    numbers.extend(batch.facts.iter().filter(|fact| !fact.gone).map(|fact| hash(&fact.case)));
}

/// Adds the cases that a batch names, also by rows that were set aside: they are there.
pub(super) fn all(batch: &Batch, numbers: &mut HashSet<u64>) {
    facts(batch, numbers);
    numbers.extend(batch.rejected.iter().filter_map(|row| row.case.as_deref()).map(hash));
}

/// Numbers take less room so; that two of a million fall on one hash of 64 bits does not happen.
pub(super) fn hash(number: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    number.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nobody;

    impl Watch for Nobody {
        fn goes_on(&self, _rows: u64, _cases: u64) {}

        fn stop(&self) -> bool {
            false
        }
    }

    /// As many rows as a trial may have, and one more.
    #[test]
    fn too_many_rows_end_a_trial() {
        let bounded = Bounded { watch: &Nobody, rows: AtomicU64::new(0), over: &Over::default() };
        bounded.goes_on(ROWS, 0);
        assert!(!bounded.stop());
        bounded.goes_on(1, 0);
        assert!(bounded.stop());
    }
}
