//! What was there before it says to have happened: waiting for that day makes no record true, and a supervisor is told.

use jianchad::testing::domain::now::Now;
use jianchad::testing::round;

use crate::bench::{Bench, Nobody, moment};

const ADDRESSES: [&str; 4] = [
    "supervisor@example.gov.cn",
    "handler.u1@example.gov.cn",
    "lead.u1@example.gov.cn",
    "admin@example.gov.cn",
];

/// Case A, accepted on 26 September and due on 13 October, as it is read on the next morning.
fn city() -> Bench {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    city
}

/// The decision on A is typed, whatever its row says of when.
fn typed(city: &Bench, decided: &str, changed: &str) {
    city.approval(&format!(
        "UPDATE cases SET result = 'granted', finished = '{decided}', changed = '{changed}' WHERE number = 'A'"
    ));
}

fn of_a(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT rule || ' ' || standing FROM findings
         WHERE case_number = 'A' AND rule IN ('data-fault', 'entered-ahead') ORDER BY rule",
    )
}

/// How many letters tell an address of a row that was there too early.
fn told(city: &Bench, address: &str) -> usize {
    let sql = format!(
        "SELECT text FROM letters WHERE to_address = '{address}' AND kind = 'alert' AND text LIKE '%系提前录入%'"
    );
    city.ledger(&sql).iter().filter(|line| line.contains("系提前录入")).count()
}

/// Days before a decision is typed with the due day's date. Until then it is a fault that its clerk can mend; when the day comes it
/// keeps the limit by its record, and the supervisor is told, once, and nobody else; and it stays.
#[test]
fn waiting_for_the_day_makes_no_decision_true() {
    let mut city = city();
    typed(&city, "2011-10-13 16:00:00", "2011-09-28 08:00:00");
    city.rounds_on(&["2011-09-28", "2011-10-12", "2011-10-13"]);
    assert_eq!(of_a(&city), ["data-fault open"]);
    assert_eq!(ADDRESSES.map(|address| told(&city, address)), [0; 4]);
    city.round("2011-10-13 16:05");
    city.rounds_on(&["2011-10-14", "2011-10-17"]);
    assert_eq!(of_a(&city), ["data-fault resolved", "entered-ahead pending"]);
    assert_eq!(ADDRESSES.map(|address| told(&city, address)), [1, 0, 0, 0]);
    let why = city.ledger("SELECT why, why_en FROM findings WHERE rule = 'entered-ahead'").concat();
    for part in ["决定时间 2011-10-13 16:00，而 2011-09-28 09:05 读取时已有该记录", "was already there"]
    {
        assert!(why.contains(part), "{part} in {why}");
    }
    let promise = "SELECT state FROM deadlines WHERE case_number = 'A' AND clock = 'promise'";
    assert_eq!(city.ledger(promise), ["met"]);
}

/// A note that is typed anew when the time has come makes it no other row.
#[test]
fn another_note_makes_no_other_row() {
    let mut city = city();
    city.approval(
        "INSERT INTO events (number, kind, at, clerk, note, amount, changed)
         VALUES ('A', 'extended', '2011-10-10 10:00:00', '李局长', '延一', '5wd', '2011-09-28 08:00:00')",
    );
    city.rounds_on(&["2011-09-28", "2011-10-11"]);
    city.approval("UPDATE events SET note = '延二', changed = '2011-10-11 15:00:00' WHERE kind = 'extended'");
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(of_a(&city), ["data-fault resolved", "entered-ahead pending"]);
}

