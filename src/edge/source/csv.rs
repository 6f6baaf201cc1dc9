//! CSV files, in any encoding that an office writes.

mod fact;
mod rows;
#[cfg(test)]
mod tests;
mod text;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::SourceError;
use super::batch_builder::BatchBuilder;
use super::files::{Fingerprint, Found, fault};
use super::folder::{Format, Pass};
use super::known_kind;
use crate::domain::record::apply::Bound;
use crate::domain::record::value::quoted;
use crate::domain::text::{Text as Said, say};
use crate::edge::operator;
use rows::{Ending, Record, Rows};
use text::{Bytes, Text, TextFault};

/// Tables in files.
pub(super) struct Csv {
    /// What stands between two cells.
    pub delimiter: u8,
    /// Number of the row that names the columns, counted from 1.
    pub header_row: u32,
}

impl Format for Csv {
    fn endings(&self) -> &'static [&'static str] {
        &[".csv", ".csv.gz"]
    }

    /// As far as the file was written when it was opened.
    fn read(
        &self,
        pass: &mut Pass<'_>,
        found: &Found,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<Fingerprint, SourceError> {
        let path = &found.path;
        let disk = |source| fault(path, source);
        let spoilt = |text_fault| spoilt(path, text_fault);
        let file = found.open()?;
        let mut print = Fingerprint::of(&file.metadata().map_err(disk)?);
        if let Some(what) = known_kind::no_table(&file).map_err(disk)? {
            return Err(SourceError::Text { path: path.clone(), line: 1, what });
        }
        let settled = pass.is_settled(&print);
        // A packed file is whole or it breaks off.
        let packed = text::is_packed(&file).map_err(disk)?;
        let length = match (settled, packed) {
            (true, _) | (false, true) => print.size,
            (false, false) => text::finished_lines(&file, print.size).map_err(disk)?,
        };
        print.held_back = length < print.size || (length == 0 && !settled);
        let bytes = Bytes::new(file, length, pass.over()).map_err(disk)?;
        let encoding = match text::encoding(&bytes) {
            Err(TextFault::Io(source)) if packed && !settled && is_of_packing(&source) => {
                print.held_back = true;
                None
            }
            encoding => Some(encoding.map_err(spoilt)?),
        };
        if let Some(encoding) = encoding.filter(|_| length > 0 || settled) {
            let text = Text::new(&bytes, encoding).map_err(spoilt)?;
            let mut rows = Rows::new(text, self.delimiter);
            let mut record = Record::default();
            let bound = bind(pass, found, (&mut rows, self.header_row), &mut record, spoilt)?;
            let columns = record.len();
            let names: Vec<String> = names(&record);
            let mut repeated = 0_u64;
            let name: Arc<str> = found.name.as_str().into();
            while rows.next(&mut record).map_err(spoilt)? {
                if record.ending == Ending::OpenQuote {
                    if settled {
                        let (path, what) = (path.clone(), say!("fault-open_quote"));
                        return Err(SourceError::Text { path, line: record.line, what });
                    }
                    print.held_back = true;
                } else if is_header(&record, &names) {
                    // Files that were put together, each with its header.
                    repeated += 1;
                } else if !record.is_blank(columns) {
                    batches.add(fact::row(&bound, columns, &name, &record));
                    if batches.waiting() > 0 && !batches.hand_on() {
                        return Ok(print);
                    }
                }
            }
            if repeated > 0 {
                pass.notes.push(say!("reading-header_again", file = &found.name, count = repeated));
            }
            pass.nothing.append(&mut bound.taken_for_nothing());
        }
        if print.held_back {
            pass.notes.push(say!("reading-unfinished_line", file = &found.name));
        }
        Ok(print)
    }
}

/// What is wrong with a file that is no text.
fn spoilt(path: &Path, text_fault: TextFault) -> SourceError {
    let path_of = || path.to_path_buf();
    match text_fault {
        TextFault::Io(source) if is_of_packing(&source) => {
            let what = say!("fault-not_unpacked", why = operator::why(&source));
            SourceError::Text { path: path_of(), line: 1, what }
        }
        TextFault::Io(source) => fault(path, source),
        TextFault::Spoilt { line, what } => SourceError::Text { path: path_of(), line, what },
        TextFault::Malformed { line, encoding } => {
            let what = say!("fault-not_encoded", encoding);
            SourceError::Text { path: path_of(), line, what }
        }
    }
}

/// Whether reading failed as the file is packed wrongly or breaks off.
fn is_of_packing(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}

/// The names of columns in a row that has them.
fn names(record: &Record) -> Vec<String> {
    (0..record.len()).map(|at| record.field(at).trim().to_owned()).collect()
}

/// Whether a row says the names of the columns once more.
fn is_header(record: &Record, names: &[String]) -> bool {
    record.len() == names.len() && names.iter().enumerate().all(|(at, name)| record.field(at).trim() == name)
}

/// Binds the mapping to the file's header row.
fn bind(
    pass: &Pass<'_>,
    found: &Found,
    (rows, header_row): (&mut Rows<'_>, u32),
    record: &mut Record,
    spoilt: impl Fn(TextFault) -> SourceError,
) -> Result<Bound, SourceError> {
    let no_header = |line, what: Said| SourceError::Text { path: found.path.clone(), line, what };
    let (mut before, header_row) = (0, u64::from(header_row));
    loop {
        if !rows.next(record).map_err(&spoilt)? || record.ending == Ending::OpenQuote {
            return Err(no_header(1, say!("fault-no_header")));
        }
        // A line `sep=;` is for spreadsheets, and no row.
        if let Some(delimiter) = record.separator().filter(|_| record.line == 1) {
            rows.divide_by(delimiter);
            before = 1;
        } else if record.line >= header_row + before {
            break;
        }
    }
    let names = names(record);
    let of_mapping = pass.read.columns();
    let mut met = HashSet::new();
    // Of columns that are not read it does not matter which is which.
    for name in names.iter().filter(|name| of_mapping.contains(name.as_str())) {
        if !met.insert(name) {
            return Err(no_header(record.line, say!("fault-two_alike", which = quoted(name))));
        }
    }
    Bound::new(pass.read, pass.number, pass.zone(), &names).map_err(|misfit| SourceError::Unbound {
        path: found.path.clone(),
        read: pass.read.name.clone(),
        faults: misfit.without_names(),
    })
}
