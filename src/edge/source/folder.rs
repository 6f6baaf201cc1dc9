//! Files as a source: one file, or a folder into which files are dropped, in a format of their own.

mod first_rows;

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use super::batch_builder::BatchBuilder;
use super::files::{self, Fingerprint, Folders, Found, Listing, Taken};
use super::reading_builder::ReadingBuilder;
use super::{Cursors, FirstRows, Over, Reading, Source, SourceError};
use chrono::DateTime;

use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::record::apply::TakenForNothing;
use crate::domain::record::mapping::{ReadFrom, ReadSpec, SourceSpec};
use crate::domain::text::{Text, say};

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

/// One read over the files.
pub(super) struct Pass<'a> {
    folder: &'a Folder,
    /// Those found before this read.
    known_spoilt: &'a HashMap<String, (Fingerprint, Spoilt)>,
    /// Those found in it.
    found_spoilt: Vec<(String, Fingerprint, Spoilt)>,
    pub(super) number: u16,
    pub(super) read: &'a ReadSpec,
    now: &'a Now,
    pub(super) notes: Vec<Text>,
    /// Files that could not be read, each with a sentence.
    unread: BTreeMap<String, Text>,
    /// Beginnings of the row keys of the files that were read whole.
    whole: Vec<String>,
    /// What was taken for nothing, file by file.
    pub(super) nothing: Vec<TakenForNothing>,
    /// Whether any file was opened.
    opened: bool,
}

impl Folder {
    /// Files in a format at a path, looked for at each reading; one that has not changed for `settle` is taken for finished.
    pub fn new(
        spec: SourceSpec,
        path: PathBuf,
        (settle, folders): (Duration, Folders),
        format: Box<dyn Format>,
    ) -> Self {
        Self { spec, path, settle, folders, format, over: None, spoilt: HashMap::new() }
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
        let were_there = || cursors.values().any(|taken| !taken_of(taken).is_empty());
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
        let mut unread = BTreeMap::new();
        for (number, read) in (0u16..).zip(&self.spec.reads) {
            let cursor = cursors.get(&number);
            let before = cursor.map(|text| taken_of(text)).unwrap_or_default();
            let mut pass = Pass {
                folder: self,
                known_spoilt: spoilt,
                found_spoilt: Vec::new(),
                number,
                read,
                now,
                notes: Vec::new(),
                unread: BTreeMap::new(),
                whole: Vec::new(),
                nothing: Vec::new(),
                opened: false,
            };
            all.batches.begin(number, read, cursor.is_some());
            let taken = pass.run(listing, &before, &mut all.batches)?;
            let reading = &mut all.told;
            reading.never_seen.extend(files::absent_from_all(&taken));
            let taken = serde_json::to_string(&taken).expect("names and numbers are always JSON");
            reading.unchanged &= !pass.opened && cursor == Some(&taken);
            reading.cursors.insert(number, taken);
            reading.notes.append(&mut pass.notes);
            reading.took_for_nothing(number, std::mem::take(&mut pass.nothing));
            let is_whole = pass.whole.len() == found.len() && listing.refused.is_empty();
            let whole = if is_whole { vec![String::new()] } else { std::mem::take(&mut pass.whole) };
            reading.whole.extend(whole.into_iter().map(|file| (number, file)));
            for (name, why) in std::mem::take(&mut pass.unread) {
                reading.never_read.extend((!before.contains_key(&name)).then(|| name.clone()));
                unread.entry(name).or_insert(why);
            }
            let found_spoilt = std::mem::take(&mut pass.found_spoilt).into_iter();
            spoilt.extend(found_spoilt.map(|(name, print, why)| (name, (print, why))));
            if all.is_stopped() {
                break;
            }
        }
        let mut reading = all.finish();
        let written = found.iter().map(|file| file.print.modified);
        reading.delivered = written.max().map(|at| DateTime::from_timestamp_nanos(at).fixed_offset());
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
        Ok(reading)
    }
}

impl Pass<'_> {
    /// Zone of times without an offset.
    pub(super) fn zone(&self) -> chrono_tz::Tz {
        self.folder.spec.zone
    }

    /// When reading is over, if it has an end.
    pub(super) fn over(&self) -> Option<&Over> {
        self.folder.over.as_ref()
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
        listing: &Listing,
        before: &Taken,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<Taken, SourceError> {
        if !matches!(self.read.from, ReadFrom::Files) {
            return Err(SourceError::Misfit {
                read: self.read.name.clone(),
                asked: say!("fault-asks_table"),
            });
        }
        let (found, mut taken, mut changed) = (&listing.files, Taken::new(), false);
        for file in found {
            let known = before.get(&file.name);
            if let Some(known) = known
                && !changed
                && known.covers(&file.print, self.folder.settle, self.now)
            {
                taken.insert(file.name.clone(), known.clone());
                continue;
            }
            let spoilt = self.known_spoilt.get(&file.name).filter(|(print, _)| *print == file.print);
            if let Some((_, spoilt)) = spoilt {
                // It says no more than when it was last read, and may have taken long.
                self.left_out(&file.name, spoilt.clone());
                continue;
            }
            if listing.is_folder && self.passes_over(file, known, &mut taken) {
                continue;
            }
            changed = true;
            self.opened = true;
            if let Some(known) = known.filter(|known| known.size > file.print.size) {
                let (name, was, is) = (&file.name, known.size, file.print.size);
                self.notes.push(say!("reading-shrank", file = name, was, is));
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
                Err(error) if listing.is_folder => {
                    let spoilt = Spoilt { what: error.with_cause(), remedy: error.remedy() };
                    if matches!(error, SourceError::Text { .. }) {
                        self.found_spoilt.push((file.name.clone(), file.print.clone(), spoilt.clone()));
                    }
                    self.left_out(&file.name, spoilt);
                }
                Err(error) => return Err(error),
            }
        }
        let is_there = |name: &String| {
            found.iter().any(|file| file.name == *name) || listing.refused.iter().any(|(it, _)| it == name)
        };
        for name in before.keys().filter(|name| !is_there(name)) {
            self.notes.push(say!("reading-gone", file = name));
        }
        Ok(taken)
    }

    /// A file in which nothing stands, nor ever did, and nobody is writing: what was emptied may have told of any case.
    fn passes_over(&mut self, file: &Found, known: Option<&Fingerprint>, taken: &mut Taken) -> bool {
        let print = &file.print;
        let empty = print.size == 0 && known.is_none_or(|known| known.size == 0) && self.is_settled(print);
        if empty {
            self.notes.push(say!("reading-empty_file", file = &file.name));
            self.whole.push(format!("{}:", file.name));
            taken.insert(file.name.clone(), print.clone());
        }
        empty
    }

    fn left_out(&mut self, name: &str, Spoilt { what, remedy }: Spoilt) {
        self.notes.push(say!("fault-note", what = what.clone(), remedy));
        self.unread.insert(name.to_owned(), what);
    }
}

/// The files that a cursor names.
fn taken_of(cursor: &str) -> Taken {
    serde_json::from_str(cursor).unwrap_or_default()
}
