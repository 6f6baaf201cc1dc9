//! The bytes of a file become text in UTF-8, piece by piece.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::super::Over;
use super::lines::{LONGEST, Lines};
use super::mark::{InEncoding, marked};
use crate::domain::text::{Text as Said, say};
use crate::edge::operator::refusal;
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::bufread::MultiGzDecoder;

const PIECE: usize = 64 * 1024;

/// Why a file is no text.
#[derive(Debug)]
pub(super) enum TextFault {
    /// The disk's fault.
    Io(io::Error),
    /// The bytes of this line, counted from 1, are not in the encoding.
    Malformed { line: u64, encoding: &'static str },
    /// Another fault of the file: the line, counted from 1, and what is wrong there.
    Spoilt { line: u64, what: Said },
}

impl From<io::Error> for TextFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The bytes of a file as far as they are to be read, unpacked where they are packed (gzip).
pub(super) struct Bytes<'a> {
    file: File,
    packed: bool,
    length: u64,
    over: Option<&'a Over>,
}

impl<'a> Bytes<'a> {
    /// The first `length` bytes of a file; all that a packed one holds.
    pub fn new(file: File, length: u64, over: Option<&'a Over>) -> io::Result<Self> {
        let packed = is_packed(&file)?;
        Ok(Self { file, packed, length, over })
    }

    /// From the beginning.
    pub(super) fn open(&self) -> io::Result<Box<dyn Read>> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(if self.packed {
            Box::new(Unpacked::new(MultiGzDecoder::new(BufReader::new(file)), self.length))
        } else {
            Box::new(file.take(self.length))
        })
    }
}

/// What any packed file may unpack to, in bytes, and how many times its own size besides, as of event logs.
const UNPACKED: u64 = 64 << 20;
const RATIO: u64 = 60;

/// A packed file on its way, which ends with an error where it unpacks to more than it may.
pub(super) struct Unpacked<R> {
    inner: R,
    left: u64,
}

impl<R> Unpacked<R> {
    pub(super) fn new(inner: R, size: u64) -> Self {
        Self { inner, left: UNPACKED.saturating_add(size.saturating_mul(RATIO)) }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(into)?;
        self.left = self.left.saturating_sub(length as u64);
        if self.left == 0 {
            return Err(refusal(io::ErrorKind::InvalidData, say!("fault-unpacks_table")));
        }
        Ok(length)
    }
}

/// Whether a file is packed with gzip.
pub(super) fn is_packed(mut file: &File) -> io::Result<bool> {
    let mut begin = Vec::with_capacity(2);
    file.seek(SeekFrom::Start(0))?;
    file.take(2).read_to_end(&mut begin)?;
    Ok(begin == [0x1f, 0x8b])
}

/// The text of a file, in which zero bytes may stand in a few lines: more of them are no text.
pub(super) struct Text<'a> {
    input: Box<dyn Read>,
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
    fit: Fit,
    /// A zero byte stands in the line that is being read.
    zero: bool,
}

/// How well bytes fit an encoding.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fit {
    /// Places at which they are not in it.
    pub malformed: u64,
    /// The line of the first.
    pub line: u64,
    /// Characters beyond ASCII.
    pub beyond: u64,
    /// Lines in which zero bytes stand.
    pub zeros: u64,
}

impl Fit {
    /// Whether all but a few places are in it.
    pub fn is_near(self) -> bool {
        self.malformed <= 10 + self.beyond / 10
    }
}

impl<'a> Text<'a> {
    /// Text in an encoding that was found; what is not in it becomes U+FFFD.
    pub fn found(bytes: &Bytes<'a>, encoding: InEncoding) -> Result<Self, TextFault> {
        match encoding {
            InEncoding::All(encoding) => Self::new(bytes, encoding),
            InEncoding::EachLine(_) => {
                let input = Box::new(Lines::new(bytes.open()?));
                Ok(Self { input, ..Self::new(bytes, UTF_8)? })
            }
        }
    }

