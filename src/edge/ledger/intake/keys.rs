//! The keys of rows that one reading has met, by which a row that came under another key is told from a second one.

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::record::Slot;

/// Keys that one reading remembers at most: beyond, what came under another key is found by the next sweep.
const REMEMBERED: usize = 200_000;

/// The row of a case: case, read, key.
pub(super) type RowOf = (i64, u16, Arc<str>);

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
}

impl Keys {
    pub(super) fn is_full(&self) -> bool {
        self.fresh.len() + self.seen.len() >= REMEMBERED
    }

    /// A row of a long read of a case that was known before was met, and was not known.
    pub fn met_new(&mut self, case: i64, slot: &Slot) {
        let row = (case, slot.read, slot.row.clone());
        if !slot.row.is_empty() && !self.is_full() && self.fresh.last() != Some(&row) {
            self.fresh.push(row);
        }
    }

    /// The same of one that was known.
    pub fn met_again(&mut self, case: i64, slot: &Slot, watch: KeyWatch) {
        if watch == KeyWatch::Between && !slot.row.is_empty() && !self.is_full() {
            self.seen.insert((case, slot.read, slot.row.clone()));
        }
    }
}
