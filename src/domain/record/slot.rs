//! The place of a trace in its source.

use std::sync::Arc;

/// The place of a trace in its source: which read, which row, which column of it.
///
/// A slot keeps its identity when the row is read again, so a changed row becomes a new revision of the
/// slot and never a second trace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// Number of the read within its source, in the order of the configuration file, from 0.
    pub read: u16,
    /// Key of the row in the source; empty where the row is the case itself.
    pub row: Arc<str>,
    /// Number of the trace within the row's mapping, from 0.
    pub part: u16,
}
