//! Every bound of a table: its last value that is taken, and the first that is not.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::super::encoding::encoding;
use super::super::is_of_packing;
use super::super::lines::LONGEST;
use super::super::mark::InEncoding;
use super::super::rows::{Record, Rows};
use super::super::text::{Bytes, Text, TextFault, Unpacked, finished_lines};
use super::{EVENTS, NOW, at, file, tell, told_by};
use crate::domain::text::Language;
use crate::edge::source::table::TableRow;

fn bytes_of(path: &Path) -> Bytes<'static> {
    Bytes::new(File::open(path).unwrap(), u64::MAX, None).unwrap()
}

fn words(fault: TextFault) -> String {
    match fault {
        TextFault::Io(error) => format!("{:?}", error.kind()),
        TextFault::Malformed { line, encoding } => format!("{line}: no {encoding}"),
        TextFault::Spoilt { line, what } => format!("{line}: {}", what.words(Language::English)),
    }
}

/// How many cells each row has.
fn cells(bytes: impl AsRef<[u8]>) -> Result<Vec<usize>, String> {
    let (_folder, path) = file(bytes);
    let mut rows = Rows::new(Text::new(&bytes_of(&path), UTF_8).unwrap(), b',');
    let (mut record, mut cells) = (Record::default(), Vec::new());
    while rows.next(&mut record).map_err(words)? {
        cells.push(record.len());
    }
    Ok(cells)
}

/// A row has five thousand cells at most, the empty ones included.
#[test]
fn a_row_has_so_many_cells() {
    for (count, taken) in [(4_999, true), (5_000, true), (5_001, false)] {
        for cell in ["", "x"] {
            let row = vec![cell; count].join(",");
            let read = cells(format!("a,b\n{row}\nc\n"));
            assert_eq!(read.is_ok(), taken, "{count}");
            match read {
                Ok(read) => assert_eq!(read, [2, count, 1]),
                Err(why) => assert!(why.starts_with("2: a row of more than 5,000 cells"), "{why}"),
            }
        }
    }
}

/// A row and a line have a mebibyte at most, wherever a piece that is read ends.
#[test]
fn a_row_has_so_many_bytes() {
    for before in ["", "a\n", &"a\n".repeat(32 * 1024), &"a\n".repeat(32 * 1024 - 1)] {
        for (length, taken) in [(LONGEST - 1, true), (LONGEST, true), (LONGEST + 1, false)] {
            let read = cells(format!("{before}{},x\nc\n", "y".repeat(length - 2)));
            match &read {
                Err(why) if !taken => assert!(why.contains("longer than 1 MiB"), "{why}"),
                read => assert_eq!(read.as_ref().unwrap().last(), Some(&1), "{length} {taken}"),
            }
            assert_eq!(read.is_ok(), taken, "{length} behind {} bytes", before.len());
        }
    }
    // Outside a quotation a line is measured as it comes, also where no row ends in it.
    let why = cells(format!("a\n\"{}", "y\n".repeat(LONGEST / 2 + 1))).unwrap_err();
    assert!(why.starts_with("2: a row longer than 1 MiB"), "{why}");
}

/// What a packed table unpacks to stays below 64 MiB and sixty times its own size: at the bound it ends.
#[test]
fn a_packed_table_unpacks_to_so_much() {
    for size in [0_u64, 1, 1000] {
        let bound = (64 << 20) + 60 * size;
        for (length, whole) in [(bound - 1, true), (bound, false), (bound + 1, false)] {
            let mut unpacked = Unpacked::new(std::io::repeat(b'x').take(length), size);
            let read = std::io::copy(&mut unpacked, &mut std::io::sink());
            assert_eq!(read.as_ref().ok(), whole.then_some(&length), "{size} {length}");
            assert!(read.err().is_none_or(|error| is_of_packing(&error)));
        }
    }
}

/// A few places that are not in the encoding spoil their own cells: ten, and one for every ten characters beyond ASCII. One more, and it
/// is another encoding.
#[test]
fn a_few_places_do_not_spoil_a_file() {
    let mark = b"\xef\xbb\xbf";
    for (chinese, bad, taken) in
        [(0, 10, true), (0, 11, false), (9, 11, false), (10, 11, true), (10, 12, false)]
    {
        let text = [&mark[..], "审".repeat(chinese).as_bytes(), b"\n", &b"\xff\n".repeat(bad)].concat();
        let (_folder, path) = file(text);
        // The mark itself is no character of the text.
        let found = encoding(&bytes_of(&path)).map_err(words);
        assert_eq!(
            found,
            if taken { Ok(InEncoding::All(UTF_8)) } else { Err("2: no UTF-8".to_owned()) },
            "{chinese} {bad}"
        );
    }
}

