//! What somebody has accepted of a doubted source stays accepted: what was missing is found, case by case, and never counts again.

use crate::bench::Bench;
use crate::suspect::{BOTH, city, delete, jianchad, of_rule, state, told_of};

const GONE: [&str; 6] = ["A-1 open", "A-2 open", "A-3 open", "A-4 open", "A-5 open", "A-6 open"];

/// What is changed in a city before its first round.
type Change<'c> = &'c dyn Fn(&mut Bench);

/// Twelve cases, of which six are closed; the round of 30 September finds that these were taken out of the tables.
fn archived(change: impl Fn(&mut Bench)) -> Bench {
    let mut city = city(12);
    change(&mut city);
    for number in 1..=6 {
        city.decided(&format!("A-{number}"), "2011-09-28 10:00:00");
    }
    city.rounds_on(&["2011-09-29"]);
    (1..=6).for_each(|number| delete(&city, &format!("A-{number}")));
    city.round("2011-09-30 09:00");
    assert_eq!((state(&city).as_str(), of_rule(&city, "vanished-record").len()), ("suspect", 0));
    city
}

fn accept(city: &Bench) {
    let arguments = ["source", "accept", "approval", "--by", "孙七", "--why", "归档"];
    assert_eq!(jianchad(city, &arguments).0, Some(0));
}

/// The accepted cases have vanished, the source is believed, and it was doubted once.
fn holds(city: &Bench, when: &str) {
    assert_eq!(
        (state(city).as_str(), of_rule(city, "vanished-record")),
        ("ok", GONE.map(Into::into).into()),
        "{when}"
    );
    assert_eq!(city.ledger("SELECT count(*), count(ended_at) FROM suspicions"), ["1|1"], "{when}");
}

