//! Why a log cannot be read on, in the words of its reader and of its bounds.

use std::io;

use super::Log;

/// Why a log cannot be read to its end.
pub(super) enum Broken {
    Io(io::Error),
    /// It is no XML from here on.
    Off {
        line: u64,
        what: String,
    },
    /// It is larger here than any log, finished or not.
    Bound {
        line: u64,
        what: String,
    },
}

impl Log<'_> {
    /// The beginning cannot be read: a packed file that breaks off, or the disk.
    pub(super) fn unpacked(&self, error: io::Error) -> Broken {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        match error.kind() {
            InvalidData | InvalidInput | UnexpectedEof => self.off(&error),
            _ => Broken::Io(error),
        }
    }

    pub(super) fn line(&self) -> u64 {
        self.progress.line.get()
    }

    pub(super) fn off(&self, what: &dyn std::fmt::Display) -> Broken {
        Broken::Off { line: self.line(), what: format!("this is no XES event log: {what}") }
    }

    pub(super) fn bound(&self, what: &str) -> Broken {
        Broken::Bound { line: self.line(), what: format!("this is no event log of an office: {what}") }
    }

    /// What an error of the reader means. Of what stands in the log nothing is told.
    pub(super) fn broken(&self, error: &quick_xml::Error) -> Broken {
        match error {
            quick_xml::Error::Io(cause) if cause.kind() == io::ErrorKind::InvalidInput => {
                self.bound(&cause.to_string())
            }
            quick_xml::Error::Io(cause) if cause.kind() == io::ErrorKind::TimedOut => {
                Broken::Io(io::Error::new(cause.kind(), cause.to_string()))
            }
            quick_xml::Error::Syntax(cause) => self.off(cause),
            quick_xml::Error::Io(cause) => self.off(cause),
            _ => self.off(&"it is not well formed"),
        }
    }
}
