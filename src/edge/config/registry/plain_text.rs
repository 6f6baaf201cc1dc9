//! The text of a file of the registry, and the lines of its places.

use encoding_rs::GB18030;

use crate::domain::text::{Text, say};
use crate::edge::plain_file::known_kind::Kind;

/// Text of a file in UTF-8 (with or without a mark) or GB18030.
///
/// # Errors
/// What it is instead, and the line that shows it, if it is one.
pub(super) fn decode(bytes: &[u8]) -> Result<String, (Option<usize>, Text)> {
    if let Some(kind) = Kind::no_table(bytes) {
        let what = match kind {
            Kind::Workbook | Kind::Office => say!("config-kind_workbook"),
            Kind::Sqlite => say!("config-kind_sqlite"),
            other => other.of_source(),
        };
        return Err((None, say!("config-save_as_csv", what)));
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err((None, say!("config-save_as_csv", what = say!("config-kind_utf16"))));
    }
    let plain = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if plain.iter().all(u8::is_ascii_whitespace) {
        return Err((None, say!("config-kind_empty")));
    }
    let error = match std::str::from_utf8(plain) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => error,
    };
    let chinese = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    let line = || Some(line_ends(&plain[..error.valid_up_to()]) + 1);
    chinese.map(|text| text.into_owned()).ok_or_else(|| (line(), say!("config-no_text")))
}

/// How many lines end in a text: by LF, by CR LF or by CR.
fn line_ends(bytes: &[u8]) -> usize {
    let ends = |(at, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    bytes.iter().enumerate().filter(|it| ends(*it)).count()
}

/// Line numbers of growing byte offsets.
pub(super) struct Lines<'t> {
    bytes: &'t [u8],
    offset: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    /// Those of a text.
    pub(super) fn new(text: &'t str) -> Self {
        Self { bytes: text.as_bytes(), offset: 0, line: 1 }
    }

    /// The line of the record that the reader of CSV found at an offset, from 1. It may stand before line ends that are none of the
    /// record's: the second half of CR LF, or empty lines.
    pub(super) fn at(&mut self, offset: usize) -> usize {
        let mut end = offset.min(self.bytes.len()).max(self.offset);
        end += self.bytes[end..].iter().take_while(|byte| b"\r\n".contains(byte)).count();
        self.line += line_ends(&self.bytes[self.offset..end]);
        self.offset = end;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same record stands in the same line, whichever way lines end, also behind an empty one and behind a cell of two lines.
    #[test]
    fn a_line_ends_in_three_ways() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "1,\"x", "y\"", "", "2,z", "3,z"].join(end);
            let mut lines = Lines::new(&text);
            let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let offsets = reader.into_records().map(|record| record.unwrap().position().unwrap().byte());
            let found: Vec<usize> = offsets.map(|offset| lines.at(offset as usize)).collect();
            assert_eq!(found, [1, 2, 5, 6], "{end:?}");
        }
    }
}
