//! A system that keeps cases in hand in one table and finished ones in another: what goes over is no deletion.

use crate::bench::Bench;
use crate::suspect::{of_rule, state};

const HANDLER: &str = "handler.u1@example.gov.cn";

/// A city that is swept every night, with so many cases in hand, all due on 13 October, and a table of finished ones.
fn city(cases: usize) -> Bench {
    let mut city = Bench::new();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    let events = "[[source.approval.read]]\ntable = \"events\"";
    let done = "[[source.approval.read]]\ntable = \"done\"\nshape = \"wide\"\nwatermark = \"changed\"\ncase = \"number\"\nitem = \"item\"
gone = \"struck\"
gone_codes = [\"1\"]
traces = [{ kind = \"accepted\", at = \"accepted\" }, { kind = \"decided\", at = \"finished\" }]\n";
    city.configure(events, &format!("{done}{events}"));
    city.approval(
        "CREATE TABLE done (number TEXT, item TEXT, accepted TEXT, finished TEXT, struck TEXT, changed TEXT)",
    );
    for number in 1..=cases {
        city.licence(&format!("A-{number}"), &format!("2011-09-26 10:{number:02}:00"));
    }
    city.rounds_on(&["2011-09-27", "2011-09-28"]);
    city
}

/// What the system enters when a case is over, with its acceptance as it stood or otherwise.
fn enter_done(city: &Bench, number: &str, accepted: &str, at: &str) {
    city.approval(&format!(
        "INSERT INTO done SELECT number, item, {accepted}, '{at}', '0', '{at}' FROM cases WHERE number = '{number}'"
    ));
}

fn leave(city: &Bench, number: &str) {
    city.approval(&format!("DELETE FROM cases WHERE number = '{number}'"));
}

fn go_over(city: &Bench, number: &str, at: &str) {
    enter_done(city, number, "accepted", at);
    leave(city, number);
}

fn with_state(city: &Bench, state: &str) -> Vec<String> {
    city.ledger(&format!("SELECT case_number FROM cases WHERE state = '{state}' ORDER BY 1"))
}

fn late(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number FROM findings WHERE rule = 'time-limit' AND card = 'yellow' ORDER BY 1")
}

/// One a day and most of the stock at once: nobody is accused of a deletion, the source is believed, the decisions count, and who
/// stays in hand too long gets the card. What is deleted of the finished ones is found, and what it said counts on.
#[test]
fn who_goes_over_to_the_finished_has_not_vanished() {
    for at_once in [1, 10] {
        let mut city = city(12);
        let days = ["2011-09-29", "2011-09-30", "2011-10-08", "2011-10-09", "2011-10-10", "2011-10-11"];
        let mut next = 1;
        for day in days {
            for _ in 0..at_once {
                if next <= 10 {
                    go_over(&city, &format!("A-{next}"), &format!("{day} 08:{next:02}:00"));
                    next += 1;
                }
            }
            city.rounds_on(&[day]);
            assert_eq!(state(&city), "ok", "{at_once} at once, {day}");
        }
        city.rounds_on(&["2011-10-14"]);
        assert_eq!(with_state(&city, "closed").len(), next - 1);
        assert_eq!(of_rule(&city, "vanished-record"), [""; 0], "{at_once} at once");
        assert_eq!(of_rule(&city, "source-suspect"), [""; 0]);
        assert_eq!(late(&city).len(), 12 - (next - 1), "{:?}", late(&city));
        city.approval("DELETE FROM done WHERE number = 'A-1'");
        city.rounds_on(&["2011-10-17"]);
        let rows = "SELECT count(*) FROM vanished WHERE case_number = 'A-1' AND back_at IS NULL";
        assert_eq!(city.ledger(rows), ["2"], "neither stands for the other");
        city.rounds_on(&["2011-10-24"]);
        assert_eq!(of_rule(&city, "vanished-record"), ["A-1 open"], "gone from both");
        assert!(city.subjects(HANDLER).len() > 1, "and asked of");
    }
}

/// What is deleted in the evening and entered among the finished next day was away for a night: the finding ends by itself. What
/// never comes stays asked of.
#[test]
fn a_row_may_go_over_in_two_steps() {
    let mut city = city(12);
    city.approval("CREATE TABLE kept AS SELECT * FROM cases WHERE number IN ('A-1', 'A-2')");
    leave(&city, "A-1");
    leave(&city, "A-2");
    city.rounds_on(&["2011-09-29"]);
    assert_eq!(of_rule(&city, "vanished-record"), ["A-1 open", "A-2 open"]);
    city.approval(
        "INSERT INTO done SELECT number, item, accepted, '2011-09-29 10:00:00', '0', '2011-09-29 10:00:00' FROM kept WHERE number = 'A-1'",
    );
    city.round("2011-09-29 11:00");
    assert_eq!(of_rule(&city, "vanished-record"), ["A-1 resolved", "A-2 open"]);
    assert_eq!(with_state(&city, "closed"), ["A-1"]);
    city.rounds_on(&["2011-09-30", "2011-10-08"]);
    assert_eq!(
        of_rule(&city, "vanished-record"),
        ["A-1 resolved", "A-2 open"],
        "the next nights find nothing new"
    );
    assert_eq!(city.ledger("SELECT count(*) FROM vanished WHERE case_number = 'A-1'"), ["1"]);
}

/// Whoever goes over with another day of acceptance is found: a day more gains nothing unseen, and neither does one that is struck
/// out among the finished.
#[test]
fn another_acceptance_does_not_go_over() {
    let mut city = city(12);
    enter_done(&city, "A-1", "'2011-10-09 10:01:00'", "2011-10-09 11:00:00");
    leave(&city, "A-1");
    go_over(&city, "A-2", "2011-10-09 11:00:00");
    city.rounds_on(&["2011-10-10"]);
    assert_eq!(of_rule(&city, "vanished-record"), ["A-1 open"]);
    city.approval("UPDATE done SET struck = '1', changed = '2011-10-10 10:00:00' WHERE number = 'A-2'");
    city.rounds_on(&["2011-10-11", "2011-10-12"]);
    assert_eq!(of_rule(&city, "vanished-record"), ["A-1 open", "A-2 open"]);
}

/// A doubt that a sweep of the cases in hand began does not end because the next look compares those that are closed too: it ends
/// when the cases are back, and accuses nobody meanwhile.
#[test]
fn a_doubt_does_not_end_by_comparing_more() {
    let mut city = city(43);
    for number in 1..=40 {
        city.decided(&format!("A-{number}"), "2011-09-28 15:00:00");
    }
    city.rounds_on(&["2011-09-29"]);
    city.approval("CREATE TABLE kept AS SELECT * FROM cases WHERE number IN ('A-41', 'A-42', 'A-43')");
    city.approval("DELETE FROM cases WHERE number IN ('A-41', 'A-42', 'A-43')");
    for day in ["2011-09-30", "2011-10-08", "2011-10-09", "2011-10-10", "2011-10-14", "2011-10-17"] {
        city.licence(&format!("B-{day}"), &format!("{day} 08:30:00"));
        city.rounds_on(&[day]);
        assert_eq!(state(&city), "suspect", "{day}");
        assert_eq!(of_rule(&city, "vanished-record"), [""; 0], "{day}");
    }
    city.approval("INSERT INTO cases SELECT * FROM kept");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(state(&city), "ok");
    assert_eq!(of_rule(&city, "source-suspect"), ["approval resolved"]);
    assert_eq!(late(&city), ["A-41", "A-42", "A-43"]);
}

/// A case that goes back to those in hand without its decision is in hand again from the next night on, whatever day of the week it is:
/// its supervisor learns what was taken back, and nobody is asked for a row that was deleted. What is decided once more counts. Cases
/// that stay finished stay so.
#[test]
fn who_goes_back_without_a_decision_is_in_hand_again() {
    for (in_two_steps, why) in [(false, "at once"), (true, "with a night between")] {
        let mut city = city(12);
        let still_there = "INSERT INTO cases SELECT * FROM kept WHERE number = 'A-1'";
        city.approval("CREATE TABLE kept AS SELECT * FROM cases");
        for number in ["A-1", "A-2"] {
            go_over(&city, number, "2011-09-28 15:00:00");
        }
        city.rounds_on(&["2011-09-29"]);
        assert_eq!(with_state(&city, "closed"), ["A-1", "A-2"]);
        city.approval("DELETE FROM done WHERE number = 'A-1'");
        if in_two_steps {
            city.rounds_on(&["2011-09-30"]);
            assert_eq!(with_state(&city, "closed"), ["A-1", "A-2"], "what is gone ends nothing");
            assert_eq!(of_rule(&city, "vanished-record"), ["A-1 open"]);
        }
        city.approval(still_there);
        city.rounds_on(&["2011-10-08", "2011-10-09"]);
        assert_eq!(with_state(&city, "closed"), ["A-2"], "{why}");
        let asked: &[&str] = if in_two_steps { &["A-1 resolved"] } else { &[] };
        assert_eq!(of_rule(&city, "vanished-record"), asked, "{why}");
        assert_eq!(of_rule(&city, "changed-after-fact"), ["A-1 pending"], "{why}");
        let said = city.ledger("SELECT why FROM findings WHERE rule = 'changed-after-fact'").concat();
        assert!(said.contains("2011-09-28 15:00") && said.contains("已清空"), "{said}");
        let told =
            "SELECT DISTINCT to_address FROM letters WHERE text LIKE '%另有1件的监察事项待审核后发出%'";
        assert!(
            city.ledger(told).contains(&"supervisor@example.gov.cn".to_owned()),
            "{:?}",
            city.ledger(told)
        );
        city.rounds_on(&["2011-10-11", "2011-10-12", "2011-10-13", "2011-10-14"]);
        assert!(late(&city).contains(&"A-1".to_owned()) && !late(&city).contains(&"A-2".to_owned()));
        go_over(&city, "A-1", "2011-10-14 10:00:00");
        city.rounds_on(&["2011-10-15"]);
        assert_eq!(with_state(&city, "closed"), ["A-1", "A-2"], "{why}: decided, if late");
        assert_eq!(of_rule(&city, "vanished-record"), asked, "{why}");
        assert_eq!(state(&city), "ok");
    }
}

/// Whoever goes back with another acceptance has lost his decision all the same, and his row was deleted; and a row among the finished
/// that is deleted while its case stands nowhere counts on.
#[test]
fn who_goes_back_otherwise_has_vanished_too() {
    let mut city = city(12);
    city.approval("CREATE TABLE kept AS SELECT * FROM cases");
    (1..=6).for_each(|number| go_over(&city, &format!("A-{number}"), "2011-09-28 15:00:00"));
    city.rounds_on(&["2011-09-29"]);
    city.approval(
        "DELETE FROM done WHERE number IN ('A-1', 'A-2');
         INSERT INTO cases SELECT number, item, clerk, applied, '2011-09-29 09:00:00', result, finished, applicant, changed
             FROM kept WHERE number = 'A-1'",
    );
    city.rounds_on(&["2011-10-08", "2011-10-09"]);
    assert_eq!(of_rule(&city, "vanished-record"), ["A-1 open", "A-2 open"]);
    assert_eq!(with_state(&city, "closed"), ["A-2", "A-3", "A-4", "A-5", "A-6"]);
    assert_eq!(of_rule(&city, "changed-after-fact"), ["A-1 pending"]);
}

/// An upgrade that takes many back at once is nobody's doing in the office: the source is doubted, and no case of it is judged.
#[test]
fn many_that_go_back_at_once_are_the_source_s_doing() {
    let mut city = city(12);
    city.approval("CREATE TABLE kept AS SELECT * FROM cases");
    (1..=6).for_each(|number| go_over(&city, &format!("A-{number}"), "2011-09-28 15:00:00"));
    city.rounds_on(&["2011-09-29"]);
    city.approval(
        "DELETE FROM done WHERE number <> 'A-6'; INSERT INTO cases SELECT * FROM kept WHERE number IN ('A-1', 'A-2', 'A-3', 'A-4', 'A-5')",
    );
    city.rounds_on(&["2011-10-08", "2011-10-14"]);
    assert_eq!(state(&city), "suspect");
    assert_eq!(with_state(&city, "closed").len(), 6);
    assert_eq!(of_rule(&city, "changed-after-fact"), [""; 0]);
}
