//! What falls due between two readings, and which of them are further apart than ordinary.

use std::time::Duration;

use chrono::TimeDelta;
use chrono_tz::Asia::Shanghai;

use super::stretch::{Habit, Stretch, ordinary_gap};
use super::*;
use crate::domain::case_file::Counted;
use crate::domain::clock::tests::{item, policy};
use crate::domain::finding::{Known, Standing};
use crate::domain::record::{Header, Trace, TraceKind};

const TEN_MINUTES: Duration = Duration::from_secs(600);

fn at(text: &str) -> DateTime<FixedOffset> {
    Moment::parse(&format!("{}+08:00", text.replace(' ', "T")), Shanghai).unwrap().at()
}

/// Rounds up to a moment, so many seconds apart: the last first.
fn rounds(until: DateTime<FixedOffset>, apart: &[i64]) -> Vec<DateTime<FixedOffset>> {
    let mut began = vec![until];
    for seconds in apart {
        began.push(began[began.len() - 1] - TimeDelta::seconds(*seconds));
    }
    began
}

/// A stretch after a week of rounds every ten minutes.
fn stretch(from: &str, until: &str) -> Stretch {
    let habit = Habit::of(&rounds(at(from), &[600; 1_023]));
    Stretch { from: at(from), until: at(until), habit, looked: false }
}

fn of_city() -> Policy {
    let mut policy = policy(&[(Card::Notice, "-2wd"), (Card::Yellow, "passed")]);
    policy.registry.items.insert("I".into(), item("10个工作日"));
    policy
}

/// An hour is nobody's fault, a second more is to be accounted for; where rounds are to be an hour apart, one may fail. Two hours are
/// the most that a configuration makes ordinary.
#[test]
fn an_hour_is_ordinary_and_so_are_two_rounds() {
    let policy = of_city();
    let ordinary =
        |until: &str, every| stretch("2011-10-13 23:30:00", until).is_ordinary(every, &policy.calendar);
    let until = ["2011-10-14 00:29:59", "2011-10-14 00:30:00", "2011-10-14 00:30:01"];
    assert_eq!(until.map(|until| ordinary(until, TEN_MINUTES)), [true, true, false]);
    let until = ["2011-10-14 01:29:59", "2011-10-14 01:30:00", "2011-10-14 01:30:01"];
    for every in [3600, 86_400] {
        assert_eq!(until.map(|until| ordinary(until, Duration::from_secs(every))), [true, true, false]);
    }
    let gap = |seconds| ordinary_gap(Duration::from_secs(seconds)).num_seconds();
    assert_eq!([10, 1800, 1801, 3599, 3600, 3601].map(gap), [3600, 3600, 3602, 7198, 7200, 7200]);
    assert_eq!(ordinary_gap(Duration::MAX), TimeDelta::hours(2));
}

/// A timer that reads once each morning misses no reading until a working day goes by without one: the next morning, the Monday after
/// a Friday, and the first working day after a holiday are ordinary to it; to who reads more often none of them is. 2011-10-14 was a
/// Friday, 10-08 and 10-09 (weekend days) were worked for the holiday before.
#[test]
fn who_reads_once_a_day_is_asked_for_no_more() {
    const HALF_A_DAY: i64 = 43_200;
    let calendar = of_city().calendar;
    let days = [
        ("2011-10-12 09:05:00", "2011-10-13 12:05:00", true),
        ("2011-10-14 09:05:00", "2011-10-17 09:05:00", true),
        ("2011-10-13 09:05:00", "2011-10-15 12:05:00", false),
        ("2011-10-14 09:05:00", "2011-10-18 09:05:00", false),
        ("2011-09-30 09:05:00", "2011-10-08 09:05:00", true),
        ("2011-09-30 09:05:00", "2011-10-09 09:05:00", false),
    ];
    for (from, until, ordinary) in days {
        let often = stretch(from, until);
        let of = |apart: &[i64]| {
            let habit = Habit::of(&rounds(often.from, apart));
            Stretch { habit, ..often }.is_ordinary(TEN_MINUTES, &calendar)
        };
        assert!(!often.is_ordinary(TEN_MINUTES, &calendar), "{from} {until}");
        let bounds = [HALF_A_DAY - 1, HALF_A_DAY, HALF_A_DAY + 1];
        assert_eq!(bounds.map(|last| of(&[last, 86_400])), [false, false, ordinary], "{from} {until}");
        assert_eq!(of(&[]), ordinary, "{from} {until}: the first reading");
        assert_eq!(of(&[86_400; 30]), ordinary, "{from} {until}: every morning");
        let first = Habit::of(&rounds(often.from, &[]));
        let looked = Stretch { habit: first, looked: true, ..often };
        assert!(!looked.is_ordinary(TEN_MINUTES, &calendar), "{from} {until}: it could not be read");
    }
}

