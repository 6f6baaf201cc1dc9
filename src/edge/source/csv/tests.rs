//! DESIGN section 9: CSV as it is dropped, in UTF-8 and GB18030, whole, growing or spoilt.

mod bounds;
mod cells;
mod folders;
mod hostile;

use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::{TempDir, tempdir};

use super::super::tests::{NOW, Told, at, csv, long, refusal, replay, table, wide};
use super::super::{BATCH, Cursors, Reading};
use crate::domain::now::Now;
use crate::domain::record::mapping::{ReadFrom, ReadSpec};
use crate::domain::text::{Language, Text};

const EVENTS: &str = "id,no,stage,at\n1,A1,收件,2011-11-01 09:00:00\n2,A1,审核,2011-11-02\n";

/// Writes a file as if at a moment.
fn put(path: &Path, bytes: impl AsRef<[u8]>, moment: &str) {
    fs::write(path, bytes).unwrap();
    let seconds = u64::try_from(at(moment).instant.timestamp()).unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
}

/// A file that was written the day before the present.
fn file(bytes: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = tempdir().unwrap();
    let path = folder.path().join("events.csv");
    put(&path, bytes, "2011-11-30T09:00:00+08:00");
    (folder, path)
}

fn tell(path: &Path, now: &Now) -> (Told, Reading) {
    let mut told = Told::default();
    let reading = told.read(&mut *csv(path, vec![long(ReadFrom::Files)]), now);
    (told, reading)
}

/// What a file of these bytes tells.
fn told_by(bytes: impl AsRef<[u8]>) -> Told {
    let (_folder, path) = file(bytes);
    tell(&path, &at(NOW)).0
}

fn refused(bytes: impl AsRef<[u8]>) -> String {
    let (_folder, path) = file(bytes);
    refusal(&mut *csv(&path, vec![long(ReadFrom::Files)]))
}

