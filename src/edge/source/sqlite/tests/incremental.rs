//! DESIGN section 9: incremental by watermark with an overlap, idempotent by key.

use proptest::prelude::*;

use super::super::super::Cursors;
use super::super::super::tests::{NOW, Told, at, long, replay, sqlite, table};
use super::{CASES, database, watched};
use crate::domain::record::mapping::{ReadSpec, TimeFormat};
use crate::domain::text::{Language, Text};

fn english(note: &Text) -> String {
    note.words(Language::English)
}

#[test]
fn what_did_not_change_is_not_read_and_what_did_is() {
    let (_folder, path, writer) = database(CASES);
    let mut source = sqlite(&path, vec![watched()]);
    let mut told = Told::default();
    assert_eq!(told.read(&mut *source, &at(NOW)).rows, 3);
    assert!(told.read(&mut *source, &at(NOW)).unchanged);
    writer
        .execute_batch(
            "update cases set closed = '2011-11-30', changed = '2011-12-01 08:00:00' where no = 'A1'",
        )
        .unwrap();
    let reading = told.read(&mut *source, &at(NOW));
    // The change, and what lies within the overlap of a day before the last watermark.
    assert_eq!((reading.unchanged, reading.rows), (false, 3));
    assert_eq!(told.read(&mut *source, &at(NOW)).rows, 0);
    writer.execute_batch("update cases set item = 'i9' where no = 'A1'").unwrap();
    assert_eq!(told.read(&mut *source, &at(NOW)).rows, 2, "A2 lies more than a day before the watermark");
    assert_eq!(told.items["A1"], "i9");
    writer.execute_batch("insert into cases values('A0', 'i', '2011-11-01', null, null)").unwrap();
    assert_eq!(told.read(&mut *source, &at(NOW)).rows, 3, "a row without a watermark is never behind it");
}

#[test]
fn a_round_that_was_not_committed_reads_again() {
    let (_folder, path, writer) = database(CASES);
    let mut source = sqlite(&path, vec![watched()]);
    let mut told = Told::default();
    told.read(&mut *source, &at(NOW));
    writer.execute_batch("update cases set item = 'i9' where no = 'A3'").unwrap();
    let kept = told.cursors.clone();
    assert_eq!(told.read(&mut *source, &at(NOW)).rows, 2);
    told.cursors = kept;
    assert_eq!(told.read(&mut *source, &at(NOW)).rows, 2, "the watermark did not move, and yet it is read");
    told.cursors = Cursors::new();
    assert_eq!(told.read(&mut *source, &at(NOW)).rows, 3, "without cursors everything is read");
}

/// A clock that was ahead left a mark of its own day: what is written once it is right lies before that mark.
#[test]
fn a_mark_of_a_wrong_clock_hides_nothing() {
    for (mark, rows) in [
        ("2011-12-01 08:59:59", 2),
        ("2011-12-01 09:00:00", 2),
        ("2011-12-01 09:00:01", 4),
        ("2011-12-28 09:00:00", 4),
    ] {
        let (_folder, path, writer) = database(CASES);
        let mut source = sqlite(&path, vec![watched()]);
        let mut told = Told::default();
        writer.execute_batch(&format!("update cases set changed = '{mark}' where no = 'A3'")).unwrap();
        told.read(&mut *source, &at("2011-12-28T10:00:00+08:00"));
        writer
            .execute_batch("insert into cases values('A6', 'i', '2011-11-30', null, '2011-11-30 09:30:00')")
            .unwrap();
        assert_eq!(told.read(&mut *source, &at(NOW)).rows, rows, "{mark}");
    }
}

#[test]
fn a_watermark_in_the_future_hides_nothing() {
    let (_folder, path, writer) = database(CASES);
    writer.execute_batch("insert into cases values('A4', 'i', '2011-11-30', null, '2099-01-01')").unwrap();
    let mut source = sqlite(&path, vec![watched()]);
    let mut told = Told::default();
    let reading = told.read(&mut *source, &at(NOW));
    assert!(
        told.items.contains_key("A4")
            && english(&reading.notes[0]).contains("1 rows have a time after the present")
    );
    assert_eq!(reading.newest.unwrap().to_string(), "2011-11-30T10:00:00+08:00");
    writer
        .execute_batch("insert into cases values('A5', 'i', '2011-11-30', null, '2011-12-01 08:59:00')")
        .unwrap();
    told.read(&mut *source, &at(NOW));
    assert!(told.items.contains_key("A5"));
    assert!(!told.read(&mut *source, &at(NOW)).unchanged, "the future may come without a change");
}

#[test]
fn in_a_replay_later_rows_are_not_yet_there() {
    let (_folder, path, _) = database(CASES);
    let mut source = sqlite(&path, vec![watched()]);
    let mut told = Told::default();
    let reading = told.read(&mut *source, &replay("2011-11-29T12:00:00+08:00"));
    assert_eq!((reading.rows, reading.notes.len(), told.rejected.len()), (2, 0, 0));
    assert_eq!(told.read(&mut *source, &replay("2011-11-30T12:00:00+08:00")).rows, 2);
    assert_eq!(told.rejected.len(), 1);
}

