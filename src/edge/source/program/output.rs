//! What a program writes, line by line: no longer than it may be, no later than it may come, and never waited for without a look at
//! the time.

use std::io::Read;
use std::process::{ChildStderr, ChildStdout};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::super::Over;
use super::super::over::LOOK;
use super::child::Child;
use super::fault::Fault;

/// Longest line that is taken, in bytes.
const LINE: usize = 1 << 20;
/// What is read at a time.
const PIECE: usize = 64 * 1024;
/// What is kept of what it writes to standard error: the last bytes.
const SAID: usize = 4 * 1024;

/// The output of a program that runs.
pub(super) struct Output {
    pub child: Child,
    rows: ChildStdout,
    errors: Option<ChildStderr>,
    over: Over,
    buffer: Vec<u8>,
    /// Where the next line begins.
    begin: usize,
    /// Up to where no line end was found.
    searched: usize,
    ended: bool,
    /// Number of the line that was given last.
    pub line: u64,
    /// The end of what it wrote to standard error.
    pub said: Vec<u8>,
}

/// Looks for which its output may be open after its end: a process that is just being started by another thread holds it too, until
/// it has become its program.
const LINGERS: u32 = 20;

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    /// Rows, and what the program says of errors.
    Rows,
    /// The latter alone.
    Errors,
}

impl Output {
    /// Nothing read yet.
    pub fn new(child: Child, (rows, errors): (ChildStdout, ChildStderr), over: &Over) -> Self {
        let (buffer, said) = (Vec::new(), Vec::new());
        let (errors, over) = (Some(errors), over.clone());
        Self { child, rows, errors, over, buffer, begin: 0, searched: 0, ended: false, line: 0, said }
    }

    /// The next line without its end; `None`: there is none, as its output is over.
    pub fn next_line(&mut self) -> Result<Option<&[u8]>, Fault> {
        loop {
            if let Some(end) = self.buffer[self.searched..].iter().position(|byte| *byte == b'\n') {
                let (begin, end) = (self.begin, self.searched + end);
                (self.begin, self.searched) = (end + 1, end + 1);
                self.line += 1;
                return if end - begin > LINE {
                    Err(Fault::LongLine(self.line))
                } else {
                    Ok(Some(&self.buffer[begin..end]))
                };
            }
            self.searched = self.buffer.len();
            if self.searched - self.begin > LINE {
                return Err(Fault::LongLine(self.line + 1));
            }
            if self.ended {
                let begin = std::mem::replace(&mut self.begin, self.searched);
                self.line += u64::from(begin < self.searched);
                return Ok(Some(&self.buffer[begin..]).filter(|rest| !rest.is_empty()));
            }
            self.buffer.drain(..self.begin);
            (self.searched, self.begin) = (self.searched - self.begin, 0);
            self.fill()?;
        }
    }

    /// Whether its output is over, and nothing of it is left.
    pub fn is_over(&self) -> bool {
        self.ended && self.begin == self.buffer.len()
    }

    /// Waits until it has ended, and gives what it says of itself.
    pub fn ends(&mut self) -> Result<(), Fault> {
        while !self.child.has_ended().map_err(Fault::Broken)? {
            if self.over.is_over() {
                return Err(Fault::Lingers);
            }
            self.wait(For::Errors)?;
        }
        self.child.result()
    }

    /// Takes what it has written to standard error up to now, as far as a pipe holds it.
    pub fn drain(&mut self) {
        for _ in 0..PIECE / SAID {
            if !self.wait_for(For::Errors, Duration::ZERO).is_ok_and(|(_, errors)| errors) {
                return;
            }
            self.take_errors();
        }
    }

    fn fill(&mut self) -> Result<(), Fault> {
        let mut lingers = 0;
        while !self.over.is_over() {
            if self.wait(For::Rows)? {
                let length = self.buffer.len();
                self.buffer.resize(length + PIECE, 0);
                let read = self.rows.read(&mut self.buffer[length..]);
                self.buffer.truncate(length + *read.as_ref().unwrap_or(&0));
                self.ended = read.map_err(Fault::Broken)? == 0;
                return Ok(());
            }
            // Nothing came, and nobody is left who should write: what it had written is there by now.
            if self.child.has_ended().map_err(Fault::Broken)? && !self.wait_for(For::Rows, Duration::ZERO)?.0
            {
                lingers += 1;
                if lingers > LINGERS {
                    return Err(Fault::LeftBehind);
                }
            }
        }
        Err(Fault::Ended)
    }

    /// Waits for a look, or until something comes; whether rows came, where they are waited for.
    fn wait(&mut self, what: For) -> Result<bool, Fault> {
        let (rows, errors) = self.wait_for(what, LOOK)?;
        if errors {
            self.take_errors();
        }
        Ok(rows)
    }

    /// Whether rows have come, and whether errors have.
    fn wait_for(&self, what: For, at_most: Duration) -> Result<(bool, bool), Fault> {
        let mut places = Vec::with_capacity(2);
        places.extend((what == For::Rows).then(|| PollFd::new(&self.rows, PollFlags::IN)));
        places.extend(self.errors.as_ref().map(|errors| PollFd::new(errors, PollFlags::IN)));
        let look = Timespec { tv_sec: 0, tv_nsec: at_most.subsec_nanos().into() };
        match poll(&mut places, Some(&look)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(Fault::Broken(error.into())),
        }
        let came = |place: Option<&PollFd<'_>>| place.is_some_and(|it| !it.revents().is_empty());
        let mut places = places.iter();
        let rows = what == For::Rows && came(places.next());
        Ok((rows, came(places.next())))
    }

    fn take_errors(&mut self) {
        let Some(errors) = &mut self.errors else { return };
        let mut piece = [0; SAID];
        match errors.read(&mut piece) {
            Ok(read) if read > 0 => {
                self.said.extend_from_slice(&piece[..read]);
                self.said.drain(..self.said.len().saturating_sub(SAID));
            }
            _ => self.errors = None,
        }
    }
}
