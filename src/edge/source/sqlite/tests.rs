//! DESIGN section 9 and the invariant that a source is never written to.

mod incremental;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::{TempDir, tempdir};

use super::super::tests::{NOW, Told, at, long, refusal, sqlite, table, wide};
use super::super::{BATCH, Cursors};
use crate::domain::record::mapping::{ReadFrom, ReadSpec};
use crate::domain::text::Language;

/// A database with these statements run on it.
fn database(sql: &str) -> (TempDir, PathBuf, Connection) {
    let folder = tempdir().unwrap();
    let path = folder.path().join("approval.db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(sql).unwrap();
    (folder, path, connection)
}

const CASES: &str = "create table cases(no text primary key, item, accepted, closed, changed);
    insert into cases values('A1', 'i1', '2011-11-01 09:00:00', null, '2011-11-01 09:00:00'),
        ('A2', 'i2', '2011-11-02', '2011-11-03', '2011-11-29 10:00:00'),
        ('A3', 'i2', '2011-02-30', null, '2011-11-30 10:00:00');";

fn watched() -> ReadSpec {
    ReadSpec { watermark: Some("changed".into()), ..wide(table("cases")) }
}

#[test]
fn a_wide_table_becomes_cases_with_their_traces() {
    let (_folder, path, _) = database(CASES);
    let mut told = Told::default();
    let reading = told.read(&mut *sqlite(&path, vec![wide(table("cases"))]), &at(NOW));
    let expected = [
        "A1 accepted None 2011-11-01T09:00:00+08:00",
        "A2 accepted None 2011-11-02",
        "A2 closed None 2011-11-03",
    ];
    assert_eq!(told.traces(), expected);
    assert_eq!((reading.rows, told.items["A2"].as_str()), (3, "i2"));
    assert_eq!(told.rejected[0].row, "A3");
    assert!(told.rejected[0].reason.words(Language::English).contains("`2011-02-30`"));
    assert_eq!(reading.newest.unwrap().to_string(), "2011-11-03");
}

#[test]
fn pages_leave_the_source_free_for_its_own_writers() {
    let rows = BATCH + 10;
    for mode in ["delete", "wal"] {
        let (_folder, path, writer) = database(&format!(
            "pragma journal_mode = {mode};
             create table cases(no integer primary key, item, accepted, closed);
             with recursive n(i) as (select 1 union all select i + 1 from n where i < {rows})
             insert into cases select i, 'i', '2011-11-01', null from n;"
        ));
        let mut source = sqlite(&path, vec![wide(table("cases"))]);
        let (mut told, mut batches) = (Told::default(), 0);
        let mut take = |batch| {
            told.take(batch);
            batches += 1;
            let changed = writer.execute("update cases set closed = '2011-11-02' where no = ?1", [rows - 1]);
            assert_eq!(changed, Ok(1), "{mode}");
            if mode == "wal" {
                let busy: i64 =
                    writer.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0)).unwrap();
                assert_eq!(busy, 0);
            }
            ControlFlow::Continue(())
        };
        let reading = source.read(&Cursors::new(), &at(NOW), &mut take).unwrap();
        assert_eq!((reading.rows, batches), (rows as u64, rows.div_ceil(BATCH)));
        assert_eq!(
            told.traces().len(),
            rows + 1,
            "the first page's reader saw the second page's case closed"
        );
        told.cursors = reading.cursors;
        let again = told.read(&mut *source, &at(NOW));
        assert!(!again.unchanged, "what was committed while it was read shows the next time");
    }
}

#[test]
fn the_source_keeps_its_bytes_and_its_time() {
    for mode in ["delete", "wal"] {
        let (folder, path, _writer) = database(&format!("pragma journal_mode = {mode}; {CASES}"));
        let look = || {
            let names =
                fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect::<Vec<_>>();
            let file = fs::metadata(&path).unwrap();
            (fs::read(&path).unwrap(), file.modified().unwrap(), names.len())
        };
        let before = look();
        for reads in
            [vec![watched()], vec![wide(ReadFrom::Query("select * from cases order by item".into()))]]
        {
            let mut told = Told::default();
            told.read(&mut *sqlite(&path, reads), &at(NOW));
            assert_eq!(told.items.len(), 3);
        }
        assert_eq!(look(), before);
    }
}