/// Whoever mistyped a date and puts it right has his finding withdrawn; before the day comes there is none, and until the next morning
/// nobody is told of it.
#[test]
fn a_date_that_is_put_right_is_no_finding() {
    let ended = vec!["data-fault resolved", "entered-ahead resolved"];
    for (mended, after, letters) in [
        ("2011-09-29", vec!["data-fault resolved"], 0),
        ("2011-10-14", ended.clone(), 0),
        ("2011-10-17", ended, 1),
    ] {
        let mut city = city();
        typed(&city, "2011-10-13 16:00:00", "2011-09-28 08:00:00");
        city.rounds_on(&["2011-09-28"]);
        if mended > "2011-10-13" {
            city.rounds_on(&["2011-10-13"]).round("2011-10-13 16:05");
        }
        if mended > "2011-10-14" {
            city.rounds_on(&["2011-10-14"]);
        }
        typed(&city, "2011-09-27 16:00:00", &format!("{mended} 08:00:00"));
        city.rounds_on(&[mended, "2011-10-18"]);
        assert_eq!(of_a(&city), after, "{mended}");
        assert_eq!(ADDRESSES.map(|address| told(&city, address)), [letters, 0, 0, 0], "{mended}");
    }
}

/// Once its own time has come, a row that is moved by less than a day is the same row; before that, or by a day, it is put right.
#[test]
fn a_minute_more_is_no_correction() {
    for (mended, to, stands) in [
        ("2011-10-13 16:05", "2011-10-13 16:01:00", true),
        ("2011-10-13 16:00", "2011-10-13 15:59:00", true),
        ("2011-10-14 08:30", "2011-10-12 16:00:01", true),
        ("2011-10-14 08:30", "2011-10-12 16:00:00", false),
        ("2011-10-18 09:05", "2011-10-14 15:59:59", true),
        ("2011-10-18 09:05", "2011-10-14 16:00:00", false),
        ("2011-10-13 15:59", "2011-10-13 15:50:00", false),
    ] {
        let mut city = city();
        typed(&city, "2011-10-13 16:00:00", "2011-09-28 08:00:00");
        city.rounds_on(&["2011-09-28", "2011-10-13"]);
        if mended > "2011-10-18" {
            city.rounds_on(&["2011-10-14"]);
        }
        typed(&city, to, &format!("{mended}:00"));
        city.round(mended);
        city.rounds_on(&["2011-10-19"]);
        assert_eq!(of_a(&city).contains(&"entered-ahead pending".to_owned()), stands, "{mended} {to}");
    }
}

/// Clocks may differ by a quarter of an hour: a second more they may not.
#[test]
fn a_quarter_of_an_hour_is_left_to_the_clocks() {
    for (decided, found) in [
        ("2011-09-28 09:05:00", false),
        ("2011-09-28 09:20:00", false),
        ("2011-09-28 09:20:01", true),
        ("2011-09-29", true),
        ("2011-09-28", false),
    ] {
        let mut city = city();
        typed(&city, decided, "2011-09-28 09:00:00");
        city.rounds_on(&["2011-09-28", "2011-09-29", "2011-09-30"]);
        assert_eq!(of_a(&city).contains(&"entered-ahead pending".to_owned()), found, "{decided}");
    }
}

/// A hearing, an appointment, beginning and end of a special procedure may be entered as they are planned.
#[test]
fn what_is_planned_accuses_nobody() {
    let mut city = city();
    city.approval(
        "INSERT INTO events (number, kind, stage, at, clerk, note, changed) VALUES
             ('A', 'step', '听证', '2011-10-10 09:00:00', '0731', '', '2011-09-28 08:00:00'),
             ('A', 'paused', '听证', '2011-10-09 09:00:00', '0731', '听证通知〔2011〕1号', '2011-09-28 08:00:00'),
             ('A', 'resumed', '听证', '2011-10-11 09:00:00', '0731', '', '2011-09-28 08:00:00')",
    );
    city.approval(
        "INSERT INTO cases (number, item, applied, changed) VALUES ('B', 'I20', '2011-10-10 09:00:00', '2011-09-28 08:00:00')",
    );
    city.rounds_on(&["2011-09-28", "2011-10-10", "2011-10-12"]);
    let faults = "SELECT case_number FROM findings WHERE rule IN ('entered-ahead', 'data-fault')";
    assert_eq!(city.ledger(faults), [""; 0]);
}

