//! Workbooks as a source, seen from outside: their cards, what dark ones say and hold up, and the mistakes of their settings.

use std::fs;
use std::process::{Command, Output};

use crate::bench::Bench;
use workbook::{DAY, SIX_DIGITS, TIME, Workbook, none, number, row, text, texts};

#[path = "../../src/edge/source/xlsx/tests/workbook.rs"]
#[expect(dead_code, reason = "the tests of the reader ask for more of it")]
mod workbook;

const DROP: &str = r#"[source.drop]
kind = "xlsx"
path = "drop"
sheet = "办件"
settle = "0s"
[[source.drop.read]]
shape = "wide"
case = "number"
item_is = "I20"
traces = [{ kind = "accepted", at = "accepted", by = "by" }, { kind = "decided", at = "decided" }]
[source.approval]"#;

/// A folder of workbooks beside the city's own source, in which `S-1` is late on 2011-10-26 too.
fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("[source.approval]", DROP);
    city.accepted("S-1", "I20", "2011-09-26 10:00:00");
    fs::create_dir(city.path("drop")).unwrap();
    city
}

fn put(city: &Bench, name: &str, bytes: &[u8]) {
    fs::write(city.path(&format!("drop/{name}")), bytes).unwrap();
}

fn late(number: &str) -> Workbook {
    Workbook::new(&[(
        "办件",
        texts(&format!("number,accepted,decided,by\n{number},2011-09-26 10:00:00,,王五")),
    )])
}

/// The program in the city's folder, with 200 MiB of memory. One that has not ended after two minutes hangs.
fn run(city: &Bench, arguments: &[&str]) -> Output {
    let said = Command::new("sh")
        .args(["-c", "ulimit -d 204800 && exec timeout --kill-after=1 120 \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_jianchad"))
        .args(arguments)
        .args(["--config".as_ref(), city.path("jianchad.toml").as_os_str()])
        .env("JIANCHAD_LANG", "en")
        .output()
        .unwrap();
    assert_ne!(said.status.code(), Some(124), "{arguments:?} hangs");
    said
}

fn cards(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number || ' ' || card FROM findings WHERE rule = 'time-limit' ORDER BY 1")
}

fn health(city: &Bench) -> String {
    city.ledger("SELECT state || ': ' || message FROM source_health WHERE source = 'drop'").join("")
}

/// A case in a workbook gets the card that it gets in a table of text, be its days texts or numbers; what the sheet says of its decision
/// takes it away.
#[test]
fn a_case_in_a_workbook_is_judged_like_any() {
    let mut city = city();
    put(&city, "a.xlsx", &late("A").bytes());
    let names = row(1, &["decided", "number", "accepted", "by"].map(text));
    let case = |decided: String| {
        let cells = [decided, number("12", SIX_DIGITS), number("40812.4166666667", TIME), text("王五")];
        Workbook::new(&[("说明", texts("x")), ("办件", names.clone() + &row(2, &cells))]).bytes()
    };
    put(&city, "b.xlsx", &case(none()));
    city.rounds_on(&["2011-10-26"]);
    assert_eq!(cards(&city), ["000012 yellow", "A yellow", "S-1 yellow"]);
    let at = "SELECT DISTINCT occurred_at FROM case_timeline WHERE kind = 'accepted'";
    assert_eq!(city.ledger(at), ["2011-09-26T10:00:00+08:00"]);
    put(&city, "b.xlsx", &case(number("40840", DAY)));
    city.rounds_on(&["2011-10-27"]);
    let standing =
        city.ledger("SELECT standing FROM findings WHERE case_number = '000012' AND rule = 'time-limit'");
    assert_eq!(standing.len(), 1);
    assert_ne!(standing, ["open"], "a decision of 2011-10-24");
}

