//! A row or a cell that cannot be read.

use crate::domain::text::{Kept, Text};

/// A cell that could not be understood, or a row of which nothing could: it is quarantined with the row's key and the reason, and
/// counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Key of the row within its read, or its line number where no key could be read.
    pub row: String,
    /// The case the row speaks of, where that much could be read.
    pub case: Option<String>,
    /// The column at fault.
    pub column: Option<String>,
    /// Why, in a sentence; quotes the value, shortened, where it is no personal datum.
    pub reason: Text,
    /// The code, as it may be shown, if nothing is wrong but that the mapping does not know it.
    pub unmapped: Option<String>,
}

/// A cell or row of a case that is in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoilt {
    /// Why, as of [`Rejected`].
    pub reason: Kept,
    /// The column at fault; `None`: the row as a whole.
    pub column: Option<String>,
    /// The code, if nothing is wrong but that the mapping does not know it.
    pub unmapped: Option<String>,
}
