//! Text becomes rows of fields: quoting, line ends, and the number of the line each row begins on.

use std::borrow::Cow;

use super::super::table::TableRow;
use super::lines::LONGEST;
use super::stray::{Behind, FileEnd, Quotation, Stray};
use super::text::{Text, TextFault};
use crate::domain::record::value::{Row, Value};
use crate::domain::text::say;

/// What a text in UTF-8 may begin with.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// What stands for what cannot be read.
const GARBLED: &[u8] = "\u{fffd}".as_bytes();

/// Most cells of a row.
const CELLS: usize = 5_000;

/// How a row ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ending {
    /// With its line.
    #[default]
    Line,
    /// With the file, inside a quotation.
    OpenQuote,
    /// With the file.
    File,
}

/// A row, reused from one to the next.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The line it begins on, counted from 1.
    pub line: u64,
    /// How it ended.
    pub ending: Ending,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Record {
    /// How many fields it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The field at a position; one beyond the last is empty.
    pub fn field(&self, position: usize) -> &str {
        let Some(end) = self.ends.get(position) else { return "" };
        let begin = if position == 0 { 0 } else { self.ends[position - 1] };
        let field = &self.text[begin..*end];
        std::str::from_utf8(field).expect("the text is UTF-8 and is cut at ASCII only")
    }

    /// The delimiter that a line `sep=;` names.
    pub fn separator(&self) -> Option<u8> {
        let text = std::str::from_utf8(&self.text).ok()?;
        let named = text.get(..4).filter(|begin| begin.eq_ignore_ascii_case("sep="));
        match (text[named?.len()..].trim_end().as_bytes(), self.len()) {
            // The delimiter in use divides the line itself.
            ([], 2) => Some(0),
            ([one], 1) => Some(*one),
            _ => text.ends_with('\t').then_some(b'\t'),
        }
    }

    fn clear(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.ends.clear();
    }

    /// One more byte. A zero byte is of no text: what was there is lost, and its cell garbled.
    fn push(&mut self, byte: u8) {
        if byte == 0 { self.text.extend_from_slice(GARBLED) } else { self.text.push(byte) }
    }

    /// The last cell breaks off: nobody knows how it goes on.
    pub fn breaks_off(&mut self) {
        self.text.extend_from_slice(GARBLED);
        if let Some(end) = self.ends.last_mut() {
            *end = self.text.len();
        }
    }

    fn is_long(&self) -> bool {
        self.text.len() + self.ends.len() > LONGEST
    }

    /// An error where it is larger than any row.
    fn is_bearable(&self) -> Result<(), TextFault> {
        let spoilt = |what| Err(TextFault::Spoilt { line: self.line, what });
        if self.is_long() {
            return spoilt(say!("fault-long_row"));
        }
        if self.ends.len() >= CELLS { spoilt(say!("fault-many_cells")) } else { Ok(()) }
    }

    fn end(&mut self, ending: Ending) -> bool {
        self.ends.push(self.text.len());
        // Each of several files that were put together brings its mark along.
        if self.text.starts_with(MARK) {
            self.text.drain(..MARK.len());
            self.ends.iter_mut().for_each(|end| *end -= MARK.len());
        }
        self.ending = ending;
        true
    }
}

impl Row for Record {
    fn cell(&self, column: usize) -> Value<'_> {
        let field = self.field(column);
        if field.contains('\u{fffd}') { Value::Garbled(field) } else { Value::Text(field) }
    }
}

impl TableRow for Record {
    fn number(&self) -> u64 {
        self.line
    }

    fn cells(&self) -> usize {
        self.len()
    }

    fn shown(&self, position: usize) -> Cow<'_, str> {
        Cow::Borrowed(self.field(position))
    }

    /// Whether nothing but white space stands in it (or the end mark of old systems): an empty line, or a row of empty cells, as
    /// spreadsheets add at the end. Of one column an empty line is a row.
    fn is_blank(&self, columns: usize) -> bool {
        let empty = |field: &str| field.trim_matches(|c: char| c.is_whitespace() || c == '\u{1a}').is_empty();
        columns > 1 && (0..self.len()).all(|position| empty(self.field(position)))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    RowBegin,
    FieldBegin,
    Plain,
    Quoted,
    QuoteSeen,
}

