//! The bytes of a file become text: UTF-8, GB18030 or UTF-16, strictly, piece by piece.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Take};

use super::super::Over;
use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

const PIECE: usize = 64 * 1024;

/// Longest line, in bytes: a row is no shorter.
const LONGEST: usize = super::rows::LONGEST;

/// Why a file is no text.
#[derive(Debug)]
pub(super) enum TextFault {
    /// The disk's fault.
    Io(io::Error),
    /// The bytes of this line, counted from 1, are not in the encoding.
    Malformed { line: u64, encoding: &'static str },
    /// Another fault of the file: the line, counted from 1, and what is wrong there.
    Spoilt { line: u64, what: String },
}

impl From<io::Error> for TextFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The text of a file's first `length` bytes.
pub(super) struct Text<'a> {
    input: Take<File>,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_read: usize,
    raw_length: usize,
    ended: bool,
    lines: u64,
    piece: Vec<u8>,
    piece_length: usize,
    piece_read: usize,
    /// Bytes since the last line ended.
    since: usize,
    over: Option<&'a Over>,
}

impl<'a> Text<'a> {
    /// Text in a known encoding.
    pub fn new(
        mut file: File,
        length: u64,
        encoding: &'static Encoding,
        over: Option<&'a Over>,
    ) -> Result<Self, TextFault> {
        file.seek(SeekFrom::Start(0))?;
        Ok(Self {
            input: file.take(length),
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; PIECE],
            raw_read: 0,
            raw_length: 0,
            ended: false,
            lines: 0,
            // Two bytes of GB18030 or UTF-16 may become three of UTF-8.
            piece: vec![0; PIECE * 2],
            piece_length: 0,
            piece_read: 0,
            since: 0,
            over,
        })
    }

    /// The next byte of the text in UTF-8.
    pub fn next(&mut self) -> Result<Option<u8>, TextFault> {
        if self.piece_read == self.piece_length && !self.fill()? {
            return Ok(None);
        }
        self.piece_read += 1;
        Ok(Some(self.piece[self.piece_read - 1]))
    }

    /// Decodes the next piece; `false` at the end.
    fn fill(&mut self) -> Result<bool, TextFault> {
        self.piece_read = 0;
        self.piece_length = 0;
        while self.piece_length == 0 {
            if self.raw_read == self.raw_length {
                if self.ended {
                    return Ok(false);
                }
                self.raw_length = self.input.read(&mut self.raw)?;
                self.raw_read = 0;
                self.ended = self.raw_length == 0;
            }
            self.over.map_or(Ok(()), Over::ends)?;
            let raw = &self.raw[self.raw_read..self.raw_length];
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(raw, &mut self.piece, self.ended);
            self.raw_read += read;
            self.piece_length = written;
            let piece = &self.piece[..written];
            if let Some(zero) = piece.iter().position(|byte| *byte == 0) {
                let what =
                    "a zero byte: the file is no text, or UTF-16 without its mark, or only half written";
                return Err(self.spoilt(zero, what));
            }
            self.since = match piece.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')) {
                Some(end) => written - end,
                None => self.since + written,
            };
            if self.since > LONGEST {
                return Err(self.spoilt(0, "a line longer than 1 MiB"));
            }
            self.lines += line_ends(piece);
            if let DecoderResult::Malformed(..) = result {
                let encoding = self.decoder.encoding().name();
                return Err(TextFault::Malformed { line: self.lines + 1, encoding });
            }
        }
        Ok(true)
    }

    /// A fault so many bytes into the piece.
    fn spoilt(&self, at: usize, what: &str) -> TextFault {
        let line = self.lines + line_ends(&self.piece[..at]) + 1;
        TextFault::Spoilt { line, what: what.to_owned() }
    }

    /// Decodes everything and keeps nothing.
    fn check(mut self) -> Result<(), TextFault> {
        while self.fill()? {}
        Ok(())
    }
}

fn line_ends(text: &[u8]) -> u64 {
    text.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// The encoding of a file's first `length` bytes: what its mark says, else UTF-8 if all of it is, else GB18030
/// if all of it is.
pub(super) fn encoding(
    file: &File,
    length: u64,
    over: Option<&Over>,
) -> Result<&'static Encoding, TextFault> {
    if let Some(marked) = marked(file)? {
        return Text::new(file.try_clone()?, length, marked, over)?.check().map(|()| marked);
    }
    let mut failed = Vec::with_capacity(2);
    for candidate in [UTF_8, GB18030] {
        match Text::new(file.try_clone()?, length, candidate, over)?.check() {
            Ok(()) => return Ok(candidate),
            Err(TextFault::Malformed { line, .. }) => failed.push(line),
            Err(fault) => return Err(fault),
        }
    }
    let (utf8, gb18030) = (failed[0], failed[1]);
    let what = format!("the bytes are neither UTF-8 (up to line {utf8}) nor GB18030 (up to line {gb18030})");
    // The reading that went further is more likely the one that was meant.
    Err(TextFault::Spoilt { line: utf8.max(gb18030), what })
}

/// The encoding that a byte order mark names.
fn marked(mut file: &File) -> io::Result<Option<&'static Encoding>> {
    let mut begin = Vec::with_capacity(3);
    file.seek(SeekFrom::Start(0))?;
    file.take(3).read_to_end(&mut begin)?;
    Ok(Encoding::for_bom(&begin).map(|(encoding, _)| encoding))
}

/// How many of a file's first `length` bytes stand in lines that are finished.
pub(super) fn finished_lines(mut file: &File, length: u64) -> io::Result<u64> {
    let (line_end, width): (&[u8], u64) = match marked(file)? {
        Some(encoding) if encoding == UTF_16LE => (b"\n\0", 2),
        Some(encoding) if encoding == UTF_16BE => (b"\0\n", 2),
        _ => (b"\n", 1),
    };
    let mut end = length - length % width;
    let mut piece = vec![0; PIECE];
    while end > 0 {
        let size = end.min(PIECE as u64);
        let begin = end - size;
        let piece = &mut piece[..usize::try_from(size).expect("a piece fits")];
        file.seek(SeekFrom::Start(begin))?;
        file.read_exact(piece)?;
        if let Some(unit) = piece.chunks_exact(line_end.len()).rposition(|unit| unit == line_end) {
            return Ok(begin + (unit as u64 + 1) * width);
        }
        end = begin;
    }
    Ok(0)
}