#[test]
fn every_sortable_writing_of_a_watermark_bounds_the_next_reading() {
    let day =
        |day: u32| chrono::NaiveDate::from_ymd_opt(2011, 11, day).unwrap().and_hms_opt(9, 30, 15).unwrap();
    let pattern = |text: &str| TimeFormat::Pattern(text.into());
    let text = |pattern: &str, number: u32| format!("'{}'", day(number).format(pattern));
    let stamp = |number: u32| day(number).and_utc().timestamp() - 8 * 3600;
    let writings: [(TimeFormat, &dyn Fn(u32) -> String); 11] = [
        (TimeFormat::Iso, &|it| text("%Y-%m-%d", it)),
        (TimeFormat::Iso, &|it| text("%Y-%m-%d %H:%M:%S", it)),
        (TimeFormat::Iso, &|it| text("%Y-%m-%dT%H:%M:%S.123+08:00", it)),
        (TimeFormat::EpochSeconds, &|it| stamp(it).to_string()),
        (TimeFormat::EpochSeconds, &|it| format!("'{}'", stamp(it))),
        (TimeFormat::EpochMilliseconds, &|it| format!("{}", stamp(it) * 1000 + 7)),
        (pattern("%Y%m%d"), &|it| text("%Y%m%d", it)),
        (pattern("%Y%m%d%H%M%S"), &|it| text("%Y%m%d%H%M%S", it)),
        (pattern("%Y%m%d%H%M%S"), &|it| day(it).format("%Y%m%d%H%M%S").to_string()),
        (pattern("%Y/%m/%d %H:%M"), &|it| text("%Y/%m/%d %H:%M", it)),
        (pattern("%Y年%m月%d日 %I:%M %p"), &|it| text("%Y年%m月%d日 %I:%M %p", it)),
    ];
    for (format, write) in writings {
        let (_folder, path, writer) = database("create table cases(no, item, accepted, closed, changed)");
        let insert = |number: u32| {
            let changed = write(number);
            writer
                .execute_batch(&format!("insert into cases values('A{number}', 'i', null, null, {changed})"))
                .unwrap();
        };
        (1..=20).for_each(insert);
        let mut source = sqlite(&path, vec![ReadSpec { times: vec![format.clone()], ..watched() }]);
        let mut told = Told::default();
        assert_eq!(told.read(&mut *source, &at(NOW)).rows, 20);
        insert(21);
        let reading = told.read(&mut *source, &at(NOW));
        assert_eq!(
            (reading.rows, told.items.len(), reading.notes.len()),
            (3, 21, 0),
            "{format:?} {}",
            write(1)
        );
    }
}

#[test]
fn a_watermark_that_does_not_sort_is_noted_and_everything_is_read() {
    let (_folder, path, writer) = database("create table cases(no, item, accepted, closed, changed)");
    writer.execute_batch("insert into cases values('A1', 'i', null, null, '01.11.2011')").unwrap();
    let times = vec![TimeFormat::Pattern("%d.%m.%Y".into())];
    let mut source = sqlite(&path, vec![ReadSpec { times, ..watched() }]);
    let mut told = Told::default();
    told.read(&mut *source, &at(NOW));
    writer.execute_batch("insert into cases values('A2', 'i', null, null, null)").unwrap();
    let reading = told.read(&mut *source, &at(NOW));
    assert_eq!(reading.rows, 2);
    assert!(
        english(&reading.notes[0]).contains("does not sort by time")
            && english(&reading.notes[1]).contains("1 rows have no time")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Complaint: a cursor skips rows that commit late, out of order, or at the same moment.
    #[test]
    fn incremental_readings_tell_what_one_full_reading_tells(
        rounds in prop::collection::vec(prop::collection::vec((0u32..30, 0u32..40, 0u32..90_000), 0..12), 1..6),
    ) {
        let (_folder, path, writer) = database(
            "create table events(id integer primary key, no, stage, at, changed); create index c on events(changed)");
        let read = ReadSpec { watermark: Some("changed".into()), ..long(table("events")) };
        let mut source = sqlite(&path, vec![read.clone()]);
        let mut told = Told::default();
        for (day, rows) in (1..).zip(&rounds) {
            let now = chrono::NaiveDate::from_ymd_opt(2011, 11, day).unwrap().and_hms_opt(23, 0, 0).unwrap();
            for (id, stage, late) in rows {
                // Entered up to a day late, within the overlap.
                let changed = now - chrono::Duration::seconds((*late).into()) ;
                let changed = changed.max(now - chrono::Duration::hours(24)).to_string();
                let values = (*id, format!("A{}", id % 5), stage, "2011-10-01", changed);
                writer.execute("insert or replace into events values(?1, ?2, ?3, ?4, ?5)", values).unwrap();
            }
            told.read(&mut *source, &at(&format!("{now}+08:00").replace(' ', "T")));
        }
        let mut whole = Told::default();
        whole.read(&mut *sqlite(&path, vec![read]), &at(NOW));
        prop_assert_eq!(told.slots, whole.slots);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(order in Just((0..40u32).collect::<Vec<_>>()).prop_shuffle()) {
        let tell = |order: &[u32]| {
            let (_folder, path, writer) = database("create table events(id, no, stage, at)");
            for id in order {
                let values = (*id, id % 7, id % 3, format!("2011-11-{:02}", id % 28 + 1));
                writer.execute("insert into events values(?1, ?2, ?3, ?4)", values).unwrap();
            }
            let mut told = Told::default();
            let keyless = ReadSpec { key: Vec::new(), ..long(table("events")) };
            told.read(&mut *sqlite(&path, vec![long(table("events")), keyless]), &at(NOW));
            told.slots
        };
        prop_assert_eq!(tell(&order), tell(&(0..40).collect::<Vec<_>>()));
    }
}
