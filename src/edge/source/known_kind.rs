//! Files of other kinds under the name of a table or an event log, by their first bytes: an operator is told what lies there.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use crate::domain::text::{Text, say};

/// How many bytes are looked at.
const HEAD: u64 = 512;

/// What a kind is called.
type Said = fn() -> Text;

/// What begins so is no text, and what it is.
const BINARY: [(&[u8], Said); 9] = [
    (b"PK\x03\x04", || say!("fault-kind_workbook")),
    (b"PK\x05\x06", || say!("fault-kind_archive")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", || say!("fault-kind_office")),
    (b"%PDF", || say!("fault-kind_document")),
    (b"SQLite format 3\0", || say!("fault-kind_sqlite")),
    (b"Rar!\x1a\x07", || say!("fault-kind_archive")),
    (b"7z\xbc\xaf\x27\x1c", || say!("fault-kind_archive")),
    (b"\x28\xb5\x2f\xfd", || say!("fault-kind_archive")),
    (b"{\\rtf", || say!("fault-kind_document")),
];

/// What begins so is a page or a log, in small letters.
const MARKUP: [&str; 4] = ["<!doctype html", "<html", "<table", "<?xml"];

/// What a file is that is none of bare text, if it is known.
pub(super) fn binary(file: &File) -> io::Result<Option<Text>> {
    let head = head(file)?;
    Ok(BINARY.iter().find(|(begins, _)| head.starts_with(begins)).map(|(_, what)| what()))
}

/// What a file is that is no table, if it is known: spreadsheets are often pages under another name.
pub(super) fn no_table(file: &File) -> io::Result<Option<Text>> {
    if let Some(what) = binary(file)? {
        return Ok(Some(what));
    }
    let head = String::from_utf8_lossy(&head(file)?).to_lowercase();
    let text = head.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    let page = MARKUP.iter().any(|begins| text.starts_with(begins));
    Ok(page.then(|| say!("fault-kind_page")))
}

fn head(mut file: &File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(HEAD).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(head)
}
