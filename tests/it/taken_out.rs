//! Nobody escapes by what he empties or types over before anything was told: an item, an acceptance.

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::Done;

use crate::bench::{Bench, moment};
use crate::post_office::keyboard;

/// Case A was accepted on 2011-09-26 with ten working days: its yellow card comes on 2011-10-14, the law's red one on 2011-10-28.
fn city() -> Bench {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    city
}

fn type_over(city: &Bench, what: &str, day: &str) {
    city.approval(&format!("UPDATE cases SET {what}, changed = '{day} 15:00:00' WHERE number = 'A'"));
}

fn cards(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT clock || ' ' || unit_code || ' ' || card || ' ' || standing FROM findings
         WHERE rule = 'time-limit' AND card <> 'notice' ORDER BY finding",
    )
}

fn fault(city: &Bench) -> Vec<String> {
    city.ledger("SELECT unit_code || ' ' || standing || ' ' || why FROM findings WHERE rule = 'data-fault'")
}

/// DESIGN section 4: a data fault costs no more than it must. The day before the card, its day, the day after; the unit and its
/// supervisor are told of the fault and of the card, and not the administrator alone.
#[test]
fn an_item_that_nobody_knows_takes_a_case_from_no_item() {
    let mut city = city();
    type_over(&city, "item = 'I20?'", "2011-09-28");
    city.rounds_on(&["2011-09-29", "2011-10-13"]);
    assert_eq!(cards(&city), [""; 0], "the day before");
    let found = fault(&city).join("");
    assert!(
        found.starts_with("U1 open 事项编码“I20?”不在事项目录中")
            && found.contains("承诺时限 2011-10-13 到期"),
        "{found}"
    );
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(cards(&city), ["promise U1 yellow open"]);
    let told =
        city.ledger("SELECT DISTINCT to_address FROM letters WHERE kind = 'alert' AND subject LIKE '%黄牌%'");
    assert!(told.iter().any(|it| it == "lead.u1@example.gov.cn"), "{told:?}");
    // A decision dated back behind the letter, with the item put back, lifts nothing.
    type_over(&city, "item = 'I20', result = 'granted', finished = '2011-10-12 09:00:00'", "2011-10-14");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(cards(&city), ["promise U1 yellow pending-withdrawal"]);
    assert!(fault(&city).join("").contains("resolved"), "{:?}", fault(&city));
}

/// Likewise of an acceptance that is emptied: it counts on until it is put back; moved to another day before anything was told it is
/// a correction.
#[test]
fn an_acceptance_that_is_emptied_counts_on() {
    for (empty, at) in [("NULL", "2011-09-28"), ("'9999-12-31'", "2011-09-28"), ("NULL", "2011-10-14")] {
        let mut city = city();
        if at == "2011-10-14" {
            city.rounds_on(&["2011-10-14"]);
        }
        type_over(&city, &format!("accepted = {empty}"), at);
        city.rounds_on(&["2011-10-17"]);
        assert_eq!(cards(&city), ["promise U1 yellow open"], "{empty} on {at}");
        let found = fault(&city).join("");
        assert!(found.starts_with("U1 open 原有的受理时间 2011-09-26 10:00 已从记录中去掉"), "{found}");
        city.rounds_on(&["2011-10-31", "2011-11-01"]);
        assert!(cards(&city).iter().any(|card| card.contains("red open")), "{:?}", cards(&city));
        // Put back with a decision dated back: the cards rest on what counted on when they were told.
        let back = "accepted = '2011-09-26 10:00:00', result = 'granted', finished = '2011-10-12 09:00:00'";
        type_over(&city, back, "2011-11-01");
        city.rounds_on(&["2011-11-02"]);
        let held = cards(&city);
        assert!(!held.is_empty() && held.iter().all(|card| card.ends_with("pending-withdrawal")), "{held:?}");
        assert!(fault(&city).join("").contains("resolved"), "{:?}", fault(&city));
    }
    let mut corrected = city();
    type_over(&corrected, "accepted = '2011-09-27 10:00:00'", "2011-09-28");
    corrected.rounds_on(&["2011-10-14"]);
    assert_eq!((cards(&corrected), fault(&corrected)), (vec![], vec![]), "due a day later");
}

