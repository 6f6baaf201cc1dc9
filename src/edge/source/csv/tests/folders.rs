//! What a reading of a folder says of it, and which of its files it reads.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::tempdir;

use super::{EVENTS, NOW, Told, at, csv, file, long, put, refusal, wide};
use crate::domain::record::mapping::ReadFrom;
use crate::domain::text::Language;
use crate::edge::source::{Cursors, Over, Reading};

const DAY: &str = "2011-11-30T09:00:00+08:00";
/// Less before the present than a file has to lie.
const FRESH: &str = "2011-12-01T08:59:00+08:00";

/// A line that is no text: so many of them make a file that is none.
const NO_TEXT: &str = "\0\0\n";

fn said(reading: &Reading) -> Vec<String> {
    reading.notes.iter().map(|note| note.words(Language::English)).collect()
}

fn whole(reading: &Reading) -> Vec<(u16, &str)> {
    reading.whole.iter().map(|(read, file)| (*read, file.as_str())).collect()
}

/// A file that became smaller is named; one of the same size or a greater one is not. A delivery is as old as its newest file.
#[test]
fn a_file_that_shrank_is_named() {
    let day = "2011-11-30T09:00:00+08:00";
    for (text, named) in [
        (EVENTS.replace("审核", "审"), true),
        (EVENTS.replace("审核", "核审"), false),
        (EVENTS.replace("审核", "审核了"), false),
    ] {
        let folder = tempdir().unwrap();
        let [one, other] = ["a.csv", "b.csv"].map(|name| folder.path().join(name));
        put(&one, EVENTS, day);
        put(&other, EVENTS.replace("A1", "A2"), "2011-11-29T09:00:00+08:00");
        let mut source = csv(folder.path(), vec![long(ReadFrom::Files)]);
        let mut told = Told::default();
        let delivered = told.read(&mut *source, &at(NOW)).delivered;
        assert_eq!(delivered, Some(day.parse().unwrap()));
        put(&one, &text, "2011-11-30T10:00:00+08:00");
        let notes = told.read(&mut *source, &at(NOW)).notes;
        let said = notes.iter().any(|note| note.words(Language::English).starts_with("a.csv shrank"));
        assert_eq!(said, named, "{text}: {notes:?}");
    }
}

/// A folder from which all files went is no delivery of nothing; one that never had any is.
#[test]
fn a_folder_that_was_emptied_is_dark() {
    let folder = tempdir().unwrap();
    let mut source = csv(folder.path(), vec![long(ReadFrom::Files)]);
    let mut told = Told::default();
    assert_eq!(told.read(&mut *source, &at(NOW)).rows, 0);
    put(&folder.path().join("a.csv"), EVENTS, "2011-11-30T09:00:00+08:00");
    assert_eq!(told.read(&mut *source, &at(NOW)).rows, 2);
    fs::remove_file(folder.path().join("a.csv")).unwrap();
    let cursors: Cursors = told.cursors.clone();
    let empty = source.read(&cursors, &at(NOW), &mut |_| ControlFlow::Continue(()));
    assert!(empty.err().unwrap().to_string().contains("empty"));
    // What cannot be read is there all the same.
    fs::create_dir(folder.path().join("b.csv")).unwrap();
    assert!(told.read(&mut *source, &at(NOW)).incomplete.is_some());
}

/// A file whose contents cannot be read is not read again until it looks otherwise: it may have taken long.
#[test]
fn a_spoilt_file_is_read_once() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.csv");
    put(&path, format!("{EVENTS}{}", NO_TEXT.repeat(20)), "2011-11-30T09:00:00+08:00");
    let mut source = csv(folder.path(), vec![long(ReadFrom::Files)]);
    let mut told = Told::default();
    for unchanged in [false, true, true] {
        let reading = told.read(&mut *source, &at(NOW));
        assert!(reading.incomplete.is_some() && reading.unread == ["a.csv"], "{reading:?}");
        assert!(reading.never_read.iter().eq(["a.csv"]));
        assert_eq!((reading.unchanged, reading.rows), (unchanged, 0));
    }
    put(&path, format!("{EVENTS}{}", NO_TEXT.repeat(20)), "2011-11-30T09:00:01+08:00");
    assert!(!told.read(&mut *source, &at(NOW)).unchanged, "written again");
    put(&path, EVENTS, "2011-11-30T09:00:02+08:00");
    let reading = told.read(&mut *source, &at(NOW));
    assert_eq!((reading.rows, reading.incomplete, reading.unread.len()), (2, None, 0));
    // From now on it was read, so no case is held up for what a new file might hold.
    put(&path, format!("{EVENTS}{}", NO_TEXT.repeat(20)), "2011-11-30T09:00:03+08:00");
    assert!(told.read(&mut *source, &at(NOW)).never_read.is_empty());
}