/// Without a mark the encoding is the one that fits: UTF-8 where nothing is wrong in it, GB18030 where that is so, else the nearer.
#[test]
fn the_encoding_is_the_one_that_fits() {
    let in_gb18030 = |text: &str| GB18030.encode(text).0.into_owned();
    let chinese = "受理审查办结决定".repeat(10);
    let few = |count: usize| ["中".repeat(count).as_bytes(), b"\n\xff\n"].concat();
    let cases: [(Vec<u8>, &'static Encoding); 7] = [
        // Wrong in one place by either; by UTF-8 that is a tenth of what is beyond ASCII, or more.
        (few(8), GB18030),
        (few(10), UTF_8),
        (b"a,b\n".to_vec(), UTF_8),
        (chinese.clone().into_bytes(), UTF_8),
        (in_gb18030(&chinese), GB18030),
        ([chinese.as_bytes(), b"\n\xff\n"].concat(), UTF_8),
        ([&*in_gb18030(&chinese), b"\n\xff\n"].concat(), GB18030),
    ];
    for (bytes, expected) in cases {
        let (_folder, path) = file(&bytes);
        assert_eq!(encoding(&bytes_of(&path)).map_err(words), Ok(InEncoding::All(expected)), "{bytes:?}");
    }
}

/// The end of the last finished line is found in whichever piece it lies, and in each encoding.
#[test]
fn the_last_line_is_found_across_pieces() {
    const PIECE: usize = 64 * 1024;
    for behind in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE] {
        let (_folder, path) = file(format!("a\nb\n{}", "x".repeat(behind)));
        let length = fs::metadata(&path).unwrap().len();
        let opened = File::open(&path).unwrap();
        assert_eq!(finished_lines(&opened, length).unwrap(), 4, "{behind}");
        assert_eq!(finished_lines(&opened, 4).unwrap(), 4);
        assert_eq!(finished_lines(&opened, 3).unwrap(), 2, "as far as it was written then");
        assert_eq!(finished_lines(&opened, 1).unwrap(), 0);
        assert_eq!(finished_lines(&opened, 0).unwrap(), 0);
        for unit in [u16::to_le_bytes, u16::to_be_bytes] {
            // A character whose halves look like a line's end where they are cut wrongly.
            let text = format!("\u{feff}b\n{}", "\u{0a0a}".repeat(behind));
            let (_folder, path) = file(text.encode_utf16().flat_map(unit).collect::<Vec<u8>>());
            let length = fs::metadata(&path).unwrap().len();
            let opened = File::open(&path).unwrap();
            assert_eq!(finished_lines(&opened, length).unwrap(), 6, "{behind}");
            assert_eq!(finished_lines(&opened, length - length % 4 + 3).unwrap_or(6), 6, "half a character");
        }
    }
}

/// A line `sep=` names the delimiter, in the first line alone; a row that begins so is a row.
#[test]
fn a_line_for_spreadsheets_is_no_row() {
    let separator = |text: &str| {
        let (_folder, path) = file(text);
        let mut rows = Rows::new(Text::new(&bytes_of(&path), UTF_8).unwrap(), b',');
        let mut record = Record::default();
        assert!(rows.next(&mut record).unwrap());
        record.separator()
    };
    assert_eq!(separator("sep=;\n"), Some(b';'));
    assert_eq!(separator("sep=,\n"), Some(0), "the delimiter in use divides the line itself");
    assert_eq!(separator("sep=\t\n"), Some(b'\t'));
    assert_eq!(separator("sep=;;\n"), None);
    assert_eq!(separator("sep=\n"), None);
    assert_eq!(separator("id,no\n"), None);
    for (line, between) in [("sep=;\n", ";"), ("sep=,\n", ",")] {
        let told = told_by(format!("{line}{}", EVENTS.replace(',', between)));
        assert_eq!(told.traces().len(), 2, "{line}");
    }
    let told = told_by(format!("{EVENTS}sep=;\n"));
    assert_eq!((told.traces().len(), told.rejected.len()), (2, 1), "behind the first line it is a row");
}

/// A row of blanks is none, where there are columns; of one column an empty line is a row.
#[test]
fn a_row_of_blanks_is_none() {
    let blank = |text: &str, columns: usize| {
        let (_folder, path) = file(text);
        let mut rows = Rows::new(Text::new(&bytes_of(&path), UTF_8).unwrap(), b',');
        let mut record = Record::default();
        assert!(rows.next(&mut record).unwrap());
        record.is_blank(columns)
    };
    for (text, columns, expected) in [
        (" ,\t,\u{1a}\n", 3, true),
        (" ,,\n", 2, true),
        (" ,,x\n", 3, false),
        (" \n", 1, false),
        (" \n", 2, true),
    ] {
        assert_eq!(blank(text, columns), expected, "{text:?}");
    }
}

/// A header is said again only where each of its names is.
#[test]
fn a_header_is_said_again_as_a_whole() {
    for (row, told) in [
        ("id,no,stage,at\n", 2),
        (" id ,no,stage , at\n", 2),
        ("id,no,stage,2011-11-03\n", 3),
        ("id,A9,stage,2011-11-03\n", 3),
    ] {
        let (_folder, path) = file(format!("{EVENTS}{row}"));
        let (told_by, reading) = tell(&path, &at(NOW));
        assert_eq!(told_by.traces().len() + told_by.rejected.len(), told, "{row}");
        assert_eq!(reading.notes.len(), usize::from(told == 2), "{row}: {:?}", reading.notes);
    }
    let (_folder, path) = file(" id ,\"no\"\n");
    let mut rows = Rows::new(Text::new(&bytes_of(&path), UTF_8).unwrap(), b',');
    let mut record = Record::default();
    assert!(rows.next(&mut record).unwrap());
    assert_eq!(record.names(), ["id", "no"]);
}

/// What is packed is known by its first two bytes, whatever its name.
#[test]
fn what_is_packed_is_known_by_its_bytes() {
    for (bytes, packed) in [
        (&b"\x1f\x8b\x08"[..], true),
        (b"\x1f\x8b", true),
        (b"\x1f", false),
        (b"", false),
        (b"\x8b\x1f", false),
    ] {
        let (_folder, path) = file(bytes);
        let mut opened = File::open(&path).unwrap();
        opened.seek(SeekFrom::End(0)).unwrap();
        assert_eq!(super::super::text::is_packed(&opened).unwrap(), packed, "{bytes:?}");
    }
}