/// The rows of a text, with the csv crate's understanding of quotes: a field that begins with one is quoted,
/// two of them inside stand for one, anything after the closing one is taken as it is. Written here because
/// the crate tells neither the physical line nor a quotation that the file's end cut off.
pub(super) struct Rows<'a> {
    text: Text<'a>,
    delimiter: u8,
    line: u64,
    after_return: bool,
    stray: Stray,
}

impl<'a> Rows<'a> {
    /// The rows from the first line on.
    pub fn new(text: Text<'a>, delimiter: u8) -> Self {
        Self { text, delimiter, line: 1, after_return: false, stray: Stray::default() }
    }

    /// Cells are divided by another delimiter from here on; 0: by the same.
    pub fn divide_by(&mut self, delimiter: u8) {
        if delimiter != 0 {
            self.delimiter = delimiter;
        }
    }

    /// From here on rows have so many cells, and a quotation mark that would swallow rows is none; one that the end of the file leaves
    /// open only where that is the end.
    pub fn mend_quotes(&mut self, columns: usize, end: FileEnd) {
        self.stray.begin(columns, end);
    }

    /// How many quotation marks were none, and the line of the first.
    pub fn stray_quotes(&self) -> (u64, u64) {
        (self.stray.count, self.stray.line)
    }

    /// Whether rows stand in the quotation that the end of the file leaves open.
    pub fn swallows_rows(&self) -> bool {
        self.stray.swallows_rows(self.delimiter)
    }

    fn behind(&self, byte: u8) -> Behind {
        let ends = matches!(byte, b'\n' | b'\r') || byte == self.delimiter;
        if ends { Behind::End } else { Behind::Text }
    }

    fn byte(&mut self) -> Result<Option<u8>, TextFault> {
        match self.stray.again() {
            Some(byte) => Ok(Some(byte)),
            None => self.text.next(),
        }
    }

    /// Goes back behind a quotation mark that is none.
    fn go_back(&mut self, record: &mut Record) {
        let begin = self.stray.go_back();
        record.text.truncate(begin.text);
        record.ends.truncate(begin.cells);
        (self.line, self.after_return) = (begin.line, false);
    }

    /// Reads the next row that is not an empty line; `false` at the end.
    pub fn next(&mut self, record: &mut Record) -> Result<bool, TextFault> {
        let mut state = State::RowBegin;
        record.clear(self.line);
        loop {
            let Some(byte) = self.byte()? else {
                if state == State::Quoted && self.stray.is_open(self.delimiter) {
                    self.go_back(record);
                    state = State::Plain;
                    continue;
                }
                return Ok(match state {
                    State::RowBegin => false,
                    State::Quoted => record.end(Ending::OpenQuote),
                    _ => record.end(Ending::File),
                });
            };
            let behind = self.behind(byte);
            if state == State::QuoteSeen && byte != b'"' && self.stray.is_swallowing(self.delimiter, behind) {
                self.stray.push(byte);
                self.go_back(record);
                state = State::Plain;
                continue;
            }
            let second_half = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            if matches!(byte, b'\r' | b'\n') && !second_half {
                self.line += 1;
            }
            if matches!(state, State::Quoted | State::QuoteSeen) {
                self.stray.push(byte);
            }
            match (state, byte) {
                (State::RowBegin, b'\n' | b'\r') => record.line = self.line,
                (State::Quoted, b'"') => state = State::QuoteSeen,
                (State::Quoted, _) => record.push(byte),
                (_, b'\n' | b'\r') => return Ok(record.end(Ending::Line)),
                (_, byte) if byte == self.delimiter => {
                    record.ends.push(record.text.len());
                    state = State::FieldBegin;
                }
                (State::RowBegin | State::FieldBegin, b'"') => {
                    let (text, cells) = (record.text.len(), record.ends.len());
                    self.stray.open(Quotation { text, cells, line: self.line });
                    state = State::Quoted;
                }
                (State::QuoteSeen, b'"') => {
                    record.text.push(b'"');
                    state = State::Quoted;
                }
                (_, _) => {
                    record.push(byte);
                    state = State::Plain;
                }
            }
            if record.is_long() && state == State::Quoted && self.stray.is_long(self.delimiter) {
                self.go_back(record);
                state = State::Plain;
                continue;
            }
            record.is_bearable()?;
        }
    }
}