/// Likewise of an acceptance that is moved into the future, before anything was told or between the yellow card and the red one: what
/// was told rests on what counted on, whatever the acceptance is said to be afterwards, and also where that day has come by then.
#[test]
fn an_acceptance_that_is_moved_into_the_future_counts_on() {
    let put_back = "accepted = '2011-09-26 10:00:00', result = 'granted', finished = '2011-10-12 09:00:00'";
    // Accepted five weeks after the other rows say that it was filed, it counts as accepted then (行政许可法 Art. 32).
    let later = "accepted = '2011-10-31 10:00:00'";
    for (to, on) in [("2012-01-04", "2011-09-28"), ("2011-11-03", "2011-09-28"), ("2012-01-04", "2011-10-17")]
    {
        for (back, stands) in [(put_back, "pending-withdrawal"), (later, "open")] {
            let mut city = city();
            if on == "2011-10-17" {
                city.rounds_on(&["2011-10-14"]);
            }
            type_over(&city, &format!("accepted = '{to} 10:00:00'"), on);
            city.rounds_on(&["2011-10-18", "2011-10-31"]);
            assert_eq!(cards(&city), ["promise U1 yellow open", "statutory U1 red open"], "{to} on {on}");
            let found = fault(&city).join("");
            assert!(found.starts_with(&format!("U1 open 受理时间 {to} 10:00 在将来")), "{found}");
            type_over(&city, back, "2011-11-04");
            city.rounds_on(&["2011-11-07", "2011-11-08"]);
            let held: Vec<String> =
                cards(&city).into_iter().filter(|card| !card.starts_with("XK2")).collect();
            let expected = [format!("promise U1 yellow {stands}"), format!("statutory U1 red {stands}")];
            assert_eq!(held, expected, "{to} on {on}, {back}");
        }
    }
}

/// What a second run began with is not replaced by the first: emptied, it counts on too. An end typed over with a step is none.
#[test]
fn the_beginning_of_a_second_run_counts_on() {
    let mut city = city();
    type_over(&city, "result = 'granted', finished = '2011-09-28 09:00:00'", "2011-09-28");
    city.rounds_on(&["2011-09-29"]);
    assert_eq!(fault(&city), [""; 0], "one run, in time");
    city.rounds_on(&["2011-10-31"]);
    assert_eq!((cards(&city), fault(&city)), (vec![], vec![]));
}

fn withdraw_fault(city: &Bench, at: &str) {
    let finding = city.ledger("SELECT finding FROM findings WHERE rule = 'data-fault'").remove(0);
    let (finding, at) = (finding.parse().unwrap(), moment(at).instant);
    let done =
        Done { finding, action: &CardAction::Revoke, by: "孙七", why: "已核实", order_due: None, at };
    keyboard(city).enter_deed(&done).unwrap();
}

fn told_of_the_acceptance(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT DISTINCT to_address FROM letters WHERE kind = 'alert' AND text LIKE '%原有的受理时间%' AND to_address LIKE '%u1@%' ORDER BY 1",
    )
}

/// Whoever has a harmless fault withdrawn hides nothing behind it: the acceptance that is emptied after that is another fault, which
/// the unit is told of, and the case is late on its day. The fault that was withdrawn does not come back by itself.
#[test]
fn a_withdrawn_fault_hides_no_other() {
    let mut city = city();
    type_over(&city, "item = 'I20?'", "2011-09-28");
    city.rounds_on(&["2011-09-29"]);
    withdraw_fault(&city, "2011-09-29 15:00");
    city.rounds_on(&["2011-09-30", "2011-10-08"]);
    assert!(fault(&city).join("").starts_with("U1 revoked"), "{:?}", fault(&city));
    assert_eq!(told_of_the_acceptance(&city), [""; 0]);
    type_over(&city, "accepted = NULL", "2011-10-08");
    city.rounds_on(&["2011-10-09"]);
    let found = fault(&city).join("");
    assert!(found.starts_with("U1 open 原有的受理时间 2011-09-26 10:00 已从记录中去掉；事项编码"), "{found}");
    assert_eq!(told_of_the_acceptance(&city), ["handler.u1@example.gov.cn"]);
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(cards(&city), [""; 0], "the day before");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(cards(&city), ["promise U1 yellow open"]);
    // Put right, it ends like any other.
    type_over(&city, "accepted = '2011-09-26 10:00:00', item = 'I20'", "2011-10-14");
    city.rounds_on(&["2011-10-17"]);
    assert!(fault(&city).join("").starts_with("U1 resolved"), "{:?}", fault(&city));
}