#[test]
fn every_encoding_tells_the_same() {
    let utf8 = told_by(EVENTS);
    let expected = ["A1 step Some(\"收件\") 2011-11-01T09:00:00+08:00", "A1 step Some(\"审核\") 2011-11-02"];
    assert_eq!(utf8.traces(), expected);
    let (gb18030, ..) = encoding_rs::GB18030.encode(EVENTS);
    let utf16 = |bytes: fn(u16) -> [u8; 2]| {
        "\u{feff}".encode_utf16().chain(EVENTS.encode_utf16()).flat_map(bytes).collect::<Vec<_>>()
    };
    let same = [
        [b"\xef\xbb\xbf", EVENTS.as_bytes()].concat(),
        gb18030.into_owned(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        EVENTS.replace('\n', "\r\n").into_bytes(),
        EVENTS.replace('\n', "\r").into_bytes(),
        EVENTS.replace("no,stage", " no ,\"stage\"").into_bytes(),
        EVENTS.replace('\n', "\n\n  \n").into_bytes(),
        format!("{EVENTS}\u{1a}").into_bytes(),
    ];
    for bytes in same {
        assert_eq!(told_by(&bytes).slots, utf8.slots, "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_line() {
    let (gb18030, ..) = encoding_rs::GB18030.encode("3,A2,收件,2011-11-01\n");
    let mixed = [EVENTS.as_bytes(), &gb18030.repeat(40), &b"\xff\n".repeat(40)].concat();
    let text = refused(mixed);
    assert!(
        text.contains("line 44: the bytes are neither UTF-8 (up to line 4) nor GB18030 (up to line 44)")
            && text.contains("save the file"),
        "{text}"
    );
    let marked = [&b"\xef\xbb\xbf"[..], EVENTS.as_bytes(), &b"\xff\n".repeat(20)].concat();
    assert!(refused(marked).contains("line 4: the bytes are no UTF-8"));
    assert!(refused(format!("{EVENTS}{}", "3,A\0\n".repeat(12))).contains("a zero byte"));
}

#[test]
fn a_header_that_does_not_fit_is_refused() {
    assert!(refused("").contains("no header row"));
    assert!(refused("id,no,no,stage,at\n").contains("two columns are named `no`"));
    let text = refused("id,no,stage\n1,A1,x\n");
    assert!(
        text.contains("there is no column `at`; the names of the 3 that are there are not shown here"),
        "{text}"
    );
    let (_folder, path) = file("no,item,accepted,closed,,\nA1,i,,,,\n");
    let mut told = Told::default();
    assert_eq!(
        told.read(&mut *csv(&path, vec![wide(ReadFrom::Files)]), &at(NOW)).rows,
        1,
        "columns without a name"
    );
    assert!(refusal(&mut *csv(&path, vec![wide(table("cases"))])).contains("asks for a table"));
    fs::remove_file(&path).unwrap();
    assert!(refusal(&mut *csv(&path, vec![wide(ReadFrom::Files)])).contains("does not exist"));
}

#[test]
fn a_spoilt_row_is_told_with_its_line_and_the_others_are_taken() {
    for end in ["\n", "\r\n"] {
        let text = "id,no,stage,at\n1,A1,\"two\nlines\",2011-11-01\n2,A1,x,y,2011-11-02\n3,A1,x,2011-02-30\n,A1,x,2011-11-02\n\
                    5,A1,\"a \"\"b\"\"\",2011-11-02\n";
        let told = told_by(text.replace('\n', end));
        assert_eq!(told.traces().len(), 2);
        let mut reasons: Vec<_> = told
            .rejected
            .iter()
            .map(|it| (it.row.as_str(), it.case.as_deref(), it.reason.words(Language::English)))
            .collect();
        reasons.sort_by(|one, other| one.2.cmp(&other.2));
        let fields = "events.csv line 4: 5 fields, where the header has 4";
        assert_eq!(reasons[0], ("events.csv:4", Some("A1"), fields.to_owned()));
        assert_eq!(reasons[1].0, "3");
        assert!(reasons[1].2.starts_with("events.csv line 5, column `at`: `2011-02-30`"), "{reasons:?}");
        let key = "events.csv line 6, column `id`: the row's key is empty";
        assert_eq!(reasons[2], ("events.csv:6", Some("A1"), key.to_owned()));
        let chinese = told.rejected.iter().find(|it| it.column.is_none()).unwrap();
        assert_eq!(chinese.reason.words(Language::Chinese), "events.csv 第4行：有 5 个字段，而表头只有 4 个");
    }
}

#[test]
fn an_unfinished_line_waits_until_it_is_finished_or_has_lain_long_enough() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("events.csv");
    let mut source = csv(&path, vec![long(ReadFrom::Files)]);
    let mut told = Told::default();
    put(&path, &EVENTS[..EVENTS.len() - 3], "2011-12-01T08:58:00+08:00");
    let reading = told.read(&mut *source, &at(NOW));
    assert_eq!((reading.rows, told.rejected.len(), reading.incomplete), (1, 0, None));
    assert!(reading.notes[0].words(Language::English).contains("events.csv ends in an unfinished line"));
    let reading = told.read(&mut *source, &at(NOW));
    assert!(reading.unchanged && reading.rows == 0);
    // Five minutes after it was written it is taken for what it is.
    let later = at("2011-12-01T09:03:00+08:00");
    assert_eq!(told.read(&mut *source, &later).rows, 2);
    assert_eq!(told.rejected.len(), 1, "`2011-11-` is no day");
    put(&path, format!("{EVENTS}3,A1,送"), "2011-12-01T09:04:00+08:00");
    assert_eq!(told.read(&mut *source, &at("2011-12-01T09:05:00+08:00")).rows, 2);
    put(&path, format!("{EVENTS}3,A1,送达,2011-11-03\n"), "2011-12-01T09:06:00+08:00");
    assert_eq!(told.read(&mut *source, &at("2011-12-01T09:06:00+08:00")).rows, 3);
    assert_eq!(told.traces().len(), 3);
}

#[test]
fn half_a_character_at_the_end_is_only_unfinished() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("events.csv");
    let (gb18030, ..) = encoding_rs::GB18030.encode(EVENTS);
    for bytes in [EVENTS.as_bytes(), &gb18030] {
        let cut = bytes.iter().rposition(|byte| *byte > 0x7f).unwrap();
        put(&path, &bytes[..cut], "2011-12-01T08:59:00+08:00");
        let (told, reading) = tell(&path, &at(NOW));
        assert_eq!((told.traces().len(), reading.incomplete), (1, None));
    }
}

#[test]
fn a_file_from_the_future_is_not_taken_for_finished_and_in_a_replay_it_is() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("events.csv");
    put(&path, EVENTS.trim_end(), "2026-01-01T09:00:00+08:00");
    assert_eq!(tell(&path, &at(NOW)).0.traces().len(), 1);
    assert_eq!(tell(&path, &replay(NOW)).0.traces().len(), 2);
}

#[test]
fn a_quotation_that_is_never_closed_waits_and_then_is_none() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("events.csv");
    put(&path, format!("{EVENTS}3,A1,\"open,2011-11-03\n4,A1,x,2011-11-04\n"), "2011-12-01T08:59:00+08:00");
    let (told, reading) = tell(&path, &at(NOW));
    assert_eq!((told.traces().len(), reading.notes.len()), (2, 1));
    let later = at("2011-12-01T10:00:00+08:00");
    let (told, reading) = tell(&path, &later);
    assert_eq!(told.traces()[2..], ["A1 step Some(\"open\") 2011-11-03", "A1 step Some(\"x\") 2011-11-04"]);
    let note = reading.notes[0].words(Language::English);
    assert!(note.contains("1 quotation marks that are never closed, the first in line 4"), "{note}");
    // One row among what follows may be another case's.
    let swallowed = "3,A1,\"open\nand more\n4,A2,x,2011-11-04\nand more\n";
    put(&path, format!("{EVENTS}{swallowed}"), "2011-11-30T09:00:00+08:00");
    let mut told = Told::default();
    let mut take = |batch| {
        told.take(batch);
        ControlFlow::Continue(())
    };
    let error = csv(&path, vec![long(ReadFrom::Files)]).read(&Cursors::new(), &later, &mut take).unwrap_err();
    let why = error.to_string();
    assert!(why.contains("line 4: a quotation mark opened in this row is never closed"), "{why}");
    assert_eq!(told.traces().len(), 2, "what stands before it is taken");
    let endless = refused(format!("{EVENTS}3,A1,\"{}", "x\n".repeat(600_000)));
    assert!(endless.contains("line 4: a row longer than 1 MiB"), "{endless}");
}

