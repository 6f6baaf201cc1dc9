//! The digest names the clocks in force; one that ran on cases and runs on none is told to the administrator.

use crate::bench::Bench;

const REVIEW: &str = "[[clock]]\nid = \"review\"\nname = \"复核时限\"\nstarts = [\"accepted\"]\nstops = [\"decided\"]\nlimit = \"30wd\"\n\
     [[cards.line]]\ncard = \"yellow\"\nclock = \"review\"\nwhen = \"passed\"\n";
const STOPPED: &str = "SELECT case_number, standing, why FROM findings WHERE rule = 'clock-stopped'";

fn with_review(numbers: &[&str]) -> Bench {
    let mut city = Bench::new();
    for number in numbers {
        city.licence(number, "2011-10-10 09:00:00");
    }
    city.configure("[source.approval]", &format!("{REVIEW}[source.approval]"));
    city.rounds_on(&["2011-10-11"]);
    city
}

fn without(city: &mut Bench) {
    city.configure(REVIEW, "");
}

fn last_digest(city: &Bench) -> String {
    let sql = "SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%' ORDER BY letter DESC LIMIT 1";
    city.ledger(sql).remove(0)
}

/// Point 1: "the digest names the clocks in force with the number of cases each runs on; a clock that ran on cases yesterday
/// and on none today is a finding for the administrator". The day before, the day, the day after; and nobody else is told.
#[test]
fn a_clock_taken_out_of_the_file_is_found_and_told_to_the_administrator() {
    let mut city = with_review(&["A", "B"]);
    let digest = last_digest(&city);
    assert!(digest.contains("== 各项计时在办件数 ==") && digest.contains("复核时限2件"), "{digest}");
    assert_eq!(city.ledger(STOPPED), [""; 0]);
    without(&mut city);
    city.rounds_on(&["2011-10-12"]);
    let found = city.ledger(STOPPED);
    assert_eq!(found, ["review|open|“复核时限”此前在2件办件上计时，现已无一件：配置中已不再启用该计时。"]);
    let told = |address: &str| city.subjects(address).iter().filter(|it| it.contains("review")).count();
    assert_eq!(told("admin@example.gov.cn"), 1);
    for other in ["supervisor@example.gov.cn", "lead.u1@example.gov.cn", "handler.u1@example.gov.cn"] {
        assert_eq!(told(other), 0, "{other}");
    }
    assert!(!last_digest(&city).contains("复核时限"));
    city.rounds_on(&["2011-10-13"]);
    assert!(city.ledger(STOPPED)[0].starts_with("review|resolved"), "told, and meant so");
    let days = city.ledger("SELECT day, cases FROM clocks WHERE clock = 'review' ORDER BY day");
    assert_eq!(days, ["2011-10-11|2"]);
}

/// A change in the middle of a day is seen in its own round, not the day after.
#[test]
fn a_clock_that_stops_at_noon_is_found_at_noon() {
    let mut city = with_review(&["A"]);
    without(&mut city);
    city.round("2011-10-11 12:00");
    assert_eq!(city.ledger(STOPPED).len(), 1);
}

/// The last case is decided: the clock has come to its end and has not stopped.
#[test]
fn a_clock_whose_last_case_is_decided_has_not_stopped() {
    let mut city = with_review(&["A", "B"]);
    for number in ["A", "B"] {
        city.decided(number, "2011-10-11 15:00:00");
    }
    city.rounds_on(&["2011-10-12", "2011-10-13"]);
    assert_eq!(city.ledger(STOPPED), [""; 0]);
    let digest = last_digest(&city);
    assert!(digest.contains("无在办件的计时：") && !digest.contains("复核时限2件"), "{digest}");
}

/// The rule can be switched off like any other.
#[test]
fn the_rule_can_be_switched_off() {
    let mut city = with_review(&["A"]);
    city.configure("[mail]", "[rules.clock-stopped]\nmode = \"off\"\n[mail]");
    without(&mut city);
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(city.ledger(STOPPED), [""; 0]);
}
