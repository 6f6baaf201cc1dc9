//! Event logs in XES (IEEE 1849) as a source: `.xes` and `.xes.gz`, read as they stream by.
//!
//! A long read sees a row for each event: its own attributes by their keys (`concept:name`, `time:timestamp`), those of
//! its trace with `case:` before them (`case:concept:name`). A wide read sees a row for each trace.

mod bounded;
mod broken;
mod outside;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::rc::Rc;
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::batch_builder::BatchBuilder;
use super::decode::Utf8;
use super::files::{Fingerprint, Found, fault};
use super::folder::{Format, Pass};
use super::{Over, SourceError};
use crate::domain::record::apply::Bound;
use crate::domain::record::bind::with_meant;
use crate::domain::record::mapping::Shape;
use crate::domain::record::spot::Spot;
use crate::domain::record::value::{Row, Value, listed};
use crate::domain::text::say;
use crate::edge::plain_file::known_kind;
use bounded::{Bounded, Progress};
use broken::{Broken, syntax};

/// Longest key and longest value of an attribute, in bytes, and most attributes of a tag.
const LONGEST_KEY: usize = 1_000;
const LONGEST_VALUE: usize = 64 * 1024;
const ATTRIBUTES: usize = 100;

/// What stands before the attributes of a trace.
const OF_CASE: &str = "case:";

/// An event or a trace: the attributes that the mapping asks for, by the place of their column.
struct Attributes {
    cells: Vec<Option<String>>,
}

impl Row for Attributes {
    fn cell(&self, column: usize) -> Value<'_> {
        match self.cells[column].as_deref() {
            None => Value::Null,
            Some(text) if text.contains('\u{fffd}') => Value::Garbled(text),
            Some(text) => Value::Text(text),
        }
    }
}

/// Event logs in files.
pub(super) struct Xes;

impl Format for Xes {
    fn endings(&self) -> &'static [&'static str] {
        &[".xes", ".xes.gz"]
    }

    /// A log that breaks off is still being written until it has lain untouched.
    fn read(
        &self,
        pass: &mut Pass<'_>,
        found: &Found,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<Fingerprint, SourceError> {
        let path = &found.path;
        let file = found.open()?;
        let mut print = Fingerprint::of(&file.metadata().map_err(|source| fault(path, source))?);
        if let Some(what) = known_kind::binary(&file).map_err(|source| fault(path, source))? {
            return Err(SourceError::Text { path: path.clone(), line: 1, what });
        }
        let columns: Vec<String> = pass.read.columns().into_iter().map(str::to_owned).collect();
        let bound = Bound::new(pass.read, pass.number, pass.zone(), &columns).map_err(|misfit| {
            let faults = misfit.said();
            SourceError::Unbound { path: path.clone(), read: pass.read.name.clone(), faults }
        })?;
        let wide = pass.read.shape == Shape::Wide;
        let name: Arc<str> = found.name.as_str().into();
        let mut log = Log {
            bound,
            columns,
            wide,
            name: &name,
            progress: Rc::default(),
            seen: BTreeMap::new(),
            outside: 0,
            place: 0,
            declares: false,
        };
        let outcome = log.read(file, pass.over(), batches);
        pass.nothing.append(&mut log.bound.taken_for_nothing());
        if log.outside > 0 && !batches.stopped {
            batches.add(Err(Box::new(outside::rejected(&name, log.outside))));
        }
        match outcome {
            Ok(()) => print.absent = absent(pass, &log, found)?,
            Err(Broken::Io(source)) => return Err(fault(path, source)),
            Err(Broken::Off { .. }) if !pass.is_settled(&print) => {
                print.held_back = true;
                pass.notes.push(say!("reading-breaks_off", file = &found.name));
            }
            Err(Broken::Off { line, what } | Broken::Bound { line, what }) => {
                return Err(SourceError::Text { path: path.clone(), line, what });
            }
        }
        Ok(print)
    }
}

/// The attributes of the mapping that no event of a log has: on a quiet day an optional one may be in none. Without those by which
/// events are told apart the mapping has a slip of the pen, or something was renamed.
fn absent(pass: &Pass<'_>, log: &Log<'_>, found: &Found) -> Result<Option<Vec<String>>, SourceError> {
    let Some(known) = log.known() else { return Ok(None) };
    let missing = pass.read.missing_from_log(|name| known.contains(&name));
    let owned = |names: Vec<&str>| -> Vec<String> { names.into_iter().map(str::to_owned).collect() };
    if missing.is_empty() {
        return Ok(Some(
            log.columns.iter().filter(|name| !known.contains(&name.as_str())).cloned().collect(),
        ));
    }
    let others = known.iter().filter(|name| !log.columns.iter().any(|column| column == **name)).copied();
    let others = owned(others.collect());
    let faults = say!("fault-log_absent", missing = listed(&missing), others = others.len());
    // Where it has some of the others it is a log of the kind that is meant.
    let faults =
        if known.len() > others.len() { with_meant(faults, &owned(missing), &others) } else { faults };
    Err(SourceError::Unbound { path: found.path.clone(), read: pass.read.name.clone(), faults })
}

/// One log on its way.
struct Log<'a> {
    bound: Bound,
    columns: Vec<String>,
    wide: bool,
    name: &'a Arc<str>,
    progress: Rc<Progress>,
    /// Attributes met, a few hundred at most.
    seen: BTreeMap<String, ()>,
    /// Events that stand outside a trace, and so belong to no case.
    outside: u64,
    /// Place of the last row.
    place: u64,
    /// It has a document type, which may declare entities.
    declares: bool,
}

