//! Files as a source: one file, or a folder into which files are dropped, in CSV or as XES event logs.

mod fact;
mod rows;
#[cfg(test)]
mod tests;
mod text;

use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::files::{self, Fingerprint, Format, Found, Taken, fault};
use super::gathering::Gathering;
use super::{Cursors, Reading, Source, SourceError};
use chrono::DateTime;

use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::record::apply::{Bound, TakenForNothing};
use crate::domain::record::mapping::{ReadFrom, ReadSpec, SourceKind, SourceSpec};
use crate::domain::record::value::quoted;
use rows::{Ending, Record, Rows};
use text::{Text, TextFault};

/// A file, or a folder of them.
pub(super) struct Csv {
    spec: SourceSpec,
    path: PathBuf,
    format: Format,
    settle: Duration,
}

/// One read over the files.
pub(super) struct Pass<'a> {
    csv: &'a Csv,
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

impl Csv {
    /// A source whose files are looked for at each reading.
    pub fn new(spec: SourceSpec) -> Self {
        let (path, format, settle) = match &spec.kind {
            SourceKind::Csv { path, delimiter, settle } => (path.clone(), Format::Csv(*delimiter), *settle),
            SourceKind::Xes { path, settle } => (path.clone(), Format::Xes, *settle),
            SourceKind::Sqlite { path } => (path.clone(), Format::Csv(b','), Duration::ZERO),
        };
        Self { spec, path, format, settle }
    }
}

impl Source for Csv {
    fn spec(&self) -> &SourceSpec {
        &self.spec
    }

    fn read(
        &mut self,
        cursors: &Cursors,
        now: &Now,
        take: &mut dyn FnMut(Batch) -> ControlFlow<()>,
    ) -> Result<Reading, SourceError> {
        let (folder, found) = files::find(&self.path, self.format.endings())?;
        let mut gathering = Gathering::new(now, take);
        let mut reading = Reading { unchanged: true, ..Reading::default() };
        let mut spoilt = Vec::new();
        for (number, read) in (0u16..).zip(&self.spec.reads) {
            let cursor = cursors.get(&number);
            let before: Taken = cursor.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
            let mut pass = Pass {
                csv: self,
                number,
                read,
                now,
                notes: Vec::new(),
                spoilt: Vec::new(),
                whole: Vec::new(),
                nothing: Vec::new(),
                opened: false,
            };
            gathering.begin(number, read, cursor.is_some());
            let taken = pass.run(&found, folder, &before, &mut gathering)?;
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
            if gathering.stopped {
                break;
            }
        }
        if gathering.stopped {
            reading.cursors = cursors.clone();
        }
        reading.stopped = gathering.stopped;
        reading.rows = gathering.rows;
        reading.newest = gathering.newest;
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
        self.csv.spec.zone
    }

    /// Whether a file has lain untouched so long that its end is its end.
    pub(super) fn is_settled(&self, print: &Fingerprint) -> bool {
        print.is_settled(self.csv.settle, self.now)
    }

    /// Reads the files that changed since `before`; says what has now been taken. A file that could not be
    /// read is not among them, so it is tried again each time. From the first changed file on all that
    /// follow are read again, so that where two files tell of one row the later name has the last word.
    fn run(
        &mut self,
        found: &[Found],
        folder: bool,
        before: &Taken,
        gathering: &mut Gathering<'_>,
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
                && known.covers(&file.print, self.csv.settle, self.now)
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
            gathering.next_file();
            let outcome = match self.csv.format {
                Format::Csv(delimiter) => self.file(file, delimiter, gathering),
                Format::Xes => self.log(file, gathering),
            };
            if !gathering.hand_on_all() {
                return Ok(taken);
            }
            match outcome {
                Ok(print) => {
                    self.whole.push(format!("{}:", file.name));
                    taken.insert(file.name.clone(), print);
                }
                Err(error) if folder => {
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

    /// Reads one file, as far as it was written when it was opened.
    fn file(
        &mut self,
        found: &Found,
        delimiter: u8,
        gathering: &mut Gathering<'_>,
    ) -> Result<Fingerprint, SourceError> {
        let path = &found.path;
        let disk = |source| fault(path, source);
        let spoilt = |text_fault| match text_fault {
            TextFault::Io(source) => fault(path, source),
            TextFault::Spoilt { line, what } => SourceError::Text { path: path.clone(), line, what },
            TextFault::Malformed { line, encoding } => {
                let what = format!("the bytes are no {encoding}");
                SourceError::Text { path: path.clone(), line, what }
            }
        };
        let file = File::open(path).map_err(disk)?;
        let mut print = Fingerprint::of(&file.metadata().map_err(disk)?);
        let settled = print.is_settled(self.csv.settle, self.now);
        let length =
            if settled { print.size } else { text::finished_lines(&file, print.size).map_err(disk)? };
        print.held_back = length < print.size || (length == 0 && !settled);
        if length > 0 || settled {
            let encoding = text::encoding(&file, length).map_err(spoilt)?;
            let text = Text::new(file, length, encoding).map_err(spoilt)?;
            let mut rows = Rows::new(text, delimiter);
            let mut record = Record::default();
            let bound = self.bind(found, &mut rows, &mut record, spoilt)?;
            let columns = record.len();
            let name: Arc<str> = found.name.as_str().into();
            while rows.next(&mut record).map_err(spoilt)? {
                if record.ending == Ending::OpenQuote {
                    if settled {
                        let what = "a quotation mark opened in this row is never closed, so the rest of the file \
                                    cannot be read";
                        return Err(SourceError::Text {
                            path: path.clone(),
                            line: record.line,
                            what: what.into(),
                        });
                    }
                    print.held_back = true;
                } else if !record.is_blank(columns) {
                    gathering.add(fact::row(&bound, columns, &name, &record));
                    if gathering.waiting() > 0 && !gathering.hand_on() {
                        return Ok(print);
                    }
                }
            }
            self.nothing.append(&mut bound.taken_for_nothing());
        }
        if print.held_back {
            let name = &found.name;
            self.notes.push(format!("{name} ends in an unfinished line, which waits until it is finished"));
        }
        Ok(print)
    }

    /// Binds the mapping to the file's header row.
    fn bind(
        &self,
        found: &Found,
        rows: &mut Rows,
        record: &mut Record,
        spoilt: impl Fn(TextFault) -> SourceError,
    ) -> Result<Bound, SourceError> {
        let no_header = |line, what: String| SourceError::Text { path: found.path.clone(), line, what };
        if !rows.next(record).map_err(spoilt)? || record.ending == Ending::OpenQuote {
            return Err(no_header(1, "there is no header row".into()));
        }
        let names: Vec<String> = (0..record.len()).map(|at| record.field(at).trim().to_owned()).collect();
        for (position, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if names[..position].contains(name) {
                return Err(no_header(record.line, format!("two columns are named {}", quoted(name).en)));
            }
        }
        Bound::new(self.read, self.number, self.csv.spec.zone, &names).map_err(|misfit| {
            SourceError::Unbound {
                path: found.path.clone(),
                read: self.read.name.clone(),
                faults: misfit.to_string(),
            }
        })
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
