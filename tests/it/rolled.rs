//! What a clerk moves again and again comes to the supervisor each time, and no decision covers what comes after it.

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::{Done, Ledger};

use crate::bench::{Bench, moment};
use crate::traces::{city, found};

fn decide(city: &Bench, number: &str, action: &CardAction, at: &str) {
    let finding = city.ledger(&format!(
        "SELECT finding FROM findings WHERE rule = 'changed-after-fact' AND case_number = '{number}'"
    ));
    let (finding, at) = (finding.concat().parse().unwrap(), moment(at).instant);
    let mut ledger = Ledger::at_keyboard(&city.path("ledger.db"), chrono_tz::Asia::Shanghai).unwrap();
    ledger.enter_deed(&Done { finding, action, by: "钱八", why: "笔误", order_due: None, at }).unwrap();
}

fn accept(city: &Bench, number: &str, at: &str, changed: &str) {
    city.approval(&format!(
        "UPDATE cases SET accepted = '{at}', changed = '{changed}' WHERE number = '{number}'"
    ));
}

fn said(city: &Bench, number: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT substr(at, 9, 2) || ' ' || event || ' ' || why FROM finding_history
         WHERE rule = 'changed-after-fact' AND case_number = '{number}' ORDER BY at"
    ))
}

/// H1: an acceptance that is moved on and on: every further change comes to the supervisor, with the first and the last day and how many
/// times, on the day after it was last said and not on that day, also where nothing else of the case is read by then. A case that is left as it is is not named.
#[test]
fn an_acceptance_that_is_rolled_is_said_each_day() {
    let mut city = city();
    for number in ["R", "S"] {
        city.licence(number, "2011-10-10 10:00:00");
    }
    city.rounds_on(&["2011-10-11"]);
    accept(&city, "R", "2011-10-11 08:00:00", "2011-10-12 08:00");
    city.rounds_on(&["2011-10-12"]);
    accept(&city, "R", "2011-10-12 08:00:00", "2011-10-12 10:00");
    city.round("2011-10-12 10:05");
    accept(&city, "R", "2011-10-12 09:00:00", "2011-10-12 11:00");
    city.round("2011-10-12 11:05");
    let first = "12 raised 受理时间 2011-10-10 10:00 改为 2011-10-11 08:00（受理），2011-10-12 09:05 读到";
    assert_eq!(said(&city, "R"), [first], "once a day at most");
    city.rounds_on(&["2011-10-13", "2011-10-14"]);
    let second = "13 grown 受理时间 2011-10-10 10:00 改为 2011-10-12 09:00（受理），先后改动3次，\
                  首次于 2011-10-12 09:05、最近一次于 2011-10-12 11:05 读到";
    assert_eq!(said(&city, "R"), [first, second], "and only when there is more");
    assert_eq!(found(&city, "changed-after-fact"), ["R notice pending"]);
    city.rounds_on(&["2011-10-17"]);
    let digest = city.ledger(
        "SELECT text FROM letters WHERE kind = 'digest' AND to_name = '监察室' ORDER BY letter DESC LIMIT 1",
    );
    assert!(digest.concat().contains("先后改动3次"), "{digest:?}");
}

/// H1: what a supervisor dismissed was the change that had been said, and no other: one that was read before he decided and not said, and one that comes after it,
/// are found anew, with the first day of all; and a decision on these holds again. Issued, further changes are told by a letter.
#[test]
fn a_dismissal_covers_the_changes_that_had_been_said_and_no_other() {
    let mut city = city();
    city.licence("R", "2011-10-10 10:00:00").licence("I", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-11"]);
    for number in ["R", "I"] {
        accept(&city, number, "2011-10-11 08:00:00", "2011-10-12 08:00");
    }
    city.rounds_on(&["2011-10-12"]);
    decide(&city, "I", &CardAction::Issue, "2011-10-12 10:00");
    decide(&city, "R", &CardAction::Dismiss, "2011-10-12 10:00");
    city.round("2011-10-12 10:05");
    assert_eq!(found(&city, "changed-after-fact"), ["I notice open", "R notice revoked"], "nothing is new");
    accept(&city, "R", "2011-10-12 08:00:00", "2011-10-13 08:00");
    accept(&city, "I", "2011-10-12 08:00:00", "2011-10-13 08:00");
    city.rounds_on(&["2011-10-13"]);
    let again = "13 reopened 审核之后又有改动：受理时间 2011-10-11 08:00 改为 2011-10-12 08:00（受理）（最初为 2011-10-10 10:00），2011-10-13 09:05 读到";
    assert_eq!(said(&city, "R")[2..], [again]);
    assert_eq!(found(&city, "changed-after-fact"), ["I notice open", "R notice pending"]);
    let letters = city
        .ledger("SELECT to_name FROM letters WHERE kind = 'alert' AND text LIKE '%先后改动2次%' ORDER BY 1");
    assert!(letters.contains(&"监察室".to_owned()) && !letters.contains(&"王五".to_owned()), "{letters:?}");
    // Read, and not said yet: he has not decided on it.
    accept(&city, "R", "2011-10-13 08:00:00", "2011-10-13 10:00");
    city.round("2011-10-13 10:05");
    decide(&city, "R", &CardAction::Dismiss, "2011-10-13 15:00");
    city.round("2011-10-13 15:05");
    let last = said(&city, "R").pop().unwrap();
    assert!(
        last.starts_with("13 reopened 审核之后又有改动：受理时间 2011-10-12 08:00 改为 2011-10-13 08:00"),
        "{last}"
    );
    decide(&city, "R", &CardAction::Dismiss, "2011-10-14 15:00");
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    assert_eq!(found(&city, "changed-after-fact"), ["I notice open", "R notice revoked"]);
}

/// Emptied, and filled with another day when that has been seen: that is a change of what was there first. Filled with what was there, it is none.
#[test]
fn what_is_emptied_and_typed_anew_is_a_change_too() {
    let mut city = city();
    for number in ["A", "B"] {
        city.licence(number, "2011-10-10 10:00:00").event(number, "step", "核查", "2011-10-11 10:00:00");
    }
    city.rounds_on(&["2011-10-12"]);
    let step = |city: &Bench, number: &str, at: &str, changed: &str| {
        city.approval(&format!(
            "UPDATE events SET at = {at}, changed = '{changed}' WHERE stage = '核查' AND number = '{number}'"
        ));
    };
    step(&city, "A", "NULL", "2011-10-12 10:00");
    step(&city, "B", "NULL", "2011-10-12 10:00");
    city.rounds_on(&["2011-10-13"]);
    step(&city, "A", "'2011-10-12 10:00:00'", "2011-10-13 10:00");
    step(&city, "B", "'2011-10-11 10:00:00'", "2011-10-13 10:00");
    city.rounds_on(&["2011-10-14"]);
    let emptied = "13 raised 环节时间 2011-10-11 10:00 已清空，2011-10-13 09:05 读到";
    let filled = "14 grown 环节时间 2011-10-11 10:00 改为 2011-10-12 10:00（环节），先后改动2次，首次于 2011-10-13 09:05、最近一次于 2011-10-14 09:05 读到";
    assert_eq!(
        (said(&city, "A"), said(&city, "B")),
        (vec![emptied.into(), filled.into()], vec![emptied.to_owned()])
    );
}