/// A file of 0 bytes in a folder holds nothing, and holds nobody up: it is said once. One that may still be written, one that was emptied,
/// and one that is all there is are no such thing.
#[test]
fn an_empty_file_is_passed_over() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    put(&path("a.csv"), EVENTS, DAY);
    put(&path("b.csv"), "", DAY);
    let mut source = csv(folder.path(), vec![long(ReadFrom::Files)]);
    let mut told = Told::default();
    let reading = told.read(&mut *source, &at(NOW));
    assert_eq!((reading.rows, reading.incomplete.as_ref(), whole(&reading)), (2, None, vec![(0, "")]));
    assert_eq!(said(&reading), ["b.csv is empty (0 bytes), and is passed over"]);
    let again = told.read(&mut *source, &at(NOW));
    assert!(again.unchanged && again.notes.is_empty(), "{again:?}");
    put(&path("b.csv"), EVENTS.replace("A1", "A2"), "2011-11-30T10:00:00+08:00");
    assert_eq!(told.read(&mut *source, &at(NOW)).rows, 2, "written at last");
    put(&path("b.csv"), "", "2011-11-30T11:00:00+08:00");
    let emptied = told.read(&mut *source, &at(NOW));
    assert!(emptied.incomplete.is_some() && emptied.unread == ["b.csv"], "{emptied:?}");
    put(&path("c.csv"), "", FRESH);
    let fresh = said(&told.read(&mut *source, &at(NOW)));
    assert!(fresh.iter().any(|note| note.starts_with("c.csv ends in an unfinished line")), "{fresh:?}");
    let (_folder, alone) = file("");
    assert!(refusal(&mut *csv(&alone, vec![long(ReadFrom::Files)])).contains("no header row"));
}

/// For whoever sets it up two hundred files are looked into, the newest, and how many are older is said.
#[test]
fn so_many_files_are_looked_into() {
    for (files, older) in [(199, 0), (200, 0), (201, 1)] {
        let folder = tempdir().unwrap();
        for number in 0..files {
            let path = folder.path().join(format!("{number}.csv"));
            // The first by its name is the oldest.
            let day = if number == 0 { "2011-11-29" } else { "2011-11-30" };
            put(&path, EVENTS.replace("A1", &format!("A{number}")), &format!("{day}T09:00:00+08:00"));
        }
        let mut read = BTreeSet::new();
        let mut source = csv(folder.path(), vec![long(ReadFrom::Files)]);
        let first = source.first_rows(&at(NOW), &mut |batch| {
            read.extend(batch.facts.into_iter().map(|fact| fact.case));
        });
        let first = first.unwrap();
        assert_eq!((first.older, read.len(), first.unread.len()), (older, files - older, 0));
        assert_eq!(read.contains("A0"), older == 0, "{files}");
    }
}

/// Where every file was read the reading is whole, where one was not the others are; what was not opened again was not read.
#[test]
fn a_reading_says_what_it_read_whole() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    put(&path("a.csv"), EVENTS, DAY);
    put(&path("b.csv"), EVENTS.replace("A1", "A2"), DAY);
    let mut source = csv(folder.path(), vec![long(ReadFrom::Files), long(ReadFrom::Files)]);
    let mut told = Told::default();
    let reading = told.read(&mut *source, &at(NOW));
    assert_eq!((reading.rows, whole(&reading), reading.any_case_unread), (8, vec![(0, ""), (1, "")], false));
    put(&path("b.csv"), format!("{EVENTS}{}", NO_TEXT.repeat(20)), "2011-11-30T10:00:00+08:00");
    put(&path("c.csv"), EVENTS.replace("A1", "A3"), DAY);
    let reading = told.read(&mut *source, &at(NOW));
    assert_eq!((whole(&reading), reading.any_case_unread), (vec![(0, "c.csv:"), (1, "c.csv:")], true));
    // What is no file can hold nothing, and what was read of it before is not gone.
    put(&path("b.csv"), EVENTS.replace("A1", "A2"), "2011-11-30T11:00:00+08:00");
    fs::remove_file(path("c.csv")).unwrap();
    fs::create_dir(path("c.csv")).unwrap();
    let gone = |reading: &Reading| {
        let all: BTreeSet<String> =
            said(reading).into_iter().filter(|note| note.contains("is gone")).collect();
        all.into_iter().map(|note| note[..5].to_owned()).collect::<Vec<_>>()
    };
    let reading = told.read(&mut *source, &at(NOW));
    assert_eq!((whole(&reading), reading.any_case_unread), (vec![(0, "b.csv:"), (1, "b.csv:")], false));
    assert_eq!((gone(&reading), reading.unread), (Vec::new(), vec!["c.csv".to_owned()]));
    fs::remove_file(path("b.csv")).unwrap();
    assert_eq!(gone(&told.read(&mut *source, &at(NOW))), ["b.csv"]);
}

