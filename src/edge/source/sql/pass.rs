//! One read of a database server: its statement, its pages, its watermark.

use super::super::batch_builder::{BatchBuilder, Extent};
use super::super::one_read::{OneRead, Passed};
use super::super::reading_builder::GlanceAtRead;
use super::super::row_reader::encoding;
use super::super::watermark::{Cursor, Mark};
use super::super::{Remark, SourceError};
use super::cells::Cells;
use super::fault::{Fault, ServerError};
use super::session::{Came, Found, Nature, Session};
use super::taking::Taking;
use crate::domain::record::connection::Connection;
use crate::domain::record::watermark_kind::WatermarkKind;
use crate::domain::text::say;

/// One read on its way.
pub(super) struct Pass<'a> {
    pub session: &'a mut dyn Session,
    pub one: OneRead<'a>,
}

/// What is read, made ready.
pub(super) struct Ready {
    pub found: Found,
    /// The columns of the mapping as the server has them.
    list: Vec<String>,
    natures: Vec<Nature>,
    /// The columns of the mapping as it has them.
    names: Vec<String>,
}

impl Ready {
    /// How the server calls a column of the mapping, and what it holds.
    fn column(&self, name: Option<&String>) -> Option<(&str, Nature)> {
        let at = self.names.iter().position(|it| Some(it) == name)?;
        Some((self.list.get(at)?, *self.natures.get(at)?))
    }
}

