//! One read over the files of a folder.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::DateTime;

use super::super::batch_builder::BatchBuilder;
use super::super::files::{Fingerprint, Found, Listing, Taken};
use super::super::{Over, SourceError};
use super::order::{Company, Comparison, Look, Placed, Says, Standing};
use super::other_reads::Misfit;
use super::{Folder, Spoilt};
use crate::domain::now::Now;
use crate::domain::record::Written;
use crate::domain::record::apply::TakenForNothing;
use crate::domain::record::mapping::{ReadFrom, ReadSpec};
use crate::domain::text::{Text, say};

/// Files that were taken away and are remembered for what they said.
const GONE_REMEMBERED: usize = 1_000;

/// One read over the files.
pub(in crate::edge::source) struct Pass<'a> {
    pub(super) folder: &'a Folder,
    /// What was taken before it.
    pub(super) before: &'a Taken,
    /// Those found before this read.
    known_spoilt: &'a HashMap<String, (Fingerprint, Spoilt)>,
    /// Those found in it.
    pub(super) found_spoilt: HashMap<String, (Fingerprint, Spoilt)>,
    pub(in crate::edge::source) number: u16,
    pub(in crate::edge::source) read: &'a ReadSpec,
    pub(super) now: &'a Now,
    pub(in crate::edge::source) notes: Vec<Text>,
    /// Files that could not be read, each with a sentence.
    pub(super) unread: BTreeMap<String, Text>,
    /// Beginnings of the row keys of the files that were read whole.
    pub(super) whole: Vec<String>,
    /// What was taken for nothing, file by file.
    pub(in crate::edge::source) nothing: Vec<TakenForNothing>,
    /// Files that say again what they said once.
    pub(super) gone_back: Vec<String>,
    /// Files without its columns, which it never took.
    pub(super) misfits: Vec<Misfit>,
    /// The file at hand was refused as it seems to be cut off.
    cut_off: bool,
    /// Whether any file was opened.
    pub(super) opened: bool,
}

impl<'a> Pass<'a> {
    /// A read of a folder that goes on from what was taken before.
    pub(super) fn new(
        folder: &'a Folder,
        (number, read): (u16, &'a ReadSpec),
        before: &'a Taken,
        known_spoilt: &'a HashMap<String, (Fingerprint, Spoilt)>,
        now: &'a Now,
    ) -> Self {
        Self {
            folder,
            before,
            known_spoilt,
            found_spoilt: HashMap::new(),
            number,
            read,
            now,
            notes: Vec::new(),
            unread: BTreeMap::new(),
            whole: Vec::new(),
            nothing: Vec::new(),
            gone_back: Vec::new(),
            misfits: Vec::new(),
            cut_off: false,
            opened: false,
        }
    }

    /// When reading is over, if it has an end.
    pub(in crate::edge::source) fn over(&self) -> Option<&'a Over> {
        self.folder.over.as_ref()
    }
}

