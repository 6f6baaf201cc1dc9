//! Columns whose times are not to be taken as they stand: days written as midnights, and entry times of another zone.

use std::process::Command;

use crate::bench::Bench;

const RECORDED: &str = "{ kind = \"accepted\", at = \"accepted\", by = \"clerk\" }";

/// A city whose acceptances say when they were entered: in the column that moves the watermark.
fn with_entries() -> Bench {
    let mut city = Bench::new();
    city.configure(RECORDED, &RECORDED.replace(" }", ", recorded = \"changed\" }"));
    city
}

fn accept(city: &Bench, number: &str, at: &str, entered: &str) {
    city.approval(&format!(
        "INSERT INTO cases (number, item, clerk, accepted, changed) VALUES ('{number}', 'I20', '0731', '{at}', '{entered}')"
    ));
}

fn decide(city: &Bench, number: &str, at: &str, changed: &str) {
    city.approval(&format!(
        "UPDATE cases SET result = 'granted', finished = '{at}', changed = '{changed}' WHERE number = '{number}'"
    ));
}

fn health(city: &Bench, column: &str) -> Vec<String> {
    city.ledger(&format!("SELECT coalesce({column}, '') FROM source_health WHERE source = 'approval'"))
}

fn decided(city: &Bench, number: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT occurred_at FROM case_timeline WHERE case_number = '{number}' AND kind = 'decided' ORDER BY revision"
    ))
}

