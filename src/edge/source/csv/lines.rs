//! Files that were put together from parts in UTF-8 and in GB18030: each line is read in its own.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{GB18030, UTF_8};

/// Longest row and line, in bytes: beyond it a quotation mark was surely left open.
pub(super) const LONGEST: usize = 1 << 20;

/// Bytes of which each line may be in UTF-8 or in GB18030, as UTF-8. What is in neither becomes U+FFFD.
pub(super) struct Lines<R> {
    inner: BufReader<R>,
    line: Vec<u8>,
    given: usize,
}

/// How many lines are surely in UTF-8, in GB18030, and in neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct OfTwo {
    pub utf8: u64,
    pub gb18030: u64,
    pub neither: u64,
}

/// What a line shows of its encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// It is in ASCII.
    Nothing,
    Utf8,
    Gb18030,
    /// It is in neither.
    Neither,
}

impl<R: Read> Lines<R> {
    /// Nothing read yet.
    pub fn new(inner: R) -> Self {
        Self { inner: BufReader::new(inner), line: Vec::new(), given: 0 }
    }

    /// How many lines are in which, where some are surely in UTF-8, others in GB18030, and hardly any in neither.
    pub fn of_two(mut self) -> io::Result<Option<OfTwo>> {
        let OfTwo { mut utf8, mut gb18030, mut neither } = OfTwo::default();
        while self.next()? {
            match shows(&self.line) {
                Shows::Nothing => {}
                Shows::Utf8 => utf8 += 1,
                Shows::Gb18030 => gb18030 += u64::from(std::str::from_utf8(&self.line).is_err()),
                Shows::Neither => neither += 1,
            }
        }
        let are = utf8 > 0 && gb18030 > 0 && neither <= 10 + (utf8 + gb18030) / 10;
        Ok(are.then_some(OfTwo { utf8, gb18030, neither }))
    }

    /// The next line with its end, as it stands; of an endless one a piece. `false` at the end.
    fn next(&mut self) -> io::Result<bool> {
        self.line.clear();
        self.given = 0;
        while self.line.len() <= LONGEST {
            let piece = self.inner.fill_buf()?;
            let end = piece.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let taken = end.map_or(piece.len(), |end| end + 1);
            self.line.extend_from_slice(&piece[..taken]);
            self.inner.consume(taken);
            if end.is_some() || taken == 0 {
                break;
            }
        }
        Ok(!self.line.is_empty())
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.given == self.line.len() && self.next()? {
            let encoding = match shows(&self.line) {
                Shows::Nothing | Shows::Utf8 => None,
                Shows::Gb18030 => Some(GB18030),
                Shows::Neither => Some(UTF_8),
            };
            if let Some(encoding) = encoding {
                self.line = encoding.decode_without_bom_handling(&self.line).0.into_owned().into_bytes();
            }
        }
        let length = (self.line.len() - self.given).min(into.len());
        into[..length].copy_from_slice(&self.line[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

/// Chinese in UTF-8 is of three bytes a character. Where a line passes for both by chance, the commoner characters are meant: what is in
/// UTF-8 becomes rare ones in GB18030.
fn shows(line: &[u8]) -> Shows {
    if line.is_ascii() {
        return Shows::Nothing;
    }
    let text = std::str::from_utf8(line);
    if text.is_ok_and(|text| text.chars().any(|sign| sign >= '\u{800}')) {
        return Shows::Utf8;
    }
    match common(line) {
        Some((common, of)) if common * 2 >= of => Shows::Gb18030,
        _ if text.is_ok() => Shows::Utf8,
        _ => Shows::Neither,
    }
}

/// How many characters beyond ASCII of a text in GB18030 are common ones (of the first level of GB 2312, or signs), of how many.
/// `None`: it is not in it.
fn common(line: &[u8]) -> Option<(usize, usize)> {
    let (mut common, mut of, mut rest) = (0, 0, line);
    while let [first, more @ ..] = rest {
        rest = match (first, more) {
            // The euro is the one character of a single byte beyond ASCII.
            (0..=0x80, _) => more,
            // Of four bytes, two of which are digits: by chance there is none such.
            (0x81..=0xfe, [0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, more @ ..]) => {
                common += 1;
                of += 1;
                more
            }
            (0x81..=0xfe, [0x40..=0x7e | 0x80..=0xfe, more @ ..]) => {
                common += usize::from(matches!(first, 0xa1..=0xa9 | 0xb0..=0xd7));
                of += 1;
                more
            }
            _ => return None,
        };
    }
    Some((common, of))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> (String, bool) {
        let mut text = String::new();
        Lines::new(bytes).read_to_string(&mut text).unwrap();
        (text, Lines::new(bytes).of_two().unwrap().is_some())
    }

    /// Each line is read in its own encoding, whatever ends it; a broken character stays one, and what is in one encoding is not of two.
    #[test]
    fn each_line_is_read_in_its_own_encoding() {
        let gb18030 = |text: &str| GB18030.encode(text).0.into_owned();
        let text = "办件编号,受理人\r\nA1,张三\rA2,\u{20bb7}\nA3,联通\nA4,·\n";
        let mixed = [
            "办件编号,受理人\r\n".as_bytes(),
            &gb18030("A1,张三\r"),
            "A2,\u{20bb7}\n".as_bytes(),
            &gb18030("A3,联通\nA4,·\n"),
        ];
        assert_eq!(lines(&mixed.concat()), (text.to_owned(), true));
        assert!(!lines(text.as_bytes()).1);
        assert_eq!(lines(&gb18030(text)), (text.to_owned(), false));
        let broken = [&mixed.concat(), &b"A5,\xe5\xbc,\nA6,\xff\n"[..]].concat();
        assert_eq!(lines(&broken), (format!("{text}A5,\u{fffd},\nA6,\u{fffd}\n"), true));
        let counted = Lines::new(&*broken).of_two().unwrap();
        assert_eq!(counted, Some(OfTwo { utf8: 2, gb18030: 3, neither: 2 }), "each kind is counted");
        let rubbish = [&mixed.concat(), &b"\xff\n".repeat(11)[..]].concat();
        assert!(!lines(&rubbish).1, "most of it is in neither");
    }
}