impl Pass<'_> {
    /// Zone of times without an offset.
    pub(in crate::edge::source) fn zone(&self) -> chrono_tz::Tz {
        self.folder.spec.zone
    }

    /// Whether a file has lain untouched so long that its end is its end.
    pub(in crate::edge::source) fn is_settled(&self, print: &Fingerprint) -> bool {
        print.is_settled(self.folder.settle, self.now)
    }

    /// Whether a file ended with the end of a line when it was last taken, where that is known.
    pub(in crate::edge::source) fn ended_line(&self, found: &Found) -> Option<bool> {
        self.before.get(&found.name).and_then(|known| known.ends_line)
    }

    /// Whether a file whose text ends within a line was cut off: it ended with the end of one when it was last taken, or where that is not
    /// known it was longer. What was refused so and was then written once more, and is no shorter than it was, is as it is meant.
    pub(in crate::edge::source) fn is_cut_off(&mut self, found: &Found) -> bool {
        let Some(known) = self.before.get(&found.name) else { return false };
        let shorter = found.print.size < known.size;
        let again = known.cut_off.is_some_and(|written| written != found.print.modified);
        self.cut_off = known.ends_line.unwrap_or(shorter) && (shorter || !again);
        self.cut_off
    }

    /// Reads the files that changed since what was taken before; says what has now been taken. Of a file that could not be read that
    /// is what it was before, so it is tried again each time. From the first changed file on all that follow are read again, so that where
    /// two files tell of one row the one that was written later has the last word.
    pub(super) fn run(
        &mut self,
        listing: &Listing,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<Taken, SourceError> {
        if !matches!(self.read.from, ReadFrom::Files) {
            return Err(SourceError::Misfit {
                read: self.read.name.clone(),
                asked: say!("fault-asks_table"),
            });
        }
        let mut taken = self.not_there(listing);
        let mut changed = false;
        let files = self.in_order(&listing.files);
        for file in files {
            let name = &file.found.name;
            if let Some((print, spoilt)) = self.known_spoilt.get(name)
                && *print == file.found.print
                && (changed || file.standing != Standing::AsTaken)
            {
                // It says no more than when it was last read, and may have taken long.
                self.left_out(name, spoilt.clone());
                taken.extend(self.left_as_known(name).map(|known| (name.clone(), known)));
                continue;
            }
            self.say_how_it_stands(&file);
            match file.standing {
                Standing::GoneBack => {}
                Standing::AsTaken | Standing::WrittenAgain | Standing::Copied if !changed => {}
                _ if listing.is_folder && self.is_empty(&file) => {
                    self.notes.push(say!("reading-empty_file", file = name));
                    self.whole.push(format!("{name}:"));
                }
                _ => {
                    changed = true;
                    if let Some(print) = self.read_one(&file, listing, batches)? {
                        taken.insert(name.clone(), print);
                    }
                    if batches.stopped {
                        return Ok(taken);
                    }
                    continue;
                }
            }
            taken.insert(name.clone(), file.print);
        }
        Ok(taken)
    }

    /// The files in the order in which they have a say. What was found spoilt says no more than then.
    fn in_order<'l>(&self, files: &'l [Found]) -> Vec<Placed<'l>> {
        let names: BTreeSet<_> = files.iter().map(|file| &file.name).chain(self.before.keys()).collect();
        let company = if names.len() > 1 { Company::Others } else { Company::Alone };
        let spoilt =
            |file: &Found| self.known_spoilt.get(&file.name).is_some_and(|(print, _)| *print == file.print);
        let look = |file: &Found| if spoilt(file) { Look::default() } else { self.look(file, company) };
        self.comparison().in_order(files, &look)
    }

    /// For reading a file of which nothing is taken in.
    pub(super) fn aside(&self) -> Self {
        Self::new(self.folder, (self.number, self.read), self.before, self.known_spoilt, self.now)
    }

    /// Whether nothing stands in a file, nor ever did, and nobody is writing it: what was emptied may have told of any case.
    fn is_empty(&self, file: &Placed<'_>) -> bool {
        let known = self.before.get(&file.found.name);
        let print = &file.found.print;
        print.size == 0 && known.is_none_or(|known| known.size == 0) && self.is_settled(print)
    }

    fn comparison(&self) -> Comparison<'_> {
        Comparison { before: self.before, settle: self.folder.settle, now: self.now }
    }

    /// What was taken of files that are there no more.
    fn not_there(&mut self, listing: &Listing) -> Taken {
        let is_found = |name: &String| listing.files.iter().any(|file| file.name == *name);
        let mut absent: Vec<_> = self.before.iter().filter(|(name, _)| !is_found(name)).collect();
        absent.sort_by_key(|(_, known)| std::cmp::Reverse(known.since()));
        absent.truncate(GONE_REMEMBERED);
        let mut taken = Taken::new();
        for (name, known) in absent {
            let gone = !listing.refused.iter().any(|(it, _)| it == name);
            if gone && !known.gone {
                self.notes.push(say!("reading-gone", file = name));
            }
            taken.insert(name.clone(), Fingerprint { gone, ..known.clone() });
        }
        taken
    }

    /// Says of a file that became smaller, or holds what was read before.
    fn say_how_it_stands(&mut self, file: &Placed<'_>) {
        let name = &file.found.name;
        match file.standing {
            Standing::New => {
                if file.print.contents.of_unknown_time {
                    let [written, told] =
                        [file.found.print.modified, file.print.since()].map(|at| self.shown(at));
                    self.notes.push(say!("reading-tells_of_later", file = name, written, told));
                }
                let size = file.found.print.size;
                if let Some(known) = self.before.get(name).filter(|known| known.size > size) {
                    self.notes.push(say!("reading-shrank", file = name, was = known.size, is = size));
                }
            }
            Standing::Copied if file.print.contents.outdated => {
                let day = self.shown(file.print.since());
                self.notes.push(say!("reading-copied", file = name, day));
            }
            Standing::GoneBack => {
                self.opened = true;
                self.notes.push(say!("reading-gone_back", file = name));
                self.gone_back.push(name.clone());
            }
            _ => {}
        }
    }

    /// A time of a file as people read it.
    fn shown(&self, nanoseconds: i64) -> String {
        DateTime::from_timestamp_nanos(nanoseconds)
            .with_timezone(&self.zone())
            .format("%Y-%m-%d %H:%M")
            .to_string()
    }

    /// Reads a file; what is noted of it, if anything.
    fn read_one(
        &mut self,
        file: &Placed<'_>,
        listing: &Listing,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<Option<Fingerprint>, SourceError> {
        let (found, name) = (file.found, &file.found.name);
        (self.opened, self.cut_off) = (true, false);
        let rows = batches.rows;
        let written = self.comparison().told_time(&file.print);
        batches.next_file(written.map_or(Written::Unknown, Written::At));
        let outcome = self.folder.format.read(self, found, batches);
        // That the mapping does not fit is known however little was looked at.
        let goes_on = batches.hand_on_all();
        if !goes_on && !matches!(outcome, Err(SourceError::Unbound { .. })) {
            return Ok(None);
        }
        match outcome {
            Ok(print) => {
                self.whole.push(format!("{name}:"));
                let contents = self.contents_of(
                    file,
                    &print,
                    if batches.rows > rows { Says::Something } else { Says::Nothing },
                );
                Ok(Some(Fingerprint { contents, ..print }))
            }
            Err(error @ SourceError::Unbound { .. })
                if goes_on && listing.is_folder && !self.has_taken(name) =>
            {
                let of_another = self.before.contains_key(name);
                let print = Fingerprint { of_another, ..found.print.clone() };
                self.misfits.push(Misfit { name: name.clone(), print, error });
                Ok(None)
            }
            Err(error) if listing.is_folder => {
                let spoilt = Spoilt { what: error.with_cause(), remedy: error.remedy() };
                if matches!(error, SourceError::Text { .. } | SourceError::Book { .. }) {
                    self.found_spoilt.insert(name.clone(), (found.print.clone(), spoilt.clone()));
                }
                self.left_out(name, spoilt);
                let cut_off = self.cut_off.then_some(found.print.modified);
                let known = self.left_as_known(name);
                Ok(known.map(|known| Fingerprint { cut_off: cut_off.or(known.cut_off), ..known }))
            }
            Err(error) => Err(error),
        }
    }

    fn left_out(&mut self, name: &str, Spoilt { what, remedy }: Spoilt) {
        self.notes.push(say!("fault-note", what = what.clone(), remedy));
        self.unread.insert(name.to_owned(), what);
    }
}
