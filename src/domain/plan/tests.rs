//! Rules at their bounds, by the judgement of a whole case: for each the moment before, the moment, the moment after.

use chrono_tz::Asia::Shanghai;

use super::*;
use crate::domain::card::Card;
use crate::domain::clock::tests::{item, policy};
use crate::domain::finding::Standing;
use crate::domain::moment::Moment;
use crate::domain::record::{Header, Outcome, TraceKind};
use crate::domain::registry::Stage;
use crate::domain::rules::time_limit;

fn at(text: &str) -> Moment {
    Moment::parse(text, Shanghai).unwrap()
}

/// A moment of October 2011, such as `12 09:00:00`.
pub(super) fn october(text: &str) -> Moment {
    at(&format!("2011-10-{}+08:00", text.replace(' ', "T")))
}

fn trace(kind: TraceKind, occurred: &str) -> Trace {
    Trace::new(kind, october(occurred))
}

fn entered(kind: TraceKind, occurred: &str, recorded: Moment) -> Trace {
    Trace { recorded: Some(recorded), ..trace(kind, occurred) }
}

/// A case that was seen to come about, and what judges it.
struct Case {
    policy: Policy,
    file: CaseFile,
}

fn case(traces: Vec<Trace>) -> Case {
    let mut policy = policy(&[]);
    policy.registry.items.insert("I".into(), item("20个工作日"));
    let met = october("01 09:00:00");
    let file = CaseFile {
        id: 1,
        source: 1,
        number: "A".into(),
        header: Some(Header { item: "I".into(), ..Header::default() }),
        traces,
        spoilt: Vec::new(),
        hold: None,
        known: Vec::new(),
        held: Vec::new(),
        revisions: Vec::new(),
        headers: Vec::new(),
        history: None,
        complete_until: None,
        remapped: None,
        met,
        first_seen: Some(met),
        vanished: None,
        struck_out: 0,
        unbegun_in: None,
        doubled: None,
        earlier: None,
        counted: Counted::default(),
    };
    Case { policy, file }
}

fn now(moment: &str) -> Now {
    Now { instant: october(moment).at(), replay: false }
}

impl Case {
    fn judged(&self, now: &Now) -> Judgement<'_> {
        judge(&mut self.file.clone(), &self.policy, now)
    }

    fn finds(&self, rule: &str, moment: &str) -> bool {
        let is = |change: &Change| matches!(change, Change::Raise { breach, .. } if breach.rule == rule);
        self.judged(&now(moment)).changes.iter().any(is)
    }
}

/// From two hours before the office opens to two hours after it closes an entry is of office hours.
#[test]
fn two_hours_before_and_after_office_hours_are_theirs() {
    let is_found = |time: &str| {
        let recorded = october(&format!("12 {time}"));
        case(vec![entered(TraceKind::Accepted, "11 10:00:00", recorded)])
            .finds("off-hours-entry", "13 09:05:00")
    };
    assert_eq!(["06:59:59", "07:00:00", "07:00:01"].map(is_found), [true, false, false]);
    assert_eq!(["18:59:59", "19:00:00", "19:00:01"].map(is_found), [false, false, true]);
}

/// Acceptance and decision entered less than five minutes apart were entered in one sitting; a day of entry says nothing of that.
#[test]
fn five_minutes_apart_is_no_sitting() {
    let is_found = |accepted: Moment, decided: &str| {
        let decided = entered(TraceKind::Decided, "11 10:00:00", october(decided));
        case(vec![entered(TraceKind::Accepted, "10 10:00:00", accepted), decided])
            .finds("entered-together", "13 09:05:00")
    };
    let three = october("12 15:00:00");
    assert_eq!(
        ["12 15:04:59", "12 15:05:00", "12 15:05:01"].map(|decided| is_found(three, decided)),
        [true, false, false]
    );
    assert!(is_found(october("12 00:01:00"), "12 00:02:00"));
    assert!(!is_found(at("2011-10-12"), "12 00:02:00"));
}

