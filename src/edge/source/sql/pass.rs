//! One read of a database server: its statement, its pages, its watermark.

use super::super::batch_builder::BatchBuilder;
use super::super::row_reader::{RowReader, encoding};
use super::super::watermark::{Cursor, Mark, Watermark, marks};
use super::super::{Over, SourceError};
use super::cells::Cells;
use super::fault::{Fault, ServerError};
use super::session::{Came, Found, Nature, PAGE, Session};
use super::taking::Taking;
use crate::domain::record::apply::{Bound, TakenForNothing};
use crate::domain::record::connection::Connection;
use crate::domain::record::mapping::{ReadSpec, SourceSpec};
use crate::domain::record::times::Times;
use crate::domain::text::{Text, say};

/// One read on its way.
pub(super) struct Pass<'a> {
    pub session: &'a mut dyn Session,
    pub over: &'a Over,
    pub source: &'a SourceSpec,
    pub number: u16,
    pub read: &'a ReadSpec,
    pub replay: bool,
}

/// What came of one read.
pub(super) struct Passed {
    pub cursor: String,
    pub notes: Vec<Text>,
    /// Everything was read.
    pub whole: bool,
    /// What was taken for nothing.
    pub nothing: Vec<TakenForNothing>,
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
    /// What the watermark's column holds, and how the server calls it.
    fn watermark(&self, read: &ReadSpec) -> Option<(&str, Nature)> {
        let at = self.names.iter().position(|name| Some(name) == read.watermark.as_ref())?;
        Some((self.list.get(at)?, *self.natures.get(at)?))
    }
}

