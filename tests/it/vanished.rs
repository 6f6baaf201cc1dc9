//! Rows that are gone from their source: the case goes on by what they said, until they are back or a person says that they were
//! rightly deleted; a row under another key is no deletion.

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::Done;

use crate::bench::{Bench, moment};
use crate::post_office::keyboard;

const HANDLER: &str = "handler.u1@example.gov.cn";

/// A city whose source is swept every night, with cases enough that one deletion is no outage.
fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    city.licence("KEPT", "2011-10-20 10:00:00");
    city
}

fn findings(city: &Bench, case: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT trim(rule || ' ' || clock) || ' ' || card || ' ' || standing FROM findings WHERE case_number = '{case}' ORDER BY 1"
    ))
}

fn of_rule(city: &Bench, rule: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT case_number || ' ' || standing FROM findings WHERE rule = '{rule}' ORDER BY 1"
    ))
}

fn delete(city: &Bench, case: &str) {
    city.approval(&format!("CREATE TABLE kept_{case} AS SELECT * FROM cases WHERE number = '{case}'"))
        .approval(&format!("DELETE FROM cases WHERE number = '{case}'"));
}

fn decide(city: &Bench, action: &CardAction, rule: &str, at: &str) {
    let finding = city.ledger(&format!("SELECT finding FROM findings WHERE rule = '{rule}'")).remove(0);
    let (finding, at) = (finding.parse().unwrap(), moment(at).instant);
    let done =
        Done { finding, action, by: "孙七", why: "重复收件，准予删除", order_due: None, at };
    keyboard(city).enter_deed(&done).unwrap();
}

/// B18: nobody escapes the clock by deleting a row. What fell due on 13 October is late the day after, whether the row was deleted
/// long before, and the law's limit gives its red card as ever.
#[test]
fn a_deleted_case_is_timed_on_by_what_it_said_last() {
    let mut city = city();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27", "2011-09-28"]);
    delete(&city, "A");
    city.rounds_on(&["2011-09-29", "2011-10-13"]);
    assert_eq!(findings(&city, "A"), ["time-limit promise notice open", "vanished-record notice open"]);
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(findings(&city, "A"), ["time-limit promise yellow open", "vanished-record notice open"]);
    let due = "SELECT clock, state, substr(due_at, 1, 10) FROM deadlines WHERE case_number = 'A' ORDER BY 1";
    assert_eq!(city.ledger(due), ["promise|overdue|2011-10-13", "statutory|running|2011-10-27"]);
    city.rounds_on(&["2011-10-28"]);
    assert_eq!(
        findings(&city, "A"),
        ["time-limit promise yellow open", "time-limit statutory red open", "vanished-record notice open"]
    );
    let why = city.ledger("SELECT why FROM findings WHERE rule = 'vanished-record'").concat();
    assert!(
        why.contains("核定以前按原记录计时") && why.contains("10月13日") || why.contains("2011-10-13"),
        "{why}"
    );
    city.approval("INSERT INTO cases SELECT * FROM kept_A");
    city.decided("A", "2011-10-28 15:00:00");
    city.rounds_on(&["2011-10-29"]);
    assert_eq!(of_rule(&city, "vanished-record"), ["A resolved"], "back, it ends by itself");
    assert_eq!(city.ledger("SELECT state FROM cases WHERE case_number = 'A'"), ["closed"]);
}

