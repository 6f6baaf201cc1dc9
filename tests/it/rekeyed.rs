//! Rows under another key: which is the same row, which took another's place, and which are two.

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::Done;

use crate::bench::{Bench, moment};
use crate::post_office::keyboard;

/// A city that is swept every night; case A was read on two nights, with a payment of 10 October.
fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    city.licence("KEPT", "2011-10-10 09:00:00").licence("A", "2011-10-10 09:00:00");
    pay(&city, 101, "100", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-11"]);
    // A day later another event moves the watermark on, so that the payment is not read again between sweeps.
    city.event("KEPT", "step", "复核", "2011-10-12 08:00:00");
    city.rounds_on(&["2011-10-12"]);
    city
}

fn pay(city: &Bench, id: u32, sum: &str, changed: &str) {
    city.approval(&format!(
        "INSERT INTO events (id, number, kind, at, clerk, note, changed)
         VALUES ({id}, 'A', 'charged', '2011-10-10 10:00:00', '0731', '{sum}', '{changed}')"
    ));
}

fn paid(city: &Bench) -> Vec<String> {
    city.ledger("SELECT note FROM case_timeline WHERE kind = 'charged' AND current ORDER BY note")
}

fn found(city: &Bench, rule: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT case_number || ' ' || standing FROM findings WHERE rule = '{rule}' ORDER BY 1"
    ))
}

/// A second payment alike that a sweep reads with the first is a second payment at once, whichever stands in front.
#[test]
fn a_sweep_reads_two_alike_as_two() {
    for id in [50, 150] {
        let mut city = city();
        pay(&city, id, "100", "2011-10-12 15:00:00");
        city.rounds_on(&["2011-10-13"]);
        assert_eq!(paid(&city), ["100", "100"], "{id}");
    }
}

/// And so is one that is read with the first between two sweeps. One that is read without it is taken for it until both are read.
#[test]
fn two_alike_that_are_read_together_are_two() {
    let mut city = city();
    city.approval("UPDATE events SET changed = '2011-10-12 10:00:00' WHERE id = 101");
    city.round("2011-10-12 10:30");
    pay(&city, 150, "100", "2011-10-12 11:00:00");
    city.round("2011-10-12 11:30");
    assert_eq!(paid(&city), ["100", "100"]);
    let mut apart = self::city();
    pay(&apart, 150, "100", "2011-10-12 11:00:00");
    apart.round("2011-10-12 11:30");
    assert_eq!(paid(&apart), ["100"]);
    apart.rounds_on(&["2011-10-13"]);
    assert_eq!(paid(&apart), ["100", "100"], "the sweep reads both");
    assert_eq!((found(&apart, "vanished-record"), found(&apart, "changed-after-fact")), (vec![], vec![]));
}

/// Between two sweeps a payment of another sum takes nobody's place: the one that was not read may be there.
#[test]
fn another_content_between_sweeps_is_another_row() {
    let mut city = city();
    pay(&city, 150, "70", "2011-10-12 11:00:00");
    city.round("2011-10-12 11:30");
    assert_eq!(paid(&city), ["100", "70"]);
}

/// A row that was there at the sweep before took nobody's place: the deletion beside it is one.
#[test]
fn what_was_there_all_along_replaces_nothing() {
    let mut city = city();
    pay(&city, 150, "70", "2011-10-12 15:00:00");
    city.rounds_on(&["2011-10-13", "2011-10-14"]);
    city.approval("DELETE FROM events WHERE id = 101");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(found(&city, "vanished-record"), ["A open"]);
    assert_eq!(found(&city, "changed-after-fact"), [""; 0]);
}

/// A row that had vanished and comes back under another key is back, and its finding is over.
#[test]
fn a_vanished_row_comes_back_under_another_key() {
    let mut city = city();
    city.approval("DELETE FROM events WHERE id = 101");
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(found(&city, "vanished-record"), ["A open"]);
    pay(&city, 150, "100", "2011-10-13 11:00:00");
    city.round("2011-10-13 11:30");
    assert_eq!(
        (found(&city, "vanished-record"), paid(&city)),
        (vec!["A resolved".into()], vec!["100".into()])
    );
    // And it is that row: what it says later is a change of it.
    city.approval("UPDATE events SET note = '300', changed = '2011-10-13 12:00:00' WHERE id = 150");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(paid(&city), ["300"]);
}