/// Issue 15.4: bombs and what is no workbook are dark in words, within 200 MiB, and the other sources are judged.
#[test]
fn a_bomb_is_dark_and_the_others_are_judged() {
    let strings = "xl/sharedStrings.xml";
    let filled = |text: &str| late("X").replace(strings, "</sst>", &format!("{text}</sst>")).bytes();
    let swollen = "<si><t>x</t></si>".repeat((150 << 20) / 17);
    let long = "x".repeat(60 << 20);
    let far = late("X").replace(
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>",
    );
    let number = late("X").replace(strings, "<sst ", "<sst uniqueCount=\"90000000000\" ").replace(
        "xl/worksheets/sheet1.xml",
        "X",
        "",
    );
    for (bytes, what) in [
        (filled(&swollen), "it unpacks to far more than any workbook of an office"),
        (filled(&format!("<si><t>{long}</t></si>")), "a tag or a text longer than 1 MiB"),
        (filled(&"<x>".repeat(1000)), "its elements stand in one another without end"),
        (late("X").bytes()[..700].to_vec(), "it breaks off, or its bytes are damaged"),
        (b"number,accepted,decided,by\nX,,,\n".to_vec(), "this is a text under the name of a workbook"),
        (b"<html><table><tr><td>number".to_vec(), "this is a page (HTML)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(), "a workbook of old Office (.xls)"),
        (Workbook::new(&[("受理", String::new())]).bytes(), "there is no sheet `办件`; there are `受理`"),
    ] {
        let city = city();
        put(&city, "x.xls", &bytes);
        let said = run(&city, &["once", "--at", "2011-10-26T09:05"]);
        let text = String::from_utf8_lossy(&said.stderr);
        assert!(said.status.code().is_some_and(|code| code < 2), "{what}: {:?}: {text}", said.status);
        assert!(
            health(&city).contains("x.xls: ") && health(&city).contains(what),
            "{what}: {}",
            health(&city)
        );
        assert_eq!(cards(&city), ["S-1 yellow"], "{what}");
    }
    // What only looks like one is read.
    for (bytes, found) in
        [(far.bytes(), vec!["S-1 yellow", "X yellow"]), (number.bytes(), vec!["S-1 yellow"])]
    {
        let city = city();
        put(&city, "x.xlsx", &bytes);
        run(&city, &["once", "--at", "2011-10-26T09:05"]);
        assert!(!health(&city).contains("dark"), "{}", health(&city));
        assert_eq!(cards(&city), found);
    }
}

/// Whoever sets it up is told which file cannot be read and why, and sees the first rows of the others.
#[test]
fn whoever_sets_it_up_sees_what_each_file_holds() {
    let city = city();
    put(&city, "a.xlsx", &late("A").bytes());
    put(&city, "b.xlsx", b"number,accepted,decided,by\n");
    put(&city, "~$a.xlsx", b"\x04owner");
    let said = run(&city, &["check-config", "--sources"]);
    let text = [&said.stdout[..], &said.stderr].map(String::from_utf8_lossy).concat();
    assert_eq!(said.status.code(), Some(78), "{text}");
    assert!(text.contains("b.xlsx: this is a text under the name of a workbook"), "{text}");
    assert!(text.contains("2011-09-26") && !text.contains("~$a.xlsx"), "{text}");
}

/// Keys of other kinds, and values that are none, are told all at once with their line.
#[test]
fn mistakes_are_told_with_their_lines() {
    let mut city = city();
    city.configure(
        "sheet = \"办件\"",
        "sheet = \" \"\ndelimiter = \";\"\nencoding = \"gbk\"\nheader_row = 101",
    );
    let other = "[source.other]\nkind = \"csv\"\npath = \"other\"\nsheet = \"x\"\n[[source.other.read]]\nshape = \"wide\"\ncase = \"number\"\n\
                 item_is = \"I20\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }]\n[source.log]\nkind = \"xes\"\npath = \"log\"\nheader_row = 2\n\
                 sheet = \"x\"\n[[source.log.read]]\nshape = \"wide\"\ncase = \"n\"\nitem_is = \"I20\"\ntraces = [{ kind = \"accepted\", at = \"a\" }]\n\
                 [source.approval]";
    city.configure("[source.approval]", other);
    let file = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let said = run(&city, &["check-config"]);
    let text = [&said.stdout[..], &said.stderr].map(String::from_utf8_lossy).concat();
    assert_eq!(said.status.code(), Some(78), "{text}");
    let line = |key: &str, source: &str| {
        let begin = file.find(&format!("[source.{source}]")).unwrap();
        let at = begin + file[begin..].find(&format!("{key} = ")).unwrap();
        file[..at].lines().count() + 1
    };
    for (key, source, what) in [
        ("delimiter", "drop", "only a source of CSV files has this key"),
        ("encoding", "drop", "a workbook names its encoding itself"),
        ("header_row", "drop", "must be the number of a row from 1 to 100"),
        ("sheet", "drop", ""),
        ("sheet", "other", "only a source of workbooks"),
        ("header_row", "log", "only a source of CSV files or workbooks has this key"),
        ("sheet", "log", "only a source of workbooks"),
    ] {
        let place = format!("jianchad.toml:{}:", line(key, source));
        let told = text.lines().any(|it| it.contains(&place) && it.contains(what));
        assert!(told, "{place} {what}\n{text}");
    }
}

/// Yesterday's book that somebody opened and saved once more has other bytes and says what it said: it takes no decision away, under its
/// own name or another.
#[test]
fn a_book_that_was_saved_again_says_nothing_new() {
    for name in ["a.xlsx", "b.xlsx"] {
        let mut city = city();
        let table = |decided: &str| {
            texts(&format!("number,accepted,decided,by\nA,2011-09-26 10:00:00,{decided},王五"))
        };
        let saved_by =
            |table: String, by: &str| Workbook::new(&[("办件", table), ("说明", texts(by))]).bytes();
        put(&city, "a.xlsx", &saved_by(table(""), "x"));
        city.rounds_on(&["2011-10-10"]);
        put(&city, "a.xlsx", &saved_by(table("2011-10-11"), "x"));
        city.rounds_on(&["2011-10-11"]);
        put(&city, name, &saved_by(table(""), "y"));
        city.rounds_on(&["2011-10-12", "2011-10-26"]);
        assert_eq!(cards(&city), ["S-1 yellow"], "{name}");
        let standing = city.ledger("SELECT ended_on FROM \"case\" WHERE number = 'A'");
        assert_eq!(standing, ["2011-10-11"], "{name}");
    }
}

/// Another sheet is another table: all of it is read anew.
#[test]
fn another_sheet_is_read_from_its_beginning() {
    let mut city = city();
    let table =
        |number: &str| texts(&format!("number,accepted,decided,by\n{number},2011-09-26 10:00:00,,王五"));
    put(&city, "a.xlsx", &Workbook::new(&[("办件", table("A")), ("历史", table("B"))]).bytes());
    city.rounds_on(&["2011-10-10"]);
    let cases = "SELECT case_number FROM cases ORDER BY 1";
    assert_eq!(city.ledger(cases), ["A", "S-1"]);
    city.configure("sheet = \"办件\"", "sheet = \"历史\"").reload();
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.ledger(cases), ["A", "B", "S-1"]);
}