/// One lazy day makes no timer: over the seven days before, or since the ledger began, no more rounds ran than one a day. The stretch
/// is from Friday, 14 October 2011, to the Monday after.
#[test]
fn one_lazy_day_hides_nothing() {
    let calendar = of_city().calendar;
    let of = |began: &[&str]| {
        let began: Vec<_> = began.iter().map(|began| at(&format!("2011-10-{began}:00"))).collect();
        let friday = stretch("2011-10-14 08:30:00", "2011-10-17 08:40:00");
        Stretch { habit: Habit::of(&began), ..friday }.is_ordinary(TEN_MINUTES, &calendar)
    };
    let dense = ["14 08:30", "13 15:30", "13 12:00", "13 09:00", "12 15:30", "12 12:00", "12 09:00"];
    assert!(!of(&dense));
    // Seven rounds in seven days, the days of the ledger before or not; an eighth on one of those days; the day before them.
    let week = ["14 08:30", "13 09:00", "12 09:00", "11 15:30", "11 09:00", "10 09:00", "08 09:00"];
    assert!(of(&week));
    assert!(of(&[&week[..], &["07 16:00", "07 12:00", "07 08:30"]].concat()));
    assert!(!of(&[&week[..], &["08 08:00"]].concat()));
    // A ledger of two days, with as many rounds and one more.
    assert!(of(&["14 08:30", "13 09:00"]));
    assert!(!of(&["14 08:30", "13 15:30", "13 09:00"]));
}

/// A daemon that polls every six hours all week has told nothing new by six hours more; one round that fails is told, and so is a
/// stretch after a week of which one part in four was read more often. Rounds more than a day apart are no habit.
#[test]
fn rounds_as_far_apart_as_ever_are_ordinary() {
    const SIX_HOURS: i64 = 6 * 3600;
    let calendar = of_city().calendar;
    let ordinary = |apart: &[i64], seconds: i64, looked: bool| {
        let from = at("2011-10-13 20:00:00");
        let habit = Habit::of(&rounds(from, apart));
        let until = from + TimeDelta::seconds(seconds);
        Stretch { from, until, habit, looked }.is_ordinary(TEN_MINUTES, &calendar)
    };
    let tenth = SIX_HOURS / 10;
    let bounds = [SIX_HOURS, SIX_HOURS + tenth, SIX_HOURS + tenth + 1];
    assert_eq!(bounds.map(|gap| ordinary(&[SIX_HOURS; 40], gap, false)), [true, true, false]);
    assert!(!ordinary(&[SIX_HOURS; 40], SIX_HOURS, true), "a round ran, and could not read it");
    // A restart now and then is no other habit, one in four is: of 24 gaps five are a quarter of those that stand below.
    let restarts = |short: usize| [vec![600; short], vec![SIX_HOURS; 24 - short]].concat();
    assert!(ordinary(&restarts(5), SIX_HOURS, false));
    assert!(!ordinary(&restarts(6), SIX_HOURS, false));
    assert!(!ordinary(&[2 * 86_400; 3], 2 * 86_400, false));
}

/// A program that is started again each morning, or was killed over and over, has not looked more often by that: a timer that reads once
/// a day is one though a second round followed within the minute, and is none where it followed after one.
#[test]
fn a_restart_is_no_second_look() {
    const A_DAY: i64 = 86_400;
    let calendar = of_city().calendar;
    let of = |restart: i64, restarts: usize| {
        let mut apart = vec![restart; restarts];
        for _ in 0..6 {
            apart.push(A_DAY - restart * i64::try_from(restarts).unwrap());
            apart.extend(vec![restart; restarts]);
        }
        let from = at("2011-10-14 09:05:00");
        let habit = Habit::of(&rounds(from, &apart));
        Stretch { from, until: at("2011-10-17 09:05:00"), habit, looked: false }
            .is_ordinary(TEN_MINUTES, &calendar)
    };
    assert_eq!([0, 1, 59, 60, 61].map(|seconds| of(seconds, 1)), [true, true, true, false, false]);
    assert_eq!([0, 5].map(|seconds| of(seconds, 11)), [true, true], "twelve rounds within a minute");
    assert!(!of(6, 11), "the twelfth began more than a minute after the first");
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
        referred: None,
        covered: None,
        said: None,
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
        unbegun_in: None,
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
