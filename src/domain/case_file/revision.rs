//! A trace that its source changed or took back.

use crate::domain::moment::Moment;
use crate::domain::record::Trace;

/// A trace that its source changed or took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
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
