//! Nobody escapes by being inconsistent: what is absurd, unknown or gone ends no counting.

use crate::bench::{Bench, ITEMS};

fn cards(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT case_number || ' ' || unit_code || ' ' || card || ' ' || standing FROM findings
         WHERE rule = 'time-limit' AND clock = 'promise' ORDER BY finding",
    )
}

/// DESIGN section 4: an absurd record ends no counting. An acceptance put off into the future is counted from what it was before,
/// also where it was put off twice; on the day before its yellow card there is none.
#[test]
fn an_acceptance_put_off_into_the_future_is_counted_as_it_was() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    // Before anything of the case was told, so that nothing rests on what a letter said.
    for (accepted, day) in [("2012-03-01", "2011-09-28"), ("2012-06-01", "2011-09-29")] {
        city.approval(&format!("UPDATE cases SET accepted = '{accepted}', changed = '{day} 08:00:00'"));
        city.rounds_on(&[day]);
    }
    city.rounds_on(&["2011-10-13"]);
    assert!(!cards(&city).iter().any(|card| card.contains("yellow")), "{:?}", cards(&city));
    assert_eq!(city.ledger("SELECT standing FROM findings WHERE rule = 'data-fault'"), ["open"]);
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(cards(&city), ["A U1 yellow open"]);
    // Nor does it count as accepted by silence: it was accepted.
    assert_eq!(city.ledger("SELECT card FROM findings WHERE clock = 'XK2'"), [""; 0]);
}

/// A unit that the registry does not know takes a case from nobody: the card is told to those who had the case, and stands among
/// theirs.
#[test]
fn a_case_with_an_unknown_unit_stays_with_the_last_that_is_known() {
    let mut city = Bench::new();
    city.configure("item = \"item\"", "item = \"item\"\nunit = \"applicant\"");
    for (case, unit) in [("A", "U2"), ("B", "QQ")] {
        city.licence(case, "2011-09-26 10:00:00");
        city.approval(&format!("UPDATE cases SET applicant = '{unit}' WHERE number = '{case}'"));
    }
    city.rounds_on(&["2011-10-10"]);
    city.approval("UPDATE cases SET applicant = 'QQ', changed = '2011-10-10 15:00:00' WHERE number = 'A'");
    city.rounds_on(&["2011-10-14"]);
    let mut found = cards(&city);
    found.sort_unstable();
    assert_eq!(found, ["A U2 yellow open", "B U1 yellow open"]);
    let ranked =
        city.ledger("SELECT unit_code || ' ' || yellow FROM unit_ranking WHERE yellow > 0 ORDER BY 1");
    assert_eq!(ranked, ["U1 1", "U2 1"]);
    let told = city.ledger(
        "SELECT DISTINCT to_address FROM letters WHERE kind = 'alert' AND subject LIKE '%黄牌%' ORDER BY 1",
    );
    for address in ["lead.u1@example.gov.cn", "lead.u2@example.gov.cn"] {
        assert!(told.iter().any(|it| it == address), "{address} in {told:?}");
    }
}

/// DESIGN section 4: a running case keeps the limits of the day on which it began, also where the catalogue names its item no
/// more; what begins later uses an item out of force.
#[test]
fn an_item_taken_out_of_the_catalogue_lets_no_running_case_go() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-08"]);
    let without: String =
        ITEMS.lines().filter(|line| !line.starts_with("I20")).map(|line| format!("{line}\n")).collect();
    city.write("registry/items.csv", &without);
    city.restart();
    city.rounds_on(&["2011-10-10"]);
    city.licence("B", "2011-10-11 15:00:00");
    city.rounds_on(&["2011-10-12", "2011-10-13"]);
    assert!(!cards(&city).iter().any(|card| card.contains("yellow")), "the day before");
    city.rounds_on(&["2011-10-14", "2011-10-17"]);
    assert_eq!(cards(&city).first().map(String::as_str), Some("A U1 yellow open"));
    let others = city.ledger("SELECT DISTINCT case_number || ' ' || rule FROM findings WHERE rule IN ('data-fault', 'expired-item')");
    assert_eq!(others, ["B expired-item"]);
}
