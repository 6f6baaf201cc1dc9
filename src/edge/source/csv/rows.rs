//! Text becomes rows of fields: quoting, line ends, and the number of the line each row begins on.

use super::text::{LONGEST, Text, TextFault};
use crate::domain::record::value::{Row, Value};
use crate::domain::text::say;

/// What a text in UTF-8 may begin with.
const MARK: &[u8] = "\u{feff}".as_bytes();

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

    /// Whether nothing but white space stands in it (or the end mark of old systems): an empty line, or a row of empty cells, as
    /// spreadsheets add at the end. Of one column an empty line is a row.
    pub fn is_blank(&self, columns: usize) -> bool {
        let empty = |field: &str| field.trim_matches(|c: char| c.is_whitespace() || c == '\u{1a}').is_empty();
        columns > 1 && (0..self.len()).all(|position| empty(self.field(position)))
    }

    /// The delimiter that a line `sep=;` names.
    pub fn separator(&self) -> Option<u8> {
        let text = std::str::from_utf8(&self.text).ok()?;
        match (text.strip_prefix("sep=")?.trim_end().as_bytes(), self.len()) {
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
}

impl<'a> Rows<'a> {
    /// The rows from the first line on.
    pub fn new(text: Text<'a>, delimiter: u8) -> Self {
        Self { text, delimiter, line: 1, after_return: false }
    }

    /// Cells are divided by another delimiter from here on; 0: by the same.
    pub fn divide_by(&mut self, delimiter: u8) {
        if delimiter != 0 {
            self.delimiter = delimiter;
        }
    }

    /// Reads the next row that is not an empty line; `false` at the end.
    pub fn next(&mut self, record: &mut Record) -> Result<bool, TextFault> {
        let mut state = State::RowBegin;
        record.clear(self.line);
        loop {
            let Some(byte) = self.text.next()? else {
                return Ok(match state {
                    State::RowBegin => false,
                    State::Quoted => record.end(Ending::OpenQuote),
                    _ => record.end(Ending::File),
                });
            };
            let second_half = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            if matches!(byte, b'\r' | b'\n') && !second_half {
                self.line += 1;
            }
            match (state, byte) {
                (State::RowBegin, b'\n' | b'\r') => record.line = self.line,
                (State::Quoted, b'"') => state = State::QuoteSeen,
                (State::Quoted, _) => record.text.push(byte),
                (_, b'\n' | b'\r') => return Ok(record.end(Ending::Line)),
                (_, byte) if byte == self.delimiter => {
                    record.ends.push(record.text.len());
                    state = State::FieldBegin;
                }
                (State::RowBegin | State::FieldBegin, b'"') => state = State::Quoted,
                (State::QuoteSeen, b'"') => {
                    record.text.push(b'"');
                    state = State::Quoted;
                }
                (_, _) => {
                    record.text.push(byte);
                    state = State::Plain;
                }
            }
            if record.text.len() + record.ends.len() > LONGEST {
                let what = say!("fault-long_row");
                return Err(TextFault::Spoilt { line: record.line, what });
            }
            if record.ends.len() >= CELLS {
                let what = say!("fault-many_cells");
                return Err(TextFault::Spoilt { line: record.line, what });
            }
        }
    }
}
