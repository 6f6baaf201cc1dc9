//! Tables of more than a page, whatever their key is: each row once; and columns that tell cases apart, or do not.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::Duration;

use jianchad::testing::domain::record::mapping::SourceSpec;
use jianchad::testing::edge::source::{self, Cursors};

use crate::bench::moment;
use crate::db_server::{on, rows, why};
use crate::halls::{CASES, Hall, NOW, Told};
use crate::postgres::checked;
use crate::postgres_server::Database;

/// Rows of three pages.
const MANY: usize = 21_000;

/// How many rows a reading has, and how many of them are different ones.
fn read(spec: &SourceSpec) -> (u64, usize) {
    let mut cases = BTreeSet::new();
    let reading = source::open(spec).read(&Cursors::new(), &moment(NOW), &mut |batch| {
        cases.extend(batch.facts.into_iter().map(|fact| fact.case));
        ControlFlow::Continue(())
    });
    let reading = reading.unwrap_or_else(|why| {
        panic!("{}", why.for_operator().words(jianchad::testing::domain::text::Language::English))
    });
    (reading.rows, cases.len())
}

/// Columns of a key and what a row of each number holds in them.
const MYSQL_KEYS: [(&str, &str, &str); 19] = [
    ("int", "id int", "seq"),
    (
        "enum",
        "area enum('市本级', '东乡', '北湖', '10', '9'), id int",
        "elt(1 + seq % 5, '市本级', '东乡', '北湖', '10', '9'), seq",
    ),
    ("set", "area set('z', 'y', 'a'), id int", "elt(1 + seq % 4, 'z', 'a', 'z,a', 'y'), seq"),
    ("enum behind", "id int, area enum('z', 'a')", "seq div 2, elt(1 + seq % 2, 'z', 'a')"),
    ("unsigned", "id bigint unsigned", "18446744073709551615 - seq"),
    ("decimal", "id decimal(40, 20)", "seq / 7"),
    ("float", "id float", "seq"),
    ("double", "id double", "sqrt(seq) * 1e10"),
    ("year", "y year, id int", "2000 + seq % 7, seq"),
    ("bit", "id bit(32)", "seq"),
    ("binary", "id binary(16)", "unhex(md5(seq))"),
    ("varbinary", "id varbinary(40)", "concat(unhex(md5(seq)), '\\0\\'\\\\')"),
    (
        "ignores case",
        "id varchar(40) collate utf8mb4_general_ci",
        "concat(if(seq % 2, 'a', 'B'), seq, if(seq % 3, 'ß', 'é'))",
    ),
    ("gbk", "id varchar(40) character set gbk", "concat('建〔2026〕', seq, '號')"),
    ("chinese", "id varchar(40)", "concat('建审〔2026〕', seq, '号😀')"),
    (
        "cut",
        "id varchar(60) character set latin1",
        "convert(unhex(concat('BDA8C9F3', hex(lpad(seq, 8, '0')), 'BA')) using latin1)",
    ),
    ("beginnings", "id varchar(900)", "concat(repeat('x', 700), seq)"),
    ("microseconds", "id datetime(6)", "date_add('2011-01-01', interval seq * 1234567 microsecond)"),
    ("time", "id time(6)", "sec_to_time(seq * 100.25 - 1000000)"),
];

/// Finding H1 of an attack: the server puts `enum` in the order of its list and compares it with a text by its letters.
#[test]
fn each_row_of_a_table_comes_once_whatever_its_key_is() {
    let Some(hall) = Hall::mysql("datetime") else { return };
    let reads = CASES.replace("watermark = \"changed\"\n", "");
    for (name, columns, values) in MYSQL_KEYS {
        let names: Vec<&str> = columns
            .split(", ")
            .filter_map(|it| it.split(' ').next())
            .filter(|it| it.chars().all(char::is_alphanumeric))
            .collect();
        let key = match name {
            "enum" | "set" => "area, id".to_owned(),
            "beginnings" => "id(710)".to_owned(),
            "decimal" => "id".to_owned(),
            _ => names.join(", "),
        };
        hall.run(&format!(
            "drop table if exists cases;
             create table cases({columns}, no varchar(20), item text, accepted datetime, closed datetime, changed datetime, primary key ({key}));
             insert into cases select {values}, concat('N', seq), 'i', '2011-11-01', null, '2011-11-30' from seq_1_to_{MANY};"
        ));
        assert_eq!(read(&hall.spec(&reads)), (MANY as u64, MANY), "{name}");
        // Where texts come in the bytes that they are kept in.
        let spec = hall.spec_of(&format!("{}encoding = \"gb18030\"\n", hall.lines()), &reads);
        assert_eq!(read(&spec), (MANY as u64, MANY), "{name}, with an encoding");
        // A new view of the database for each page.
        let hasty = on(&hall.spec(&reads), |it| it.snapshot_at_most = Duration::ZERO);
        assert_eq!(read(&hasty), (MANY as u64, MANY), "{name}, in many views");
    }
}

