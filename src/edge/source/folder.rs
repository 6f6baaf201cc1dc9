//! Files as a source: one file, or a folder into which files are dropped, in a format of their own.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use super::batch_builder::BatchBuilder;
use super::files::{self, Fingerprint, Found, Taken};
use super::{Cursors, Reading, Source, SourceError};
use chrono::DateTime;

use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::record::apply::TakenForNothing;
use crate::domain::record::mapping::{ReadFrom, ReadSpec, SourceSpec};

/// What is in the files.
pub(super) trait Format: Send {
    /// How the names of its files end, in small letters.
    fn endings(&self) -> &'static [&'static str];

    /// Reads one file; says what it looked like when it was opened.
    ///
    /// # Errors
    /// When the file cannot be read whole. What was handed on before stays valid.
    fn read(
        &self,
        pass: &mut Pass<'_>,
        found: &Found,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<Fingerprint, SourceError>;
}

/// A file, or a folder of them.
pub(super) struct Folder {
    spec: SourceSpec,
    path: PathBuf,
    settle: Duration,
    format: Box<dyn Format>,
}

/// One read over the files.
pub(super) struct Pass<'a> {
    folder: &'a Folder,
    pub(super) number: u16,
    pub(super) read: &'a ReadSpec,
    now: &'a Now,
    pub(super) notes: Vec<String>,
    /// Sentences about files that could not be read.
    spoilt: Vec<String>,
    /// Beginnings of the row keys of the files that were read whole.
    whole: Vec<String>,
    /// What was taken for nothing, file by file.
    pub(super) nothing: Vec<TakenForNothing>,
    /// Whether any file was opened.
    opened: bool,
}

impl Folder {
    /// Files in a format at a path, looked for at each reading; one that has not changed for `settle` is taken for finished.
    pub fn new(spec: SourceSpec, path: PathBuf, settle: Duration, format: Box<dyn Format>) -> Self {
        Self { spec, path, settle, format }
    }
}

impl Source for Folder {
    fn spec(&self) -> &SourceSpec {
        &self.spec
    }

    fn read(
        &mut self,
        cursors: &Cursors,
        now: &Now,
        take: &mut dyn FnMut(Batch) -> ControlFlow<()>,
    ) -> Result<Reading, SourceError> {
        let (is_folder, found) = files::find(&self.path, self.format.endings())?;
        let mut batches = BatchBuilder::new(now, take);
        let mut reading = Reading { unchanged: true, ..Reading::default() };
        let mut spoilt = Vec::new();
        for (number, read) in (0u16..).zip(&self.spec.reads) {
            let cursor = cursors.get(&number);
            let before: Taken = cursor.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
            let mut pass = Pass {
                folder: self,
                number,
                read,
                now,
                notes: Vec::new(),
                spoilt: Vec::new(),
                whole: Vec::new(),
                nothing: Vec::new(),
                opened: false,
            };
            batches.begin(number, read, cursor.is_some());
            let taken = pass.run(&found, is_folder, &before, &mut batches)?;
            reading.never_seen.extend(files::absent_from_all(&taken));
            let taken = serde_json::to_string(&taken).expect("names and numbers are always JSON");
            reading.unchanged &= !pass.opened && cursor == Some(&taken);
            reading.cursors.insert(number, taken);
            reading.notes.append(&mut pass.notes);
            reading.took_for_nothing(number, std::mem::take(&mut pass.nothing));
            let all = pass.whole.len() == found.len();
            let whole = if all { vec![String::new()] } else { std::mem::take(&mut pass.whole) };
            reading.whole.extend(whole.into_iter().map(|file| (number, file)));
            spoilt.append(&mut pass.spoilt);
            if batches.stopped {
                break;
            }
        }
        if batches.stopped {
            reading.cursors = cursors.clone();
        }
        reading.stopped = batches.stopped;
        reading.rows = batches.rows;
        reading.newest = batches.newest;
        let newest = found.iter().map(|file| file.print.modified).max();
        reading.delivered = newest.map(|at| DateTime::from_timestamp_nanos(at).fixed_offset());
        reading.incomplete = match spoilt.len() {
            0 => None,
            1 => spoilt.pop(),
            many => Some(format!("{many} files cannot be read whole; the first: {}", spoilt.swap_remove(0))),
        };
        Ok(reading)
    }
}

impl Pass<'_> {
    /// Zone of times without an offset.
    pub(super) fn zone(&self) -> chrono_tz::Tz {
        self.folder.spec.zone
    }

    /// Whether a file has lain untouched so long that its end is its end.
    pub(super) fn is_settled(&self, print: &Fingerprint) -> bool {
        print.is_settled(self.folder.settle, self.now)
    }

    /// Reads the files that changed since `before`; says what has now been taken. A file that could not be
    /// read is not among them, so it is tried again each time. From the first changed file on all that
    /// follow are read again, so that where two files tell of one row the later name has the last word.
    fn run(
        &mut self,
        found: &[Found],
        is_folder: bool,
        before: &Taken,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<Taken, SourceError> {
        if !matches!(self.read.from, ReadFrom::Files) {
            return Err(SourceError::Misfit { read: self.read.name.clone(), asked: "for a table or query" });
        }
        let mut taken = Taken::new();
        let mut changed = false;
        for file in found {
            let known = before.get(&file.name);
            if let Some(known) = known
                && !changed
                && known.covers(&file.print, self.folder.settle, self.now)
            {
                taken.insert(file.name.clone(), known.clone());
                continue;
            }
            changed = true;
            self.opened = true;
            if let Some(known) = known.filter(|known| known.size > file.print.size) {
                let (name, was, is) = (&file.name, known.size, file.print.size);
                self.notes.push(format!(
                    "{name} shrank from {was} to {is} bytes: rows may have been taken out of it"
                ));
            }
            batches.next_file();
            let outcome = self.folder.format.read(self, file, batches);
            if !batches.hand_on_all() {
                return Ok(taken);
            }
            match outcome {
                Ok(print) => {
                    self.whole.push(format!("{}:", file.name));
                    taken.insert(file.name.clone(), print);
                }
                Err(error) if is_folder => {
                    let sentence = sentence(&error);
                    self.notes.push(format!("{sentence}; {}", error.remedy()));
                    self.spoilt.push(sentence);
                }
                Err(error) => return Err(error),
            }
        }
        for name in before.keys().filter(|name| !found.iter().any(|file| file.name == **name)) {
            self.notes.push(format!("{name} is gone; what it told stays"));
        }
        Ok(taken)
    }
}

/// An error with its causes, in one line.
fn sentence(error: &SourceError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}
