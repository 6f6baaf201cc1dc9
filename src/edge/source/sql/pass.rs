//! One read of a database server: its statement, its pages, its watermark.

use super::super::SourceError;
use super::super::batch_builder::BatchBuilder;
use super::super::one_read::{OneRead, Passed};
use super::super::row_reader::encoding;
use super::super::watermark::{Cursor, Mark};
use super::cells::Cells;
use super::fault::{Fault, ServerError};
use super::session::{Came, Found, Nature, PAGE, Session};
use super::taking::Taking;
use crate::domain::record::connection::Connection;
use crate::domain::record::watermark_kind::WatermarkKind;

/// One read on its way.
pub(super) struct Pass<'a> {
    pub session: &'a mut dyn Session,
    pub one: OneRead<'a>,
}

/// What is read, made ready.
struct Ready {
    found: Found,
    /// The columns of the mapping as the server has them, and behind them those of the key.
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
        batches.begin(self.one.number, self.one.read, begin.is_some());
        let whole = begin.is_none() && !batches.stopped;
        let list: Vec<String> = ready.list.iter().map(|name| self.session.quote(name)).collect();
        let select = format!("select {} from {}", list.join(", "), ready.found.sql);
        let key = list[ready.names.len()..].to_vec();
        let cells = Cells {
            longest: self.one.source.limits.cell,
            natures: ready.natures.clone(),
            encoding: encoding(&self.one.source.connection),
        };
        let mut taking =
            Taking { reader: &mut reader, batches, cells, last: Vec::new(), key: ready.names.len() };
        match begin {
            Some((column, mark)) => {
                let column = self.session.quote(column);
                let bound = self.bound(&mark);
                // In the order in which they were written, as far as that is known: the same rows are told alike by every server.
                let order = [std::slice::from_ref(&column), &key].concat().join(", ");
                let sql = format!("{select} where {column} >= {bound} or {column} is null order by {order}");
                if self.session.read(&sql, &mut taking).map_err(|error| self.of_read(error))?
                    == Came::ToTheBound
                {
                    return Err(self.held_too_long());
                }
            }
            None => self.all(&select, &key, &mut taking)?,
        }
        Ok(self.one.passed(cursor, reader, notes, whole))
    }

    /// Reads everything, in the order of the key where there is one: a view of the database that was held for as long as it may be is
    /// let go, and another one goes on behind the last row.
    fn all(
        &mut self,
        select: &str,
        key: &[String],
        taking: &mut Taking<'_, '_, '_>,
    ) -> Result<(), SourceError> {
        let order = if key.is_empty() { String::new() } else { format!(" order by {}", key.join(", ")) };
        let limit = self.session.page_limit().filter(|_| !key.is_empty());
        let mut behind = String::new();
        loop {
            let sql = format!("{select}{behind}{order}{}", limit.as_deref().unwrap_or_default());
            let before = taking.reader.position;
            let came = self.session.read(&sql, taking).map_err(|error| self.of_read(error))?;
            let full = limit.is_some() && taking.reader.position - before == PAGE as u64;
            if came == Came::Through && (!full || taking.batches.stopped) {
                return Ok(());
            }
            let held = full && self.session.held_too_long().map_err(|error| self.of_read(error))?;
            let last: Option<Vec<Mark>> = taking.last.iter().cloned().collect();
            let Some(last) = last.filter(|last| !last.is_empty()) else { return Err(self.held_too_long()) };
            let last: Vec<String> = last.iter().map(|it| self.session.literal(it)).collect();
            behind = format!(" where {}", self.session.behind(key, &last));
            if came == Came::ToTheBound || held {
                self.session.begin().map_err(|error| self.of_read(error))?;
            }
        }
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
    pub fn glance(mut self, cursor: Option<&str>) -> Result<(Option<u64>, bool), SourceError> {
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
                return Ok((count, false));
            }
        };
        let found = self.session.ask(&sql).map_err(|error| self.of_read(error))?;
        Ok((None, found.is_empty()))
    }

    /// The table or query, and its columns that are used, all of which are there.
    fn ready(&mut self) -> Result<Ready, SourceError> {
        let found = self.session.find(&self.one.read.from).map_err(|error| self.of_read(error))?;
        let names = self.one.columns(&found.columns)?;
        let as_there = |name: &String| {
            let same = |there: &&String| there.eq_ignore_ascii_case(name);
            let there = found.columns.iter().find(|there| *there == name);
            there.or_else(|| found.columns.iter().find(same)).unwrap_or(name).clone()
        };
        let list: Vec<String> = names.iter().map(as_there).chain(found.key.iter().cloned()).collect();
        let quoted: Vec<String> = list.iter().map(|name| self.session.quote(name)).collect();
        let natures = self.session.described(&format!("select {} from {}", quoted.join(", "), found.sql));
        let natures = natures.map_err(|error| self.of_read(error))?;
        let natures: Vec<Nature> = natures.into_iter().map(|(_, nature)| nature).collect();
        if natures.len() != list.len() {
            return Err(self.of_read(
                self.session.error(Fault::Foreign("it announces other columns than were asked for")),
            ));
        }
        let (mut list, mut natures) = (list, natures);
        let key = &natures[names.len()..];
        if key.iter().any(|nature| [Nature::Bytes, Nature::Bits].contains(nature)) {
            // No text tells where its rows go on.
            list.truncate(names.len());
            natures.truncate(names.len());
        }
        Ok(Ready { found, list, natures, names })
    }

    fn held_too_long(&self) -> SourceError {
        let seconds = match &self.one.source.connection {
            Connection::Postgres(server) | Connection::MySql(server) => server.snapshot_at_most.as_secs(),
            Connection::Sqlite { .. }
            | Connection::Csv { .. }
            | Connection::Xes { .. }
            | Connection::Program(_) => 0,
        };
        self.of_read(self.session.error(Fault::HeldTooLong(seconds)))
    }

    fn of_read(&self, error: ServerError) -> SourceError {
        SourceError::Server(Box::new(error.of(&self.one.read.name)))
    }
}

/// Whether a mark can be compared with what a column holds: the column may be of another type by now.
fn fits(mark: &Mark, nature: Nature) -> bool {
    match nature {
        Nature::Number => !mark.is_text(),
        Nature::Text => mark.is_text(),
        Nature::Bytes | Nature::Bits => false,
    }
}
