//! What falls due between two readings, and which of them are further apart than ordinary.

use std::time::Duration;

use chrono::TimeDelta;
use chrono_tz::Asia::Shanghai;

use super::stretch::{HALF_A_DAY, Stretch, ordinary_gap};
use super::*;
use crate::domain::case_file::Counted;
use crate::domain::clock::tests::{item, policy};
use crate::domain::finding::{Known, Standing};
use crate::domain::record::{Header, Trace, TraceKind};

const TEN_MINUTES: Duration = Duration::from_secs(600);

fn at(text: &str) -> DateTime<FixedOffset> {
    Moment::parse(&format!("{}+08:00", text.replace(' ', "T")), Shanghai).unwrap().at()
}

fn stretch(from: &str, until: &str) -> Stretch {
    Stretch { from: at(from), until: at(until), before: Some(TimeDelta::minutes(10)), looked: false }
}

fn of_city() -> Policy {
    let mut policy = policy(&[(Card::Notice, "-2wd"), (Card::Yellow, "passed")]);
    policy.registry.items.insert("I".into(), item("10个工作日"));
    policy
}

/// An hour is nobody's fault, a second more is to be accounted for; where rounds are to be an hour apart, one may fail.
#[test]
fn an_hour_is_ordinary_and_so_are_two_rounds() {
    let policy = of_city();
    let ordinary =
        |until: &str, every| stretch("2011-10-13 23:30:00", until).is_ordinary(every, &policy.calendar);
    let until = ["2011-10-14 00:29:59", "2011-10-14 00:30:00", "2011-10-14 00:30:01"];
    assert_eq!(until.map(|until| ordinary(until, TEN_MINUTES)), [true, true, false]);
    let until = ["2011-10-14 01:29:59", "2011-10-14 01:30:00", "2011-10-14 01:30:01"];
    assert_eq!(until.map(|until| ordinary(until, Duration::from_secs(3600))), [true, true, false]);
    assert_eq!(ordinary_gap(Duration::from_secs(1800)), ordinary_gap(Duration::from_secs(10)));
    assert_eq!(ordinary_gap(Duration::from_secs(86_400)), TimeDelta::days(2));
    assert_eq!(ordinary_gap(Duration::MAX), TimeDelta::MAX);
}

/// A timer that reads once each morning misses no reading until a working day goes by without one: the next morning, the Monday after
/// a Friday, and the first working day after a holiday are ordinary to it; to who reads more often none of them is. 2011-10-14 was a
/// Friday, 10-08 and 10-09 (weekend days) were worked for the holiday before.
#[test]
fn who_reads_once_a_day_is_asked_for_no_more() {
    let calendar = of_city().calendar;
    let days = [
        ("2011-10-12 09:05:00", "2011-10-13 09:05:00", true),
        ("2011-10-14 09:05:00", "2011-10-17 09:05:00", true),
        ("2011-10-13 09:05:00", "2011-10-15 09:05:00", false),
        ("2011-10-14 09:05:00", "2011-10-18 09:05:00", false),
        ("2011-09-30 09:05:00", "2011-10-08 09:05:00", true),
        ("2011-09-30 09:05:00", "2011-10-09 09:05:00", false),
    ];
    for (from, until, ordinary) in days {
        let often = stretch(from, until);
        let of = |before| Stretch { before, ..often }.is_ordinary(TEN_MINUTES, &calendar);
        let bounds = [HALF_A_DAY - TimeDelta::seconds(1), HALF_A_DAY, HALF_A_DAY + TimeDelta::seconds(1)];
        assert_eq!(bounds.map(|before| of(Some(before))), [false, false, ordinary], "{from} {until}");
        assert_eq!(of(None), ordinary, "{from} {until}: the first reading");
        let looked = Stretch { before: None, looked: true, ..often };
        assert!(!looked.is_ordinary(TEN_MINUTES, &calendar), "{from} {until}: it could not be read");
    }
}

fn known(clock: &str, told: bool) -> Known {
    let told = told.then(|| Moment::instant(at("2011-10-14 08:30:00")));
    Known {
        id: 1,
        rule: time_limit::ID.into(),
        clock: clock.into(),
        standing: Standing::Open,
        card: Card::Yellow,
        passed: true,
        settled: false,
        withdrawn: None,
        order_failed: false,
        unit: None,
        told,
        told_card: told,
        contested: false,
        asked: None,
        upheld: None,
    }
}

fn case(traces: &[(TraceKind, &str)], known: Vec<Known>) -> CaseFile {
    let trace = |(kind, occurred): &(TraceKind, &str)| Trace::new(*kind, Moment::instant(at(occurred)));
    CaseFile {
        id: 1,
        source: 1,
        number: "A".into(),
        header: Some(Header {
            item: "I".into(),
            unit: None,
            dates: Vec::new(),
            display: None,
            earlier: None,
        }),
        traces: traces.iter().map(trace).collect(),
        spoilt: Vec::new(),
        hold: None,
        known,
        held: Vec::new(),
        revisions: Vec::new(),
        headers: Vec::new(),
        history: None,
        complete_until: None,
        remapped: None,
        met: Moment::instant(at("2011-09-26 11:00:00")),
        first_seen: None,
        vanished: None,
        struck_out: 0,
        doubled: None,
        earlier: None,
        counted: Counted::default(),
    }
}

/// A round that was killed before its end may have told of a card; to take that card away a supervisor is asked, and not a second
/// time. A card that nobody was told of, and one of another clock, asks nobody.
#[test]
fn of_a_card_that_was_told_nobody_is_asked_twice() {
    let policy = of_city();
    let accepted = (TraceKind::Accepted, "2011-09-26 10:00:00");
    let decided = (TraceKind::Decided, "2011-10-12 10:00:00");
    let (from, until) = (at("2011-10-13 16:00:00"), at("2011-10-14 08:40:00"));
    let now = Now { instant: until, replay: false };
    for (told, found) in [
        (vec![], true),
        (vec![known("promise", false)], true),
        (vec![known("promise", true)], false),
        (vec![known("statutory", true)], true),
    ] {
        let (before, after) = (case(&[accepted], told.clone()), case(&[accepted, decided], told.clone()));
        let fell_due = fell_due_unseen(&before, &after, &policy, (from, until), &now);
        assert_eq!(!fell_due.is_empty(), found, "{told:?}");
    }
}
