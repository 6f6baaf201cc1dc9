//! 待核撤 of cards that became graver, or were told while the record was at fault: no way round the supervisor.

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::domain::moment::Moment;
use jianchad::testing::edge::ledger::{Done, Ledger};

use crate::bench::{Bench, moment};

/// A city that knows when results were entered. Case A was accepted on 2011-09-26 with ten working days: its yellow card comes
/// on 2011-10-14.
fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("at = \"finished\" }", "at = \"finished\", recorded = \"changed\" }");
    city.licence("A", "2011-09-26 10:00:00");
    city
}

fn decision(city: &Bench, finished: &str, entered: &str) {
    city.approval(&format!(
        "UPDATE cases SET result = 'granted', finished = '{finished}', changed = '{entered}' WHERE number = 'A'"
    ));
}

fn card(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT card || ' ' || standing FROM findings WHERE rule = 'time-limit' AND clock = 'promise'",
    )
}

/// Issue of a card under 督办: an order that failed makes it red, which is no reason for it to fall by what is typed afterwards.
#[test]
fn a_card_that_is_red_by_a_failed_order_falls_by_a_supervisor_only() {
    let ordered = || {
        let mut city = city();
        city.rounds_on(&["2011-10-14"]);
        let mut ledger = Ledger::at_keyboard(&city.path("ledger.db"), chrono_tz::Asia::Shanghai).unwrap();
        let (action, at) = (CardAction::Order("2wd".parse().unwrap()), moment("2011-10-14 15:00").instant);
        let order_due = Some(Moment::instant(moment("2011-10-18 17:00").instant));
        let done = Done { finding: 1, action: &action, by: "钱八", why: "情况属实", order_due, at };
        ledger.enter_deed(&done).unwrap();
        drop(ledger);
        city.rounds_on(&["2011-10-18"]);
        city
    };
    let mut failed = ordered();
    failed.rounds_on(&["2011-10-19"]);
    assert_eq!(card(&failed), ["red open"], "the day after");
    decision(&failed, "2011-10-12 09:00:00", "2011-10-19 15:00:00");
    failed.rounds_on(&["2011-10-20"]);
    assert_eq!(card(&failed), ["red pending-withdrawal"]);
    // Neither does another row decide what waits for the supervisor.
    failed.event("A", "step", "审查", "2011-10-20 10:00:00");
    failed.rounds_on(&["2011-10-21"]);
    assert_eq!(card(&failed), ["red pending-withdrawal"]);

    let mut kept = ordered();
    decision(&kept, "2011-10-18 09:00:00", "2011-10-18 10:00:00");
    kept.rounds_on(&["2011-10-19"]);
    assert_eq!(card(&kept), ["yellow resolved"], "an ordinary late decision ends it");
}

/// Nobody escapes by being inconsistent: what contradicted when the card was told ended no counting, and counts for nothing when
/// the card is weighed.
#[test]
fn a_card_told_beside_a_fault_falls_by_a_supervisor_only() {
    for (mended, entered, falls) in [
        ("2011-10-12 09:00:00", "2011-10-14 15:00:00", "yellow pending-withdrawal"),
        ("2011-10-14 15:00:00", "2011-10-14 15:00:00", "yellow resolved"),
    ] {
        let mut city = city();
        city.rounds_on(&["2011-10-12"]);
        decision(&city, "2011-09-01 09:00:00", "2011-10-12 15:00:00");
        city.rounds_on(&["2011-10-13", "2011-10-14"]);
        assert_eq!(card(&city), ["yellow open"], "the decision lies before the acceptance");
        decision(&city, mended, entered);
        city.rounds_on(&["2011-10-17"]);
        assert_eq!(card(&city), [falls], "{mended}");
    }
}

/// A decision that was entered, taken out again, and dated inside the limit afterwards says nothing of the day on which the card
/// was told.
#[test]
fn a_decision_taken_out_and_dated_back_lifts_nothing() {
    let mut city = Bench::with("folder = \"mail\"\n[cards]\npreset = \"order-and-escalate\"\n");
    city.configure("at = \"finished\" }", "at = \"finished\", recorded = \"changed\" }");
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(card(&city), ["yellow open"]);
    decision(&city, "2011-10-17 09:00:00", "2011-10-17 09:30:00");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(card(&city), ["yellow resolved"]);
    city.approval("UPDATE cases SET result = NULL, finished = NULL, changed = '2011-10-19 09:30:00'");
    city.rounds_on(&["2011-10-20", "2011-10-21"]);
    assert_eq!(card(&city), ["red open"]);
    decision(&city, "2011-10-12 09:00:00", "2011-10-21 15:00:00");
    city.rounds_on(&["2011-10-24"]);
    assert_eq!(card(&city), ["red pending-withdrawal"]);
}
