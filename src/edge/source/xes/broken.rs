//! Why a log cannot be read on, in the words of its reader and of its bounds.

use std::io;

use super::Log;
use crate::domain::text::{Text, say};
use crate::edge::operator::{self, refusal};

/// Why a log cannot be read to its end.
pub(super) enum Broken {
    Io(io::Error),
    /// It is no XML from here on.
    Off {
        line: u64,
        what: Text,
    },
    /// It is larger here than any log, finished or not.
    Bound {
        line: u64,
        what: Text,
    },
}

/// What the reader of XML says.
pub(super) fn syntax(error: &dyn std::fmt::Display) -> Text {
    say!("fault-log_syntax", words = error.to_string())
}

impl Log<'_> {
    /// The beginning cannot be read: a packed file that breaks off, or the disk.
    pub(super) fn unpacked(&self, error: io::Error) -> Broken {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        match error.kind() {
            InvalidData | InvalidInput | UnexpectedEof => self.off(operator::why(&error)),
            _ => Broken::Io(error),
        }
    }

    pub(super) fn line(&self) -> u64 {
        self.progress.line.get().max(1)
    }

    pub(super) fn off(&self, what: Text) -> Broken {
        Broken::Off { line: self.line(), what: say!("fault-no_log", what) }
    }

    pub(super) fn bound(&self, what: Text) -> Broken {
        Broken::Bound { line: self.line(), what: say!("fault-no_office_log", what) }
    }

    /// What an error of the reader means. Of what stands in the log nothing is told.
    pub(super) fn broken(&self, error: &quick_xml::Error) -> Broken {
        match error {
            quick_xml::Error::Io(cause) if cause.kind() == io::ErrorKind::InvalidInput => {
                self.bound(operator::why(cause))
            }
            quick_xml::Error::Io(cause) if cause.kind() == io::ErrorKind::TimedOut => {
                Broken::Io(refusal(cause.kind(), operator::why(cause)))
            }
            quick_xml::Error::Syntax(cause) => self.off(syntax(cause)),
            quick_xml::Error::Io(cause) => self.off(operator::why(cause)),
            _ => self.off(say!("fault-log_form")),
        }
    }
}