/// Finding M3: a key goes on as the bytes that it is, text or none; a setting of the login that cuts numbers short is set aside.
#[test]
fn each_row_comes_once_where_views_are_short() {
    let Some(hall) = Hall::postgres("timestamp") else { return };
    let database = hall.database.as_ref().unwrap();
    hall.run("create type area as enum ('市本级', '东乡', '北湖', '10')");
    hall.run(&format!("alter role {} set extra_float_digits = -3", database.reader()));
    let reads = CASES.replace("watermark = \"changed\"\n", "");
    let hasty = |hall: &Hall, reads: &str| on(&hall.spec(reads), |it| it.snapshot_at_most = Duration::ZERO);
    for (name, columns, key, values) in [
        ("bytea", "id bytea", "id", "decode(md5(i::text), 'hex')"),
        (
            "enum",
            "area area, id int",
            "area, id",
            "(array['市本级', '东乡', '北湖', '10'])[1 + i % 4]::area, i",
        ),
        ("double", "id float8", "id", "1e10 + i / 1e5"),
        ("real", "id float4", "id", "16000000 + i"),
        ("numeric", "id numeric", "id", "i / 7.0"),
        ("text", "id text", "id", "'建〔' || i || E'''\\\\号'"),
        ("char", "id char(30)", "id", "'a' || i"),
        ("jsonb", "id jsonb", "id", "to_jsonb(i::text)"),
        (
            "timestamptz",
            "id timestamptz",
            "id",
            "timestamptz '2026-10-01 00:00Z' + i * interval '61.000001 sec'",
        ),
    ] {
        hall.run(&format!(
            "drop table if exists cases;
             create table cases({columns}, no text, item text, accepted timestamp, closed timestamp, changed timestamp, primary key ({key}));
             insert into cases select {values}, 'N' || i, 'i', '2011-11-01', null, '2011-11-30' from generate_series(1, {MANY}) i"
        ));
        assert_eq!(read(&hasty(&hall, &reads)), (MANY as u64, MANY), "{name}");
    }
    let Some(plain) = Database::made("encoding 'SQL_ASCII' template template0 lc_collate 'C' lc_ctype 'C'")
    else {
        return;
    };
    let hall = Hall::of(Some(plain), "timestamp");
    hall.run(&format!(
        "create table cases(id text primary key, no text, item text, accepted timestamp, closed timestamp, changed timestamp);
         insert into cases select convert_from(decode('bda8c9f3' || encode(convert_to(lpad(i::text, 8, '0'), 'SQL_ASCII'), 'hex') || 'ba', 'hex'), 'SQL_ASCII'), 'N' || i, 'i', '2011-11-01', null,
             '2011-11-30' from generate_series(1, {MANY}) i"
    ));
    let cut = on(&hall.spec_of(&format!("{}encoding = \"gb18030\"\n", hall.lines()), &reads), |it| {
        it.snapshot_at_most = Duration::ZERO
    });
    assert_eq!(read(&cut), (MANY as u64, MANY), "a text that breaks off in the middle of a character");
}

/// Finding H2: a table that grows past a page, in front of other rows, accuses nobody.
#[test]
fn a_table_that_grows_past_a_page_accuses_nobody() {
    let Some(mut hall) = Hall::mysql("datetime") else { return };
    hall.run(
        "create table cases(area enum('市本级', '东乡', '北湖'), id int, no varchar(20), item text, accepted datetime, closed datetime, changed datetime,
             primary key (area, id));
         insert into cases select elt(if(seq < 9001, 1, 2 + seq % 2), '市本级', '东乡', '北湖'), seq, concat('N', seq), 'I20', '2011-10-10 09:00',
             if(seq > 9890, null, '2011-10-10 15:00'), '2011-10-10 15:00' from seq_1_to_9900;",
    );
    hall.spec_of(&format!("{}sweep_at = \"02:00\"\n", hall.lines()), CASES);
    hall.city.round("2011-10-11 09:00");
    hall.run(
        "insert into cases select 1, 200000 + seq, concat('M', seq), 'I20', '2011-10-11 09:00', '2011-10-11 15:00', '2011-10-11 15:00' from seq_1_to_1200",
    );
    for day in ["2011-10-12 09:00", "2011-10-13 09:00", "2011-10-14 09:00"] {
        hall.city.round(day);
        assert_eq!(hall.city.ledger("SELECT state FROM source_health"), ["ok"], "{day}");
    }
    assert_eq!(hall.city.ledger("SELECT count(*) FROM vanished"), ["0"]);
    assert!(
        !hall.city.findings().iter().any(|it| it.contains("vanished") || it.contains("suspect")),
        "{:?}",
        hall.city.findings()
    );
    assert_eq!(hall.city.ledger("SELECT count(*) FROM cases"), ["11100"]);
}

