//! Workbooks that no spreadsheet writes. docs/reliability.md names each attack.

use std::fmt::Write as _;

use super::workbook::{Workbook, archive, row, text, texts};
use super::{EVENTS, below, file, header, refused, tell, told_by};

fn book() -> Workbook {
    Workbook::new(&[("办件", texts(EVENTS))])
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

/// A single cell at the far corner of a sheet costs no more than a cell.
#[test]
fn a_cell_at_the_far_corner_costs_a_cell() {
    let corner = header() + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let told = told_by(corner);
    assert_eq!(told.rejected.len(), 1, "more cells than columns");
    let beyond = |place: &str, number: &str| {
        let rows = format!("{}<row r=\"{number}\"><c r=\"{place}{number}\"><v>1</v></c></row>", header());
        refused(&Workbook::new(&[("办件", rows)]).bytes())
    };
    assert!(beyond("A", "1048577").contains("behind row 1 stands none"));
    assert!(beyond("XFE", "2").contains("row 2: its cells do not stand"));
}

/// What a part says of its number or its size is not believed, and what it unpacks to has a bound.
#[test]
fn what_swells_is_refused() {
    // A table of shared texts that says it has ninety billion.
    let many = book().replace(STRINGS, "<sst ", "<sst count=\"90000000000\" uniqueCount=\"90000000000\" ");
    assert_eq!(tell(&many.bytes(), None).0.traces().len(), 2);
    // What any part may unpack to is taken, far more of the same is not, before a byte of it is looked at.
    let of = |mebibytes: usize| {
        let blank = " ".repeat(mebibytes << 20);
        book().replace(STRINGS, "</sst>", &format!("{blank}</sst>")).bytes()
    };
    for (mebibytes, what) in [(60, "a tag or a text longer than 1 MiB"), (100, "it unpacks to far more than")]
    {
        let bomb = of(mebibytes);
        assert!(bomb.len() < 200_000 && refused(&bomb).contains(what), "{mebibytes} {}", bomb.len());
    }
    // A size that is a lie: the part goes on behind its end, or ends before it.
    let whole = book().bytes();
    let place = whole.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    for by in [-1_i64, 1] {
        let mut lie = whole.clone();
        let size = &mut lie[place + 24..place + 28];
        let said = i64::from(u32::from_le_bytes(size.try_into().unwrap())) + by;
        size.copy_from_slice(&u32::try_from(said).unwrap().to_le_bytes());
        assert!(refused(&lie).contains("it breaks off, or its bytes are damaged"), "{by}");
    }
}

/// Tags, texts and elements in one another have bounds; entities of its own are none.
#[test]
fn xml_without_an_end_is_refused() {
    let data = "<sheetData>";
    let deep = book().replace(SHEET, data, &format!("{}<sheetData>", "<x>".repeat(200)));
    assert!(refused(&deep.bytes()).contains("stand in one another without end"));
    let attribute = format!("<x y=\"{}\"/><sheetData>", "y".repeat(2 << 20));
    assert!(
        refused(&book().replace(SHEET, data, &attribute).bytes())
            .contains("a tag or a text longer than 1 MiB")
    );
    let entity = book().replace(SHEET, "<worksheet", "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet");
    assert!(refused(&entity.bytes()).contains("declares a document type"));
    let unknown = book().replace(SHEET, "收件", "&a;");
    assert!(refused(&unknown.bytes()).contains("what it says of its sheets is damaged"));
    let long = |length: usize| {
        Workbook::new(&[("办件", below(&[["1", "A1", &"x".repeat(length), "2011-11-01"].map(text)]))])
    };
    assert_eq!(tell(&long(128 << 10).bytes(), None).0.traces().len(), 1);
    assert!(refused(&long((128 << 10) + 1).bytes()).contains("a cell with more text"));
    let mut cells = String::new();
    for column in 'A'..='Z' {
        write!(cells, "<c r=\"{column}A2\" t=\"str\"><v>{}</v></c>", "x".repeat(128 << 10)).unwrap();
        write!(cells, "<c r=\"{column}B2\" t=\"str\"><v>{}</v></c>", "x".repeat(128 << 10)).unwrap();
    }
    let wide = format!("{}<row r=\"2\">{cells}</row>", header());
    assert!(
        refused(&Workbook::new(&[("办件", wide)]).bytes()).contains("row 2 holds more text than any row")
    );
}

/// Where another reader might take another row, cell or part, none is taken.
#[test]
fn what_stands_there_twice_is_refused() {
    let event = ["1", "A1", "a", "2011-11-01"].map(text);
    for number in [1, 2] {
        let rows = header() + &row(2, &event) + &row(number, &event);
        assert!(refused(&Workbook::new(&[("办件", rows)]).bytes()).contains("behind row 2 stands none"));
    }
    for place in ["A2", "B1", "A3", "?"] {
        let rows = header() + &row(2, &event).replace("r=\"B2\"", &format!("r=\"{place}\""));
        assert!(
            refused(&Workbook::new(&[("办件", rows)]).bytes()).contains("row 2: its cells do not stand"),
            "{place}"
        );
    }
    let mut twice = book();
    let first = (twice.parts[0].0.to_uppercase(), twice.parts[0].1.clone());
    twice.parts.push(first);
    assert!(refused(&twice.bytes()).contains("two of its parts have one name"));
    let many: Vec<_> = (0..10_001).map(|number| (format!("x{number}"), Vec::new())).collect();
    assert!(refused(&archive(&many)).contains("more parts than any workbook"));
}

/// Whichever byte of a workbook is another one, it tells what it told before or is refused, and nothing falls over.
#[test]
fn no_byte_makes_other_rows() {
    let whole = book().bytes();
    let told = tell(&whole, None).0;
    for at in 0..whole.len() {
        let mut other = whole.clone();
        other[at] ^= 0x11;
        let (_folder, path) = file(&other);
        let mut source = super::xlsx(&path, None, vec![super::events()]);
        let mut found = super::Told::default();
        let mut take = |batch| {
            found.take(batch);
            std::ops::ControlFlow::Continue(())
        };
        if source.read(&Default::default(), &super::at(super::NOW), &mut take).is_ok() {
            assert_eq!(found.slots, told.slots, "byte {at}");
        } else {
            assert!(found.slots.is_empty(), "byte {at}");
        }
    }
}

/// What else lies under the name of a workbook is said to be that.
#[test]
fn other_kinds_are_said_to_be_what_they_are() {
    let office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let sealed = |before: usize| [&office[..], &vec![0; before], &name, &[0; 40]].concat();
    let (gb18030, ..) = encoding_rs::GB18030.encode(EVENTS);
    let only = |part: &str| archive(&[(part.to_owned(), b"<x/>".to_vec())]);
    let binary = book().replace("_rels/.rels", "xl/workbook.xml", "xl/workbook.bin");
    let ods = archive(&[("mimetype".into(), Vec::new()), ("content.xml".into(), Vec::new())]);
    for (bytes, what) in [
        (EVENTS.as_bytes().to_vec(), "this is a text under the name of a workbook"),
        (gb18030.into_owned(), "this is a text under the name of a workbook"),
        (b"<html><table>".to_vec(), "this is a page (HTML)"),
        ([&office[..], &[0; 600]].concat(), "a workbook of old Office (.xls)"),
        (sealed(100), "sealed by a password"),
        (sealed(65_520), "sealed by a password"),
        (b"%PDF-1.4".to_vec(), "a document (PDF or RTF)"),
        (vec![0; 5000], "this is no workbook"),
        (only("word/document.xml"), "this is no workbook"),
        (only("x"), "this is no workbook"),
        (binary.bytes(), "a binary workbook (.xlsb)"),
        (ods, "an OpenDocument sheet (.ods)"),
    ] {
        let text = refused(&bytes);
        assert!(text.contains(what), "{what}: {text}");
        assert!(text.contains("events.xlsx: ") && text.contains("save it whole"), "{text}");
    }
    let mut locked = book().bytes();
    let place = locked.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    locked[place + 8] |= 1;
    assert!(refused(&locked).contains("sealed by a password"));
}
