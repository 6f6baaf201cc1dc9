//! A change that takes from running cases what their clocks have still to give is weighed by those cases: no card is due yet, and
//! none would ever come.

use crate::adopt::{jianchad, said};
use crate::bench::Bench;

const REVIEW: &str = "[rules.time-limit]\nmode = \"review\"\n";
const OFF: &str = "[rules.time-limit]\nmode = \"off\"\n";

/// So many cases accepted on 26 September: promised by 13 October, by law due on the 27th.
fn running(cases: usize) -> Bench {
    let mut city = Bench::new();
    for number in 0..cases {
        city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
    }
    city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
    city
}

fn from(day: &str) -> String {
    format!("[supervision]\nfrom = {day}\n")
}

fn configure<'a>(city: &'a mut Bench, lines: &str) -> &'a mut Bench {
    city.configure("[mail]", &format!("{lines}[mail]"))
}

fn of(city: &Bench, ends: &str) -> usize {
    city.findings().iter().filter(|line| line.ends_with(ends)).count()
}

/// Last step: what became of the change, cases that would not be supervised, cases of which cards would not be issued.
fn step(city: &Bench) -> String {
    let sql = "SELECT event, json_extract(effect, '$.unsupervised'), json_extract(effect, '$.unissued') FROM adoption
               WHERE before IS NOT NULL ORDER BY id DESC LIMIT 1";
    city.ledger(sql).concat()
}

/// "Cases that began before this day are read and get no finding": a case that begins the day before is at stake, one that
/// begins on it or the day after is not. Until somebody adopts, the red cards of the law come as ever.
#[test]
fn running_cases_that_would_no_longer_be_supervised_wait_for_a_person() {
    for (day, becomes) in
        [("2011-09-25", "adopted|0|0"), ("2011-09-26", "adopted|0|0"), ("2011-09-27", "waits|6|0")]
    {
        let mut city = running(6);
        city.rounds_on(&["2011-10-14"]);
        configure(&mut city, &from(day)).rounds_on(&["2011-10-17"]);
        assert_eq!((step(&city).as_str(), of(&city, "yellow open")), (becomes, 6), "{day}");
        city.rounds_on(&["2011-10-27", "2011-10-28"]);
        assert_eq!(of(&city, "red open"), 6, "{day}");
    }
}

/// What waits says what it is, to whoever adopts and to whoever reads the digest, but to no unit. Once it is adopted the cards of
/// before stay, and no other comes.
#[test]
fn the_preview_names_the_cases_that_would_no_longer_be_supervised() {
    let mut city = running(6);
    city.rounds_on(&["2011-10-14"]);
    configure(&mut city, &from("2011-10-01")).rounds_on(&["2011-10-17"]);
    let status = said(&jianchad(&city, &["status"]));
    for part in [
        "6 cases would no longer be supervised",
        "A000 (statutory limit: red (still to come) → no longer supervised)",
    ] {
        assert!(status.contains(part), "{part} in {status}");
    }
    assert!(status.contains("0 would be withdrawn"), "{status}");
    let told = |address: &str| {
        let sql = format!(
            "SELECT count(*) > 0 FROM letters WHERE to_address LIKE '{address}' AND text LIKE '%6件在办件将不再受监察%'
                 AND text LIKE '%A000（法定时限：红牌（尚未到期）→不再监察）%'"
        );
        city.ledger(&sql).concat()
    };
    assert_eq!([told("supervisor@%"), told("%.u1@%")], ["1", "0"]);
    said(&jianchad(&city, &["adopt", "--by", "王", "--why", "分期上线"]));
    city.rounds_on(&["2011-10-18", "2011-10-28"]);
    assert_eq!((of(&city, "yellow open"), of(&city, "red open")), (6, 0));
}

/// Five cases are within the bound, and the last step keeps their count; a day that moves back takes nothing from anybody.
#[test]
fn few_cases_and_an_earlier_day_wait_for_nobody() {
    let mut city = running(5);
    city.rounds_on(&["2011-10-14"]);
    configure(&mut city, &from("2011-10-01")).rounds_on(&["2011-10-17"]);
    assert_eq!(step(&city), "adopted|5|0");
    let mut city = running(8);
    configure(&mut city, &from("2011-10-01")).rounds_on(&["2011-09-27"]);
    city.configure(&from("2011-10-01"), &from("2011-09-01")).rounds_on(&["2011-09-28"]);
    assert_eq!(step(&city), "adopted|0|0");
    city.configure(&from("2011-09-01"), "").rounds_on(&["2011-09-29"]);
    assert_eq!(step(&city), "adopted|0|0");
}

