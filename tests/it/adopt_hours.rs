//! Letters on cards leave in office hours alone: hours by which they leave days later wait for a person, like a calendar that closes for
//! more than a holiday.

use crate::adopt::{jianchad, said};
use crate::bench::Bench;

/// Two cases that nobody is late on: promised by Thursday 13 October 2011.
fn running() -> Bench {
    let mut city = Bench::new();
    for number in 0..2 {
        city.accepted(&format!("A{number:03}"), "I20", "2011-09-26 10:00:00");
    }
    city.configure("[mail]", "[rules.missing-step]\nmode = \"off\"\n[mail]");
    city.rounds_on(&["2011-09-27"]);
    city
}

fn hours<'a>(city: &'a mut Bench, exceptions: &str) -> &'a mut Bench {
    let hours = format!("[counting]\noffice_hours = \"09:00-12:00,13:00-17:00{exceptions}\"\n[mail]");
    city.configure("[mail]", &hours)
}

/// Steps of the last change, and whether letters would leave days later by it.
fn step(city: &Bench) -> String {
    let sql = "SELECT event, coalesce(by, ''), json_extract(effect, '$.unreached') IS NOT NULL FROM adoption
                   WHERE before IS NOT NULL ORDER BY id DESC LIMIT 1";
    city.ledger(sql).concat()
}

fn told(city: &Bench, address: &str, words: &str) -> bool {
    let sql = format!(
        "SELECT count(*) > 0 FROM letters WHERE to_address LIKE '{address}' AND text LIKE '%{words}%'"
    );
    city.ledger(&sql).concat() == "1"
}

/// Issue 11, point 1: on a quiet day, with no card due and no case moved. A closed Friday, a Thursday and Friday, and two weeks of every
/// month: the latter two wait, supervisor and administrator read why and the unit does not, and the card is told on its day by the hours
/// of before.
#[test]
fn hours_by_which_letters_leave_days_later_wait_for_a_person() {
    let weeks: String = (10..=12).map(|month| format!("; 2011-{month}-14/2011-{month}-27 closed")).collect();
    for (exceptions, becomes) in [
        ("; 2011-10-14 closed", "adopted||0"),
        ("; 2011-10-14 closed; 2011-10-17 closed", "waits||1"),
        (weeks.as_str(), "waits||1"),
    ] {
        let mut city = running();
        hours(&mut city, exceptions).rounds_on(&["2011-09-28"]);
        assert_eq!(step(&city), becomes, "{exceptions}");
        let waits = becomes.starts_with("waits");
        assert_eq!(told(&city, "supervisor@%", "连续%日无人办公"), waits, "{exceptions}");
        assert_eq!(
            told(&city, "admin@%", "by the new office hours there are none for"),
            waits,
            "{exceptions}"
        );
        assert!(!told(&city, "%.u1@%", "无人办公"), "{exceptions}");
        city.rounds_on(&["2011-10-14"]);
        assert_eq!(told(&city, "handler.u1@%", "A000"), waits, "{exceptions}");
    }
}

/// Who adopts them has decided it: no letter leaves on the days that he closed, and the card is told behind them. Put back, nothing waits.
#[test]
fn hours_that_a_person_adopted_hold() {
    let two_days = "; 2011-10-14 closed; 2011-10-17 closed";
    let mut city = running();
    hours(&mut city, two_days).rounds_on(&["2011-09-28"]);
    said(&jianchad(&city, &["adopt", "--by", "王主任", "--why", "消防改造"]));
    city.rounds_on(&["2011-09-29"]);
    // He did so years later, when those days were past.
    assert_eq!(step(&city), "adopted|王主任|0");
    city.rounds_on(&["2011-10-14", "2011-10-17"]);
    assert!(!told(&city, "handler.u1@%", "A000"));
    city.rounds_on(&["2011-10-18"]);
    assert!(told(&city, "handler.u1@%", "A000"));
    let mut city = running();
    hours(&mut city, two_days).rounds_on(&["2011-09-28"]);
    city.configure(two_days, "").rounds_on(&["2011-09-29"]);
    assert_eq!(city.ledger("SELECT event FROM adoption ORDER BY id DESC LIMIT 1"), ["taken-back"]);
}

/// Steps that are each let pass are together what a person is asked of: one day a week later, another beside it.
#[test]
fn hours_shortened_day_by_day_wait() {
    let mut city = running();
    hours(&mut city, "; 2011-10-14 closed").rounds_on(&["2011-09-28"]);
    assert_eq!(step(&city), "adopted||0");
    city.configure("2011-10-14 closed", "2011-10-14 closed; 2011-10-17 closed").rounds_on(&["2011-09-29"]);
    assert_eq!(step(&city), "waits||1");
}

/// Ten days without office hours are a holiday, eleven are warned of by `check-config`, be there a ledger or not.
#[test]
fn more_than_ten_days_without_hours_are_warned_of() {
    for (to, warns) in [(12, false), (13, false), (14, true)] {
        let mut city = Bench::new();
        // From Saturday 4 June 2011: with the weekend before 11 June the ninth, tenth and eleventh day.
        hours(&mut city, &format!("; 2011-06-07/2011-06-{to} closed"));
        let checked = said(&jianchad(&city, &["check-config"]));
        let words =
            "from 2011-06-04 on, for more than 10 days, no day has two office hours between 06:00 and 22:00";
        assert_eq!(checked.contains(words), warns, "{to}: {checked}");
    }
}
