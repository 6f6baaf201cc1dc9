//! Which cards are in question: judged as of the moment at which each was told, by what was on record then and what is now.

use chrono_tz::Asia::Shanghai;

use super::*;
use crate::domain::card::Card;
use crate::domain::case_file::{Counted as CountedCase, History, Version};
use crate::domain::clock::tests::{item, policy};
use crate::domain::finding::Change;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::plan::judge;
use crate::domain::policy::Policy;
use crate::domain::record::{Amount, Header, Trace, TraceKind};

/// The round that told the card. Accepted on 2011-09-26 with ten working days, the case was due on 2011-10-13.
const TOLD: &str = "2011-10-18T09:05:00+08:00";
const LINES: [(Card, &str); 2] = [(Card::Yellow, "passed"), (Card::Red, "+5wd")];

fn at(text: &str) -> Moment {
    Moment::parse(text, Shanghai).unwrap()
}

fn of_city() -> Policy {
    let mut policy = policy(&LINES);
    policy.registry.items.insert("I".into(), item("10个工作日"));
    policy
}

fn trace(kind: TraceKind, occurred: &str) -> Trace {
    Trace::new(kind, at(occurred))
}

fn extended(days: u32, occurred: &str) -> Trace {
    Trace { amount: Some(Amount::Bare(days)), ..trace(TraceKind::Extended, occurred) }
}

fn told_yellow() -> Known {
    Known {
        id: 1,
        rule: time_limit::ID.into(),
        clock: "promise".into(),
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
        told: Some(at(TOLD)),
        told_card: Some(at(TOLD)),
        contested: false,
        asked: None,
        upheld: None,
    }
}

/// A case with a card, and what was typed after it was told.
fn case(known: Known, since: &[Trace]) -> CaseFile {
    let header = Header { item: "I".into(), unit: None, dates: Vec::new(), display: None, earlier: None };
    let accepted = trace(TraceKind::Accepted, "2011-09-26T10:00:00+08:00");
    let version = |value: &Trace, seen: &str| {
        let seen = at(seen);
        vec![Version { value: Some(value.clone()), entered: Some(seen), seen, remapped: false }]
    };
    let first = version(&accepted, "2011-09-26T11:00:00+08:00");
    let later = since.iter().map(|trace| version(trace, "2011-10-21T09:05:00+08:00"));
    let entered = at("2011-09-26T11:00:00+08:00");
    let of_itself = Version { value: Some(header.clone()), entered: None, seen: entered, remapped: false };
    CaseFile {
        id: 1,
        source: 1,
        number: "A".into(),
        header: Some(header),
        traces: std::iter::once(accepted).chain(since.iter().cloned()).collect(),
        spoilt: Vec::new(),
        known: vec![known],
        held: Vec::new(),
        revisions: Vec::new(),
        headers: Vec::new(),
        history: Some(Box::new(History {
            slots: std::iter::once(first).chain(later).collect(),
            headers: vec![of_itself],
        })),
        complete_until: None,
        remapped: None,
        met: entered,
        first_seen: None,
        hold: None,
        vanished: None,
        unbegun_in: None,
        doubled: None,
        struck_out: 0,
        earlier: None,
        counted: CountedCase::default(),
    }
}

/// What a round does with the time card of a case, in a word each.
fn changes(known: Known, since: &[Trace], round: &str) -> Vec<&'static str> {
    let (policy, mut file) = (of_city(), case(known, since));
    let now = Now { instant: at(round).at(), replay: false };
    let word = |change: &Change| match change {
        Change::Contest { .. } => Some("contested"),
        Change::Uncontest { .. } => Some("confirmed"),
        Change::Escalate { breach, .. } if breach.rule == time_limit::ID => Some("escalated"),
        Change::Reopen { .. } => Some("reopened"),
        Change::Revoke { .. } => Some("revoked"),
        Change::Resolve { rule, .. } if *rule == time_limit::ID => Some("resolved"),
        _ => None,
    };
    judge(&mut file, &policy, &now).changes.iter().filter_map(word).collect()
}

/// Late today by any count. Due the day before the card was told it asks nothing; due on that day, or the day after it, the
/// record would not have given the card then, and the card goes on by the day that was told, so that it is red by now.
#[test]
fn a_card_is_judged_as_of_the_moment_at_which_it_was_told() {
    for (days, asked) in [(2, false), (3, true), (4, true)] {
        let since = [extended(days, "2011-10-12T09:00:00+08:00")];
        let expected: &[&str] = if asked { &["escalated", "contested"] } else { &[] };
        assert_eq!(changes(told_yellow(), &since, "2011-10-21T09:05:00+08:00"), expected, "{days} days more");
    }
}