impl<'a> Pass<'a> {
    /// Reads from the cursor on, or everything.
    pub fn run(
        mut self,
        cursor: Option<&str>,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<Passed, SourceError> {
        let ready = self.ready()?;
        let mut reader = self.reader(&ready)?;
        let cursor = cursor.and_then(Cursor::parse);
        let mut notes = Vec::new();
        let begin = self.begin(&ready, &reader, cursor.as_ref(), batches, &mut notes);
        batches.begin(self.number, self.read, begin.is_some());
        let whole = begin.is_none() && !batches.stopped;
        let list: Vec<String> = ready.list.iter().map(|name| self.session.quote(name)).collect();
        let select = format!("select {} from {}", list.join(", "), ready.found.sql);
        let key = list[ready.names.len()..].to_vec();
        let cells = Cells {
            longest: self.source.limits.cell,
            natures: ready.natures.clone(),
            encoding: encoding(&self.source.connection),
        };
        let mut taking =
            Taking { reader: &mut reader, batches, cells, last: Vec::new(), key: ready.names.len() };
        match begin {
            Some((column, mark)) => {
                let column = self.session.quote(&column);
                let bound = self.session.literal(&mark);
                let sql = format!("{select} where {column} >= {bound} or {column} is null");
                if self.session.read(&sql, &mut taking).map_err(|error| self.of_read(error))?
                    == Came::ToTheBound
                {
                    return Err(self.held_too_long());
                }
            }
            None => self.all(&select, &key, &mut taking)?,
        }
        let nothing = reader.bound.taken_for_nothing();
        Ok(self.passed(cursor.unwrap_or_default(), reader, notes, (whole, nothing)))
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

    /// How many rows there are, where all are read each time; and whether none is as new any more as the mark up to which it was
    /// read.
    pub fn glance(mut self, cursor: Option<&str>) -> Result<(Option<u64>, bool), SourceError> {
        let ready = self.ready()?;
        let mark = cursor.and_then(Cursor::parse).and_then(|cursor| cursor.watermark);
        let sql = match (ready.watermark(self.read), &mark) {
            (Some((column, nature)), Some(mark)) if fits(mark, nature) => {
                let (column, mark) = (self.session.quote(column), self.session.literal(mark));
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
        let found = self.session.find(&self.read.from).map_err(|error| self.of_read(error))?;
        let bound = Bound::new(self.read, self.number, self.source.zone, &found.columns);
        bound.map_err(|misfit| self.unbound(misfit.said()))?;
        let names: Vec<String> = self.read.columns().into_iter().map(str::to_owned).collect();
        let as_there = |name: &String| {
            let same = |there: &&String| there.eq_ignore_ascii_case(name);
            let there = found.columns.iter().find(|there| *there == name);
            there.or_else(|| found.columns.iter().find(same)).unwrap_or(name).clone()
        };
        let list: Vec<String> = names.iter().map(as_there).chain(found.key.iter().cloned()).collect();
        let quoted: Vec<String> = list.iter().map(|name| self.session.quote(name)).collect();
        let natures = self.session.natures(&format!("select {} from {}", quoted.join(", "), found.sql));
        let natures = natures.map_err(|error| self.of_read(error))?;
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

    /// From where on rows are read; `None`: all are.
    fn begin(
        &self,
        ready: &Ready,
        reader: &RowReader<'_>,
        cursor: Option<&Cursor>,
        batches: &BatchBuilder<'_>,
        notes: &mut Vec<Text>,
    ) -> Option<(String, Mark)> {
        let mark = cursor?.watermark.as_ref()?;
        let (column, nature) = ready.watermark(self.read)?;
        let (_, watermark) = reader.watermark.as_ref()?;
        if !reader.is_of_past(mark, batches) {
            return None;
        }
        let begin = watermark.bound(mark, self.source.overlap).filter(|begin| fits(begin, nature));
        if begin.is_none() {
            notes.push(say!("reading-unsorted", read = &self.read.name, column));
        }
        Some((column.to_owned(), begin?))
    }

    fn reader(&self, ready: &Ready) -> Result<RowReader<'a>, SourceError> {
        let read: &'a ReadSpec = self.read;
        let bound = Bound::new(read, self.number, self.source.zone, &ready.names);
        let bound = bound.map_err(|misfit| self.unbound(misfit.said()))?;
        let watermark = match &read.watermark {
            Some(name) => {
                let own = read.zones.get(name).and_then(|zone| zone.parse().ok());
                let times = Times::new(&read.times, own.unwrap_or(self.source.zone));
                let times = times.map_err(|fault| self.unbound(fault.0))?;
                let column =
                    ready.names.iter().position(|it| it == name).expect("`columns` names the watermark");
                Some((column, Watermark::new(&read.times, times)))
            }
            None => None,
        };
        let (zone, over, replay) = (self.source.zone, Some(self.over), self.replay);
        Ok(RowReader { bound, watermark, zone, over, replay, position: 0 })
    }

    fn passed(
        &self,
        cursor: Cursor,
        reader: RowReader<'_>,
        mut notes: Vec<Text>,
        (whole, nothing): (bool, Vec<TakenForNothing>),
    ) -> Passed {
        let Some((_, watermark)) = reader.watermark else {
            return Passed { cursor: cursor.next(None, None), notes, whole, nothing };
        };
        let (read, column) = (&self.read.name, self.read.watermark.as_deref().unwrap_or_default());
        if watermark.future > 0 {
            let rows = watermark.future;
            notes.push(say!("reading-future", read, rows, column));
        }
        if watermark.unreadable > 0 {
            let rows = watermark.unreadable;
            notes.push(say!("reading-no_time", read, rows, column));
        }
        let kept = [cursor.watermark.clone(), cursor.other.clone()];
        let (next, other) = marks(kept, watermark.largest, watermark.other);
        Passed { cursor: cursor.next(next, other), notes, whole, nothing }
    }

    fn held_too_long(&self) -> SourceError {
        let seconds = match &self.source.connection {
            Connection::Postgres(server) | Connection::MySql(server) => server.snapshot_at_most.as_secs(),
            Connection::Sqlite { .. } | Connection::Csv { .. } | Connection::Xes { .. } => 0,
        };
        self.of_read(self.session.error(Fault::HeldTooLong(seconds)))
    }

    fn of_read(&self, error: ServerError) -> SourceError {
        SourceError::Server(Box::new(error.of(&self.read.name)))
    }

    fn unbound(&self, faults: Text) -> SourceError {
        let (path, read) = (self.source.connection.place(), self.read.name.clone());
        SourceError::Unbound { path, read, faults }
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