/// One person in all three roles; a role of which nobody knows who it was, and another person, are none.
#[test]
fn one_person_has_all_three_roles() {
    let is_found = |step: Option<&str>| {
        let by =
            |kind, occurred, by: Option<&str>| Trace { by: by.map(str::to_owned), ..trace(kind, occurred) };
        let steps = [
            by(TraceKind::Accepted, "10 10:00:00", Some("0731")),
            by(TraceKind::Step, "11 10:00:00", step),
            by(TraceKind::Decided, "12 10:00:00", Some("0731")),
        ];
        case(steps.into()).finds("one-person", "13 09:05:00")
    };
    assert_eq!([Some("0731"), Some("0732"), None].map(is_found), [true, false, false]);
}

/// A case of a day may be seen finished, one of two may not; and none that was seen on the day on which it ended.
#[test]
fn a_case_of_two_days_is_seen_before_it_ends() {
    let is_found = |ended: &str, seen: &str| {
        let mut case = case(vec![
            trace(TraceKind::Accepted, "10 10:00:00"),
            trace(TraceKind::Decided, &format!("{ended} 10:00:00")),
        ]);
        case.file.first_seen = Some(october(&format!("{seen} 15:00:00")));
        case.finds("seen-finished", "14 09:05:00")
    };
    assert_eq!(["10", "11", "12"].map(|ended| is_found(ended, "13")), [false, false, true]);
    assert_eq!(["11", "12", "13"].map(|seen| is_found("12", seen)), [false, false, true]);
}

/// A refusal without a reason is bare, whatever reason a decision of another outcome has; that of the same outcome is its own.
#[test]
fn a_reason_for_something_else_is_none() {
    let is_found = |outcome| {
        let decided = Trace {
            outcome: Some(outcome),
            note: Some("材料不符合第三条要求，不予通过".into()),
            ..trace(TraceKind::Decided, "12 10:00:00")
        };
        let closed = Trace { outcome: Some(Outcome::Refused), ..trace(TraceKind::Closed, "12 11:00:00") };
        case(vec![trace(TraceKind::Accepted, "10 10:00:00"), decided, closed])
            .finds("bare-refusal", "13 09:05:00")
    };
    assert_eq!([Outcome::Partly, Outcome::Refused].map(is_found), [true, false]);
}

/// A stage that was passed over is missing when the time to put it right is over: five working days from Wednesday the 12th, over the
/// weekend. The case is looked at then, and not again for it.
#[test]
fn a_stage_is_missing_when_its_time_is_over() {
    let mut case = case(vec![
        trace(TraceKind::Accepted, "10 10:00:00"),
        Trace { stage: Some("决定".into()), ..trace(TraceKind::Step, "12 10:00:00") },
    ]);
    let stage = |name: &str| Stage { names: vec![name.to_owned().into()], limit: None, optional: false };
    case.policy.registry.items["I"].stages = vec![stage("审查"), stage("决定")];
    let moments = ["19 23:59:59", "20 00:00:00", "20 00:00:01"];
    assert_eq!(moments.map(|moment| case.finds("missing-step", moment)), [false, true, true]);
    let next = |moment: &str| case.judged(&now(moment)).next_change_at;
    let over = Some(october("20 00:00:00").at());
    assert_eq!(moments.map(|moment| next(moment) == over), [true, false, false]);
    assert!(next("20 00:00:00") > over);
}

/// As of a moment given by hand what happens at that moment has happened, and what happens later is still to come.
#[test]
fn as_of_a_moment_what_happens_then_has_happened() {
    let case =
        case(vec![trace(TraceKind::Accepted, "10 10:00:00"), trace(TraceKind::Decided, "12 10:00:00")]);
    let of = |moment: &str| {
        let judged = case.judged(&Now { replay: true, ..now(moment) });
        (judged.state, judged.next_change_at == Some(october("12 10:00:00").at()))
    };
    assert_eq!(of("12 09:59:59"), (CaseState::Open, true));
    assert_eq!(of("12 10:00:00"), (CaseState::Closed, false));
    assert_eq!(of("12 10:00:01"), (CaseState::Closed, false));
    let comes = |moment: &str| case.file.future(&now(moment)).is_some();
    assert_eq!(["12 09:59:59", "12 10:00:00", "12 10:00:01"].map(comes), [true, false, false]);
}

pub(super) fn breach(rule: &'static str, card: Card, passed: bool) -> Breach {
    Breach { rule, clock: "promise".into(), card, ongoing: true, passed, unit: None, why: "".into() }
}