fn status(city: &Bench, language: &str) -> String {
    let config = city.path("jianchad.toml");
    let mut program = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    let output = program.args(["status", "--lang", language, "-c", config.to_str().unwrap()]).output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

/// Issue 13, point 1: Oracle's DATE and a spreadsheet write a day as midnight. Decided on the day of acceptance is no contradiction,
/// nor within minutes of it; a column with one time of day in it has hours, and there midnight lies before 14:00.
#[test]
fn a_column_of_midnights_is_a_column_of_days() {
    for (other, faults) in [("2011-10-10 00:00:00", 0), ("2011-10-10 09:30:00", 1)] {
        let mut city = Bench::new();
        accept(&city, "M1", "2011-09-26 14:00:00", "2011-09-26 14:00:00");
        decide(&city, "M1", "2011-09-26 00:00:00", "2011-09-26 15:00:00");
        accept(&city, "M2", "2011-09-26 09:00:00", "2011-09-26 09:00:00");
        decide(&city, "M2", other, "2011-10-10 10:00:00");
        city.rounds_on(&["2011-10-17"]);
        let found = "SELECT count(*) FROM findings WHERE rule IN ('data-fault', 'too-fast')";
        assert_eq!(city.ledger(found), [faults.to_string()], "{other}");
        let (days, written) =
            if faults == 0 { ("finished × 2", "2011-09-26") } else { ("", "2011-09-26T00:00:00+08:00") };
        assert_eq!(health(&city, "days_only"), [days]);
        assert_eq!(decided(&city, "M1"), [written]);
        assert_eq!(status(&city, "zh-CN").contains("按只有日期读取：finished"), faults == 0);
        assert_eq!(status(&city, "en").contains("read as days: finished"), faults == 0);
    }
}

/// A single midnight is likelier a day. When a later reading brings a time of day the column has hours from then on; what was kept
/// as a day stays one, also when the row is touched again, nobody is accused of a change, and no trace has two versions for it.
#[test]
fn a_time_of_day_ends_a_column_of_days_for_what_comes_then() {
    let mut city = Bench::new();
    for number in ["M1", "M2", "M3"] {
        accept(&city, number, "2011-10-10 14:00:00", "2011-10-10 14:00:00");
    }
    decide(&city, "M1", "2011-10-10 00:00:00", "2011-10-10 15:00:00");
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(
        (health(&city, "days_only"), decided(&city, "M1")),
        (vec!["finished × 1".into()], vec!["2011-10-10".to_owned()])
    );
    decide(&city, "M2", "2011-10-11 10:00:00", "2011-10-11 10:00:00");
    decide(&city, "M3", "2011-10-10 00:00:00", "2011-10-11 10:00:00");
    city.approval("UPDATE cases SET clerk = '0732', changed = '2011-10-11 11:00:00' WHERE number = 'M1'");
    city.rounds_on(&["2011-10-12", "2011-10-13"]);
    assert_eq!(health(&city, "days_only"), [""]);
    assert_eq!(decided(&city, "M1"), ["2011-10-10"]);
    assert_eq!(decided(&city, "M3"), ["2011-10-10T00:00:00+08:00"]);
    let found =
        "SELECT case_number FROM findings WHERE rule IN ('data-fault', 'changed-after-fact') ORDER BY 1";
    assert_eq!(city.ledger(found), ["M3"]);
}

/// Reading everything again leaves a column of days what it is, and the ledger as it was.
#[test]
fn a_sweep_takes_nothing_in_twice() {
    let mut city = Bench::new();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    accept(&city, "M1", "2011-10-10 00:00:00", "2011-10-10 14:00:00");
    decide(&city, "M1", "2011-10-12 00:00:00", "2011-10-12 15:00:00");
    city.rounds_on(&["2011-10-13"]);
    let traces = || city.ledger("SELECT occurred_at, revision FROM case_timeline ORDER BY 1, 2");
    let before = traces();
    assert_eq!(before, ["2011-10-10|1", "2011-10-12|1"]);
    let mut city = city;
    city.rounds_on(&["2011-10-14", "2011-10-17"]);
    assert_eq!(city.ledger("SELECT occurred_at, revision FROM case_timeline ORDER BY 1, 2"), before);
    assert_eq!(health(&city, "days_only"), ["accepted × 1; finished × 1"]);
}

/// A day of entry has no hour at which the office was closed; an entry typed at midnight, in a column that has hours, does.
#[test]
fn a_day_of_entry_has_no_hour() {
    for (other, found) in [("2011-10-11 00:00:00", 0), ("2011-10-11 10:05:00", 1)] {
        let mut city = with_entries();
        accept(&city, "Z1", "2011-10-10", "2011-10-10 00:00:00");
        city.rounds_on(&["2011-10-11"]);
        accept(&city, "Z2", "2011-10-11", other);
        city.rounds_on(&["2011-10-12"]);
        accept(&city, "Z3", "2011-10-12", "2011-10-12 00:00:00");
        city.rounds_on(&["2011-10-13"]);
        let off = "SELECT count(*) FROM findings WHERE rule = 'off-hours-entry'";
        assert_eq!(city.ledger(off), [found.to_string()], "{other}");
    }
}

/// SQLite's CURRENT_TIMESTAMP is UTC: every entry lies eight hours before what was entered. That is said of the column, and held
/// against nobody; once its zone is said the entries are those of the wall clock, and who was late is late.
#[test]
fn an_entry_column_of_another_zone_accuses_nobody() {
    let mut city = with_entries();
    accept(&city, "A", "2011-10-10 09:00:00", "2011-10-10 01:00:05");
    city.rounds_on(&["2011-10-11"]);
    accept(&city, "B", "2011-10-11 10:00:00", "2011-10-11 02:00:05");
    accept(&city, "C", "2011-10-11 15:30:00", "2011-10-11 07:31:00");
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(health(&city, "another_zone"), ["changed = accepted − 8 h"]);
    assert!(status(&city, "zh-CN").contains("是否为另一时区"), "{}", status(&city, "zh-CN"));
    let of_entries =
        "SELECT count(*) FROM findings WHERE rule IN ('off-hours-entry', 'late-entry', 'backdated-entry')";
    assert_eq!(city.ledger(of_entries), ["0"]);
    city.configure("item = \"item\"\ntraces", "item = \"item\"\nzones = { changed = \"UTC\" }\ntraces");
    city.restart().rounds_on(&["2011-10-13"]);
    assert_eq!(health(&city, "another_zone"), [""]);
    assert_eq!(city.ledger(of_entries), ["0"], "nor is it a change");
    // 14:30 UTC is half past ten in the evening.
    accept(&city, "D", "2011-10-13 16:00:00", "2011-10-13 14:30:00");
    city.rounds_on(&["2011-10-14"]);
    let off = "SELECT case_number FROM findings WHERE rule = 'off-hours-entry'";
    assert_eq!(city.ledger(off), ["D"]);
}

/// One entry that lies before what was entered cannot be, and is held against nobody; nor does it hide those of others.
#[test]
fn a_single_impossible_entry_is_a_remark() {
    let mut city = with_entries();
    for (number, hour) in [("A", "09"), ("B", "10"), ("C", "11")] {
        accept(&city, number, &format!("2011-10-10 {hour}:00:00"), &format!("2011-10-10 {hour}:05:00"));
    }
    city.rounds_on(&["2011-10-11"]);
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    city.restart();
    accept(&city, "SLIP", "2011-10-11 10:00:00", "2010-10-11 03:00:00");
    accept(&city, "NIGHT", "2011-10-11 16:00:00", "2011-10-11 23:00:00");
    city.rounds_on(&["2011-10-12", "2011-10-13"]);
    assert_eq!(health(&city, "another_zone"), [""]);
    assert_eq!(health(&city, "entered_before"), ["changed < accepted × 1"]);
    let of_entries = "SELECT case_number, rule FROM findings WHERE rule IN ('off-hours-entry', 'late-entry', 'backdated-entry')";
    assert_eq!(city.ledger(of_entries), ["NIGHT|off-hours-entry"]);
}