#[test]
fn a_query_can_do_nothing_but_read() {
    let (folder, path, _) = database(CASES);
    let other = folder.path().join("other.db");
    for query in [
        format!("select 1); attach database '{}' as other; select (1", other.display()),
        "delete from cases".into(),
        "delete from cases returning no, item, accepted, closed".into(),
        "select load_extension('/nowhere')".into(),
    ] {
        let text = refusal(&mut *sqlite(&path, vec![wide(ReadFrom::Query(query.clone()))]));
        assert!(text.contains("read `cases`"), "{text}");
    }
    assert!(!other.exists());
    let mut told = Told::default();
    assert_eq!(told.read(&mut *sqlite(&path, vec![wide(table("cases"))]), &at(NOW)).rows, 3);
}

#[test]
fn views_queries_and_tables_of_every_kind_are_read() {
    let rows = "('A1', 'i1', '2011-11-01', null), ('A2', 'i2', '2011-11-02', '2011-11-03')";
    let (_folder, path, _) = database(&format!(
        "create table plain(no, item, accepted, closed); insert into plain values {rows};
         create table keyed(no primary key, item, accepted, closed) without rowid; insert into keyed values {rows};
         create table \"a \"\"b\"(rowid, _rowid_, oid, no, item, accepted, closed);
         insert into \"a \"\"b\" select 0, 0, 0, * from plain;
         create view seen as select * from plain;"
    ));
    let query = ReadFrom::Query("with p as (select * from plain) select * from p; -- all".into());
    let mut all = Vec::new();
    for from in [
        table("plain"),
        table("KEYED"),
        table("a \"b"),
        table("seen"),
        ReadFrom::Query("select * from plain --x".into()),
    ] {
        let mut told = Told::default();
        told.read(&mut *sqlite(&path, vec![wide(from)]), &at(NOW));
        all.push(told.slots);
    }
    assert_eq!(all[0].len(), 4);
    assert!(all.iter().all(|slots| *slots == all[0]));
    assert!(
        refusal(&mut *sqlite(&path, vec![wide(query)])).contains("read `cases`"),
        "two statements are refused"
    );
}

#[test]
fn gb18030_stored_as_text_spoils_its_cell_only() {
    let (_folder, path, _) = database(
        "create table events(id, no, stage, at);
         insert into events values(1, 'A1', cast(x'cac0d6a4' as text), '2011-11-01'), (2, 'A1', '审核', '2011-11-02');",
    );
    let mut told = Told::default();
    told.read(&mut *sqlite(&path, vec![long(table("events"))]), &at(NOW));
    assert_eq!(told.traces(), ["A1 step None 2011-11-01", "A1 step Some(\"审核\") 2011-11-02"]);
    assert_eq!((told.rejected[0].row.as_str(), told.rejected[0].case.as_deref()), ("1", Some("A1")));
    assert!(
        told.rejected[0]
            .reason
            .words(Language::English)
            .starts_with("column `stage`: the bytes are no UTF-8")
    );
}

#[test]
fn a_row_without_a_key_is_known_by_its_row_number() {
    let (_folder, path, _) = database(
        "create table cases(no, item, accepted, closed); insert into cases(rowid, item) values(77, 'i')",
    );
    let mut told = Told::default();
    told.read(&mut *sqlite(&path, vec![wide(table("cases"))]), &at(NOW));
    assert_eq!(told.rejected[0].row, "rowid 77");
}

