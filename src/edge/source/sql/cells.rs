//! Cells that come as bytes of text become values.

use encoding_rs::Encoding;

use super::super::row_reader::Decoded;
use super::session::{Nature, RawRow};
use crate::domain::record::value::{Row, Value};

/// How the cells of a read are taken.
pub(super) struct Cells {
    /// Bytes of text that a cell may hold.
    pub longest: usize,
    /// What each column holds.
    pub natures: Vec<Nature>,
    /// Encoding of texts that are no UTF-8, where it is known.
    pub encoding: Option<&'static Encoding>,
}

/// A row as the mapping takes it.
pub(super) struct Line<'a> {
    row: RawRow<'a>,
    cells: &'a Cells,
    decoded: Decoded,
}

impl<'a> Line<'a> {
    /// A row whose first cells are those of the mapping.
    pub fn new(row: RawRow<'a>, cells: &'a Cells) -> Self {
        let mut decoded = Decoded::default();
        for (column, nature) in cells.natures.iter().enumerate() {
            let Some(bytes) = row.cell(column) else { continue };
            if nature.is_text() {
                decoded.take(column, bytes, cells.longest, cells.encoding);
            }
        }
        Self { row, cells, decoded }
    }
}

impl Row for Line<'_> {
    fn cell(&self, column: usize) -> Value<'_> {
        let Some(bytes) = self.row.cell(column) else { return Value::Null };
        let nature = self.cells.natures.get(column).copied();
        match nature {
            Some(Nature::Bytes) => return Value::Blob,
            Some(Nature::Raw) if self.cells.encoding.is_none() => return Value::Blob,
            Some(Nature::Bits) => return bits(bytes),
            _ => {}
        }
        if bytes.len() > self.cells.longest {
            return Value::TooLong;
        }
        let value = std::str::from_utf8(bytes).map_or_else(|_| self.decoded.value(column), Value::Text);
        match (nature, value) {
            (Some(Nature::Number), Value::Text(text)) => number(text),
            (Some(Nature::Double), Value::Text(text)) => double(text),
            (Some(Nature::Single), Value::Text(text)) => Value::Single(text),
            // Old systems keep text in such columns; a picture is none in any encoding.
            (Some(Nature::Raw), Value::Text(text)) if !text.contains(is_of_no_text) => Value::Text(text),
            (Some(Nature::Raw), _) => Value::Blob,
            (_, value) => value,
        }
    }
}

/// A number as it is written: a whole one that fits, one of a float's own notation, else its text, which has every digit.
fn number(text: &str) -> Value<'_> {
    if let Ok(whole) = text.parse() {
        return Value::Integer(whole);
    }
    let float = text.contains(['e', 'E']).then(|| text.parse::<f64>().ok().filter(|it| it.is_finite()));
    float
        .flatten()
        .map_or(if text.contains('.') { Value::Decimal(text) } else { Value::Text(text) }, Value::Real)
}

/// The same of floating point: beyond 2⁵³ a whole number may be another one.
fn double(text: &str) -> Value<'_> {
    match number(text) {
        Value::Integer(whole) if whole.unsigned_abs() > 1 << 53 => {
            text.parse().map_or(Value::Text(text), Value::Real)
        }
        other => other,
    }
}

fn is_of_no_text(sign: char) -> bool {
    sign.is_control() && !['\t', '\n', '\r'].contains(&sign)
}

/// A number as its bytes, the highest first.
fn bits(bytes: &[u8]) -> Value<'static> {
    let whole = bytes.iter().try_fold(0_u64, |sum, byte| Some(sum.checked_mul(256)? + u64::from(*byte)));
    whole.and_then(|whole| i64::try_from(whole).ok()).map_or(Value::Blob, Value::Integer)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cell that cannot be decoded costs that cell; numbers keep every digit.
    #[test]
    fn bytes_become_values_by_their_column() {
        let gbk = Encoding::for_label(b"gb18030");
        let cases: [(&[u8], Nature, Option<&'static Encoding>, Value<'static>); 23] = [
            ("受理".as_bytes(), Nature::Text, None, Value::Text("受理")),
            (b"\xca\xdc\xc0\xed", Nature::Text, gbk, Value::Text("受理")),
            (b"A\xca\xdc", Nature::Text, None, Value::Garbled("A\u{fffd}\u{fffd}")),
            (b"\xca\xdc\xff", Nature::Text, gbk, Value::Garbled("受\u{fffd}")),
            (b"I   ", Nature::Text, None, Value::Text("I   ")),
            (b"\\x00ff", Nature::Bytes, None, Value::Blob),
            (b"431002198001011234", Nature::Number, None, Value::Integer(431_002_198_001_011_234)),
            (b"43100219800101123456", Nature::Number, None, Value::Text("43100219800101123456")),
            (b"12.50", Nature::Number, None, Value::Decimal("12.50")),
            (b"12.50", Nature::Double, None, Value::Decimal("12.50")),
            (b"9007199254740992", Nature::Double, None, Value::Integer(1 << 53)),
            (b"9007199254740993", Nature::Double, None, Value::Real(9_007_199_254_740_992.0)),
            (b"20260300", Nature::Single, None, Value::Single("20260300")),
            (b"\xca\xdc\xc0\xed", Nature::Raw, gbk, Value::Text("受理")),
            (b"A1", Nature::Raw, None, Value::Blob),
            (b"\x89PNG\r\n\x1a\n", Nature::Raw, gbk, Value::Blob),
            (b"A\0", Nature::Raw, gbk, Value::Blob),
            (b"1.5e+10", Nature::Number, None, Value::Real(1.5e10)),
            (b"\x01", Nature::Bits, None, Value::Integer(1)),
            (b"\xff\x00", Nature::Bits, None, Value::Integer(0xff00)),
            (b"\xff\0\0\0\0\0\0\0", Nature::Bits, None, Value::Blob),
            (b"NaN", Nature::Number, None, Value::Text("NaN")),
            (b"12345678901", Nature::Text, None, Value::TooLong),
        ];
        for (bytes, nature, encoding, wanted) in cases {
            let longest = if wanted == Value::TooLong { 10 } else { 1_000 };
            let cells = Cells { longest, natures: vec![nature], encoding };
            let ranges = [Some((0, bytes.len()))];
            let line = Line::new(RawRow { bytes, cells: &ranges }, &cells);
            assert_eq!(line.cell(0), wanted, "{bytes:?}");
        }
        let cells = Cells { longest: 10, natures: vec![Nature::Text], encoding: None };
        assert_eq!(Line::new(RawRow { bytes: b"", cells: &[None] }, &cells).cell(0), Value::Null);
        assert_eq!(Line::new(RawRow { bytes: b"", cells: &[] }, &cells).cell(0), Value::Null);
    }
}
