//! How much of the program's time and room a source may take.

use std::time::Duration;

/// What a source that hangs or swells may take at most. It is dark beyond that, and what was known of it stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceLimits {
    /// How long it may go without giving a row, or its end.
    pub silence: Duration,
    /// How long one reading of it may take in all. The time in which the ledger takes in what it gave does not count.
    pub reading: Duration,
    /// How many rows a reading may bring beyond what is known of it.
    pub more_rows: u64,
    /// How many bytes of text a cell of a database may hold. A longer one cannot be read.
    pub cell: usize,
}

impl Default for SourceLimits {
    /// What holds where the configuration says nothing: a view over a million rows on a slow disk passes, and so does a first
    /// reading of five million rows.
    fn default() -> Self {
        Self {
            silence: Duration::from_secs(2 * 60),
            reading: Duration::from_secs(4 * 3600),
            more_rows: 5_000_000,
            cell: 64 * 1024,
        }
    }
}