/// What vanished is asked after like a card: with a day to answer by, reminders, and one level up when nobody answers.
#[test]
fn who_has_a_record_gone_is_asked_and_pressed() {
    let mut city = city();
    city.licence("A", "2011-10-20 10:00:00");
    city.rounds_on(&["2011-10-20", "2011-10-21"]);
    delete(&city, "A");
    city.rounds_on(&["2011-10-22", "2011-10-24"]);
    let text = city.ledger(&format!(
        "SELECT text FROM letters WHERE to_address = '{HANDLER}' AND text LIKE '%记录消失%'"
    ));
    assert!(text.concat().contains("反馈"), "{text:?}");
    city.rounds_on(&["2011-10-25", "2011-10-26", "2011-10-27", "2011-10-28", "2011-10-31"]);
    city.rounds_on(&["2011-11-01", "2011-11-02", "2011-11-03", "2011-11-04"]);
    let events = city.ledger(
        "SELECT DISTINCT event FROM finding_history WHERE finding = (SELECT finding FROM findings WHERE rule = 'vanished-record') ORDER BY 1",
    );
    assert_eq!(events, ["raised", "reminded", "unanswered"]);
    decide(&city, &CardAction::Answer, "vanished-record", "2011-11-04 10:00");
    let before = events.len();
    city.rounds_on(&["2011-11-07", "2011-11-08", "2011-11-09"]);
    assert_eq!(before, 3);
    assert_eq!(of_rule(&city, "vanished-record"), ["A open"], "an answer brings no record back");
}

/// Rightly deleted is what a person says so: the record counts no more, its cards fall, and nothing of it comes back by itself.
/// What vanishes after that, or comes back and vanishes again, was not decided on.
#[test]
fn what_was_rightly_deleted_counts_no_more() {
    let mut city = city();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-13", "2011-10-14"]);
    city.approval("DELETE FROM events WHERE number = 'A'");
    delete(&city, "A");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(findings(&city, "A"), ["time-limit promise yellow open", "vanished-record notice open"]);
    decide(&city, &CardAction::Revoke, "vanished-record", "2011-10-17 10:00");
    for day in ["2011-10-18", "2011-10-19", "2011-10-28"] {
        city.rounds_on(&[day]);
        let told = "SELECT count(*) FROM finding_history WHERE case_number = 'A'";
        let settled = ["time-limit promise yellow revoked", "vanished-record notice revoked"];
        assert_eq!(findings(&city, "A"), settled, "{day}: {:?}", city.ledger(told));
        assert_eq!(city.ledger("SELECT state FROM cases WHERE case_number = 'A'"), ["closed"]);
    }
    let running = "SELECT clock FROM deadlines WHERE case_number = 'A' AND state IN ('running', 'overdue')";
    assert_eq!(city.ledger(running), [""; 0]);
    // There again, it is judged again, and a second deletion is found again.
    city.approval("INSERT INTO cases SELECT * FROM kept_A");
    city.rounds_on(&["2011-10-29"]);
    assert!(
        findings(&city, "A").contains(&"time-limit statutory red open".to_owned()),
        "{:?}",
        findings(&city, "A")
    );
    city.approval("DELETE FROM cases WHERE number = 'A'");
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(of_rule(&city, "vanished-record"), ["A open"]);
    assert!(findings(&city, "A").contains(&"time-limit statutory red open".to_owned()));
}