/// The day before the back-dated due day, that day, the day after: asked already, nothing changes; what is taken back ends it.
#[test]
fn passing_time_ends_no_question() {
    let asked = Known { contested: true, asked: Some(at("2011-10-21T09:05:00+08:00")), ..told_yellow() };
    let since = [extended(8, "2011-10-12T09:00:00+08:00")];
    for day in ["24", "25", "26"] {
        let risen = Known { card: Card::Red, ..asked.clone() };
        let round = format!("2011-10-{day}T09:05:00+08:00");
        assert_eq!(changes(risen, &since, &round), [""; 0], "{day}");
    }
    assert_eq!(changes(asked.clone(), &[], "2011-10-19T09:05:00+08:00"), ["confirmed"]);
    assert_eq!(changes(told_yellow(), &[], "2011-10-19T09:05:00+08:00"), [""; 0]);
}

/// In question or upheld, a card rises on 2011-10-20 by the record that it rests on: the day before, the day, the day after.
#[test]
fn a_card_goes_on_by_what_it_rests_on() {
    let since = [extended(8, "2011-10-12T09:00:00+08:00")];
    let asked = Some(at("2011-10-21T09:05:00+08:00"));
    let contested = Known { contested: true, asked, ..told_yellow() };
    let upheld = Known { asked, upheld: Some(at("2011-10-21T15:00:00+08:00")), ..told_yellow() };
    for known in [contested, upheld] {
        for (day, expected) in [("19", &[][..]), ("20", &["escalated"]), ("21", &["escalated"])] {
            let round = format!("2011-10-{day}T09:05:00+08:00");
            assert_eq!(changes(known.clone(), &since, &round), expected, "{day}");
        }
    }
}

/// A case that is over rises no more; upheld, it is settled with that, in question it waits on.
#[test]
fn the_end_of_the_case_ends_an_upheld_card_and_no_question() {
    let since =
        [extended(8, "2011-10-12T09:00:00+08:00"), trace(TraceKind::Decided, "2011-10-19T15:00:00+08:00")];
    let asked = Some(at("2011-10-21T09:05:00+08:00"));
    let contested = Known { contested: true, asked, ..told_yellow() };
    assert_eq!(changes(contested, &since, "2011-10-21T09:05:00+08:00"), [""; 0]);
    let upheld = Known { asked, upheld: asked, ..told_yellow() };
    assert_eq!(changes(upheld, &since, "2011-10-21T15:05:00+08:00"), ["resolved"]);
}

/// What happened after the letter is no matter to the moment of the letter; of an extension asked for in time it is.
#[test]
fn what_happened_later_is_no_matter_but_for_an_extension() {
    let round = "2011-10-19T15:05:00+08:00";
    let paused = trace(TraceKind::Paused, "2011-10-19T10:00:00+08:00");
    assert_eq!(changes(told_yellow(), &[paused], round), [""; 0]);
    let decided = trace(TraceKind::Decided, "2011-10-19T10:00:00+08:00");
    assert_eq!(changes(told_yellow(), &[decided], round), ["resolved"]);
    let late = extended(3, "2011-10-19T10:00:00+08:00");
    assert_eq!(changes(told_yellow(), std::slice::from_ref(&late), round), [""; 0], "and asked for late");
    let in_time = Trace { asked: Some(at("2011-10-12T10:00:00+08:00")), ..late };
    assert_eq!(changes(told_yellow(), &[in_time], round), ["contested"]);
}

/// A card that has risen is judged as of the letter on each of its cards; a person who withdrew it settled it.
#[test]
fn a_red_card_is_judged_as_of_both_letters() {
    let red = Known { card: Card::Red, told_card: Some(at("2011-10-20T09:05:00+08:00")), ..told_yellow() };
    let since = [extended(2, "2011-10-12T09:00:00+08:00")];
    for day in ["21", "24", "25"] {
        let round = format!("2011-10-{day}T09:15:00+08:00");
        assert_eq!(changes(red.clone(), &since, &round), ["contested"], "red again by the 24th");
    }
    assert_eq!(changes(told_yellow(), &since, "2011-10-24T09:15:00+08:00"), ["escalated"]);
    let settled = Known { settled: true, standing: Standing::Revoked, ..red };
    assert_eq!(changes(settled, &since, "2011-10-25T09:15:00+08:00"), [""; 0]);
}

/// Issue of a card under 督办: while no letter could leave, its order failed, so that the first letter told of a red one. Its
/// red rests on the order, not on the day: what would have had no card come is weighed all the same. The day before the card was
/// told, that day, the day after it.
#[test]
fn a_card_first_told_after_its_order_had_failed_is_weighed_by_whether_it_was_late() {
    let failed = Known { card: Card::Red, order_failed: true, ..told_yellow() };
    for (days, expected) in [(2, &[][..]), (3, &["contested"]), (4, &["contested"])] {
        let since = [extended(days, "2011-10-12T09:00:00+08:00")];
        assert_eq!(
            changes(failed.clone(), &since, "2011-10-19T09:15:00+08:00"),
            expected,
            "{days} days more"
        );
    }
}
