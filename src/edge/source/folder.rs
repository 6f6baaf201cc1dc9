//! Files as a source: one file, or a folder into which files are dropped, in a format of their own.

mod first_rows;
mod kept;
mod look;
mod order;
mod other_reads;
mod pass;

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use super::batch_builder::{BatchBuilder, Extent};
use super::files::{self, Fingerprint, Folders, Found, Listing, Taken};
use super::reading_builder::ReadingBuilder;
use super::{Cursors, FirstRows, Over, Reading, Source, SourceError};
pub(super) use look::KnownBy;
use other_reads::{Run, Unread, settle};
pub(super) use pass::Pass;

use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::text::{Text, say};

/// What is in the files.
pub(super) trait Format: Send {
    /// How the names of its files end, in small letters.
    fn endings(&self) -> &'static [&'static str];

    /// By what its contents are known again.
    fn known_by(&self) -> KnownBy {
        KnownBy::Bytes
    }

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
    folders: Folders,
    format: Box<dyn Format>,
    /// When it is over, reading ends.
    over: Option<Over>,
    /// Files whose contents cannot be read, as they looked when that was found.
    spoilt: HashMap<String, (Fingerprint, Spoilt)>,
}

/// A file that cannot be read, and what to try.
#[derive(Clone)]
struct Spoilt {
    what: Text,
    remedy: Text,
}

impl Folder {
    /// Files in a format at a path, looked for at each reading; one that has not changed for `settle` is taken for finished.
    pub fn new(
        spec: SourceSpec,
        path: PathBuf,
        (settle, folders): (Duration, Folders),
        format: Box<dyn Format>,
    ) -> Self {
        let (over, spoilt) = (None, HashMap::new());
        Self { spec, path, settle, folders, format, over, spoilt }
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
        let listing = files::find(&self.path, self.format.endings(), self.folders)?;
        let were_there = || cursors.values().any(|taken| taken_of(taken).values().any(|print| !print.gone));
        if listing.files.is_empty() && listing.refused.is_empty() && were_there() {
            return Err(SourceError::Emptied { path: self.path.clone() });
        }
        let mut spoilt = std::mem::take(&mut self.spoilt);
        let read = self.read_all(&listing, &mut spoilt, cursors, (now, take));
        spoilt.retain(|name, _| listing.files.iter().any(|file| file.name == *name));
        self.spoilt = spoilt;
        read
    }

    fn first_rows(&mut self, now: &Now, take: &mut dyn FnMut(Batch)) -> Result<FirstRows, SourceError> {
        self.look_into(now, take)
    }

    fn end_when(&mut self, over: &Over) {
        self.over = Some(over.clone());
    }
}

impl Folder {
    fn read_all(
        &self,
        listing: &Listing,
        spoilt: &mut HashMap<String, (Fingerprint, Spoilt)>,
        cursors: &Cursors,
        (now, take): (&Now, &mut dyn FnMut(Batch) -> ControlFlow<()>),
    ) -> Result<Reading, SourceError> {
        let found = &listing.files;
        let mut all = ReadingBuilder::new(&self.spec, cursors, now, take);
        (all.told.unchanged, all.told.passed_over) = (true, listing.passed_over.clone());
        let (mut unread, mut runs) = (Unread::default(), Vec::new());
        for (number, read) in (0u16..).zip(&self.spec.reads) {
            let cursor = cursors.get(&number);
            let before = cursor.map(|text| taken_of(text)).unwrap_or_default();
            let mut pass = Pass::new(self, (number, read), &before, spoilt, now);
            all.batches.begin(number, read, Extent::since(cursor));
            let taken = pass.run(listing, &mut all.batches)?;
            let reading = &mut all.told;
            reading.delivered = pass.delivered(found, &taken);
            reading.passed_over.append(&mut pass.gone_back);
            reading.passed_over.extend(files::hidden_tables(&taken));
            reading.never_seen.extend(files::absent_from_all(&taken));
            reading.notes.append(&mut pass.notes);
            reading.took_for_nothing(number, std::mem::take(&mut pass.nothing));
            let is_whole = pass.whole.len() == found.len() && listing.refused.is_empty();
            let whole = if is_whole { vec![String::new()] } else { std::mem::take(&mut pass.whole) };
            reading.whole.extend(whole.into_iter().map(|file| (number, file)));
            for (name, why) in std::mem::take(&mut pass.unread) {
                reading.never_read.extend((!before.contains_key(&name)).then(|| name.clone()));
                unread.files.entry(name).or_insert(why);
            }
            let (name, cursor) = (read.name.clone(), cursor.cloned());
            let (misfits, opened) = (std::mem::take(&mut pass.misfits), pass.opened);
            spoilt.extend(std::mem::take(&mut pass.found_spoilt));
            runs.push(Run { number, name, cursor, taken, misfits, opened });
            if all.is_stopped() {
                break;
            }
        }
        Ok(end(all, listing, runs, unread))
    }
}

/// A reading that came to its end, with what of it could not be read.
fn end(mut all: ReadingBuilder<'_>, listing: &Listing, mut runs: Vec<Run>, mut unread: Unread) -> Reading {
    if !all.is_stopped() {
        let Unread { notes, files } = settle(&mut runs);
        all.told.never_read.extend(files.keys().cloned());
        unread.notes.extend(notes);
        files.into_iter().for_each(|(name, why)| _ = unread.files.entry(name).or_insert(why));
    }
    for Run { number, cursor, taken, opened, .. } in runs {
        let taken = serde_json::to_string(&taken).expect("names and numbers are always JSON");
        all.told.unchanged &= !opened && cursor.as_ref() == Some(&taken);
        all.told.cursors.insert(number, taken);
    }
    let mut reading = all.finish();
    let Unread { notes, files: mut unread } = unread;
    reading.notes.extend(notes);
    reading.any_case_unread = !unread.is_empty();
    for (name, error) in &listing.refused {
        reading.notes.push(say!("fault-note", what = error.with_cause(), remedy = error.remedy()));
        unread.entry(name.clone()).or_insert_with(|| error.with_cause());
    }
    reading.incomplete = match unread.values().next() {
        None => None,
        Some(one) if unread.len() == 1 => Some(one.clone()),
        Some(first) => Some(say!("fault-several", count = unread.len(), first = first.clone())),
    };
    reading.unread = unread.into_keys().collect();
    reading
}

/// The files that a cursor names.
fn taken_of(cursor: &str) -> Taken {
    serde_json::from_str(cursor).unwrap_or_default()
}
