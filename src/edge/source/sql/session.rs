//! What a read needs of a database server, whichever it is.

use super::super::Remark;
use super::super::watermark::{LogPosition, Mark};
use super::fault::{Fault, ServerError};
use crate::domain::now::Now;
use crate::domain::record::mapping::{ReadFrom, ReadSpec};

/// Rows that are fetched at a time.
pub(super) const PAGE: usize = super::super::BATCH;

/// What a column holds, as far as it matters for reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// Text, or what is written as text: times, enumerations.
    Text,
    /// Numbers.
    Number,
    /// Bytes that are no text.
    Bytes,
    /// A number, as the bytes that it is made of.
    Bits,
}

/// Where the cells of a row stand in what the server sent; `None`: NULL.
pub(super) type Ranges = Vec<Option<(usize, usize)>>;

/// A row as the server sent it.
#[derive(Clone, Copy)]
pub(super) struct RawRow<'a> {
    /// What it sent.
    pub bytes: &'a [u8],
    /// Where each cell stands in that.
    pub cells: &'a [Option<(usize, usize)>],
}

impl<'a> RawRow<'a> {
    /// The bytes of a cell; `None`: NULL, or no such cell.
    pub fn cell(&self, at: usize) -> Option<&'a [u8]> {
        let (begin, end) = (*self.cells.get(at)?)?;
        self.bytes.get(begin..end)
    }
}

/// Takes rows as they come.
pub(super) trait Sink {
    /// One row.
    fn row(&mut self, row: RawRow<'_>);
    /// A page is over, and nothing is under way; whether to go on.
    fn page(&mut self) -> bool;
}

/// What is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// As it stands behind `from`.
    pub sql: String,
    /// The columns that are there.
    pub columns: Vec<String>,
    /// Columns that together tell its rows apart; none where nobody knows.
    pub key: Vec<String>,
}

/// How far a statement was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// To its end, or as far as was wanted.
    Through,
    /// The view of the database has been held for as long as it may.
    ToTheBound,
}

/// A conversation with a server. All that is read between two calls of [`Self::begin`] is of one moment.
pub(super) trait Session {
    /// Begins a view of the whole database that nobody's writing changes; one that is open ends.
    fn begin(&mut self) -> Result<(), ServerError>;
    /// Finds a table.
    fn table(&mut self, table: &str) -> Result<Found, ServerError>;
    /// The columns of a statement and what they hold, without running it. A statement that is more than one is refused.
    fn described(&mut self, select: &str) -> Result<Vec<(String, Nature)>, ServerError>;
    /// Finds a table or query.
    fn find(&mut self, from: &ReadFrom) -> Result<Found, ServerError> {
        match from {
            ReadFrom::Table(table) => self.table(table),
            ReadFrom::Query(query) => {
                // The line break ends a comment that the query may end with.
                let sql = format!("({}\n) as jianchad_query", query.trim().trim_end_matches(';'));
                let columns = self.described(&format!("select * from {sql}"))?;
                let columns = columns.into_iter().map(|(name, _)| name).collect();
                Ok(Found { sql, columns, key: Vec::new() })
            }
            ReadFrom::Files | ReadFrom::Program => Err(self.error(Fault::Query)),
        }
    }
    /// Reads a statement page by page.
    fn read(&mut self, select: &str, sink: &mut dyn Sink) -> Result<Came, ServerError>;
    /// What a statement ends with that is read in pages by key, where this server is read so; else it gives pages of its own.
    fn page_limit(&self) -> Option<String> {
        None
    }
    /// Whether the view has been held for as long as it may, by the server's clock; asked between two pages that are read by key.
    fn held_too_long(&mut self) -> Result<bool, ServerError> {
        Ok(false)
    }
    /// The number of the first transaction that is still under way in the view of the database; `None`: this server does not say.
    fn settled(&mut self) -> Result<Option<i64>, ServerError> {
        Ok(None)
    }
    /// How far the server's log has come, and whether it only takes over what another writes; `None`: it does not say.
    fn position(&mut self) -> Result<Option<(LogPosition, bool)>, ServerError> {
        Ok(None)
    }
    /// The condition of rows that come behind one in the order of a key; both as a statement has them.
    fn behind(&self, key: &[String], last: &[String]) -> String {
        format!("({}) > ({})", key.join(", "), last.join(", "))
    }
    /// The rows of a statement of which few are expected, as text.
    fn ask(&mut self, select: &str) -> Result<Vec<Vec<Option<String>>>, ServerError>;
    /// What an administrator is told of the server, at a moment by our own clock.
    fn about(&mut self, now: &Now, reads: &[ReadSpec]) -> Result<Vec<Remark>, ServerError>;
    /// Says goodbye.
    fn end(&mut self);
    /// A name as a statement has it.
    fn quote(&self, name: &str) -> String;
    /// A value as a statement has it.
    fn literal(&self, mark: &Mark) -> String;
    /// An error of this server's.
    fn error(&self, fault: Fault) -> ServerError;
}
