//! What one row of a source says of a case.

use std::sync::Arc;

use super::doubt::InDoubt;
use super::spot::Place;
use super::{Header, Rejected, Slot, Trace};

/// What one row of a source says of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Key of the row within its read: what an operator searches for in the source.
    pub row: Arc<str>,
    /// The case's number (办件编号).
    pub case: String,
    /// What the row says of the case as such, if this read carries it.
    pub header: Option<Header>,
    /// The traces of the row's slots; `None` where the slot is empty in the source.
    pub traces: Vec<(Slot, Option<Trace>)>,
    /// The source says that the row is deleted.
    pub gone: bool,
    /// What of it cannot be read, if anything.
    pub in_doubt: Option<Box<InDoubt>>,
    /// Where it stands.
    pub place: Place,
}

/// When what stands in a file was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Written {
    /// It is no file.
    #[default]
    NoFile,
    /// In nanoseconds since 1970.
    At(i64),
    /// The file says so wrongly: it tells of what happened later.
    Unknown,
}

/// A piece of what a source yields in one round.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Batch {
    /// Number of the read within its source, in the order of the configuration file, from 0.
    pub read: u16,
    /// When what stands in the rows' file was written.
    pub written: Written,
    /// Rows understood.
    pub facts: Vec<Fact>,
    /// Rows not understood.
    pub rejected: Vec<Rejected>,
}
