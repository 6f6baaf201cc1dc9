//! The bytes of a log on their way, counted: a packed file may unpack to anything, and a tag may never end.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::super::Over;
use crate::domain::text::say;
use crate::edge::operator::refusal;

/// Longest tag, comment or stretch of text, in bytes: nothing an office writes comes near it.
const LONGEST: usize = 1 << 20;

/// What any packed file may unpack to, in bytes, and how many times its own size besides: event logs pack to a twentieth.
const UNPACKED: u64 = 64 << 20;
const RATIO: u64 = 60;

/// How far a log has been read.
#[derive(Default)]
pub(super) struct Progress {
    /// The line, counted from 1.
    pub line: Cell<u64>,
    /// Bytes since the last tag or text.
    since: Cell<usize>,
}

impl Progress {
    /// A tag or a text ended.
    pub fn next(&self) {
        self.since.set(0);
    }
}

/// A reader that ends with [`io::ErrorKind::InvalidInput`] where a bound is passed.
pub(super) struct Bounded<'a, R> {
    inner: R,
    progress: Rc<Progress>,
    left: u64,
    over: Option<&'a Over>,
}

impl<'a, R: BufRead> Bounded<'a, R> {
    /// `packed`: how many bytes the file has, where it is packed.
    pub fn new(inner: R, packed: Option<u64>, progress: Rc<Progress>, over: Option<&'a Over>) -> Self {
        let left = packed.map_or(u64::MAX, |bytes| UNPACKED.saturating_add(bytes.saturating_mul(RATIO)));
        Self { inner, progress, left, over }
    }

    fn refuse(&self) -> io::Result<()> {
        let beyond = |what| Err(refusal(io::ErrorKind::InvalidInput, what));
        if self.progress.since.get() > LONGEST {
            return beyond(say!("fault-log_tag"));
        }
        if self.left == 0 {
            return beyond(say!("fault-unpacks_log"));
        }
        self.over.map_or(Ok(()), Over::ends)
    }
}

impl<R: BufRead> Read for Bounded<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.len().min(into.len());
        into[..length].copy_from_slice(&self.fill_buf()?[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Bounded<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.refuse()?;
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        let passed = self
            .inner
            .fill_buf()
            .map_or(0, |bytes| bytes.iter().take(amount).filter(|byte| **byte == b'\n').count());
        let Progress { line, since } = &*self.progress;
        line.set(line.get().max(1) + passed as u64);
        since.set(since.get().saturating_add(amount));
        self.left = self.left.saturating_sub(amount as u64);
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    /// How a log of so many bytes ends that is taken in pieces of so many, each a tag of its own or all of them one.
    fn ends(length: u64, packed: Option<u64>, piece: usize, is_one_tag: bool) -> Result<u64, String> {
        let progress = Rc::new(Progress::default());
        let inner = BufReader::with_capacity(piece, io::repeat(b'x').take(length));
        let mut bounded = Bounded::new(inner, packed, Rc::clone(&progress), None);
        let mut read = 0;
        loop {
            let bytes = bounded.fill_buf().map_err(|error| error.to_string())?.len();
            if bytes == 0 {
                return Ok(read);
            }
            bounded.consume(bytes);
            read += bytes as u64;
            if !is_one_tag {
                progress.next();
            }
        }
    }

    /// A tag or a text has a mebibyte at most; behind the end of each the measure begins anew.
    #[test]
    fn a_tag_has_so_many_bytes() {
        let bound = LONGEST as u64;
        for (length, taken) in [(bound - 1, true), (bound, true), (bound + 1, false)] {
            for piece in [LONGEST + 1, 4096, 1] {
                let read = ends(length, None, piece, true);
                let expected =
                    if taken { Ok(length) } else { Err("a tag or a text longer than 1 MiB".to_owned()) };
                assert_eq!(read, expected, "{length} {piece}");
            }
            assert_eq!(ends(length, None, 4096, false), Ok(length));
        }
    }

    /// What a packed log unpacks to stays below 64 MiB and sixty times its own size: at the bound it ends. One that is not packed has
    /// its own size.
    #[test]
    fn a_packed_log_unpacks_to_so_much() {
        for size in [0, 1, 1000] {
            let bound = UNPACKED + RATIO * size;
            for (length, taken) in [(bound - 1, true), (bound, false), (bound + 1, false)] {
                let read = ends(length, Some(size), 1 << 19, false);
                assert_eq!(read.ok(), taken.then_some(length), "{size} {length}");
                assert_eq!(ends(length, None, 1 << 19, false), Ok(length));
            }
        }
    }

    /// Lines are counted as they are taken, from 1 on, whatever pieces they come in.
    #[test]
    fn lines_are_counted_as_they_are_taken() {
        for piece in [1, 2, 3, 100] {
            let progress = Rc::new(Progress::default());
            let inner = BufReader::with_capacity(piece, &b"a\nb\n\nc"[..]);
            let mut bounded = Bounded::new(inner, None, Rc::clone(&progress), None);
            let mut text = String::new();
            for (byte, line) in b"a\nb\n\nc".iter().zip([1, 2, 2, 3, 4, 4]) {
                let mut one = [0];
                assert_eq!(bounded.read(&mut one).unwrap(), 1);
                text.push(char::from(one[0]));
                assert_eq!((one[0], progress.line.get()), (*byte, line), "{piece} {text:?}");
            }
            assert_eq!(bounded.read(&mut [0]).unwrap(), 0);
        }
    }

    /// When reading is over, it ends with the next piece.
    #[test]
    fn it_ends_when_reading_is_over() {
        let over = Over::default();
        let mut bounded = Bounded::new(&b"abc"[..], None, Rc::default(), Some(&over));
        assert_eq!(bounded.read(&mut [0]).unwrap(), 1);
        over.end();
        assert_eq!(bounded.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
