//! The bytes of an XML file become UTF-8, by the mark or the encoding that it declares.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

const PIECE: usize = 16 * 1024;

/// Longest declaration that is looked through, in bytes.
const DECLARATION: usize = 512;

/// Text as UTF-8. What is not in its encoding becomes U+FFFD. What says to be in UTF-8 and is in GB18030 from its first Chinese on
/// is read so: what stands before that is the same in both.
pub(super) struct Utf8<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    read: usize,
    decoded: Vec<u8>,
    given: usize,
    length: usize,
    ended: bool,
    /// It says, or says by saying nothing, that it is in UTF-8, and only ASCII was met so far.
    only_ascii: bool,
}

impl<R: Read> Utf8<R> {
    /// Looks at the beginning: its mark says the encoding, else its declaration does, else it is UTF-8.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn new(mut inner: R) -> io::Result<Self> {
        let mut begin = vec![0; DECLARATION];
        let mut filled = 0;
        while filled < begin.len() {
            match inner.read(&mut begin[filled..])? {
                0 => break,
                read => filled += read,
            }
        }
        begin.truncate(filled);
        let marked = Encoding::for_bom(&begin).map(|(encoding, _)| encoding);
        let encoding = marked.or_else(|| wide(&begin)).or_else(|| declared(&begin)).unwrap_or(UTF_8);
        let decoder = encoding.new_decoder_with_bom_removal();
        let only_ascii = encoding == UTF_8 && marked.is_none();
        Ok(Self {
            inner,
            decoder,
            raw: begin,
            read: 0,
            decoded: vec![0; PIECE * 4],
            given: 0,
            length: 0,
            ended: false,
            only_ascii,
        })
    }

    fn fill(&mut self) -> io::Result<()> {
        (self.given, self.length) = (0, 0);
        while self.length == 0 && !self.ended {
            let mut last = false;
            if self.read == self.raw.len() {
                self.raw.resize(PIECE, 0);
                let read = self.inner.read(&mut self.raw)?;
                self.raw.truncate(read);
                (self.read, last) = (0, read == 0);
            }
            if self.only_ascii && !self.raw[self.read..].is_ascii() {
                self.only_ascii = false;
                if is_gb18030(&self.raw[self.read..]) {
                    self.decoder = GB18030.new_decoder_without_bom_handling();
                }
            }
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(&self.raw[self.read..], &mut self.decoded, last);
            self.read += read;
            self.length = written;
            self.ended = last && result == encoding_rs::CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.given == self.length {
            self.fill()?;
        }
        let length = (self.length - self.given).min(into.len());
        into[..length].copy_from_slice(&self.decoded[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

/// So many bytes that are no UTF-8 may be a spoilt place, and are no text of another encoding.
const MOST_SPOILT: usize = 4;

/// Whether bytes in which the first beyond ASCII stand are of a text in GB18030: most of what is beyond ASCII is no UTF-8, and all of it
/// is GB18030, but for what may be cut off at the end.
fn is_gb18030(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|sign| !sign.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    let (mut decoder, mut decoded) =
        (GB18030.new_decoder_without_bom_handling(), vec![0; bytes.len() * 3 + 16]);
    let (_, _, _, replaced) = decoder.decode_to_utf8(bytes, &mut decoded, false);
    wrong >= MOST_SPOILT && wrong > right && !replaced
}

/// UTF-16 without its mark, by how it writes the first sign of any XML.
fn wide(begin: &[u8]) -> Option<&'static Encoding> {
    match begin {
        [b'<', 0, ..] => Some(UTF_16LE),
        [0, b'<', ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that an XML declaration names. A declaration in ASCII that names UTF-16 cannot be true.
fn declared(begin: &[u8]) -> Option<&'static Encoding> {
    let end = begin.windows(2).position(|two| two == b"?>")?;
    let declaration = std::str::from_utf8(&begin[..end]).ok()?.trim_start().strip_prefix("<?xml")?;
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let name = rest.split(['"', '\'']).nth(1)?;
    Encoding::for_label(name.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        let mut text = String::new();
        Utf8::new(bytes).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    /// A log that says UTF-8, or nothing, and is in GB18030 is read as what it is, also where its first Chinese stands far behind; one in
    /// UTF-8 with a spoilt place stays in UTF-8, and one that names another encoding is believed.
    #[test]
    fn what_says_utf8_and_is_gb18030_is_read_as_that() {
        let far = " ".repeat(40_000);
        for before in ["<?xml version='1.0' encoding='UTF-8'?>", "", far.as_str()] {
            let written = format!("{before}<a b='受理' c='张三'/><a b='办结'/>");
            let (bytes, ..) = GB18030.encode(&written);
            assert_eq!(text(&bytes), written);
            assert_eq!(text(written.as_bytes()), written);
            let long = format!("{written}{}", "审".repeat(40_000));
            let (bytes, ..) = GB18030.encode(&long);
            assert_eq!(text(&bytes), long);
        }
        let spoilt = [b"<a b='\xd5\xc5' c='".as_slice(), "受理、办结".as_bytes(), b"'/>"].concat();
        assert!(text(&spoilt).contains("受理、办结") && text(&spoilt).contains('\u{fffd}'));
        let (bytes, ..) = GB18030.encode("<?xml version='1.0' encoding='windows-1252'?><a b='受理'/>");
        assert!(!text(&bytes).contains("受理"));
    }

    /// Issue 13: the encoding that a file declares or marks is honoured; bytes that are not in it cost themselves alone.
    #[test]
    fn a_declared_encoding_is_honoured() {
        let file = |encoding: &str| format!("<?xml version='1.0' encoding='{encoding}'?><a b='受理'/>");
        let written = file("GBK");
        let (gbk, ..) = encoding_rs::GBK.encode(&written);
        assert_eq!(text(&gbk), file("GBK"));
        assert_eq!(text(file("utf-8").as_bytes()), file("utf-8"));
        assert_eq!(text(file("nonsense").as_bytes()), file("nonsense"));
        let utf16: Vec<u8> =
            [0xfeff].into_iter().chain(file("UTF-16").encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16), file("UTF-16"));
        assert_eq!(text(&utf16[2..]), file("UTF-16"), "without its mark");
        assert_eq!(text(b"<a b='\xd5\xc5'/>"), "<a b='\u{fffd}\u{fffd}'/>");
        let long = format!("{}{}", file("UTF-8"), "审".repeat(40_000));
        assert_eq!(text(long.as_bytes()), long);
        assert_eq!(text(b""), "");
    }
}