/// Closed cases that are missing are found by the first round after somebody accepted it, however early in the day that is, on the
/// day of the doubt or days after it, also where the database did not change meanwhile or the daemon was started anew, and also where
/// they closed too long ago by then. Sweeps of the weeks that follow do not count them again, and more that are missing then are
/// doubted for themselves.
#[test]
fn what_was_accepted_is_found_at_once_and_never_counts_again() {
    let sweeps = |city: &mut Bench, lines: &str| {
        city.configure("sweep_at = \"02:00\"", lines);
    };
    let short = |city: &mut Bench| sweeps(city, "sweep_at = \"02:00\"\nsweep_back = \"10d\"");
    let never = |city: &mut Bench| sweeps(city, "sweep_at = \"never\"");
    let late = |city: &mut Bench| sweeps(city, "sweep_at = \"23:00\"");
    let none = |_: &mut Bench| ();
    let kinds: [(&str, Change<'_>, bool, &str); 7] = [
        ("same day", &none, false, "2011-09-30 09:05"),
        ("same day, before the time of the sweep", &late, false, "2011-09-30 09:05"),
        ("started anew", &none, true, "2011-09-30 09:05"),
        ("days after, before the time of the sweep", &none, false, "2011-10-08 01:00"),
        ("weeks after", &short, false, "2011-10-21 09:05"),
        ("weeks after, started anew", &short, true, "2011-10-21 09:05"),
        ("never swept", &never, true, "2011-10-08 09:05"),
    ];
    for (kind, change, restart, accepted_by) in kinds {
        let mut city = archived(change);
        if accepted_by > "2011-10-01" {
            city.round("2011-10-01 09:00");
        }
        accept(&city);
        if restart {
            city.restart();
        }
        city.round(accepted_by);
        holds(&city, kind);
        for day in ["2011-10-24", "2011-10-31", "2011-11-08"] {
            city.accepted(&format!("N-{day}"), "INOW", &format!("{day} 08:00:00"));
            city.rounds_on(&[day]);
            holds(&city, &format!("{kind}, {day}"));
        }
        (7..=9).for_each(|number| delete(&city, &format!("A-{number}")));
        city.approval("DELETE FROM cases WHERE number = 'N-2011-11-08'");
        city.rounds_on(&["2011-11-09"]);
        assert_eq!(
            (state(&city).as_str(), of_rule(&city, "vanished-record").len()),
            ("suspect", 6),
            "{kind}"
        );
        assert_eq!(told_of(&city, "有4件已查不到：A-7"), ["supervisor@example.gov.cn"], "{kind}");
        let anew = "SELECT why FROM suspicions WHERE ended_at IS NULL AND why NOT LIKE '%A-6%'";
        assert!(
            city.ledger(anew).concat().contains("有4件已查不到：A-7、A-8、A-9、N-2011-11-08；"),
            "{:?}",
            city.ledger("SELECT * FROM suspicions")
        );
    }
}

/// Where six were accepted and a seventh is missing before the next round, all of it is doubted anew, and nothing is entered.
#[test]
fn one_more_before_the_next_round_is_doubted_anew() {
    for more in [false, true] {
        let mut city = archived(|_| ());
        accept(&city);
        if more {
            delete(&city, "A-7");
        }
        city.round("2011-10-08 09:00");
        let expected = if more { ("suspect", 0) } else { ("ok", 6) };
        assert_eq!((state(&city).as_str(), of_rule(&city, "vanished-record").len()), expected);
        assert_eq!(told_of(&city, "有7件已查不到").is_empty(), !more);
    }
}

/// What a person accepted is what had been found: where more is missing by then it is doubted anew, and told again.
#[test]
fn an_acceptance_holds_for_what_was_found() {
    let mut city = city(8);
    (1..=3).for_each(|number| delete(&city, &format!("A-{number}")));
    city.rounds_on(&["2011-09-29"]);
    assert_eq!(state(&city), "suspect");
    assert_eq!(
        jianchad(&city, &["source", "accept", "approval", "--by", "孙七", "--why", "归档"]).0,
        Some(0)
    );
    delete(&city, "A-4");
    city.rounds_on(&["2011-09-30"]);
    assert_eq!((state(&city).as_str(), of_rule(&city, "vanished-record")), ("suspect", vec![]));
    assert_eq!(told_of(&city, "A-4"), BOTH);
    let (code, said) =
        jianchad(&city, &["source", "accept", "approval", "--by", "孙七", "--why", "归档", "--lang", "en"]);
    assert!(code == Some(0) && said.contains("4 of 8 cases"), "{said}");
    let (code, said) =
        jianchad(&city, &["source", "accept", "approval", "--by", "孙七", "--why", "归档", "--lang", "en"]);
    assert!(code == Some(66) && said.contains("nothing of it waits"), "{said}");
    city.rounds_on(&["2011-10-08", "2011-10-09"]);
    assert_eq!((state(&city).as_str(), of_rule(&city, "vanished-record").len()), ("ok", 4));
    assert_eq!(city.ledger("SELECT count(*) FROM suspicions WHERE ended_at IS NOT NULL"), ["2"]);
}

/// It holds for the cases that were missing, and not for so many: where other three are gone when the first are back all of it is
/// doubted anew; where one of the three is back the other two are found.
#[test]
fn an_acceptance_holds_for_the_cases_that_were_missing() {
    for (others, expected) in [(true, ("suspect", 0)), (false, ("ok", 2))] {
        let mut city = city(8);
        city.approval(
            "CREATE TABLE kept AS SELECT * FROM cases; CREATE TABLE kept_events AS SELECT * FROM events",
        );
        let back = |city: &crate::bench::Bench, number: &str| {
            city.approval(&format!(
                "INSERT INTO cases SELECT * FROM kept WHERE number = '{number}';
                 INSERT INTO events SELECT * FROM kept_events WHERE number = '{number}'"
            ));
        };
        (1..=3).for_each(|number| delete(&city, &format!("A-{number}")));
        city.rounds_on(&["2011-09-29"]);
        assert_eq!(city.ledger("SELECT count(*) FROM suspicion_case"), ["3"]);
        accept(&city);
        back(&city, "A-1");
        if others {
            (2..=3).for_each(|number| back(&city, &format!("A-{number}")));
            (4..=6).for_each(|number| delete(&city, &format!("A-{number}")));
        }
        city.rounds_on(&["2011-09-30"]);
        assert_eq!((state(&city).as_str(), of_rule(&city, "vanished-record").len()), expected);
        assert_eq!(told_of(&city, "A-4、A-5、A-6").is_empty(), !others);
        let kept = if others { "3" } else { "0" };
        assert_eq!(
            city.ledger("SELECT count(*) FROM suspicion_case"),
            [kept],
            "no longer than they are asked of"
        );
    }
}