#[test]
fn another_file_under_the_same_name_is_opened_anew() {
    let (folder, path, _) = database(CASES);
    let mut source = sqlite(&path, vec![watched()]);
    let mut told = Told::default();
    told.read(&mut *source, &at(NOW));
    let fresh = folder.path().join("fresh.db");
    Connection::open(&fresh).unwrap().execute_batch(&CASES.replace("A1", "B1")).unwrap();
    fs::rename(&fresh, &path).unwrap();
    told.cursors.clear();
    told.read(&mut *source, &at(NOW));
    assert!(told.items.contains_key("B1"));
    fs::remove_file(&path).unwrap();
    assert!(refusal(&mut *source).contains("it does not exist"));
    Connection::open(&path).unwrap().execute_batch(&CASES.replace("A1", "C1")).unwrap();
    told.cursors.clear();
    told.read(&mut *source, &at(NOW));
    assert!(told.items.contains_key("C1"), "it recovers by itself");
}

#[test]
fn what_cannot_be_read_says_why_and_what_to_try() {
    let (folder, path, writer) = database(CASES);
    let says = |path: &Path, read: ReadSpec, words: &[&str]| {
        let text = refusal(&mut *sqlite(path, vec![read]));
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
    };
    says(&folder.path().join("none.db"), watched(), &["none.db", "does not exist", "mounted"]);
    says(&path.join("x.db"), watched(), &["does not exist"]);
    says(folder.path(), watched(), &["it is a folder"]);
    says(&path, wide(table("case")), &["no table or view `case`; there are `cases`"]);
    says(&path, ReadSpec { case: "nr".into(), ..watched() }, &["no column `nr`", "`no`, `item`, `accepted`"]);
    says(&path, wide(ReadFrom::Query("selct 1".into())), &["read `cases`", "near \"1\""]);
    says(&path, wide(ReadFrom::Files), &["asks for files"]);
    let text = folder.path().join("text.db");
    fs::write(&text, "no,item\n".repeat(1000)).unwrap();
    says(&text, watched(), &["no SQLite database, or it is encrypted"]);
    let damaged = folder.path().join("damaged.db");
    writer.execute_batch("create table filler(x); insert into filler values(zeroblob(100000))").unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::write(&damaged, &bytes[..6000]).unwrap();
    says(&damaged, watched(), &["is damaged", "backup"]);
    writer.execute_batch("begin exclusive").unwrap();
    says(&path, watched(), &["locked by another program", "next round"]);
}

#[test]
fn a_change_that_was_broken_off_is_left_to_its_application() {
    let (folder, path, writer) = database(CASES);
    writer
        .execute_batch(
            "create table filler(x); insert into filler select zeroblob(3000) from pragma_function_list limit 200;
             pragma cache_size = 2; begin; update filler set x = randomblob(3000); update cases set item = 'lost';",
        )
        .unwrap();
    let crashed = folder.path().join("crashed.db");
    fs::copy(folder.path().join("approval.db-journal"), folder.path().join("crashed.db-journal")).unwrap();
    fs::copy(&path, &crashed).unwrap();
    let before = fs::read(&crashed).unwrap();
    let text = refusal(&mut *sqlite(&crashed, vec![watched()]));
    assert!(text.contains("broke off") && text.contains("start the application"), "{text}");
    assert_eq!(fs::read(&crashed).unwrap(), before);
}

#[test]
fn a_reading_breaks_off_when_told() {
    let (_folder, path, _) = database(CASES);
    let many = "with recursive n(no) as (select 1 union all select no + 1 from n where no < 30000)
        select no, 'i' as item, null as accepted, null as closed from n";
    let many = wide(ReadFrom::Query(many.into()));
    for reads in [vec![watched(), wide(table("cases"))], vec![many.clone(), many]] {
        let mut source = sqlite(&path, reads);
        let mut batches = 0;
        let mut take = |_| {
            batches += 1;
            ControlFlow::Break(())
        };
        let cursors = Cursors::from([(0, "x".to_owned())]);
        let reading = source.read(&cursors, &at(NOW), &mut take).unwrap();
        assert!(reading.stopped && reading.cursors == cursors);
        assert!(!source.read(&cursors, &at(NOW), &mut take).unwrap().unchanged);
        assert_eq!(batches, 2, "one a reading");
    }
}
