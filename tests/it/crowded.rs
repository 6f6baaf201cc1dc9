//! Issue 14.4: one case with traces without number costs what a bounded number of them costs, and escapes nothing.

use crate::bench::Bench;

fn flood(city: &Bench, number: &str, kind: &str, from: u32, count: u32) {
    city.approval(&format!(
        "WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {})
         INSERT INTO events (number, kind, stage, at, clerk, changed)
         SELECT '{number}', '{kind}', '审查', datetime('2011-09-27 09:00', '+' || i || ' seconds'), '0731', '2011-10-10 09:00' FROM n",
        from + count - 1
    ));
}

fn traces(city: &Bench) -> Vec<String> {
    city.ledger("SELECT count(*) FROM trace JOIN \"case\" ON \"case\".id = case_id WHERE number = 'A1'")
}

fn named(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number || ': ' || reason FROM quarantine WHERE open ORDER BY 1")
}

fn cards(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number || ' ' || card || ' ' || standing FROM findings WHERE rule = 'time-limit' AND clock = 'promise' ORDER BY 1")
}

/// What came first is kept, the rest is named once, the clock gives its card, and what ends the case still ends it.
#[test]
fn a_case_of_many_traces_is_bounded_and_judged() {
    let mut city = Bench::new();
    city.accepted("A1", "I20", "2011-09-26 10:00").accepted("A2", "I20", "2011-10-10 10:00");
    flood(&city, "A1", "step", 1, 20_100);
    city.round("2011-10-10 09:05");
    assert_eq!(traces(&city), ["20000"]);
    let crowded = [
        "A1: the case has more than 20000 traces: no more are taken in, but for those that begin or end it; is the mapping right?",
    ];
    assert_eq!(named(&city), crowded);
    city.restart();
    flood(&city, "A1", "step", 30_000, 50);
    city.event("A1", "resumed", "检测", "2011-10-11 10:00");
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(traces(&city), ["20000"], "nothing more is taken in, over readings");
    assert_eq!(named(&city), crowded);
    city.rounds_on(&[
        "2011-10-12",
        "2011-10-13",
        "2011-10-14",
        "2011-10-17",
        "2011-10-18",
        "2011-10-19",
        "2011-10-20",
    ]);
    assert_eq!(
        cards(&city),
        ["A1 yellow open", "A2 notice open"],
        "its clock runs, and nobody else is held up"
    );
    city.decided("A1", "2011-10-21 09:00");
    city.rounds_on(&["2011-10-21", "2011-10-24"]);
    assert_eq!(traces(&city), ["20001"]);
    assert_eq!(cards(&city), ["A1 yellow resolved", "A2 notice open"]);
}

/// Special procedures by the hundred stop no clock for good: the first 300 beginnings count, and the supervisor hears of it.
#[test]
fn procedures_by_the_hundred_are_named_and_stop_nothing() {
    let mut city = Bench::new();
    city.accepted("A1", "I20", "2011-09-26 10:00");
    flood(&city, "A1", "paused", 1, 3_000);
    flood(&city, "A1", "resumed", 4_000, 3_000);
    city.rounds_on(&["2011-10-10", "2011-10-11"]);
    let faults = city.ledger("SELECT why FROM findings WHERE rule = 'data-fault'");
    assert!(faults[0].contains("同一办件有“特别程序开始”痕迹3000条，只按最早的300条计算"), "{faults:?}");
    assert_eq!(faults.len(), 1);
    flood(&city, "A1", "paused", 8_000, 1);
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(
        city.ledger("SELECT count(*) FROM findings WHERE rule = 'data-fault'"),
        ["1"],
        "one more is the same fault"
    );
}

/// M8: what starts a clock is taken in behind any number of other traces, as what ends it is, each kind up to a bound.
#[test]
fn an_acceptance_behind_a_flood_starts_its_clock() {
    let mut city = Bench::new();
    city.configure("codes = { step = \"step\",", "codes = { accepted = \"accepted\", step = \"step\",");
    city.approval(
        "INSERT INTO cases (number, item, clerk, changed) VALUES ('A1', 'I20', '0731', '2011-10-10 09:00')",
    );
    flood(&city, "A1", "step", 1, 20_100);
    flood(&city, "A1", "accepted", 30_000, 1_100);
    city.rounds_on(&["2011-10-10"]);
    assert_eq!(traces(&city), ["21000"]);
    let promise =
        city.ledger("SELECT state, substr(started_at, 1, 10) FROM deadlines WHERE clock = 'promise'");
    assert_eq!(promise, ["running|2011-09-27"]);
    city.restart().rounds_on(&["2011-10-24"]);
    assert_eq!((traces(&city), cards(&city)), (vec!["21000".to_owned()], vec!["A1 yellow open".to_owned()]));
}
