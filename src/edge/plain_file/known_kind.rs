//! Files of other kinds under the name of a table or an event log, by their first bytes: an operator is told what lies there, of a
//! source as of the registry.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use crate::domain::text::{Text, say};

/// How many bytes are looked at.
const HEAD: u64 = 512;

/// A kind of files that are no bare text, or no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A workbook, or another ZIP archive.
    Workbook,
    /// A workbook or document of old Office.
    Office,
    /// An archive.
    Archive,
    /// PDF or RTF.
    Document,
    /// A database of SQLite.
    Sqlite,
    /// HTML or XML.
    Page,
}

/// What begins so is no text, and what it is.
const BINARY: [(&[u8], Kind); 9] = [
    (b"PK\x03\x04", Kind::Workbook),
    (b"PK\x05\x06", Kind::Archive),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Office),
    (b"%PDF", Kind::Document),
    (b"SQLite format 3\0", Kind::Sqlite),
    (b"Rar!\x1a\x07", Kind::Archive),
    (b"7z\xbc\xaf\x27\x1c", Kind::Archive),
    (b"\x28\xb5\x2f\xfd", Kind::Archive),
    (b"{\\rtf", Kind::Document),
];

/// What begins so is a page or a log, in small letters.
const MARKUP: [&str; 4] = ["<!doctype html", "<html", "<table", "<?xml"];

impl Kind {
    /// What begins so, if it is known to be no bare text.
    fn binary(head: &[u8]) -> Option<Self> {
        BINARY.iter().find(|(begins, _)| head.starts_with(begins)).map(|(_, kind)| *kind)
    }

    /// What begins so, if it is known to be no table: spreadsheets are often pages under another name.
    pub fn no_table(bytes: &[u8]) -> Option<Self> {
        let head = &bytes[..bytes.len().min(HEAD as usize)];
        let page = || {
            let head = String::from_utf8_lossy(head).to_lowercase();
            let text = head.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
            MARKUP.iter().any(|begins| text.starts_with(begins))
        };
        Self::binary(head).or_else(|| page().then_some(Self::Page))
    }

    /// What a file of a source is called, and how it is read.
    pub fn of_source(self) -> Text {
        match self {
            Self::Workbook => say!("fault-kind_workbook"),
            Self::Office => say!("fault-kind_office"),
            Self::Archive => say!("fault-kind_archive"),
            Self::Document => say!("fault-kind_document"),
            Self::Sqlite => say!("fault-kind_sqlite"),
            Self::Page => say!("fault-kind_page"),
        }
    }
}

/// What a file of a source is that is none of bare text, if it is known.
///
/// # Errors
/// Those of the system.
pub fn binary(file: &File) -> io::Result<Option<Text>> {
    Ok(Kind::binary(&head(file)?).map(Kind::of_source))
}

/// What a file of a source is that is no table, if it is known.
///
/// # Errors
/// Those of the system.
pub fn no_table(file: &File) -> io::Result<Option<Text>> {
    Ok(Kind::no_table(&head(file)?).map(Kind::of_source))
}

fn head(mut file: &File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(HEAD).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(head)
}