/// A harmless row whose deletion was accepted opens no door for the next one.
#[test]
fn one_decision_is_not_for_the_next_row() {
    let mut city = city();
    city.licence("A", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-11", "2011-10-12"]);
    city.approval("DELETE FROM events WHERE number = 'A'");
    city.rounds_on(&["2011-10-13"]);
    delete(&city, "A");
    city.rounds_on(&["2011-10-14"]);
    decide(&city, &CardAction::Revoke, "vanished-record", "2011-10-14 10:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(of_rule(&city, "vanished-record"), ["A open"], "of the second row nobody had been told");
    let due = "SELECT substr(due_at, 1, 10) FROM deadlines WHERE case_number = 'A' AND clock = 'promise'";
    assert_eq!(city.ledger(due), ["2011-10-24"]);
    decide(&city, &CardAction::Revoke, "vanished-record", "2011-10-17 10:00");
    city.rounds_on(&["2011-10-18", "2011-10-26"]);
    assert_eq!(findings(&city, "A"), ["vanished-record notice revoked"]);
}

/// The same row under another key is the same row: nothing is said, and it stands once, whether a round or the sweep meets it first
/// and however often it is numbered anew.
#[test]
fn a_row_under_another_key_is_the_same_row() {
    let mut city = city();
    city.licence("A", "2011-10-10 10:00:00").paused("A", "2011-10-11 09:00:00");
    city.rounds_on(&["2011-10-12", "2011-10-13"]);
    let due = "SELECT state, due_at, paused_since FROM deadlines WHERE case_number = 'A' ORDER BY clock";
    let (before, said) = (city.ledger(due), findings(&city, "A"));
    for (day, by) in [("2011-10-14", "id + 100"), ("2011-10-17", "id + 1000")] {
        city.approval(&format!("UPDATE events SET id = {by} WHERE number = 'A'"));
        city.round(&format!("{day} 01:00"));
        assert_eq!((city.ledger(due), findings(&city, "A")), (before.clone(), said.clone()), "{day}");
        city.rounds_on(&[day]);
        assert_eq!((city.ledger(due), findings(&city, "A")), (before.clone(), said.clone()), "{day}");
    }
    assert_eq!(city.ledger("SELECT count(*) FROM case_timeline WHERE case_number = 'A'"), ["4"]);
    assert_eq!(city.ledger("SELECT count(*) FROM vanished"), ["0"]);
    // What is said of it under its new key is said of that row.
    city.approval(
        "UPDATE events SET note = '特告〔2011〕27号', changed = '2011-10-18 09:00:00' WHERE kind = 'paused'",
    );
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(
        city.ledger("SELECT note FROM case_timeline WHERE case_number = 'A' AND kind = 'paused' AND current"),
        ["特告〔2011〕27号"]
    );
}

/// Two payments alike are two rows, though the second came later: the round that reads both, at the latest the sweep, tells.
#[test]
fn two_rows_alike_stay_two() {
    let mut city = city();
    let items = crate::bench::ITEMS.replace("受理;审查,,审批系统", "受理;审查,200,审批系统");
    city.write("registry/items.csv", &items);
    city.licence("A", "2011-10-10 10:00:00");
    let pay = |city: &Bench, changed: &str| {
        city.approval(&format!(
            "INSERT INTO events (number, kind, at, clerk, note, changed) VALUES ('A', 'charged', '2011-10-11 10:00:00', '0731', '150', '{changed}')"
        ));
    };
    pay(&city, "2011-10-11 10:00:00");
    city.rounds_on(&["2011-10-12", "2011-10-13"]);
    assert_eq!(of_rule(&city, "fee"), [""; 0]);
    pay(&city, "2011-10-13 15:00:00");
    city.round("2011-10-13 16:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(of_rule(&city, "fee"), ["A open"], "three hundred where two are due");
    assert_eq!(city.ledger("SELECT count(*) FROM case_timeline WHERE kind = 'charged' AND current"), ["2"]);
    // And one of them that is deleted is gone, though the other says the same.
    city.approval("DELETE FROM events WHERE id = (SELECT max(id) FROM events)");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(of_rule(&city, "vanished-record"), ["A open"]);
}

/// A row that takes the place of another under a new key is a change of it, and weighed like one: before anybody was told it acts,
/// and is found; after the letter on a card it asks the supervisor.
#[test]
fn a_row_of_another_content_under_a_new_key_is_a_change() {
    let mut city = city();
    city.configure("\"supplement_received\", not", "\"supplement_received\", accepted = \"accepted\", not");
    for case in ["EARLY", "TOLD"] {
        city.approval(&format!(
            "INSERT INTO cases (number, item, changed) VALUES ('{case}', 'I20', '2011-09-26 10:00:00')"
        ));
        city.event(case, "accepted", "", "2011-09-26 10:00:00");
    }
    city.rounds_on(&["2011-09-27", "2011-09-28"]);
    let retype = |city: &Bench, case: &str, at: &str, now: &str| {
        city.approval(&format!(
            "UPDATE events SET id = id + 500, at = '{at}', changed = '{now}' WHERE number = '{case}' AND kind = 'accepted'"
        ));
    };
    retype(&city, "EARLY", "2011-10-10 10:00:00", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-11", "2011-10-14"]);
    assert_eq!(findings(&city, "EARLY"), ["changed-after-fact notice pending"]);
    let due = "SELECT substr(due_at, 1, 10) FROM deadlines WHERE clock = 'promise' AND case_number = 'EARLY'";
    assert_eq!(city.ledger(due), ["2011-10-24"]);
    assert_eq!(findings(&city, "TOLD"), ["time-limit promise yellow open"]);
    retype(&city, "TOLD", "2011-10-10 10:00:00", "2011-10-14 15:00:00");
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    assert_eq!(
        findings(&city, "TOLD"),
        ["changed-after-fact notice pending", "time-limit promise yellow pending-withdrawal"]
    );
    assert_eq!(of_rule(&city, "vanished-record"), [""; 0]);
    let said = "SELECT count(*) FROM case_timeline WHERE case_number = 'TOLD' AND kind = 'accepted'";
    assert_eq!(city.ledger(said), ["2"], "what it said, and what it says");
}

/// A number that was mistyped is put right: the new number is named beside the one that is gone, to the unit and at once to the
/// supervisor, and nothing is merged before he decides. A case that came with another acceptance, and one that was there before, are
/// named of nobody.
#[test]
fn the_number_under_which_a_case_may_go_on_is_named() {
    let mut city = city();
    city.licence("A-O1", "2011-09-26 10:00:00")
        .licence("B", "2011-09-26 11:00:00")
        .licence("OTHER", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27", "2011-09-28"]);
    for table in ["cases", "events"] {
        let corrected = "SET number = 'A-01', changed = '2011-09-28 10:00:00' WHERE number = 'A-O1'";
        city.approval(&format!("UPDATE {table} {corrected}"));
    }
    delete(&city, "B");
    city.licence("B-NEW", "2011-09-28 11:00:00");
    city.rounds_on(&["2011-09-29"]);
    let to_supervisor = |what: &str| {
        let alert = "SELECT count(*) FROM letters WHERE kind = 'alert' AND to_address LIKE 'supervisor%' AND text LIKE";
        city.ledger(&format!("{alert} '%{what}%'")).concat()
    };
    assert_eq!(
        [to_supervisor("【提示】A-O1"), to_supervisor("【提示】B")],
        ["1", "0"],
        "at once, and of that one alone"
    );
    city.rounds_on(&[
        "2011-09-30",
        "2011-10-08",
        "2011-10-09",
        "2011-10-10",
        "2011-10-11",
        "2011-10-12",
        "2011-10-13",
    ]);
    assert_eq!(of_rule(&city, "vanished-record"), ["A-O1 open", "B open"]);
    let named = |case: &str| {
        let why =
            format!("SELECT why FROM findings WHERE rule = 'vanished-record' AND case_number = '{case}'");
        let why = city.ledger(&why).concat();
        (why.contains("此后读到的 A-01 与其内容相同"), why.contains("与其内容相同"))
    };
    assert_eq!([named("A-O1"), named("B")], [(true, true), (false, false)]);
    let told = |reader: &str| {
        city.ledger(&format!(
            "SELECT count(*) > 0 FROM letters WHERE to_address LIKE '{reader}%' AND text LIKE '%此后读到的 A-01 与其内容相同%'"
        ))
    };
    assert_eq!([told("handler.u1"), told("supervisor"), told("handler.u2")].concat(), ["1", "1", "0"]);
    let states = "SELECT case_number || ' ' || state FROM cases WHERE case_number LIKE 'A-%' ORDER BY 1";
    assert_eq!(city.ledger(states), ["A-01 open", "A-O1 open"], "nothing is merged");
    let which = "vanished-record' AND case_number = 'A-O1";
    decide(&city, &CardAction::Revoke, which, "2011-10-13 10:00");
    city.decided("A-01", "2011-10-13 11:00:00");
    city.rounds_on(&["2011-10-14", "2011-10-17"]);
    assert_eq!(
        findings(&city, "A-O1"),
        ["time-limit promise notice resolved", "vanished-record notice revoked"],
        "the old number is late in nothing"
    );
    assert!(findings(&city, "B").contains(&"time-limit promise yellow open".to_owned()));
}