    /// Text in a known encoding; what is not in it becomes U+FFFD.
    pub fn new(bytes: &Bytes<'a>, encoding: &'static Encoding) -> Result<Self, TextFault> {
        Ok(Self {
            input: bytes.open()?,
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
            over: bytes.over,
            fit: Fit::default(),
            zero: false,
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
        const REPLACED: &[u8] = "\u{fffd}".as_bytes();
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
            let room = self.piece.len() - REPLACED.len();
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(raw, &mut self.piece[..room], self.ended);
            self.raw_read += read;
            self.piece_length = written;
            let piece = &self.piece[..written];
            let zeros = lines_with_zeros(piece, &mut self.zero);
            self.fit.zeros += zeros;
            let is_text = self.fit.zeros <= 10 + (self.lines + line_ends(piece)) / 10;
            if !is_text && let Some(zero) = piece.iter().position(|byte| *byte == 0) {
                return Err(self.spoilt(zero, say!("fault-zero_byte")));
            }
            self.since = match piece.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')) {
                Some(end) => written - end - 1,
                None => self.since + written,
            };
            if self.since > LONGEST {
                let what = if self.zero { say!("fault-zero_byte") } else { say!("fault-long_line") };
                return Err(self.spoilt(0, what));
            }
            self.lines += line_ends(piece);
            self.fit.beyond += piece.iter().filter(|byte| **byte >= 0xc0).count() as u64;
            if let DecoderResult::Malformed(..) = result {
                if self.fit.malformed == 0 {
                    self.fit.line = self.lines + 1;
                }
                self.fit.malformed += 1;
                self.piece[written..written + REPLACED.len()].copy_from_slice(REPLACED);
                self.piece_length += REPLACED.len();
            }
        }
        Ok(true)
    }

    /// A fault so many bytes into the piece.
    fn spoilt(&self, at: usize, what: Said) -> TextFault {
        let line = self.lines + line_ends(&self.piece[..at]) + 1;
        TextFault::Spoilt { line, what }
    }

    /// Decodes everything and keeps nothing.
    pub fn fit(mut self) -> Result<Fit, TextFault> {
        while self.fill()? {}
        Ok(self.fit)
    }
}

/// In how many lines of a piece zero bytes stand, as a disk leaves them that failed; `zero`: in the one that it breaks off in.
fn lines_with_zeros(piece: &[u8], zero: &mut bool) -> u64 {
    let mut lines = 0;
    for line in piece.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        let was = std::mem::take(zero);
        let is = was || line.contains(&0);
        lines += u64::from(is && !was);
        *zero = is && !line.ends_with(b"\n") && !line.ends_with(b"\r");
    }
    lines
}

fn line_ends(text: &[u8]) -> u64 {
    text.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// Whether a file of `length` bytes ends with the end of a line, and how many lines it has.
pub(super) fn line_ends_of(mut file: &File, length: u64) -> io::Result<(bool, u64)> {
    file.seek(SeekFrom::Start(0))?;
    let (mut rest, mut piece, mut lines) = (file.take(length), vec![0; PIECE], 1);
    let mut last = [0; 2];
    loop {
        let read = rest.read(&mut piece)?;
        let Some(end) = piece[..read].last() else { break };
        last = [if read > 1 { piece[read - 2] } else { last[1] }, *end];
        lines += line_ends(&piece[..read]);
    }
    // Of UTF-16 the byte beside it is zero.
    let ends = match last {
        [before, 0] => matches!(before, b'\n' | b'\r'),
        [_, end] => matches!(end, b'\n' | b'\r' | 0x1a),
    };
    Ok((ends, lines - u64::from(ends)))
}

/// How many of a file's first `length` bytes stand in lines that are finished.
pub(super) fn finished_lines(mut file: &File, length: u64) -> io::Result<u64> {
    file.seek(SeekFrom::Start(0))?;
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
