//! Versions of the catalogue that are dated back: whatever days somebody types into the file, what was met before keeps what the
//! catalogue said then, until a person adopts otherwise.

use crate::adopt::{jianchad, said};
use crate::bench::{Bench, ITEMS};

const HANDLER: &str = "handler.u1@example.gov.cn";

/// The catalogue with I20 in versions: promise, first and last day.
fn catalogue(versions: &[(&str, &str, &str)]) -> String {
    let lines = ITEMS.lines().flat_map(|line| match line.split(',').next() {
        Some("事项编码") => vec![format!("{line},有效期起,有效期止")],
        Some("I20") => versions
            .iter()
            .map(|(promise, from, until)| format!("{},{from},{until}", line.replace("10个工作日", promise)))
            .collect(),
        _ => vec![format!("{line},,")],
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The old promise until the day before the cases began, and another one from that day on.
fn back_to_their_day(promise: &str) -> String {
    catalogue(&[("10个工作日", "", "2011-09-25"), (promise, "2011-09-26", "")])
}

/// So many cases accepted on 26 September, promised by 13 October.
fn running(cases: usize, day: &str) -> Bench {
    let mut city = Bench::new();
    for number in 0..cases {
        city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
    }
    city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
    city.rounds_on(&["2011-09-27", day]);
    city
}

fn yellow(city: &Bench) -> usize {
    city.findings().iter().filter(|line| line.ends_with("yellow open")).count()
}

fn due(city: &Bench, case: &str) -> String {
    let of = format!("case_number = '{case}' AND clock = 'promise'");
    city.ledger(&format!("SELECT substr(due_at, 1, 10) FROM deadlines WHERE {of}")).concat()
}

fn steps(city: &Bench) -> Vec<String> {
    city.ledger("SELECT event, raised, withdrawn FROM adoptions WHERE before IS NOT NULL")
}

fn taken_back(city: &Bench, address: &str) -> usize {
    city.subjects(address).iter().filter(|subject| subject.contains("撤销")).count()
}

/// Point 2: "A shorter promise never makes a running case late", whatever days somebody typed; a case met since, though accepted
/// as early, goes by the version of its start day, and one accepted the day before by the version of that.
#[test]
fn a_shorter_promise_dated_back_makes_no_running_case_late() {
    let mut city = running(3, "2011-10-10");
    city.write("registry/items.csv", &back_to_their_day("3个工作日"));
    city.accepted("DAY", "I20", "2011-09-26 11:00:00").accepted("BEFORE", "I20", "2011-09-25 11:00:00");
    city.approval("UPDATE cases SET changed = '2011-10-11 08:00:00' WHERE number IN ('DAY', 'BEFORE')");
    let checked = said(&jianchad(&city, &["check-config"]));
    assert!(checked.contains("3 cases met before keep what it said then"), "{checked}");
    city.restart().rounds_on(&["2011-10-11", "2011-10-12", "2011-10-13"]);
    assert_eq!(steps(&city), ["adopted|0|0"]);
    let days = ["A000", "DAY", "BEFORE"].map(|case| due(&city, case));
    assert_eq!(days, ["2011-10-13", "2011-09-29", "2011-10-12"]);
    assert_eq!(yellow(&city), 2, "{:?}", city.findings());
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(yellow(&city), 5, "the day after that of the promise in force when they began");
    let explained = said(&jianchad(&city, &["explain", "A000", "--as-of", "2011-10-14T12:00:00"]));
    assert!(explained.contains("due 2011-10-13") && !explained.contains("due 2011-09-29"), "{explained}");
}

/// "A longer one never wipes an earned card": of five cards none falls by itself; a person who knows that the city published the
/// version in time has it hold for them by `adopt --backdated`, which shows them first. Whoever was told is told.
#[test]
fn a_longer_promise_dated_back_wipes_no_card_until_a_person_says_so() {
    let mut city = running(5, "2011-10-14");
    city.write("registry/items.csv", &back_to_their_day("15个工作日"));
    city.restart().rounds_on(&["2011-10-17"]);
    city.restart().rounds_on(&["2011-10-18"]);
    assert_eq!((yellow(&city), steps(&city)), (5, vec!["adopted|0|0".into()]));
    let shown = said(&jianchad(&city, &["adopt"]));
    assert!(shown.contains("No change of what judges waits") && shown.contains("--backdated"), "{shown}");
    let shown = said(&jianchad(&city, &["adopt", "--backdated"]));
    // At the keyboard it is today, on which both promises are long past: the days tell.
    assert!(shown.contains("A004   promised limit   2011-10-13   2011-10-20"), "{shown}");
    assert_eq!((yellow(&city), taken_back(&city, HANDLER)), (5, 0), "to look changes nothing");
    said(&jianchad(&city, &["adopt", "--backdated", "--by", "王", "--why", "9月20日已公布"]));
    // The service is open and settled all the while.
    city.round("2011-10-18 14:00");
    assert_eq!(
        (yellow(&city), steps(&city).split_off(1)),
        (0, vec!["allowed|0|0".into(), "adopted|0|0".into()])
    );
    assert_eq!((taken_back(&city, HANDLER), taken_back(&city, "handler.u2@example.gov.cn")), (1, 0));
    assert_eq!(due(&city, "A000"), "2011-10-20");
    city.restart().rounds_on(&["2011-10-19"]);
    assert_eq!((steps(&city).len(), due(&city, "A000")), (3, "2011-10-20".into()), "it holds on");
    let shown = said(&jianchad(&city, &["adopt", "--backdated"]));
    assert!(shown.contains("No version of the catalogue is dated back"), "{shown}");
}

/// Beyond `review_above` it waits, and the preview says which cards would move: six that would fall, and six that would come.
#[test]
fn more_than_a_few_cards_wait_to_be_adopted() {
    for (promise, day, next, raised, fallen) in
        [("15个工作日", "2011-10-14", "2011-10-17", 0, 6), ("3个工作日", "2011-10-08", "2011-10-09", 6, 0)]
    {
        let mut city = running(6, day);
        city.write("registry/items.csv", &back_to_their_day(promise));
        city.restart().rounds_on(&[next]);
        assert_eq!(
            (yellow(&city), steps(&city)),
            (fallen, vec![format!("waits|{raised}|{fallen}")]),
            "{promise}"
        );
        let shown = said(&jianchad(&city, &["adopt"]));
        assert!(shown.contains("A005   promised limit   2011-10-13"), "{shown}");
        let first = city.ledger("SELECT first_cards FROM adoptions WHERE event = 'waits'").concat();
        assert!(first.contains("A000") && first.contains("A005"), "{first}");
        city.restart().round(&format!("{next} 14:00"));
        assert_eq!(steps(&city).len(), 1, "nothing changed");
        said(&jianchad(&city, &["adopt", "--by", "王", "--why", "迟报"]));
        city.round(&format!("{next} 15:00"));
        assert_eq!(yellow(&city), raised, "{promise}");
        let events = city.ledger("SELECT event FROM adoptions WHERE before IS NOT NULL");
        assert_eq!(events, ["waits", "allowed", "adopted"]);
    }
}

/// A version that is only said to have ended earlier, and a third version later on: what was met before them keeps what was said,
/// each by its own time.
#[test]
fn every_case_keeps_what_was_said_when_it_was_met() {
    let mut city = running(1, "2011-10-10");
    city.write("registry/items.csv", &back_to_their_day("3个工作日"));
    city.restart().rounds_on(&["2011-10-11"]);
    city.accepted("B", "I20", "2011-10-11 10:00:00");
    city.rounds_on(&["2011-10-12"]);
    let third = [
        ("10个工作日", "", "2011-09-25"),
        ("3个工作日", "2011-09-26", "2011-10-09"),
        ("1个工作日", "2011-10-10", ""),
    ];
    city.write("registry/items.csv", &catalogue(&third));
    city.restart().rounds_on(&["2011-10-13"]);
    city.accepted("C", "I20", "2011-10-13 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(["A000", "B", "C"].map(|case| due(&city, case)), ["2011-10-13", "2011-10-14", "2011-10-14"]);
    // Ended in the past, the item was in force when they began.
    city.write("registry/items.csv", &catalogue(&[("1个工作日", "", "2011-09-20")]));
    city.restart().rounds_on(&["2011-10-17"]);
    assert!(!city.findings().iter().any(|line| line.contains("expired-item")), "{:?}", city.findings());
    assert_eq!(["A000", "B", "C"].map(|case| due(&city, case)), ["2011-10-13", "2011-10-14", "2011-10-14"]);
}
