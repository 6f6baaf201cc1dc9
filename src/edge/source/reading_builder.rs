//! A reading as sources of every kind go through it: rows are handed on in batches, each read adds what came of it, and one that was
//! stopped leaves the cursors where they were.

use std::ops::ControlFlow;

use super::batch_builder::{BatchBuilder, Extent};
use super::one_read::Passed;
use super::{Cursors, Glance, Reading};
use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::record::mapping::SourceSpec;

/// One reading on its way.
pub(super) struct ReadingBuilder<'a> {
    /// Its rows.
    pub batches: BatchBuilder<'a>,
    /// What came of the reads that are over.
    pub told: Reading,
    before: &'a Cursors,
}

impl<'a> ReadingBuilder<'a> {
    /// A reading of a source from its cursors on.
    pub fn new(
        spec: &SourceSpec,
        before: &'a Cursors,
        now: &Now,
        take: &'a mut dyn FnMut(Batch) -> ControlFlow<()>,
    ) -> Self {
        let batches = BatchBuilder::new(now, take).of_catalogue(spec.catalogue.clone());
        Self { batches, told: Reading::default(), before }
    }

    /// Where a read was left.
    pub fn cursor(&self, read: u16) -> Option<&'a str> {
        self.before.get(&read).map(String::as_str)
    }

    /// Whoever takes its rows broke off.
    pub fn is_stopped(&self) -> bool {
        self.batches.stopped
    }

    /// Adds what came of a read.
    pub fn add(&mut self, read: u16, passed: Passed) {
        self.told.notes.extend(passed.notes);
        self.told.whole.extend((passed.extent == Extent::Whole).then(|| (read, String::new())));
        self.told.cursors.insert(read, passed.cursor);
        self.told.took_for_nothing(read, passed.nothing);
    }

    /// What came of all of it.
    pub fn finish(self) -> Reading {
        let Self { batches, mut told, before } = self;
        if batches.stopped {
            told.cursors.clone_from(before);
        }
        Reading { rows: batches.rows, newest: batches.newest, stopped: batches.stopped, ..told }
    }
}

/// What one read of a database shows before it is read.
pub(super) struct GlanceAtRead {
    /// How many rows it has, where all are read each time.
    pub rows: Option<u64>,
    /// No row is as new any more as the newest that was read.
    pub went_back: bool,
}

impl Glance {
    /// Adds what a read shows.
    pub(super) fn add(&mut self, read: u16, shown: &GlanceAtRead) {
        self.rows.extend(shown.rows.map(|rows| (read, rows)));
        self.went_back.extend(shown.went_back.then_some(read));
    }
}