/// A file that is still being written: whole as far as it goes it is read at once, and not again; empty, or packed and broken off, it
/// waits, and is refused when it has lain long enough.
#[test]
fn a_file_on_its_way_waits_for_its_end() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(EVENTS.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    for (bytes, rows, waits, why) in [
        (EVENTS.as_bytes(), 2, false, ""),
        (&packed, 2, false, ""),
        (b"", 0, true, "no header row"),
        (&packed[..packed.len() - 9], 0, true, "cannot be unpacked"),
    ] {
        let (_folder, path) = file("");
        put(&path, bytes, FRESH);
        let mut told = Told::default();
        let mut source = csv(&path, vec![long(ReadFrom::Files)]);
        let reading = told.read(&mut *source, &at(NOW));
        assert_eq!(
            (reading.rows, reading.notes.len()),
            (rows, usize::from(waits)),
            "{why} {:?}",
            said(&reading)
        );
        let later = at("2011-12-01T09:10:00+08:00");
        if waits {
            let refused = source.read(&told.cursors.clone(), &later, &mut |_| ControlFlow::Continue(()));
            let refused = refused.unwrap_err().said().words(Language::English);
            assert!(refused.contains(why), "{why}: {refused}");
        } else {
            assert!(told.read(&mut *source, &later).unchanged, "it was whole");
        }
    }
}

/// A reading that is over ends with its next piece, and moves no cursor.
#[test]
fn a_reading_ends_when_it_is_over() {
    let (_folder, path) = file(EVENTS);
    let mut source = csv(&path, vec![long(ReadFrom::Files)]);
    let over = Over::default();
    source.end_when(&over);
    let mut told = Told::default();
    assert_eq!(told.read(&mut *source, &at(NOW)).rows, 2);
    over.end();
    put(&path, EVENTS, "2011-11-30T10:00:00+08:00");
    let ended = refusal(&mut *source);
    assert!(ended.contains("too long"), "{ended}");
}

/// A read that asks for a table is a mistake of the mapping, whatever else is read.
#[test]
fn a_read_that_asks_for_a_table_is_refused() {
    let (_folder, path) = file(EVENTS);
    let reads = vec![long(ReadFrom::Files), wide(super::table("cases"))];
    assert!(refusal(&mut *csv(&path, reads)).contains("asks for a table"));
}

/// Where two files tell of one row the one that was written last counts, whichever of them changes.
#[test]
fn the_file_written_last_has_the_last_word_also_when_an_older_one_changes() {
    let folder = tempdir().unwrap();
    let (first, second) = (folder.path().join("1.csv"), folder.path().join("2.csv"));
    put(&first, EVENTS, "2011-11-29T09:00:00+08:00");
    put(&second, EVENTS.replace("审核", "办结"), "2011-11-30T09:00:00+08:00");
    let mut source = csv(folder.path(), vec![long(ReadFrom::Files)]);
    let mut told = Told::default();
    told.read(&mut *source, &at(NOW));
    for (row, second_of_hour, last) in [("x", "08:59:59", "办结"), ("y", "09:00:01", "审核")] {
        put(
            &first,
            format!("{EVENTS}3,A1,{row},2011-11-03\n"),
            &format!("2011-11-30T{second_of_hour}+08:00"),
        );
        told.read(&mut *source, &at(NOW));
        assert!(told.traces()[1].contains(last), "{row}: {:?}", told.traces());
    }
}
