//! One read of a database: its statement, its pages, its watermark.

use std::path::Path;

use rusqlite::types::Value as Bindable;
use rusqlite::{Connection, OptionalExtension};

use super::super::batch_builder::{BatchBuilder, Extent};
use super::super::one_read::{OneRead, Passed};
use super::super::reading_builder::GlanceAtRead;
use super::super::row_reader::{RowReader, encoding};
use super::super::watermark::{Cursor, Mark};
use super::super::{BATCH, SourceError};
use super::connection::refusal;
use super::line::{Cells, Line, bindable};
use crate::domain::record::mapping::ReadFrom;
use crate::domain::text::say;

/// Full batches that are kept back while one statement runs, so that a short read is over, and its lock
/// gone, before anybody works on what it yielded.
const KEPT_BACK: usize = 5;

/// One read on its way.
pub(super) struct Pass<'a> {
    pub connection: &'a Connection,
    pub path: &'a Path,
    pub one: OneRead<'a>,
}

/// What a statement reads, as SQL.
struct From {
    sql: String,
    /// The row number's name, where the table has one.
    rowid: Option<&'static str>,
}

impl Pass<'_> {
    /// Reads from the cursor on, or everything.
    pub fn run(&self, cursor: Option<&str>, batches: &mut BatchBuilder<'_>) -> Result<Passed, SourceError> {
        let from = self.from()?;
        let names = self.one.columns(&self.names(&from.sql)?)?;
        let mut reader = self.one.reader(&names)?;
        let cursor = cursor.and_then(Cursor::parse);
        let mut notes = Vec::new();
        let begin = self.one.begin(&reader, cursor.as_ref(), &|_| true, batches, &mut notes);
        let extent = Extent::since(begin.as_ref());
        batches.begin(self.one.number, self.one.read, extent);
        let list: Vec<_> =
            from.rowid.map(str::to_owned).into_iter().chain(names.iter().map(|it| quote(it))).collect();
        let select = format!("select {} from {}", list.join(", "), from.sql);
        let column = self.one.read.watermark.as_deref().map(quote).unwrap_or_default();
        match (begin, from.rowid) {
            (Some((begin, other)), _) => {
                let (texts, numbers) = match begin {
                    Mark::Text(_) => (begin, other.unwrap_or(Mark::Number(i64::MIN))),
                    Mark::Number(_) => (other.unwrap_or(Mark::Text(String::new())), begin),
                };
                // Numbers sort before texts: where the type changes, what is newer may stand before what was read.
                let sql = format!(
                    "{select} where {column} >= ?1 or ({column} >= ?2 and {column} < '') or {column} is null"
                );
                let marks = [texts, numbers].map(bindable);
                self.stream(&sql, marks.into(), from.rowid, &mut reader, batches)?;
            }
            (None, Some(rowid)) => self.pages(&select, rowid, &mut reader, batches)?,
            (None, None) => self.stream(&select, Vec::new(), None, &mut reader, batches)?,
        }
        Ok(self.one.passed(cursor, reader, notes, extent))
    }

    /// How many rows there are, where all are read each time; and whether none is as new any more as the mark up to which it was
    /// read.
    pub fn glance(&self, cursor: Option<&str>) -> Result<GlanceAtRead, SourceError> {
        let from = self.from()?;
        self.one.columns(&self.names(&from.sql)?)?;
        let mark = cursor.and_then(Cursor::parse).and_then(|cursor| cursor.watermark);
        let (Some(column), Some(mark)) = (&self.one.read.watermark, mark) else {
            let sql = format!("select count(*) from {}", from.sql);
            let count = self.connection.query_row(&sql, [], |row| row.get(0));
            let rows = Some(count.map_err(|source| refusal(self.path, source))?);
            return Ok(GlanceAtRead { rows, went_back: false });
        };
        let sql = format!("select 1 from {} where {} >= ?1 limit 1", from.sql, quote(column));
        let mut find = self.connection.prepare(&sql).map_err(|source| self.unprepared(source))?;
        let there = find.exists([bindable(mark)]).map_err(|source| refusal(self.path, source))?;
        Ok(GlanceAtRead { rows: None, went_back: !there })
    }

    /// The table or query, and whether it can be read in pages.
    fn from(&self) -> Result<From, SourceError> {
        let table = match &self.one.read.from {
            ReadFrom::Table(table) => table,
            ReadFrom::Query(query) => {
                let query = query.trim().trim_end_matches(';');
                // The line break ends a comment that the query may end with.
                return Ok(From { sql: format!("({query}\n)"), rowid: None });
            }
            ReadFrom::Files | ReadFrom::Program => {
                return Err(SourceError::Misfit {
                    read: self.one.read.name.clone(),
                    asked: say!("fault-asks_files"),
                });
            }
        };
        let sql = "select type = 'table' and wr = 0 from pragma_table_list \
                   where schema = 'main' and name = ?1 collate nocase";
        let known = self.connection.query_row(sql, [table], |row| row.get::<_, bool>(0)).optional();
        let Some(has_rowid) = known.map_err(|source| refusal(self.path, source))? else {
            return Err(self.no_table(table)?);
        };
        let sql = quote(table);
        let columns = self.names(&sql)?;
        // A column of that name hides the row number.
        let free = |name: &&str| !columns.iter().any(|column| column.eq_ignore_ascii_case(name));
        let rowid = ["rowid", "_rowid_", "oid"].into_iter().find(free).filter(|_| has_rowid);
        Ok(From { sql, rowid })
    }

    /// The names of all columns of what is read.
    fn names(&self, from: &str) -> Result<Vec<String>, SourceError> {
        let statement = self.connection.prepare(&format!("select * from {from}"));
        let statement = statement.map_err(|source| self.unprepared(source))?;
        Ok(statement.column_names().map(str::to_owned).collect())
    }

    fn cells(&self) -> Cells {
        let (columns, encoding) = (self.one.read.columns().len(), encoding(&self.one.source.connection));
        Cells { longest: self.one.source.limits.cell, columns, encoding }
    }

    /// A statement that does not prepare is the query's fault, unless the file is.
    fn unprepared(&self, source: rusqlite::Error) -> SourceError {
        let unknown = matches!(source.sqlite_error_code(), None | Some(rusqlite::ErrorCode::Unknown));
        if unknown {
            SourceError::Query { path: self.path.to_path_buf(), read: self.one.read.name.clone(), source }
        } else {
            refusal(self.path, source)
        }
    }

    /// Reads in pages by row number: each is a short read of its own, so that a writer of the source never
    /// waits for long and its WAL can be taken in between.
    fn pages(
        &self,
        select: &str,
        rowid: &str,
        reader: &mut RowReader<'_>,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<(), SourceError> {
        let sql = format!("{select} where {rowid} >= ?1 order by {rowid} limit {BATCH}");
        let mut statement = self.connection.prepare(&sql).map_err(|source| self.unprepared(source))?;
        let cells = self.cells();
        let mut page = |begin: i64, batches: &mut BatchBuilder<'_>| {
            let (mut last, mut count) = (None, 0);
            let mut rows = statement.query([begin])?;
            while let Some(row) = rows.next()? {
                last = Some(row.get::<_, i64>(0)?);
                count += 1;
                reader.pass(&Line::new(row, 1, &cells), last, batches);
            }
            Ok(last.filter(|_| count == BATCH).and_then(|last| last.checked_add(1)))
        };
        let mut begin = Some(i64::MIN);
        while let Some(from) = begin {
            begin = page(from, batches).map_err(|source| refusal(self.path, source))?;
            if !batches.hand_on_all() {
                break;
            }
        }
        Ok(())
    }

    /// Reads with one statement, whose first column is the row number where the table has one.
    fn stream(
        &self,
        sql: &str,
        bind: Vec<Bindable>,
        rowid: Option<&str>,
        reader: &mut RowReader<'_>,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<(), SourceError> {
        let mut statement = self.connection.prepare(sql).map_err(|source| self.unprepared(source))?;
        let cells = self.cells();
        let run = || {
            let mut rows = statement.query(rusqlite::params_from_iter(bind))?;
            while let Some(row) = rows.next()? {
                let number = if rowid.is_some() { row.get(0)? } else { None };
                reader.pass(&Line::new(row, usize::from(rowid.is_some()), &cells), number, batches);
                if batches.waiting() >= KEPT_BACK && !batches.hand_on() {
                    break;
                }
            }
            Ok(())
        };
        run().map_err(|source| refusal(self.path, source))?;
        batches.hand_on_all();
        Ok(())
    }
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
