//! The parts of a workbook: a ZIP archive of which nothing is believed that was not counted.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::fs::FileExt;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::super::Over;
use super::fault::BookFault;
use crate::domain::text::say;

/// Parts of a workbook at most, and bytes of the directory that names them.
const PARTS: u64 = 10_000;
const DIRECTORY: u64 = 4 << 20;

/// What any part may unpack to, in bytes, and how many times its packed size besides: sheets pack to a twentieth, those of nothing but
/// like rows to a hundredth.
const UNPACKED: u64 = 64 << 20;
const RATIO: u64 = 200;

const PIECE: usize = 64 * 1024;

/// Bytes of the record at the end of an archive, and of the longest remark behind it.
const END: u64 = 22;
const REMARK: u64 = 0xffff;

/// A part: where it lies and what it says of itself.
#[derive(Debug, Clone, Copy)]
struct Part {
    at: u64,
    packed: u64,
    size: u64,
    crc: u32,
    method: u16,
    sealed: bool,
}

/// An archive, opened.
pub(super) struct Archive<'a> {
    file: &'a File,
    length: u64,
    over: Option<&'a Over>,
    /// By name in small letters, as workbooks compare them.
    parts: HashMap<String, Part>,
}

impl<'a> Archive<'a> {
    /// Reads the directory of a file of so many bytes.
    pub fn open(file: &'a File, length: u64, over: Option<&'a Over>) -> Result<Self, BookFault> {
        let tail = length.min(END + REMARK);
        let mut end = vec![0; usize::try_from(tail).expect("it is short")];
        file.read_exact_at(&mut end, length - tail)?;
        let place = end.windows(4).rposition(|bytes| bytes == b"PK\x05\x06");
        let place = place.filter(|at| end.len() - at >= 22).ok_or_else(half)?;
        let end = &end[place..];
        let (parts, size, at) = (u64::from(two(end, 10)), u64::from(four(end, 12)), u64::from(four(end, 16)));
        if parts > PARTS || size > DIRECTORY {
            return Err(BookFault::Refused(say!("fault-book_parts")));
        }
        if at.saturating_add(size) > length - tail + place as u64 {
            return Err(half());
        }
        let mut directory = vec![0; usize::try_from(size).expect("it is short")];
        file.read_exact_at(&mut directory, at)?;
        let mut archive = Self { file, length, over, parts: HashMap::new() };
        archive.take_all(&directory, parts)?;
        Ok(archive)
    }

    fn take_all(&mut self, directory: &[u8], parts: u64) -> Result<(), BookFault> {
        let mut rest = directory;
        for _ in 0..parts {
            if rest.len() < 46 || !rest.starts_with(b"PK\x01\x02") {
                return Err(half());
            }
            let lengths = [two(rest, 28), two(rest, 30), two(rest, 32)].map(usize::from);
            let [name, extra, remark] = lengths;
            if rest.len() < 46 + name + extra + remark {
                return Err(half());
            }
            let mut part = Part {
                sealed: two(rest, 8) & 1 != 0,
                method: two(rest, 10),
                crc: four(rest, 16),
                packed: four(rest, 20).into(),
                size: four(rest, 24).into(),
                at: four(rest, 42).into(),
            };
            large(&mut part, &rest[46 + name..46 + name + extra]);
            let name = String::from_utf8_lossy(&rest[46..46 + name]).replace('\\', "/").to_lowercase();
            rest = &rest[46 + lengths.iter().sum::<usize>()..];
            if self.parts.insert(name, part).is_some() {
                // Of two parts of one name another reader might take the other.
                return Err(BookFault::Refused(say!("fault-book_twice")));
            }
        }
        Ok(())
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&name.to_lowercase())
    }

    /// A part of so many bytes at most, read once to its end before anything of it is believed; `None`: there is none of this name.
    pub fn part(&self, name: &str, at_most: u64) -> Result<Option<impl Read + use<'a>>, BookFault> {
        let Some(part) = self.parts.get(&name.to_lowercase()) else { return Ok(None) };
        if part.sealed {
            return Err(BookFault::Refused(say!("fault-book_sealed")));
        }
        if part.size > at_most || part.size > UNPACKED.saturating_add(part.packed.saturating_mul(RATIO)) {
            return Err(BookFault::Refused(say!("fault-book_swells")));
        }
        let (mut reader, mut sum) = (self.unpacked(*part)?, Crc::new());
        let mut piece = vec![0; PIECE];
        loop {
            match reader.read(&mut piece)? {
                0 => break,
                read => sum.update(&piece[..read]),
            }
        }
        if sum.sum() != part.crc || reader.left != 0 {
            return Err(half());
        }
        Ok(Some(self.unpacked(*part)?))
    }

    fn unpacked(&self, part: Part) -> Result<Unpacked<'a>, BookFault> {
        let mut head = [0; 30];
        self.file.read_exact_at(&mut head, part.at)?;
        if !head.starts_with(b"PK\x03\x04") {
            return Err(half());
        }
        let at = part.at + 30 + u64::from(two(&head, 26)) + u64::from(two(&head, 28));
        if at.saturating_add(part.packed) > self.length {
            return Err(half());
        }
        let bytes = Stretch { file: self.file, at, left: part.packed };
        let inner: Box<dyn Read + 'a> = match part.method {
            0 => Box::new(bytes),
            8 => Box::new(DeflateDecoder::new(BufReader::with_capacity(PIECE, bytes))),
            _ => return Err(BookFault::Refused(say!("fault-book_packing"))),
        };
        Ok(Unpacked { inner, left: part.size, over: self.over })
    }
}

/// It is no archive to its end.
fn half() -> BookFault {
    BookFault::Broken(say!("fault-book_half"))
}

/// The sizes and the place of a part of which the directory says that they stand in a field of its own.
fn large(part: &mut Part, mut extra: &[u8]) {
    while extra.len() >= 4 {
        let length = usize::from(two(extra, 2));
        let Some(field) = extra.get(4..4 + length) else { return };
        if two(extra, 0) == 1 {
            let mut numbers =
                field.chunks_exact(8).map(|bytes| bytes.try_into().map_or(0, u64::from_le_bytes));
            for number in [&mut part.size, &mut part.packed, &mut part.at] {
                if *number == u64::from(u32::MAX) {
                    *number = numbers.next().unwrap_or(u64::MAX);
                }
            }
            return;
        }
        extra = &extra[4 + length..];
    }
}

fn two(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn four(bytes: &[u8], at: usize) -> u32 {
    u32::from(two(bytes, at)) | u32::from(two(bytes, at + 2)) << 16
}

/// Bytes of a file from a place on.
struct Stretch<'a> {
    file: &'a File,
    at: u64,
    left: u64,
}

impl Read for Stretch<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        let read = self.file.read_at(&mut into[..most], self.at)?;
        self.at += read as u64;
        self.left -= read as u64;
        Ok(read)
    }
}

/// A part on its way, of as many bytes as its directory says.
struct Unpacked<'a> {
    inner: Box<dyn Read + 'a>,
    left: u64,
    over: Option<&'a Over>,
}

impl Read for Unpacked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.over.map_or(Ok(()), Over::ends)?;
        let read = self.inner.read(into)?;
        // One that goes on behind its end says something else than its directory.
        self.left = self.left.checked_sub(read as u64).ok_or(io::ErrorKind::InvalidData)?;
        Ok(read)
    }
}
