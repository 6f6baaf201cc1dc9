//! Rows as the csv crate reads them, and bytes that nobody meant as CSV.

use std::fs::File;
use std::ops::ControlFlow;

use proptest::prelude::*;

use super::super::super::Cursors;
use super::super::super::tests::{NOW, at, csv, long};
use super::{EVENTS, file, put, tell, told_by};
use crate::domain::record::mapping::ReadFrom;
use crate::domain::text::Language;
use tempfile::tempdir;

proptest! {
    /// The csv crate is the judge of what a row is.
    #[test]
    fn rows_are_what_the_csv_crate_reads(text in "(id,no,stage,at\n)?([a1\",;\r\n\t 审]|\"\"|,,|\r\n){0,60}") {
        let (_folder, path) = file(&text);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        let open = File::open(&path).unwrap();
        let bytes = super::super::text::Bytes::new(open, u64::MAX, None).unwrap();
        let text = super::super::text::Text::new(&bytes, encoding_rs::UTF_8).unwrap();
        let mut rows = super::super::rows::Rows::new(text, b',');
        let mut record = super::super::rows::Record::default();
        let mut read = Vec::new();
        while rows.next(&mut record).unwrap() {
            read.push((0..record.len()).map(|at| record.field(at).to_owned()).collect::<Vec<_>>());
        }
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn no_garbage_makes_a_file_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        header: bool,
        mark in prop::sample::select(vec![&b""[..], b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"]),
        fresh: bool,
    ) {
        let head: &[u8] = if header { EVENTS.as_bytes() } else { b"" };
        let (_folder, path) = file([mark, head, &bytes].concat());
        let now = at(if fresh { "2011-11-30T09:00:00+08:00" } else { NOW });
        let mut take = |_| ControlFlow::Continue(());
        match csv(&path, vec![long(ReadFrom::Files)]).read(&Cursors::new(), &now, &mut take) {
            Ok(reading) => prop_assert!(!reading.stopped),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}

/// A zero byte costs its cell: of the number of a case the row, of a text nothing but itself. Ten such lines are borne, and one for ten
/// of the file: of 14 lines 11, of 15 no 12.
#[test]
fn a_zero_byte_costs_its_cell() {
    for (spoilt, taken) in [("3,A2\0,收件,2011-11-01\n", false), ("3,A2,收\0件,2011-11-01\n", true)] {
        let told = told_by(format!("{EVENTS}{spoilt}4,A3,办结,2011-11-03\n"));
        let mut expected = vec![
            "A1 step Some(\"收件\") 2011-11-01T09:00:00+08:00".to_owned(),
            "A1 step Some(\"审核\") 2011-11-02".to_owned(),
        ];
        expected.extend(taken.then(|| "A2 step None 2011-11-01".to_owned()));
        expected.push("A3 step Some(\"办结\") 2011-11-03".to_owned());
        assert_eq!(told.traces(), expected);
        assert_eq!(told.rejected.len(), 1, "it is named");
    }
    for lines in [9, 10, 11] {
        let told = told_by(format!("{EVENTS}{}", "\0\0\0\n".repeat(lines)));
        assert_eq!((told.traces().len(), told.rejected.len()), (2, lines), "{lines}");
    }
    let block = "\0".repeat(64 * 1024);
    let told = told_by(format!("{EVENTS}3,A2,{block},2011-11-01\n4,A3,办结,2011-11-03\n"));
    assert!(
        told.traces().iter().any(|trace| trace.starts_with("A3")),
        "a block that the disk lost is one line"
    );
}

/// A file that breaks off inside a quotation waits for the rest; where none comes the row is in doubt, under its case where that stands
/// before the mark, and every other is taken.
#[test]
fn a_quotation_that_breaks_off_costs_its_row() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("events.csv");
    for (open, case) in [("3,A1,\"open\nand more\nand more", Some("A1")), ("3,\"A1", None)] {
        put(&path, format!("{EVENTS}{open}"), "2011-12-01T08:59:00+08:00");
        let (told, reading) = tell(&path, &at(NOW));
        assert_eq!(
            (told.traces().len(), told.rejected.len(), reading.notes.len()),
            (2, 0, 1),
            "it may go on"
        );
        let (told, reading) = tell(&path, &at("2011-12-01T10:00:00+08:00"));
        assert_eq!((told.traces().len(), reading.incomplete), (2, None), "what stands before it is taken");
        let rejected: Vec<_> = told.rejected.iter().map(|it| (it.row.as_str(), it.case.as_deref())).collect();
        assert_eq!(rejected, [("events.csv:4", case)]);
        let reason = told.rejected[0].reason.words(Language::English);
        assert!(reason.contains("line 4: the row breaks off inside a quotation"), "{reason}");
    }
}