/// One event of A, of some kind at some time.
fn event(city: &Bench, kind: &str, at: &str) {
    city.approval(&format!(
        "INSERT INTO events (number, kind, stage, at, clerk, note, changed)
         VALUES ('A', '{kind}', '听证', '{at}', '0731', '听证通知〔2011〕1号', '2011-09-28 08:00:00')"
    ));
}

/// What may be planned is no fault up to sixty days ahead, and is one by a second more, until they are sixty; it moves no clock before
/// its time. What nobody can plan is a fault at once, and so is what took the place of something that had happened.
#[test]
fn what_is_planned_is_no_fault_for_sixty_days() {
    let due = "SELECT state || ' ' || substr(due_at, 1, 10) FROM deadlines WHERE case_number = 'A' AND clock = 'promise'";
    for kind in ["step", "paused", "resumed", "charged", "extended"] {
        for (at, planned) in
            [("2011-09-29 09:00:00", true), ("2011-11-27 09:05:00", true), ("2011-11-27 09:05:01", false)]
        {
            let mut city = city();
            event(&city, kind, at);
            city.rounds_on(&["2011-09-28"]);
            let planned = planned && kind != "extended";
            let found = if planned { vec![] } else { vec!["data-fault open"] };
            assert_eq!(of_a(&city), found, "{kind} {at}");
            assert_eq!(city.ledger(due), ["running 2011-10-13"], "{kind} {at}");
        }
    }
    let mut far = city();
    event(&far, "step", "2011-11-27 09:05:01");
    far.rounds_on(&["2011-09-28"]).round("2011-09-28 09:06");
    assert_eq!(of_a(&far), ["data-fault resolved"]);

    let mut put_off = city();
    event(&put_off, "step", "2011-09-27 16:00:00");
    put_off.rounds_on(&["2011-09-28"]);
    put_off.approval("UPDATE events SET at = '2011-10-20 16:00:00', changed = '2011-09-29 08:00:00'");
    put_off.rounds_on(&["2011-09-29"]);
    assert_eq!(of_a(&put_off), ["data-fault open"]);

    let mut applied = city();
    applied.approval("UPDATE cases SET applied = '2011-10-20 16:00:00', changed = '2011-09-28 08:00:00'");
    applied.rounds_on(&["2011-09-28"]);
    assert_eq!(of_a(&applied), ["data-fault open"]);
}

/// A special procedure that is planned stops the clock from its beginning on, and no earlier.
#[test]
fn a_planned_special_procedure_counts_from_its_beginning() {
    let mut city = city();
    event(&city, "paused", "2011-10-10 10:00:00");
    let state = "SELECT state FROM deadlines WHERE case_number = 'A' AND clock = 'promise'";
    city.rounds_on(&["2011-09-28", "2011-10-10"]);
    assert_eq!(city.ledger(state), ["running"]);
    city.round("2011-10-10 10:00");
    assert_eq!(city.ledger(state), ["paused"]);
}

/// A machine whose clock went back, and a round that looks back at what came later, have seen nothing too early.
#[test]
fn who_has_a_wrong_time_is_no_witness() {
    let mut back = city();
    back.rounds_on(&["2011-10-08"]);
    typed(&back, "2011-10-08 09:00:00", "2011-10-08 09:00:00");
    back.round("2011-09-29 09:05");
    assert_eq!(of_a(&back), ["data-fault open"]);
    back.round("2011-10-09 09:05");
    assert_eq!(of_a(&back), ["data-fault resolved"]);

    for replay in [true, false] {
        let mut city = city();
        typed(&city, "2011-10-12 10:00:00", "2011-09-28 08:00:00");
        let now = Now { replay, ..moment("2011-10-10 09:05") };
        round::run(city.service(), &now, &Nobody).unwrap();
        city.rounds_on(&["2011-10-13"]);
        assert_eq!(of_a(&city).contains(&"entered-ahead pending".to_owned()), !replay, "{replay}");
    }
}