/// Findings H6 and M2: a number of few digits names no case and no row; the decimals of a whole number are the column's; a fraction is
/// no number of a case. What was refused is told, and nothing is merged.
#[test]
fn a_number_that_may_be_another_names_no_case() {
    let reads = |table: &str| {
        format!(
            "[[source.approval.read]]\ntable = \"{table}\"\nshape = \"wide\"\ncase = \"no\"\nitem = \"item\"\ntimes = [\"iso\", \"%Y%m%d\"]\n\
             traces = [{{ kind = \"accepted\", at = \"accepted\" }}]\n"
        )
    };
    let halls = [Hall::postgres("timestamp"), Hall::mysql("datetime"), Some(Hall::of(None, "text"))];
    for hall in halls.into_iter().flatten() {
        let what = hall.what();
        let few = if hall.mysql.is_some() { "float" } else { "real" };
        hall.run(&format!(
            "create table few(no {few}, item varchar(9), accepted varchar(20));
             insert into few values (20260301.5, 'i', '2011-11-01'), (20260305.5, 'i', '2011-11-01');
             create table more(no double precision, item varchar(9), accepted varchar(20));
             insert into more values (1001, 'i', '2011-11-01'), (1002.5, 'i', '2011-11-01'), (4.5e17, 'i', '2011-11-01');"
        ));
        let mut told = Told::default();
        told.read(&mut *hall.source(&reads("few")), &moment(NOW));
        assert_eq!((told.items.len(), told.doubts.len()), (0, 2), "{what} {:?}", told.doubts);
        let mut told = Told::default();
        told.read(&mut *hall.source(&reads("more")), &moment(NOW));
        assert_eq!(told.items.keys().collect::<Vec<_>>(), ["1001"], "{what}");
        assert_eq!(told.doubts.len(), 2, "{what} {:?}", told.doubts);
        if what.starts_with("sqlite") {
            continue;
        }
        assert!(
            told.doubts[0].contains("has a fraction") && told.doubts[1].contains("damaged"),
            "{:?}",
            told.doubts
        );
        hall.spec(&reads("few"));
        let (code, text) = checked(&hall);
        assert!(text.contains("! read `few`: column `no` is floating point with few digits"), "{text}");
        assert_eq!(code, Some(1), "{text}");
        hall.run(
            "create table scaled(no decimal(20, 2), item varchar(9), accepted decimal(20, 4));
             insert into scaled values (1001, 'i', 20111101), (1002.5, 'i', 20111101), (431002199001011235, 'i', 20111101);
             create table events(id integer primary key, no bigint, at varchar(20));
             insert into events values (1, 1001, '2011-11-02');",
        );
        let both = format!(
            "{}[[source.approval.read]]\ntable = \"events\"\nshape = \"long\"\ncase = \"no\"\nkey = [\"id\"]\ntraces = [{{ kind = \"closed\", at = \"at\" }}]\n",
            reads("scaled")
        );
        let mut told = Told::default();
        told.read(&mut *hall.source(&both), &moment(NOW));
        assert_eq!(
            told.traces(),
            ["1001 accepted 2011-11-01", "1001 closed 2011-11-02", "431002199001011235 accepted 2011-11-01"],
            "{what}"
        );
        assert!(told.doubts.len() == 1 && told.doubts[0].contains("has a fraction"), "{:?}", told.doubts);
    }
}

/// A key of few digits tells no rows apart either.
#[test]
fn a_number_of_few_digits_is_no_key() {
    for hall in [Hall::postgres("timestamp"), Hall::mysql("datetime")].into_iter().flatten() {
        let few = if hall.mysql.is_some() { "float" } else { "real" };
        hall.run(&format!(
            "create table events(id {few}, no varchar(9), at varchar(20)); insert into events values (20260301, 'A1', '2011-11-01'), (20260303, 'A1', '2011-11-02')"
        ));
        let reads = "[[source.approval.read]]\ntable = \"events\"\nshape = \"long\"\ncase = \"no\"\nkey = [\"id\"]\ntraces = [{ kind = \"paused\", at = \"at\" }]\n";
        let mut told = Told::default();
        told.read(&mut *hall.source(reads), &moment(NOW));
        assert!(told.doubts.len() == 2 && told.doubts[0].contains("few digits"), "{:?}", told.doubts);
    }
}

/// What no text can be made of is whole in one view, and what does not fit says so truly.
#[test]
fn a_key_that_cannot_be_written_back_is_read_in_one_go() {
    let Some(hall) = Hall::mysql("datetime") else { return };
    hall.run(
        "create table cases(id float primary key, no varchar(20), item text, accepted datetime, closed datetime, changed datetime);
         insert into cases select seq / 7, concat('N', seq), 'i', '2011-11-01', null, '2011-11-30' from seq_1_to_21000;",
    );
    assert_eq!(rows(&hall.spec(CASES)), 21_000);
    let slow = CASES
        .replace("table = \"cases\"", "name = \"cases\"\nquery = \"select c.*, sleep(60) as s from cases c\"")
        .replace("item = \"item\"", "item = \"s\"");
    let text = why(&on(&hall.spec(&slow), |it| it.snapshot_at_most = Duration::from_secs(1)));
    assert!(text.contains("took longer than 1 s") && text.contains("raise `snapshot_at_most`"), "{text}");
}