/// A fault that was open when the acceptance was emptied too is withdrawn as it was told: what nobody had been told of is not withdrawn
/// with it. An acceptance of which a person said that it was rightly emptied counts no more; typed again and emptied again it does.
#[test]
fn what_is_withdrawn_is_what_was_told() {
    let mut both = city();
    type_over(&both, "item = 'I20?'", "2011-09-28");
    both.rounds_on(&["2011-09-29"]);
    type_over(&both, "accepted = NULL", "2011-09-29");
    both.rounds_on(&["2011-09-30"]);
    withdraw_fault(&both, "2011-09-30 15:00");
    both.rounds_on(&["2011-10-08"]);
    assert!(fault(&both).join("").starts_with("U1 open 原有的受理时间"), "{:?}", fault(&both));
    both.rounds_on(&["2011-10-14"]);
    assert_eq!(cards(&both), ["promise U1 yellow open"]);

    let mut rightly = Bench::new();
    rightly.licence("A", "2011-09-26 10:00:00").approval("UPDATE cases SET applied = NULL");
    rightly.rounds_on(&["2011-09-27"]);
    type_over(&rightly, "accepted = NULL", "2011-09-28");
    rightly.rounds_on(&["2011-09-29"]);
    withdraw_fault(&rightly, "2011-09-29 15:00");
    rightly.rounds_on(&["2011-10-08", "2011-10-14"]);
    assert_eq!(cards(&rightly), [""; 0]);
    assert!(fault(&rightly).join("").starts_with("U1 revoked"), "{:?}", fault(&rightly));
    type_over(&rightly, "accepted = '2011-09-26 10:00:00'", "2011-10-14");
    rightly.rounds_on(&["2011-10-17"]);
    type_over(&rightly, "accepted = NULL", "2011-10-17");
    rightly.rounds_on(&["2011-10-18"]);
    assert_eq!(cards(&rightly), ["promise U1 yellow open"]);
}

/// An acceptance typed into the future before the letter comes true after it, on a day that the clerk chose: the day before that day
/// the card stands, and from that day on a supervisor is asked of it. Who was told is not told that it fell.
#[test]
fn a_beginning_in_the_future_lifts_no_card_by_waiting() {
    let mut city = Bench::new();
    // Of an application the law's deemed acceptance would be left (《行政许可法》第三十二条).
    city.accepted("A", "I20", "2011-09-26 10:00:00").approval("UPDATE cases SET applied = NULL");
    city.rounds_on(&["2011-09-27"]);
    type_over(&city, "accepted = '2011-10-20 09:00:00'", "2011-10-13");
    city.rounds_on(&["2011-10-14", "2011-10-19"]);
    assert_eq!(cards(&city), ["promise U1 yellow open"]);
    for day in ["2011-10-20", "2011-10-21", "2011-10-24"] {
        city.rounds_on(&[day]);
        assert_eq!(cards(&city), ["promise U1 yellow pending-withdrawal"], "{day}");
    }
    let why = city.ledger("SELECT why FROM findings WHERE standing = 'pending-withdrawal'").concat();
    assert!(why.contains("2011-09-26 10:00 受理") && why.contains("改为 2011-10-20 09:00 受理"), "{why}");
    assert!(!city.subjects("handler.u1@example.gov.cn").iter().any(|subject| subject.contains("撤销")));
}
