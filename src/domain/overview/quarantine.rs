//! Rows that are set aside, as the digest counts and shows them.

use serde::Serialize;

/// Rows that could not be understood.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Quarantine {
    /// How many are set aside now.
    pub open: u64,
    /// The newest of them, at most five.
    pub newest: Vec<QuarantinedRow>,
}

/// A row that could not be understood.
#[derive(Debug, Clone, Serialize)]
pub struct QuarantinedRow {
    pub source: String,
    pub row: String,
    pub case_number: Option<String>,
    pub reason: String,
}
