//! CSV files, in any encoding that an office writes.

mod encoding;
mod header;
mod lines;
mod mark;
mod rows;
mod stray;
#[cfg(test)]
mod tests;
mod text;

use std::path::Path;

use super::SourceError;
use super::batch_builder::BatchBuilder;
use super::files::{Fingerprint, Found, fault};
use super::folder::{Format, Pass};
use super::table::{Header, Records, Taken};
use crate::domain::text::{Text as Said, say};
use crate::edge::operator;
use crate::edge::plain_file::known_kind;
use lines::OfTwo;
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
            let header = header::bind(pass, found, (&mut rows, self.header_row), spoilt)?;
            let end = if settled { FileEnd::Settled } else { FileEnd::Open };
            rows.mend_quotes(header.names.len(), end);
            let (records, open_at) = records(&header, (&mut rows, end), found, batches)?;
            if batches.stopped {
                return Ok(print);
            }
            if let Some(line) = open_at.filter(|_| settled) {
                return Err(SourceError::Text { path: path.clone(), line, what: say!("fault-open_quote") });
            }
            print.held_back |= open_at.is_some();
            let said = records.said().into_iter().chain(said(&found.name, rows.stray_quotes(), encoding));
            pass.notes.extend(header.notes.iter().cloned().chain(said));
            pass.nothing.append(&mut header.bound.taken_for_nothing());
        }
        if print.held_back {
            pass.notes.push(say!("reading-unfinished_line", file = &found.name));
        }
        Ok(print)
    }
}

/// Hands on the records that stand below a header; says on which line a quotation begins that is not closed yet, or
/// holds other rows.
fn records<'h>(
    header: &'h Header,
    (rows, end): (&mut Rows<'_>, FileEnd),
    found: &Found,
    batches: &mut BatchBuilder<'_>,
) -> Result<(Records<'h>, Option<u64>), SourceError> {
    let (mut records, mut record, mut open_at) = (Records::new(header, &found.name), Record::default(), None);
    while rows.next(&mut record).map_err(|text_fault| spoilt(&found.path, text_fault))? {
        if record.ending == Ending::OpenQuote && end == FileEnd::Settled && !rows.swallows_rows() {
            record.breaks_off();
            records.set_aside(&record, say!("cell-open_quote"), batches);
        } else if record.ending == Ending::OpenQuote {
            open_at = Some(record.line);
        } else if records.take(&record, batches) == Taken::Stopped {
            break;
        }
    }
    Ok((records, open_at))
}

/// What an administrator is told of how a file was read.
fn said(file: &str, (quotes, line): (u64, u64), encoding: InEncoding) -> Vec<Said> {
    let quotes = Some(quotes).filter(|count| *count > 0);
    let quotes = quotes.map(|count| say!("reading-stray_quotes", file, count, line));
    let two = match encoding {
        InEncoding::All(_) => None,
        InEncoding::EachLine(OfTwo { utf8, gb18030, neither }) => {
            Some(say!("reading-two_encodings", file, utf8, gb18030, neither))
        }
    };
    quotes.into_iter().chain(two).collect()
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
