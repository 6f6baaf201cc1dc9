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
    /// Numbers that are kept as they were put in.
    Number,
    /// Numbers of floating point of eight bytes.
    Double,
    /// The same of four: numbers that differ are written alike.
    Single,
    /// Bytes that are no text.
    Bytes,
    /// Bytes that may be text where somebody says in which encoding.
    Raw,
    /// A number, as the bytes that it is made of.
    Bits,
}

impl Nature {
    /// Whether its bytes may be text in some encoding.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Bytes | Self::Bits)
    }

    /// Whether it is of floating point.
    pub fn is_float(self) -> bool {
        matches!(self, Self::Double | Self::Single)
    }
}

/// A column of a key, as statements have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyColumn {
    /// What rows are put in order by, and compared.
    pub column: String,
    /// What gives its value so that nothing of it is lost when it is written back.
    pub exact: String,
    /// How its value is written back.
    pub kind: KeyKind,
}

/// How the value of a key is written into a statement, so that a server compares it as it puts its rows in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyKind {
    /// As a number.
    Number,
    /// As text.
    Text,
    /// As its bytes, with the name of their encoding in front where they are text.
    Bytes(String),
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
    /// Columns that together tell its rows apart, and by which it can be read in pages; none where nobody knows.
    pub key: Vec<KeyColumn>,
    /// While a view of the database is held, a count of its rows stays as it is.
    pub steady: bool,
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
                Ok(Found { sql, columns, key: Vec::new(), steady: false })
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
    /// Whether a number of floating point comes with all of its digits.
    fn gives_floats_whole(&self) -> bool {
        false
    }
    /// The condition of rows that come behind one in the order of a key, whose values stand as a statement has them.
    fn behind(&self, key: &[KeyColumn], last: &[String]) -> String {
        let columns: Vec<&str> = key.iter().map(|it| it.column.as_str()).collect();
        format!("({}) > ({})", columns.join(", "), last.join(", "))
    }
    /// A value of a key as a statement has it; `None`: it is none.
    fn key_literal(&self, column: &KeyColumn, value: &[u8]) -> Option<String>;
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