impl Log<'_> {
    /// The text of a file, unpacked and decoded, within its bounds.
    fn bounded<'o>(
        &self,
        file: File,
        over: Option<&'o Over>,
    ) -> Result<Bounded<'o, impl BufRead + use<>>, Broken> {
        let size = file.metadata().map_err(Broken::Io)?.len();
        let mut plain = BufReader::new(file);
        let packed = plain.fill_buf().map_err(Broken::Io)?.starts_with(&[0x1f, 0x8b]);
        let bytes: Box<dyn Read> =
            if packed { Box::new(MultiGzDecoder::new(plain)) } else { Box::new(plain) };
        let progress = Rc::clone(&self.progress);
        let text = BufReader::new(Utf8::new(bytes).map_err(|error| self.unpacked(error))?);
        Ok(Bounded::new(text, packed.then_some(size), progress, over))
    }

    fn read(
        &mut self,
        file: File,
        over: Option<&Over>,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<(), Broken> {
        let mut reader = Reader::from_reader(self.bounded(file, over)?);
        let mut buffer = Vec::new();
        let none = || vec![None; self.columns.len()];
        let (mut of_case, mut of_event) = (none(), none());
        // Depth below the trace or event whose attributes are read: those of attributes are not asked for.
        let (mut in_trace, mut in_event, mut depth) = (false, false, 0_u32);
        let mut whole = false;
        loop {
            buffer.clear();
            self.progress.next();
            let event = reader.read_event_into(&mut buffer).map_err(|error| self.broken(&error))?;
            match event {
                Event::DocType(_) => self.declares = true,
                Event::Eof if whole => return Ok(()),
                Event::Eof => return Err(self.off(say!("fault-log_ends"))),
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "trace" => (in_trace, depth, of_case) = (true, 0, vec![None; self.columns.len()]),
                    "event" if in_trace => {
                        (in_event, depth) = (true, 0);
                        of_event.clone_from(&of_case);
                    }
                    "event" => self.outside += 1,
                    _ if in_trace => {
                        if depth == 0 {
                            let (cells, prefix) =
                                if in_event { (&mut of_event, "") } else { (&mut of_case, OF_CASE) };
                            self.keep(&tag, cells, prefix)?;
                        }
                        depth += 1;
                    }
                    _ => {}
                },
                Event::Empty(tag) if in_trace && depth == 0 => {
                    let (cells, prefix) =
                        if in_event { (&mut of_event, "") } else { (&mut of_case, OF_CASE) };
                    self.keep(&tag, cells, prefix)?;
                }
                Event::End(tag) => match tag.local_name().as_ref() {
                    "event" if in_event => {
                        in_event = false;
                        if !self.wide && !self.add(&mut of_event, batches) {
                            return Ok(());
                        }
                    }
                    "trace" => {
                        in_trace = false;
                        if self.wide && !self.add(&mut of_case, batches) {
                            return Ok(());
                        }
                    }
                    "log" => whole = true,
                    _ => depth = depth.saturating_sub(1),
                },
                _ => {}
            }
        }
    }

    /// Keeps an attribute if the mapping asks for it, by its key behind a prefix.
    fn keep(
        &mut self,
        tag: &BytesStart<'_>,
        cells: &mut [Option<String>],
        prefix: &str,
    ) -> Result<(), Broken> {
        let (mut key, mut value) = (None, None);
        for (number, attribute) in tag.attributes().with_checks(false).enumerate() {
            if number == ATTRIBUTES {
                return Err(self.bound(say!("fault-log_attributes")));
            }
            let attribute = attribute.map_err(|error| self.off(syntax(&error)))?;
            let (place, longest) = match attribute.key.as_ref() {
                "key" => (&mut key, LONGEST_KEY),
                "value" => (&mut value, LONGEST_VALUE),
                _ => continue,
            };
            if attribute.value.len() > longest {
                return Err(self.bound(say!("fault-log_attribute")));
            }
            *place = Some(match quick_xml::escape::unescape(&attribute.value) {
                Ok(text) => text.into_owned(),
                // Entities of its own are no office's; others were never written as such, and are garbled there.
                Err(_) if self.declares => return Err(self.off(say!("fault-log_entity"))),
                Err(_) => attribute.value.replace('&', "\u{fffd}"),
            });
        }
        let (Some(key), Some(value)) = (key, value) else { return Ok(()) };
        let key = format!("{prefix}{key}");
        let wanted = self.columns.iter().position(|column| column.eq_ignore_ascii_case(&key));
        if let Some(column) = wanted {
            cells[column] = Some(value);
        }
        const NAMES: usize = 500;
        let name = wanted.map_or(key, |column| self.columns[column].clone());
        if wanted.is_some() || self.seen.len() < NAMES {
            self.seen.insert(name, ());
        }
        Ok(())
    }

    /// Hands on a row; `false` once nobody takes any more. In a log without line ends each has a place of its own even so, in their order.
    fn add(&mut self, cells: &mut Vec<Option<String>>, batches: &mut BatchBuilder<'_>) -> bool {
        let row = Attributes { cells: std::mem::take(cells) };
        self.place = self.line().max(self.place + 1);
        let (file, line, place) = (self.name, self.line(), self.place);
        batches.add(self.bound.row(&row, Spot::Event { file, line, place }));
        batches.waiting() == 0 || batches.hand_on()
    }

    /// Attributes of the log, if it had any.
    fn known(&self) -> Option<Vec<&str>> {
        (!self.seen.is_empty()).then(|| self.seen.keys().map(String::as_str).collect())
    }
}
