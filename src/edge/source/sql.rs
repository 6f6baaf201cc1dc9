//! Database servers as sources: one view of the whole database for all reads of a source, in pages, from a watermark on.

mod bytes;
mod cells;
mod clocks;
mod fault;
mod mysql;
mod owner;
mod pages;
mod pass;
mod password;
mod peer;
mod postgres;
mod session;
mod taking;
mod tls;
mod wire;

use std::ops::ControlFlow;

pub use fault::{Engine, Fault, ServerError};
pub use owner::Owner;

use super::one_read::OneRead;
use super::reading_builder::ReadingBuilder;
use super::watermark::{Cursor, LogPosition};
use super::{Cursors, Glance, Over, Reading, Remark, Source, SourceError};
use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::record::connection::SourceKind;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::record::server::Server;
use pass::Pass;
use session::Session;

/// A database of a server. It is connected to for each reading anew: a server that moved, or a standby that took its place, is found.
pub(super) struct Sql {
    spec: SourceSpec,
    server: Server,
    over: Over,
    /// How far the server's log had come when it was read last; a reading from the beginning has no cursor that says so.
    log: Option<LogPosition>,
}

impl Sql {
    /// A source that is connected to at its first reading.
    pub fn new(spec: SourceSpec, server: Server) -> Self {
        Self { spec, server, over: Over::default(), log: None }
    }

    /// Opens the first of its hosts that can be read, and has all that was read before.
    fn open(&mut self, cursors: &Cursors) -> Result<Box<dyn Session>, SourceError> {
        let logs = cursors.values().filter_map(|cursor| Cursor::parse(cursor)?.log);
        self.log = logs.max_by_key(|log| log.at).or(self.log);
        let mut why: Option<ServerError> = None;
        for server in self.server.each() {
            match self.open_at(&server) {
                Ok(session) => return Ok(session),
                Err(error) if matches!(error.fault, Fault::Ended) => return Err(failed(error)),
                // That a host is not there says less than what another one says.
                Err(error) => {
                    let says_more = |why: &ServerError| matches!(why.fault, Fault::Unreachable(_));
                    why = why.filter(|why| !says_more(why)).or(Some(error));
                }
            }
        }
        Err(failed(why.expect("each server has a host")))
    }

    fn open_at(&self, server: &Server) -> Result<Box<dyn Session>, ServerError> {
        let zone = self.spec.zone;
        let mut session: Box<dyn Session> = if self.spec.connection.kind() == SourceKind::MySql {
            Box::new(mysql::MySql::open(server, zone, &self.over)?)
        } else {
            Box::new(postgres::Postgres::open(server, zone.name(), &self.over)?)
        };
        // Before the view of the database is taken: what comes meanwhile is in it all the same.
        if let Some(known) = self.log
            && let Some((here, true)) = session.position()?
            && here.of == known.of
            && here.at < known.at
        {
            return Err(session.error(Fault::Behind(known.at - here.at)));
        }
        session.begin()?;
        Ok(session)
    }

    /// Notes in the cursors how far the server's log has come: no earlier than what was read.
    fn note_log(&mut self, session: &mut dyn Session, told: &mut Reading) -> Result<(), SourceError> {
        if let Some((log, _)) = session.position().map_err(failed)? {
            told.cursors.values_mut().for_each(|cursor| *cursor = Cursor::with_log(cursor, log));
            self.log = Some(log);
        }
        Ok(())
    }

    /// One read as of the present.
    fn pass<'a>(&'a self, session: &'a mut dyn Session, number: u16) -> Pass<'a> {
        let (source, read, over) = (&self.spec, &self.spec.reads[usize::from(number)], Some(&self.over));
        Pass { session, one: OneRead { source, number, read, over, replay: false } }
    }
}

fn failed(error: ServerError) -> SourceError {
    SourceError::Server(Box::new(error))
}

impl Source for Sql {
    fn spec(&self) -> &SourceSpec {
        &self.spec
    }

    fn read(
        &mut self,
        cursors: &Cursors,
        now: &Now,
        take: &mut dyn FnMut(Batch) -> ControlFlow<()>,
    ) -> Result<Reading, SourceError> {
        let mut session = self.open(cursors)?;
        let mut reading = ReadingBuilder::new(&self.spec, cursors, now, take);
        for (number, _) in (0u16..).zip(&self.spec.reads) {
            let mut pass = self.pass(session.as_mut(), number);
            pass.one.replay = now.replay;
            let passed = pass.run(reading.cursor(number), &mut reading.batches)?;
            reading.add(number, passed);
            if reading.is_stopped() {
                break;
            }
        }
        let mut told = reading.finish();
        if !told.stopped {
            self.note_log(session.as_mut(), &mut told)?;
        }
        session.end();
        Ok(told)
    }

    fn end_when(&mut self, over: &Over) {
        self.over = over.clone();
    }

    fn glance(&mut self, cursors: &Cursors) -> Result<Glance, SourceError> {
        let mut session = self.open(cursors)?;
        let place = match &self.server.schema {
            Some(schema) => format!("{}/{schema}", self.server.place()),
            None => self.server.place(),
        };
        let mut glance = Glance { place, ..Glance::default() };
        for (number, _) in (0u16..).zip(&self.spec.reads) {
            let pass = self.pass(session.as_mut(), number);
            glance.add(number, &pass.glance(cursors.get(&number).map(String::as_str))?);
        }
        session.end();
        Ok(glance)
    }

    fn about(&mut self, now: &Now) -> Result<Vec<Remark>, SourceError> {
        let mut session = self.open(&Cursors::new())?;
        let mut remarks = session.about(now, &self.spec.reads).map_err(failed)?;
        for number in 0..u16::try_from(self.spec.reads.len()).unwrap_or(u16::MAX) {
            match self.pass(session.as_mut(), number).floats() {
                Ok(floats) => remarks.extend(floats),
                // Why a read cannot be read is said of its rows.
                Err(_) => session = self.open(&Cursors::new())?,
            }
        }
        session.end();
        Ok(remarks)
    }
}
