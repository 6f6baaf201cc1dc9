//! An SQLite file as a source: opened so that it cannot be written, read in short steps.

mod connection;
mod line;
mod no_table;
mod pass;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::one_read::OneRead;
use super::reading_builder::ReadingBuilder;
use super::{Cursors, Glance, Over, Reading, Source, SourceError};
use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::record::mapping::SourceSpec;
use connection::Opened;
use pass::Pass;

/// An SQLite file. The connection is kept between readings, until the path leads to another file.
pub(super) struct Sqlite {
    spec: SourceSpec,
    path: PathBuf,
    opened: Option<Opened>,
    /// The file's version and the cursors after the last reading, if that reading left nothing waiting.
    settled: Option<(i64, Cursors)>,
    /// When it is over what runs is ended.
    over: Option<Over>,
}

impl Sqlite {
    /// A source that is opened at its first reading.
    pub fn new(spec: SourceSpec, path: PathBuf) -> Self {
        Self { spec, path, opened: None, settled: None, over: None }
    }

    /// The connection, a new one where there is none or the file is another.
    fn opened<'a>(
        opened: &'a mut Option<Opened>,
        settled: &mut Option<(i64, Cursors)>,
        (path, over): (&Path, Option<&Over>),
    ) -> Result<&'a Opened, SourceError> {
        if let Some(known) = opened.as_ref()
            && !known.is_current(path)?
        {
            *opened = None;
        }
        match opened {
            Some(known) => Ok(known),
            None => {
                // Versions are counted by each connection for itself.
                *settled = None;
                Ok(opened.insert(Opened::new(path, over)?))
            }
        }
    }

    fn read_all(
        &mut self,
        cursors: &Cursors,
        now: &Now,
        take: &mut dyn FnMut(Batch) -> ControlFlow<()>,
    ) -> Result<Reading, SourceError> {
        let opened = Self::opened(&mut self.opened, &mut self.settled, (&self.path, self.over.as_ref()))?;
        // Asked before anything is read: what is committed meanwhile shows the next time.
        let version = opened.data_version(&self.path)?;
        let seen = self.settled.as_ref().is_some_and(|(seen, last)| *seen == version && last == cursors);
        if seen && !now.replay {
            return Ok(Reading { cursors: cursors.clone(), unchanged: true, ..Reading::default() });
        }
        self.settled = None;
        let (mut reading, mut waiting) = (ReadingBuilder::new(&self.spec, cursors, now, take), false);
        for (number, read) in (0u16..).zip(&self.spec.reads) {
            let (connection, path, over) = (&opened.connection, &*self.path, self.over.as_ref());
            let one = OneRead { source: &self.spec, number, read, over, replay: now.replay };
            let pass = Pass { connection, path, one };
            let passed = pass.run(reading.cursor(number), &mut reading.batches)?;
            waiting |= passed.waiting;
            reading.add(number, passed);
            if reading.is_stopped() {
                break;
            }
        }
        let told = reading.finish();
        if !(told.stopped || waiting || now.replay) {
            self.settled = Some((version, told.cursors.clone()));
        }
        Ok(told)
    }

    fn glance_at_all(&mut self, cursors: &Cursors) -> Result<Glance, SourceError> {
        let opened = Self::opened(&mut self.opened, &mut self.settled, (&self.path, self.over.as_ref()))?;
        let version = opened.data_version(&self.path)?;
        let unchanged = self.settled.as_ref().is_some_and(|(seen, _)| *seen == version);
        let mut glance = Glance { unchanged, place: self.path.display().to_string(), ..Glance::default() };
        if unchanged {
            return Ok(glance);
        }
        for (number, read) in (0u16..).zip(&self.spec.reads) {
            let (connection, path, over) = (&opened.connection, &*self.path, self.over.as_ref());
            let one = OneRead { source: &self.spec, number, read, over, replay: false };
            let pass = Pass { connection, path, one };
            glance.add(number, &pass.glance(cursors.get(&number).map(String::as_str))?);
        }
        Ok(glance)
    }

    /// Whatever went wrong, the next round begins with a fresh connection.
    fn close(&mut self) {
        self.opened = None;
        self.settled = None;
    }
}

impl Source for Sqlite {
    fn spec(&self) -> &SourceSpec {
        &self.spec
    }

    fn read(
        &mut self,
        cursors: &Cursors,
        now: &Now,
        take: &mut dyn FnMut(Batch) -> ControlFlow<()>,
    ) -> Result<Reading, SourceError> {
        self.read_all(cursors, now, take).inspect_err(|_| self.close())
    }

    fn end_when(&mut self, over: &Over) {
        if self.opened.as_mut().is_some_and(|opened| opened.end_when(over).is_err()) {
            self.close();
        }
        self.over = Some(over.clone());
    }

    fn glance(&mut self, cursors: &Cursors) -> Result<Glance, SourceError> {
        self.glance_at_all(cursors).inspect_err(|_| self.close())
    }
}
