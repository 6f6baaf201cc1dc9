//! Rows as the csv crate reads them, and bytes that nobody meant as CSV.

use std::fs::File;
use std::ops::ControlFlow;

use proptest::prelude::*;

use super::super::super::Cursors;
use super::super::super::tests::{NOW, at, csv, long};
use super::{EVENTS, file};
use crate::domain::record::mapping::ReadFrom;

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
