//! A trace that its source changed or took back.

use chrono::{DateTime, Duration, FixedOffset};

use crate::domain::moment::Moment;
use crate::domain::record::Trace;

/// How far a source's clock may run ahead of ours before its times count as the future.
const SKEW_MINUTES: i64 = 15;

/// A trace that its source changed or took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Which of the traces of its case, by a number that its other revisions bear too.
    pub slot: usize,
    /// What it said.
    pub before: Trace,
    /// What it says; `None`: nothing.
    pub after: Option<Trace>,
    /// When that was read.
    pub seen_at: Moment,
    /// The last mail before that which told of the case.
    pub told_at: Option<Moment>,
    /// It may come of reading by another mapping, and is no act of the office.
    pub remapped: bool,
}

/// The latest time that is not the future at an instant.
pub(in crate::domain) fn latest(instant: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    instant + Duration::minutes(SKEW_MINUTES)
}

/// Whether what was read at an instant says to have happened later, by more than clocks may differ.
pub fn is_ahead(occurred: Moment, read: DateTime<FixedOffset>) -> bool {
    occurred.at() > latest(read)
}

/// Whether a time that was entered before it came, and was changed when it had come, only moved: by less than a day it is the same one.
pub fn only_moved(before: Moment, now: Moment, read: DateTime<FixedOffset>) -> bool {
    read >= before.at() && (now.at() - before.at()).abs() < Duration::days(1)
}

/// What was said of a trace before it was changed to what it says now, the last first.
pub(in crate::domain) fn said_before<'r>(
    trace: &'r Trace,
    revisions: impl DoubleEndedIterator<Item = &'r Revision>,
) -> impl Iterator<Item = &'r Trace> {
    let mut now = trace;
    revisions.rev().filter_map(move |revision| {
        let after = revision.after.as_ref()?;
        let is_of_it = (after.kind, after.occurred) == (now.kind, now.occurred);
        is_of_it.then(|| {
            now = &revision.before;
            now
        })
    })
}