impl Pass<'_> {
    /// Reads from the cursor on, or everything.
    pub fn run(
        mut self,
        cursor: Option<&str>,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<Passed, SourceError> {
        let ready = self.ready()?;
        let mut reader = self.one.reader(&ready.names)?;
        if let (Some((_, counter)), WatermarkKind::RowVersion) =
            (&mut reader.counter, self.one.read.watermark_kind)
        {
            counter.settled = self.session.settled().map_err(|error| self.of_read(error))?;
        }
        let cursor = cursor.and_then(Cursor::parse);
        let mut notes = Vec::new();
        let watermark = ready.column(self.one.read.watermark.as_ref());
        let fits = |mark: &Mark| watermark.is_some_and(|(_, nature)| fits(mark, nature));
        let begin = self.one.begin(&reader, cursor.as_ref(), &fits, batches, &mut notes);
        let begin = watermark.zip(begin).map(|((column, _), (mark, _))| (column, mark));
        let extent = Extent::since(begin.as_ref());
        batches.begin(self.one.number, self.one.read, extent);
        let select = self.selects(&ready.list, &ready.found);
        let cells = Cells {
            longest: self.one.source.limits.cell,
            natures: ready.natures.clone(),
            encoding: encoding(&self.one.source.connection),
        };
        let mut taking = Taking {
            reader: &mut reader,
            batches,
            cells,
            key: ready.list.len(),
            first: Vec::new(),
            last: Vec::new(),
        };
        match begin {
            Some((column, mark)) => {
                let column = self.session.quote(column);
                let bound = self.bound(&mark);
                // In the order in which they were written, as far as that is known: the same rows are told alike by every server.
                let key = ready.found.key.iter().map(|it| it.column.clone());
                let order = [column.clone()].into_iter().chain(key).collect::<Vec<_>>().join(", ");
                let sql = format!("{select} where {column} >= {bound} or {column} is null order by {order}");
                if self.session.read(&sql, &mut taking).map_err(|error| self.of_read(error))?
                    == Came::ToTheBound
                {
                    return Err(self.held_too_long());
                }
            }
            None => self.all(&select, &ready.found, &mut taking)?,
        }
        Ok(self.one.passed(cursor, reader, notes, extent))
    }

    /// A mark as a statement compares it with the watermark's column.
    fn bound(&self, mark: &Mark) -> String {
        match (self.one.read.watermark_kind, mark) {
            // The number of a transaction is of a type of its own, which only a text becomes.
            (WatermarkKind::RowVersion, Mark::Number(number)) => {
                self.session.literal(&Mark::Text(number.to_string()))
            }
            _ => self.session.literal(mark),
        }
    }

    /// How many rows there are, where all are read each time; and whether none is as new any more as the mark up to which it was
    /// read.
    pub fn glance(mut self, cursor: Option<&str>) -> Result<GlanceAtRead, SourceError> {
        let ready = self.ready()?;
        let mark = cursor.and_then(Cursor::parse).and_then(|cursor| cursor.watermark);
        let sql = match (ready.column(self.one.read.watermark.as_ref()), &mark) {
            (Some((column, nature)), Some(mark)) if fits(mark, nature) => {
                let (column, mark) = (self.session.quote(column), self.bound(mark));
                format!("select 1 from {} where {column} >= {mark} limit 1", ready.found.sql)
            }
            _ => {
                let counted = self.session.ask(&format!("select count(*) from {}", ready.found.sql));
                let counted = counted.map_err(|error| self.of_read(error))?;
                let count = counted.first().and_then(|row| row.first()?.as_ref()?.parse().ok());
                return Ok(GlanceAtRead { rows: count, went_back: false });
            }
        };
        let found = self.session.ask(&sql).map_err(|error| self.of_read(error))?;
        Ok(GlanceAtRead { rows: None, went_back: found.is_empty() })
    }

    /// Which columns that tell cases or rows apart are of floating point.
    pub fn floats(mut self) -> Result<Vec<Remark>, SourceError> {
        let (ready, spec) = (self.ready()?, self.one.read);
        let (read, mut remarks) = (&spec.name, Vec::new());
        let of_case: Vec<&String> = [&spec.case].into_iter().chain(&spec.of_case.number).collect();
        for column in of_case.iter().copied().chain(spec.key.iter().filter(|it| !of_case.contains(it))) {
            match ready.column(Some(column)) {
                Some((_, Nature::Single)) => {
                    remarks.push(Remark::warning(say!("about-single", read, column)));
                }
                Some((_, Nature::Double)) if of_case.contains(&column) => {
                    remarks.push(Remark::warning(say!("about-double", read, column)));
                }
                _ => {}
            }
        }
        Ok(remarks)
    }

    /// The table or query, and its columns that are used, all of which are there.
    fn ready(&mut self) -> Result<Ready, SourceError> {
        let mut found = self.session.find(&self.one.read.from).map_err(|error| self.of_read(error))?;
        let names = self.one.columns(&found.columns)?;
        let as_there = |name: &String| {
            let same = |there: &&String| there.eq_ignore_ascii_case(name);
            let there = found.columns.iter().find(|there| *there == name);
            there.or_else(|| found.columns.iter().find(same)).unwrap_or(name).clone()
        };
        let list: Vec<String> = names.iter().map(as_there).collect();
        let natures = self.session.described(&self.selects(&list, &found));
        let natures = natures.map_err(|error| self.of_read(error))?;
        let mut natures: Vec<Nature> = natures.into_iter().map(|(_, nature)| nature).collect();
        if natures.len() != list.len() + found.key.len() {
            return Err(self.of_read(self.session.error(Fault::Foreign(say!("foreign-other_columns")))));
        }
        let of_key = natures.split_off(list.len());
        if of_key.into_iter().any(Nature::is_float) && !self.session.gives_floats_whole() {
            // Nothing that can be written tells where its rows go on.
            found.key.clear();
        }
        Ok(Ready { found, list, natures, names })
    }

    /// The statement that gives columns and, behind them, the key.
    fn selects(&self, list: &[String], found: &Found) -> String {
        let names = list.iter().map(|name| self.session.quote(name));
        let list: Vec<String> = names.chain(found.key.iter().map(|it| it.exact.clone())).collect();
        format!("select {} from {}", list.join(", "), found.sql)
    }

    pub(super) fn held_too_long(&self) -> SourceError {
        let seconds = match &self.one.source.connection {
            Connection::Postgres(server) | Connection::MySql(server) => server.snapshot_at_most.as_secs(),
            Connection::Sqlite { .. }
            | Connection::Csv { .. }
            | Connection::Xlsx { .. }
            | Connection::Xes { .. }
            | Connection::Program(_) => 0,
        };
        self.of_read(self.session.error(Fault::HeldTooLong(seconds)))
    }

    pub(super) fn of_read(&self, error: ServerError) -> SourceError {
        SourceError::Server(Box::new(error.of(&self.one.read.name)))
    }
}

/// Whether a mark can be compared with what a column holds: the column may be of another type by now.
fn fits(mark: &Mark, nature: Nature) -> bool {
    match nature {
        Nature::Number | Nature::Double => !mark.is_text(),
        Nature::Text => mark.is_text(),
        Nature::Single | Nature::Bytes | Nature::Raw | Nature::Bits => false,
    }
}