#[test]
fn one_spoilt_file_of_a_folder_stops_no_other_and_stays_in_sight() {
    let folder = tempdir().unwrap();
    let day = "2011-11-30T09:00:00+08:00";
    let at_name = |name: &str| folder.path().join(name);
    put(&at_name("a.csv"), EVENTS, day);
    put(&at_name("b.CSV"), "id,no,stage\n", day);
    put(&at_name("c.csv"), EVENTS.replace("A1", "A2").replace("收件", "受理"), day);
    for (name, bytes) in [(".d.csv", "x"), ("e.csv.tmp", "x"), ("f.part", "x"), ("notes.txt", "x")] {
        put(&at_name(name), bytes, day);
    }
    fs::create_dir(at_name("old")).unwrap();
    let mut source = csv(folder.path(), vec![long(ReadFrom::Files)]);
    let mut told = Told::default();
    for rows in [4, 2] {
        let reading = told.read(&mut *source, &at(NOW));
        assert_eq!((reading.rows, told.traces().len(), reading.unchanged), (rows, 4, false));
        let why = reading.incomplete.unwrap();
        let why = why.words(Language::English);
        assert!(why.contains("b.CSV") && why.contains("no column `at`"), "{why}");
        assert!(reading.notes[0].words(Language::English).starts_with(&why));
    }
    put(&at_name("b.CSV"), EVENTS.replace("A1", "A3"), day);
    assert_eq!(told.read(&mut *source, &at(NOW)).incomplete, None);
    assert_eq!(told.traces().len(), 6);
    assert!(told.read(&mut *source, &at(NOW)).unchanged);
    fs::remove_file(at_name("b.CSV")).unwrap();
    put(&at_name("c.csv"), &EVENTS[..60], day);
    let notes = told.read(&mut *source, &at(NOW)).notes;
    let said = |note: &Text| note.words(Language::English);
    assert!(notes.iter().any(|note| said(note).starts_with("b.CSV is gone")), "{notes:?}");
    assert!(notes.iter().any(|note| said(note).starts_with("c.csv shrank from")), "{notes:?}");
}

#[test]
fn many_rows_come_in_batches_and_stop_when_told() {
    let rows = 2 * BATCH + 1;
    let text: String = (0..rows).map(|id| format!("{id},A{id},x,2011-11-01\n")).collect();
    let (_folder, path) = file(format!("id,no,stage,at\n{text}"));
    let (told, reading) = tell(&path, &at(NOW));
    assert_eq!((told.traces().len(), reading.rows), (rows, rows as u64));
    let mut batches = 0;
    let mut take = |_| {
        batches += 1;
        ControlFlow::Break(())
    };
    let mut source = csv(&path, vec![long(ReadFrom::Files), wide(ReadFrom::Files)]);
    let reading = source.read(&Cursors::new(), &at(NOW), &mut take).unwrap();
    assert!(reading.stopped && reading.cursors.is_empty());
    assert_eq!(batches, 1);
}

/// Not part of the project; its counts are those of its description.
#[test]
fn a_real_log_is_read_as_it_is() {
    let Ok(path) = std::env::var("JIANCHAD_PERMIT_LOG") else { return };
    let mut read = long(ReadFrom::Files);
    (read.case, read.key) = ("case:concept:name".into(), vec!["concept:instance".into()]);
    read.traces[0].at = "time:timestamp".into();
    read.traces[0].stage = Some(crate::domain::record::mapping::Cell::Column("concept:name".into()));
    read.dates = vec![("deadline".into(), "case:deadline".into())];
    let keyless = ReadSpec { key: Vec::new(), ..read.clone() };
    let mut told = Told::default();
    let reading =
        told.read(&mut *csv(Path::new(&path), vec![read, keyless]), &at("2012-03-01T09:00:00+01:00"));
    assert_eq!((reading.rows, told.rejected.len(), reading.notes.len()), (2 * 8577, 0, 0));
    let cases: std::collections::BTreeSet<_> = told.slots.keys().map(|(case, _)| case).collect();
    assert_eq!(cases.len(), 1434);
    assert_eq!(told.slots.keys().filter(|(_, slot)| slot.read == 0).count(), 8577);
    assert_eq!(told.slots.keys().filter(|(_, slot)| slot.read == 1).count(), 8577);
}
