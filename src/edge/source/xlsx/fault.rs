//! Why a workbook cannot be read.

use std::io;

use super::super::SourceError;
use crate::domain::text::{Text, say};
use crate::edge::operator::{self, refusal};

/// Why a workbook cannot be read.
#[derive(Debug)]
pub(super) enum BookFault {
    /// The disk's fault, or its time is over.
    Io(io::Error),
    /// It is none, or not whole, as if it were still being written.
    Broken(Text),
    /// It is whole, and none that an office writes.
    Refused(Text),
    /// It says something else than the mapping asks.
    Misfit(SourceError),
}

impl From<SourceError> for BookFault {
    fn from(error: SourceError) -> Self {
        Self::Misfit(error)
    }
}

/// Kinds of errors that the bounds of a workbook give, and what unpacking gives where bytes are damaged.
impl From<io::Error> for BookFault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidInput => Self::Refused(operator::why(&error)),
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                Self::Broken(say!("fault-book_half"))
            }
            _ => Self::Io(error),
        }
    }
}

/// What the reader of XML says of a part.
impl From<quick_xml::Error> for BookFault {
    fn from(error: quick_xml::Error) -> Self {
        match error {
            quick_xml::Error::Io(cause) => refusal(cause.kind(), operator::why(&cause)).into(),
            _ => Self::Broken(say!("fault-book_form")),
        }
    }
}
