//! Database servers as sources: one view of the whole database for all reads of a source, in pages, from a watermark on.

mod bytes;
mod cells;
mod clocks;
mod fault;
mod mysql;
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

use super::batch_builder::BatchBuilder;
use super::one_read::OneRead;
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
}

impl Sql {
    /// A source that is connected to at its first reading.
    pub fn new(spec: SourceSpec, server: Server) -> Self {
        Self { spec, server, over: Over::default() }
    }

    fn open(&self) -> Result<Box<dyn Session>, SourceError> {
        let (server, zone) = (&self.server, self.spec.zone);
        let mut session: Box<dyn Session> = if self.spec.connection.kind() == SourceKind::MySql {
            Box::new(mysql::MySql::open(server, zone, &self.over).map_err(failed)?)
        } else {
            Box::new(postgres::Postgres::open(server, zone.name(), &self.over).map_err(failed)?)
        };
        session.begin().map_err(failed)?;
        Ok(session)
    }

    fn pass<'a>(&'a self, session: &'a mut dyn Session, number: u16, replay: bool) -> Pass<'a> {
        let (source, read, over) = (&self.spec, &self.spec.reads[usize::from(number)], Some(&self.over));
        Pass { session, one: OneRead { source, number, read, over, replay } }
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
        let mut session = self.open()?;
        let mut batches = BatchBuilder::new(now, take).of_catalogue(self.spec.catalogue.clone());
        let mut told = Reading::default();
        for (number, _) in (0u16..).zip(&self.spec.reads) {
            let pass = self.pass(session.as_mut(), number, now.replay);
            let passed = pass.run(cursors.get(&number).map(String::as_str), &mut batches)?;
            told.notes.extend(passed.notes);
            told.whole.extend(passed.whole.then(|| (number, String::new())));
            told.cursors.insert(number, passed.cursor);
            told.took_for_nothing(number, passed.nothing);
            if batches.stopped {
                told.cursors = cursors.clone();
                break;
            }
        }
        session.end();
        let (rows, newest, stopped) = (batches.rows, batches.newest, batches.stopped);
        Ok(Reading { rows, newest, stopped, ..told })
    }

    fn end_when(&mut self, over: &Over) {
        self.over = over.clone();
    }

    fn glance(&mut self, cursors: &Cursors) -> Result<Glance, SourceError> {
        let mut session = self.open()?;
        let place = match &self.server.schema {
            Some(schema) => format!("{}/{schema}", self.server.place()),
            None => self.server.place(),
        };
        let mut glance = Glance { place, ..Glance::default() };
        for (number, _) in (0u16..).zip(&self.spec.reads) {
            let pass = self.pass(session.as_mut(), number, false);
            let (rows, went_back) = pass.glance(cursors.get(&number).map(String::as_str))?;
            glance.rows.extend(rows.map(|rows| (number, rows)));
            glance.went_back.extend(went_back.then_some(number));
        }
        session.end();
        Ok(glance)
    }
    fn about(&mut self, now: &Now) -> Result<Vec<Remark>, SourceError> {
        let mut session = self.open()?;
        let remarks = session.about(now, &self.spec.reads).map_err(failed)?;
        session.end();
        Ok(remarks)
    }
}
