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
