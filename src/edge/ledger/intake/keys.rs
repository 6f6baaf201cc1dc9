//! The keys of rows that one reading has met, by which a row that came under another key is told from a second one.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use crate::domain::record::Slot;

/// Keys that one reading remembers at most: beyond, what came under another key is found by the next sweep.
const REMEMBERED: usize = 200_000;

/// Rows that were not known and that one sweep remembers at most: of a table that was filled anew all are under other keys.
const FRESH_IN_A_SWEEP: usize = 1_000_000;

/// Rows of which one sweep remembers that they were met at most.
const MET_IN_A_SWEEP: usize = 4_000_000;

/// A row of a case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct RowOf {
    pub case: i64,
    /// The read that it stands in, by its number.
    pub read: u16,
    /// Its key.
    pub row: Arc<str>,
}

/// Whether rows that came under another key are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::edge::ledger) enum KeyWatch {
    /// They are not.
    Off,
    /// Between two sweeps.
    Between,
    /// In a sweep.
    Sweep,
}

/// The keys that one reading of a source has met, of cases that were known before.
#[derive(Debug, Default)]
pub(in crate::edge::ledger) struct Keys {
    /// Rows that were not known.
    pub(super) fresh: Vec<RowOf>,
    /// Rows that were; empty in a sweep, which remembers them itself.
    pub(super) seen: HashSet<RowOf>,
    /// Rows that have, or are, another key.
    pub(super) both: HashSet<RowOf>,
    /// What a sweep met, also of closed cases: a number for each row, as there may be millions.
    met: HashSet<u64>,
    numbers: RandomState,
}

impl Keys {
    pub(super) fn is_full(&self) -> bool {
        let most = if self.met.is_empty() { REMEMBERED } else { FRESH_IN_A_SWEEP };
        self.fresh.len() + self.seen.len() >= most || self.met.len() >= MET_IN_A_SWEEP
    }

    /// A sweep met a row.
    pub fn met_in_sweep(&mut self, case: i64, read: u16, row: &str) {
        if !row.is_empty() && self.met.len() < MET_IN_A_SWEEP {
            self.met.insert(self.numbers.hash_one((case, read, row)));
        }
    }

    /// Whether a row was met: in a sweep any, else of those that were known.
    pub fn has_met(&self, watch: KeyWatch, case: i64, read: u16, row: &str) -> bool {
        match watch {
            KeyWatch::Sweep => self.met.contains(&self.numbers.hash_one((case, read, row))),
            KeyWatch::Between | KeyWatch::Off => {
                self.seen.contains(&RowOf { case, read, row: Arc::from(row) })
            }
        }
    }

    /// A row of a long read of a case that was known before was met, and was not known.
    pub fn met_new(&mut self, case: i64, slot: &Slot) {
        let row = RowOf { case, read: slot.read, row: slot.row.clone() };
        if !slot.row.is_empty() && !self.is_full() && self.fresh.last() != Some(&row) {
            self.fresh.push(row);
        }
    }

    /// The same of one that was known.
    pub fn met_again(&mut self, case: i64, slot: &Slot, watch: KeyWatch) {
        if watch == KeyWatch::Between && !slot.row.is_empty() && !self.is_full() {
            self.seen.insert(RowOf { case, read: slot.read, row: slot.row.clone() });
        }
    }
}