pub(super) fn known(rule: &str, passed: bool) -> Known {
    Known {
        id: 1,
        rule: rule.into(),
        clock: "promise".into(),
        standing: Standing::Open,
        card: Card::Yellow,
        passed,
        settled: false,
        withdrawn: None,
        referred: None,
        covered: None,
        said: None,
        order_failed: false,
        unit: Some("U1".into()),
        told: None,
        told_card: None,
        contested: false,
        asked: None,
        upheld: None,
    }
}

/// A card for a lost limit that passes to another unit is taken back from the one and given to the other; a warning, and what is no
/// matter of time, go on with the other unit.
#[test]
fn a_card_of_a_lost_limit_goes_with_the_unit_that_lost_it() {
    let changes = |rule: &'static str, passed: bool| {
        let known = known(rule, passed);
        let breach = Breach { unit: Some("U2".into()), ..breach(rule, Card::Yellow, passed) };
        let mut changes = Vec::new();
        step::of(Some(&known), breach, &policy(&[]), &mut changes);
        let word = |change: &Change| match change {
            Change::Revoke { .. } => "revoked",
            Change::Reopen { .. } => "reopened",
            Change::HandOver { .. } => "handed over",
            _ => "else",
        };
        changes.iter().map(word).collect::<Vec<_>>()
    };
    assert_eq!(changes(time_limit::ID, true), ["revoked", "reopened"]);
    assert_eq!(changes(time_limit::ID, false), ["handed over"]);
    assert_eq!(changes("fee", true), ["handed over"]);
}

/// A card of a lost limit that should never have been is taken back; a warning, what was not lost yet, and what is no matter of time, end.
#[test]
fn a_card_that_should_never_have_been_is_taken_back() {
    let changes = |rule: &str, card, passed| {
        let mut case = case(vec![trace(TraceKind::Accepted, "10 10:00:00")]);
        case.file.known.push(Known { unit: None, card, ..known(rule, passed) });
        let word = |change: &Change| match change {
            Change::Revoke { .. } => "revoked",
            Change::Resolve { .. } => "resolved",
            _ => "else",
        };
        case.judged(&now("12 09:05:00")).changes.iter().map(word).collect::<Vec<_>>()
    };
    assert_eq!(changes(time_limit::ID, Card::Yellow, true), ["revoked"]);
    assert_eq!(changes(time_limit::ID, Card::Notice, true), ["resolved"]);
    assert_eq!(changes(time_limit::ID, Card::Yellow, false), ["resolved"]);
    assert_eq!(changes("fee", Card::Yellow, true), ["resolved"]);
}

/// What is left of a record that contradicts: nothing of the future, as far as clocks do not differ, and no delivery of what was not
/// decided by then.
#[test]
fn nothing_of_the_future_and_no_delivery_before_the_decision_is_sound() {
    let now = now("14 09:05:00");
    let bound = crate::domain::case_file::latest(now.instant);
    let sound = |second: i64| {
        let at = Moment::instant(bound + chrono::TimeDelta::seconds(second));
        data_fault::sound(&[Trace::new(TraceKind::Step, at)], &[], &now).len()
    };
    assert_eq!([-1, 0, 1].map(sound), [1, 1, 0]);
    let delivered = |day: &str| {
        let traces = [
            trace(TraceKind::Accepted, "10 10:00:00"),
            trace(TraceKind::Delivered, day),
            trace(TraceKind::Decided, "12 10:00:00"),
        ];
        data_fault::sound(&traces, &[], &now).len()
    };
    assert_eq!(["11 10:00:00", "12 10:00:00", "13 10:00:00"].map(delivered), [2, 3, 3]);
}

/// The due day of a step is over at midnight: the case is looked at then, and not again for it.
#[test]
fn a_case_is_looked_at_when_the_due_day_of_a_step_is_over() {
    let mut case = case(vec![trace(TraceKind::Accepted, "10 10:00:00")]);
    let due = (format!("{}审查", crate::domain::record::planned::STEP_DUE), at("2011-10-12"));
    case.file.header.as_mut().unwrap().dates.push(due);
    let over = Some(october("13 00:00:00").at());
    let moments = ["12 23:59:59", "13 00:00:00", "13 00:00:01"];
    assert_eq!(moments.map(|moment| case.judged(&now(moment)).next_change_at == over), [true, false, false]);
    assert_eq!(moments.map(|moment| case.finds("step-due", moment)), [false, true, true]);
}