/// Of what vanishes after a decision only that is told, and it counts on: a decision on one row, however often the case is judged
/// since, is none on the next.
#[test]
fn a_decision_holds_for_what_had_vanished_by_then() {
    let mut city = city();
    city.approval("DELETE FROM events WHERE id = 101");
    city.rounds_on(&["2011-10-13"]);
    let finding = city.ledger("SELECT finding FROM findings WHERE rule = 'vanished-record'").remove(0);
    let (finding, at) = (finding.parse().unwrap(), moment("2011-10-13 15:00").instant);
    let done =
        Done { finding, action: &CardAction::Revoke, by: "孙七", why: "重复", order_due: None, at };
    keyboard(&city).enter_deed(&done).unwrap();
    city.rounds_on(&["2011-10-14"]);
    city.approval("DELETE FROM cases WHERE number = 'A'");
    city.rounds_on(&["2011-10-17", "2011-10-18", "2011-10-21", "2011-10-24"]);
    assert_eq!(found(&city, "vanished-record"), ["A open"]);
    let why = city.ledger("SELECT why FROM findings WHERE rule = 'vanished-record'").concat();
    assert!(why.starts_with("2011-10-17 09:05 核对时") && why.contains("原有的 1 条记录"), "{why}");
    city.rounds_on(&["2011-10-25"]);
    let cards =
        "SELECT card FROM findings WHERE rule = 'time-limit' AND clock = 'promise' AND case_number = 'A'";
    assert_eq!(city.ledger(cards), ["yellow"], "due on 24 October");
}

/// A city that is swept every night: twelve licences with a step each, of which ten are decided, and all of whose steps get new numbers
/// every night with nothing else changed. are late on 14 October.
fn renumbered(delete: &str, days: &[&str]) -> Bench {
    let mut city = Bench::new();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    for number in 1..=12 {
        city.licence(&format!("A-{number}"), &format!("2011-09-26 10:{number:02}:00"));
    }
    for number in 1..=10 {
        city.decided(&format!("A-{number}"), "2011-09-28 15:00:00");
    }
    city.rounds_on(&["2011-09-27", "2011-09-28", "2011-09-29"]);
    for (night, day) in days.iter().enumerate() {
        city.approval("UPDATE events SET id = id + 100000");
        if night == 1 {
            city.approval(delete);
        }
        city.rounds_on(&[day]);
    }
    city
}

const NIGHTS: [&str; 9] = [
    "2011-09-30",
    "2011-10-08",
    "2011-10-09",
    "2011-10-10",
    "2011-10-11",
    "2011-10-12",
    "2011-10-13",
    "2011-10-14",
    "2011-10-17",
];

/// An exchange table that is filled anew every night with new numbers has lost nothing, also when the closed cases are looked for: each
/// row is there once, nobody is accused of a deletion or a change, the source is believed, and who is late is found.
#[test]
fn a_table_that_is_numbered_anew_every_night_has_lost_nothing() {
    let mut city = renumbered("", &NIGHTS);
    assert_eq!(city.ledger("SELECT state FROM source_health WHERE source = 'approval'"), ["ok"]);
    assert_eq!(city.ledger("SELECT count(*) FROM suspicions"), ["0"]);
    assert_eq!((found(&city, "vanished-record"), found(&city, "changed-after-fact")), (vec![], vec![]));
    let steps = "SELECT count(*) FROM case_timeline WHERE kind = 'step' AND current";
    assert_eq!(city.ledger(steps), ["12"], "each once");
    let late = "SELECT case_number FROM findings WHERE rule = 'time-limit' AND card = 'yellow' ORDER BY 1";
    assert_eq!(city.ledger(late), ["A-11", "A-12"]);
    // Two alike that are read together are two, of a closed case too.
    city.approval(
        "INSERT INTO events (number, kind, stage, at, clerk, changed)
         SELECT number, kind, stage, at, clerk, changed FROM events WHERE number = 'A-3'",
    );
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(city.ledger(steps), ["13"]);
}

/// What is deleted under cover of new numbers is found: of a case in hand the next night, of a closed one when these are looked for.
#[test]
fn new_numbers_cover_no_deletion() {
    for number in ["A-3", "A-11"] {
        let city = renumbered(&format!("DELETE FROM events WHERE number = '{number}'"), &NIGHTS);
        assert_eq!(found(&city, "vanished-record"), [format!("{number} open")]);
        let gone = "SELECT count(*) FROM vanished WHERE back_at IS NULL";
        assert_eq!(city.ledger(gone), ["1"]);
        assert_eq!(city.ledger("SELECT count(*) FROM suspicions"), ["0"]);
    }
}

/// A source that is doubted for what it lacks is believed again when that is back, whatever numbers it has by then; and not before.
#[test]
fn a_doubt_ends_by_rows_that_are_back_under_new_numbers() {
    let kept = "CREATE TABLE kept AS SELECT * FROM events WHERE number <> 'A-1'; DELETE FROM events WHERE number <> 'A-1'";
    let mut city = renumbered(kept, &NIGHTS[..3]);
    let state = "SELECT state FROM source_health WHERE source = 'approval'";
    assert_eq!(city.ledger(state), ["suspect"]);
    let back = |only: &str| {
        format!(
            "INSERT INTO events SELECT id + 700000, number, kind, stage, at, clerk, note, amount, changed FROM kept WHERE {only}"
        )
    };
    city.approval(&back("number NOT IN ('A-2', 'A-3', 'A-11')"));
    city.rounds_on(&["2011-10-10"]);
    assert_eq!(city.ledger(state), ["suspect"], "three of those that were looked for are not back");
    city.approval(&back("number IN ('A-2', 'A-3', 'A-11')"));
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.ledger(state), ["ok"]);
    assert_eq!(found(&city, "vanished-record"), [""; 0]);
}
