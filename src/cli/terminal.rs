//! What is shown at a terminal: nothing that a record says commands it.

use std::io::{self, Write};

use crate::domain::text::visible::seen;

/// What a list for Excel begins with.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Writes text through, but for characters that are not seen.
pub(super) struct Terminal<W> {
    inner: W,
    /// The beginning of a character whose other bytes have not come yet.
    begun: Vec<u8>,
    /// Nothing was written yet: here, and nowhere else, a byte order mark may stand.
    first: bool,
}

impl<W: Write> Terminal<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, begun: Vec::new(), first: true }
    }
}

impl<W: Write> Write for Terminal<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.begun) {
            Ok(text) => text.len(),
            // The end is cut off, or it is no text at all.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => {
                self.inner.write_all(&std::mem::take(&mut self.begun))?;
                return Ok(bytes.len());
            }
        };
        let rest = self.begun.split_off(whole);
        let text = String::from_utf8(std::mem::replace(&mut self.begun, rest)).map_err(io::Error::other)?;
        let mark = std::mem::take(&mut self.first) && text == BYTE_ORDER_MARK;
        let said = if mark { BYTE_ORDER_MARK.into() } else { seen(&text) };
        self.inner.write_all(said.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In whatever pieces it comes; and what is no text comes through as it is.
    #[test]
    fn a_record_commands_no_terminal() {
        let through = |pieces: &[&[u8]]| {
            let mut out = Vec::new();
            let mut terminal = Terminal::new(&mut out);
            pieces.iter().for_each(|piece| terminal.write_all(piece).unwrap());
            out
        };
        assert_eq!(through(&[b"a\x1b[2J", "办\n".as_bytes()]), "a�[2J办\n".as_bytes());
        assert_eq!(through(&[&"办".as_bytes()[..1], &"办".as_bytes()[1..]]), "办".as_bytes());
        assert_eq!(through(&["\u{202e}x".as_bytes()]), "�x".as_bytes());
        assert_eq!(through(&[b"\xff\x1b"]), b"\xff\x1b");
        let mark = BYTE_ORDER_MARK.as_bytes();
        assert_eq!(through(&[mark, b"a", mark]), "\u{feff}a�".as_bytes(), "at the beginning alone");
    }
}
