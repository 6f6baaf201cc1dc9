//! CSV files, in any encoding that an office writes.

mod encoding;
mod fact;
mod header;
mod lines;
mod mark;
mod rows;
mod stray;
#[cfg(test)]
mod tests;
mod text;

use std::path::Path;
use std::sync::Arc;

use super::SourceError;
use super::batch_builder::BatchBuilder;
use super::files::{Fingerprint, Found, fault};
use super::folder::{Format, Pass};
use super::known_kind;
use crate::domain::text::{Text as Said, say};
use crate::edge::operator;
use header::Header;
use mark::InEncoding;
use rows::{Ending, Record, Rows};
use stray::FileEnd;
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
        if !packed && print.size > 0 {
            let (ends_line, line) = text::line_ends_of(&file, print.size).map_err(disk)?;
            print.ends_line = if ends_line || settled { Some(ends_line) } else { pass.ended_line(found) };
            if !ends_line && settled && pass.is_cut_off(found) {
                return Err(SourceError::Text { path: path.clone(), line, what: say!("fault-cut_off") });
            }
        }
        let length = match (settled, packed) {
            (true, _) | (false, true) => print.size,
            (false, false) => text::finished_lines(&file, print.size).map_err(disk)?,
        };
        print.held_back = length < print.size || (length == 0 && !settled);
        let bytes = Bytes::new(file, length, pass.over()).map_err(disk)?;
        let encoding = match encoding::encoding(&bytes) {
            Err(TextFault::Io(source)) if packed && !settled && is_of_packing(&source) => {
                print.held_back = true;
                None
            }
            encoding => Some(encoding.map_err(spoilt)?),
        };
        if let Some(encoding) = encoding.filter(|_| length > 0 || settled) {
            let text = Text::found(&bytes, encoding).map_err(spoilt)?;
            let mut rows = Rows::new(text, self.delimiter);
            let mut header = header::bind(pass, found, (&mut rows, self.header_row), spoilt)?;
            let end = if settled { FileEnd::Settled } else { FileEnd::Open };
            rows.mend_quotes(header.names.len(), end);
            let read = records(&header, (&mut rows, end), found, batches)?;
            if batches.stopped {
                return Ok(print);
            }
            if let Some(line) = read.open_at.filter(|_| settled) {
                return Err(SourceError::Text { path: path.clone(), line, what: say!("fault-open_quote") });
            }
            print.held_back |= read.open_at.is_some();
            let said = read.said(&found.name, rows.stray_quotes(), encoding);
            pass.notes.extend(header.notes.drain(..).chain(said));
            pass.nothing.append(&mut header.bound.taken_for_nothing());
        }
        if print.held_back {
            pass.notes.push(say!("reading-unfinished_line", file = &found.name));
        }
        Ok(print)
    }
}

/// What stands among the records of a file and is none.
#[derive(Debug, Default)]
struct NoRecords {
    /// Rows that say the names of the columns once more, as of files that were put together.
    headers: u64,
    /// Sums, page numbers, signatures.
    beside: u64,
    /// The line of a row with a quotation that is not closed yet, or holds other rows.
    open_at: Option<u64>,
}

/// Hands on the records that stand below a header.
fn records(
    header: &Header,
    (rows, end): (&mut Rows<'_>, FileEnd),
    found: &Found,
    batches: &mut BatchBuilder<'_>,
) -> Result<NoRecords, SourceError> {
    let (bound, columns) = (&header.bound, header.names.len());
    let name: Arc<str> = found.name.as_str().into();
    let (mut met, mut record) = (NoRecords::default(), Record::default());
    while rows.next(&mut record).map_err(|text_fault| spoilt(&found.path, text_fault))? {
        if record.ending == Ending::OpenQuote && end == FileEnd::Settled && !rows.swallows_rows() {
            record.breaks_off();
            batches.add(Err(fact::broken_off(bound, columns, &name, &record)));
        } else if record.ending == Ending::OpenQuote {
            met.open_at = Some(record.line);
        } else if is_header(&record, &header.names) {
            met.headers += 1;
        } else if bound.is_beside_the_records(&record, record.first_filled()) {
            met.beside += 1;
        } else if !record.is_blank(columns) {
            batches.add(fact::row(bound, columns, &name, &record));
            if batches.waiting() > 0 && !batches.hand_on() {
                break;
            }
        }
    }
    Ok(met)
}

impl NoRecords {
    /// What an administrator is told of it, and of how the file was read.
    fn said(&self, file: &str, (quotes, line): (u64, u64), encoding: InEncoding) -> Vec<Said> {
        let some = |count: u64| Some(count).filter(|count| *count > 0);
        let headers = some(self.headers).map(|count| say!("reading-header_again", file, count));
        let beside = some(self.beside).map(|count| say!("reading-beside", file, count));
        let quotes = some(quotes).map(|count| say!("reading-stray_quotes", file, count, line));
        let two = (encoding == InEncoding::EachLine).then(|| say!("reading-two_encodings", file));
        [headers, beside, quotes, two].into_iter().flatten().collect()
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

/// Whether a row says the names of the columns once more.
fn is_header(record: &Record, names: &[String]) -> bool {
    record.len() == names.len() && names.iter().enumerate().all(|(at, name)| record.field(at).trim() == name)
}
