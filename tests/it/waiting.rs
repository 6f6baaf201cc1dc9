//! Letters that wait: while a mail server is away, at night, and when nobody knows whether they arrived.

use chrono::DateTime;
use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::Done;

use crate::bench::Bench;
use crate::post_office::{Desk, city, keyboard};

const LEAD: &str = "lead.u1";

/// The card of case A is withdrawn by a person.
fn revoke(city: &Bench) {
    let finding = city.ledger("SELECT finding FROM findings WHERE case_number = 'A'").remove(0);
    let at = DateTime::parse_from_rfc3339("2011-10-25T16:00:00+08:00").unwrap();
    let done = Done {
        finding: finding.parse().unwrap(),
        action: &CardAction::Revoke,
        by: "孙七",
        why: "申诉成立",
        order_due: None,
        at,
    };
    keyboard(city).enter_deed(&done).unwrap();
}

/// DESIGN section 7: what waited while the server was away is one letter a reader, as things stand, and its time to answer
/// begins when it can be read.
#[test]
fn after_an_outage_each_reader_gets_one_letter_of_today() {
    let desk = Desk::default();
    let mut city = city(&desk);
    city.licence("A", "2011-10-10 09:00:00").licence("B", "2011-10-11 09:00:00");
    city.rounds_on(&["2011-10-10", "2011-10-11"]);
    *desk.down.lock().unwrap() = true;
    city.rounds_on(&["2011-10-25", "2011-10-26"]);
    *desk.down.lock().unwrap() = false;
    desk.took.lock().unwrap().clear();
    city.rounds_on(&["2011-10-27"]);
    let letters = desk.alerts_to(LEAD);
    assert_eq!(letters.len(), 1, "{letters:#?}");
    for words in ["A", "B", "11月3日（含当日）前"] {
        assert!(letters[0].contains(words), "{words}: {}", letters[0]);
    }
    // Five working days from the 25th.
    assert!(!letters[0].contains("11月1日"), "{}", letters[0]);
}

/// Who was sent nothing has left nothing unanswered.
#[test]
fn nobody_is_reminded_of_what_never_left() {
    let desk = Desk::default();
    let mut city = city(&desk);
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10"]);
    *desk.down.lock().unwrap() = true;
    city.rounds_on(&["2011-10-25", "2011-10-26", "2011-10-27", "2011-10-28", "2011-10-31"]);
    let pressed = "SELECT count(*) FROM finding_history WHERE event IN ('reminded', 'unanswered')";
    assert_eq!(city.ledger(pressed), ["0"]);
    *desk.down.lock().unwrap() = false;
    city.rounds_on(&["2011-11-01", "2011-11-02"]);
    assert_eq!(city.ledger(pressed), ["0"]);
    city.rounds_on(&["2011-11-03"]);
    assert_eq!(city.ledger(pressed), ["1"], "two working days after it was sent");
}

/// A card withdrawn before its mail left is told to nobody, and not taken back either.
#[test]
fn a_card_withdrawn_before_its_mail_left_is_no_mail() {
    let desk = Desk::default();
    let mut city = city(&desk);
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10"]);
    *desk.down.lock().unwrap() = true;
    city.round("2011-10-25 09:05");
    revoke(&city);
    city.round("2011-10-25 16:30");
    *desk.down.lock().unwrap() = false;
    desk.took.lock().unwrap().clear();
    city.rounds_on(&["2011-10-26"]);
    assert_eq!(desk.alerts_to(LEAD), Vec::<String>::new());
    assert_eq!(city.ledger("SELECT count(*) FROM letters WHERE state = 'queued'"), ["0"]);
}

/// What may have arrived is sent again as it was, and what is to be taken back is taken back in a letter of its own.
#[test]
fn what_may_have_arrived_is_sent_again_and_then_taken_back() {
    let desk = Desk::default();
    let mut city = city(&desk);
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10"]);
    *desk.mute.lock().unwrap() = true;
    city.round("2011-10-25 09:05");
    let first = desk.alerts_to(LEAD);
    revoke(&city);
    *desk.mute.lock().unwrap() = false;
    city.round("2011-10-25 16:30");
    let mut then = desk.alerts_to(LEAD);
    // One a minute to an address.
    city.round("2011-10-25 16:31");
    then.extend(desk.alerts_to(LEAD));
    assert_eq!((first.len(), then.len()), (1, 2), "{then:#?}");
    assert_eq!(then[0], first[0], "the same letter");
    assert!(then[1].contains("申诉成立"), "{then:#?}");
}

/// The server comes back at night: the letters leave in the morning.
#[test]
fn nothing_leaves_at_night() {
    let desk = Desk::default();
    let mut city = city(&desk);
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10"]);
    *desk.down.lock().unwrap() = true;
    city.round("2011-10-25 16:30");
    *desk.down.lock().unwrap() = false;
    desk.took.lock().unwrap().clear();
    city.round("2011-10-25 18:30");
    assert_eq!(desk.alerts_to(LEAD).len(), 0);
    city.round("2011-10-26 09:05");
    assert_eq!(desk.alerts_to(LEAD).len(), 1);
}

/// A warning waits, and becomes a card in the very round after which the server is there again: the card is told.
#[test]
fn a_card_is_told_though_its_warning_waited() {
    let desk = Desk::default();
    let mut city = city(&desk);
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10"]);
    *desk.down.lock().unwrap() = true;
    city.rounds_on(&["2011-10-20", "2011-10-21", "2011-10-24"]);
    assert_eq!(city.ledger("SELECT DISTINCT card FROM findings"), ["notice"]);
    *desk.down.lock().unwrap() = false;
    desk.took.lock().unwrap().clear();
    city.rounds_on(&["2011-10-25"]);
    let letters = desk.alerts_to("handler.u1");
    assert_eq!(letters.len(), 1, "{letters:#?}");
    assert!(letters[0].contains("【黄牌】A"), "{letters:#?}");
}