/// Cases that nobody would ever be told of again lose nothing: those that are decided, and those whose clocks have given all.
#[test]
fn a_case_without_a_card_to_come_is_not_at_stake() {
    let mut city = running(12);
    city.rounds_on(&["2011-10-14"]);
    for number in 0..6 {
        city.decided(&format!("A{number:03}"), "2011-10-17 10:00:00");
    }
    city.rounds_on(&["2011-10-18", "2011-10-28"]);
    assert_eq!(of(&city, "red open"), 6);
    configure(&mut city, &from("2011-10-01")).rounds_on(&["2011-10-31"]);
    assert_eq!(step(&city), "adopted|0|0");
}

/// A clock that stands still gives its cards when it goes on: such a case is at stake like one whose clock runs.
#[test]
fn a_case_whose_clock_stands_still_is_at_stake() {
    let mut city = running(6);
    for number in 0..6 {
        city.paused(&format!("A{number:03}"), "2011-10-08 10:00:00");
    }
    city.rounds_on(&["2011-10-10"]);
    configure(&mut city, &from("2011-10-01")).rounds_on(&["2011-10-11"]);
    assert_eq!(step(&city), "waits|6|0");
}

/// A rule that is to issue nothing by itself any more is weighed by the running cases of which it has still cards to give,
/// whether these would wait for a supervisor or never come; five such move at once.
#[test]
fn a_time_limit_that_is_no_longer_issued_waits_for_a_person() {
    for (lines, cases, becomes) in
        [(REVIEW, 5, "adopted|0|5"), (REVIEW, 6, "waits|0|6"), (OFF, 5, "adopted|0|5"), (OFF, 6, "waits|0|6")]
    {
        let mut city = running(cases);
        city.rounds_on(&["2011-09-27"]);
        configure(&mut city, lines).rounds_on(&["2011-09-28"]);
        assert_eq!(step(&city), becomes, "{lines}");
        city.rounds_on(&["2011-10-14", "2011-10-27", "2011-10-28"]);
        assert_eq!(of(&city, "red open"), if cases == 6 { 6 } else { 0 }, "{lines}");
    }
    let mut city = running(6);
    configure(&mut city, REVIEW).rounds_on(&["2011-09-27"]);
    city.configure(REVIEW, "").rounds_on(&["2011-09-28"]);
    assert_eq!(step(&city), "adopted|0|0", "to issue by itself again takes nothing away");
}

/// What was issued once goes on being issued: the clock whose warning is open gives its yellow card though the rule asks for
/// review since, and is not named; the other's red card waits for a supervisor, and is.
#[test]
fn a_clock_whose_warning_is_open_is_issued_on() {
    let mut city = running(5);
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(of(&city, "promise notice open"), 5);
    configure(&mut city, REVIEW).rounds_on(&["2011-10-13"]);
    assert_eq!(step(&city), "adopted|0|5");
    let first = city.ledger("SELECT first_cards FROM adoptions WHERE before IS NOT NULL").concat();
    assert!(first.contains("法定时限") && !first.contains("承诺时限"), "{first}");
    city.rounds_on(&["2011-10-14", "2011-10-28"]);
    assert_eq!((of(&city, "promise yellow open"), of(&city, "statutory red pending")), (5, 5));
}

/// A new version of the program that judges differently, and in the same start a later first day: what the old one had still to
/// give is known from what it said, though nobody can judge as it did.
#[test]
fn an_upgrade_hides_no_later_first_day() {
    let mut city = running(6);
    city.rounds_on(&["2011-10-14"]);
    configure(&mut city, &from("2011-10-01")).restart();
    let older = "INSERT INTO policy SELECT 'before', calendar, adopted_at, json_remove(content, '$.judging') FROM policy LIMIT 1;
                 UPDATE meta SET value = 'before' WHERE key = 'policy'";
    rusqlite::Connection::open(city.path("ledger.db")).unwrap().execute_batch(older).unwrap();
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(step(&city), "waits|6|0");
}
