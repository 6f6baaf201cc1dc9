//! Clocks at their boundaries: the day before, the day, the day after; the second where hours count.

mod believed;
mod bounds;
mod corrections;
mod doubts;
mod extensions;
mod parts;

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use chrono_tz::Asia::Shanghai;

use super::{Reading, State, read};
use crate::domain::card::Card;
use crate::domain::count::Counting;
use crate::domain::limit::{Limit, LimitSource};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::ReviewAbove;
use crate::domain::policy::{
    ByLaw, CardLine, CardTable, ClockRule, ExtensionRule, Local, PauseRule, Policy, Reminding, Routing,
    Threshold, Trigger,
};
use crate::domain::record::{Amount, Header, Trace, TraceKind, chronological};
use crate::domain::registry::{CaseType, Channel, Item, Registry};
use crate::domain::statute::{Correction, Direction, Expiry, Mark};
use crate::domain::text::Language;
use crate::edge::config::calendar::embedded;

pub(in crate::domain) fn policy(lines: &[(Card, &str)]) -> Policy {
    let clock = ClockRule {
        id: "promise".into(),
        name_zh: "承诺时限".into(),
        name_en: "promise".into(),
        starts: Trigger::Marks(vec![Mark::Kind(TraceKind::Accepted)]),
        stops: Trigger::Marks(vec![Mark::Kind(TraceKind::Decided), Mark::Kind(TraceKind::Withdrawn)]),
        pauses: Some(PauseRule::default()),
        correction: Correction::Nothing,
        direction: Direction::Forward,
        repeats: false,
        extends: Some(ExtensionRule {
            by: "10wd".parse().unwrap(),
            times: 1,
            approver: None,
            clause_of: None,
        }),
        limit: LimitSource::Promised,
        date_by_notice: None,
        to_the_hour: false,
        basis: String::new(),
        case_types: vec![CaseType::Promised],
        categories: Vec::new(),
        kinds: Vec::new(),
        regions: Vec::new(),
        by_law: ByLaw::default(),
        valid_from: None,
        valid_to: None,
        on_expiry: Expiry::Overdue,
        counting: Counting::default(),
    };
    let line = |(card, when): &(Card, &str)| CardLine {
        card: *card,
        clock: "promise".into(),
        when: when.parse::<Threshold>().unwrap(),
        without: None,
    };
    Policy {
        office: String::new(),
        zone: Shanghai,
        calendar: embedded(),
        local: Local::default(),
        counting: Counting::default(),
        clocks: vec![clock].into(),
        pause_limit: "15wd".parse().unwrap(),
        pause_at_most: "60wd".parse().unwrap(),
        cards: CardTable { name: "test".into(), lines: lines.iter().map(line).collect() },
        rules: BTreeMap::new(),
        supervise_from: None,
        active_within_days: 90,
        routing: Routing::default(),
        digest_at: chrono::NaiveTime::MIN,
        language: Language::Chinese,
        answer_within: "5wd".parse().unwrap(),
        reminders: Reminding { remind_every: 2, raise_up_after: 1 },
        review_above: ReviewAbove::default(),
        sources: BTreeMap::new(),
        sources_were: BTreeMap::new(),
        registry: Registry::default(),
        version: String::new(),
    }
}

pub(in crate::domain) fn item(limit: &str) -> Item {
    Item {
        code: "I".into(),
        name: String::new(),
        unit: String::new(),
        category: String::new(),
        case_type: CaseType::Promised,
        promised: Some(limit.parse().unwrap()),
        statutory: None,
        basis: None,
        stages: vec![],
        fee: None,
        channel: Channel::System,
        exemption: None,
        valid_from: None,
        valid_until: None,
        season: None,
        earlier: vec![],
        as_met: vec![],
    }
}

fn at(text: &str) -> Moment {
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok();
    naive.map_or_else(|| Moment::parse(text, Shanghai).unwrap(), |naive| Moment::local(naive, Shanghai))
}

fn trace(kind: TraceKind, when: &str) -> Trace {
    Trace::new(kind, at(when))
}

/// Reads the clock of a case with `traces` as of `now` and gives it to `check`.
fn clock(
    lines: &[(Card, &str)],
    limit: &str,
    traces: &[(TraceKind, &str)],
    now: &str,
    check: impl FnOnce(&Reading<'_>),
) {
    let mut traces: Vec<Trace> = traces.iter().map(|(kind, when)| trace(*kind, when)).collect();
    chronological(&mut traces);
    let (policy, item) = (policy(lines), item(limit));
    let now = Now { instant: at(now).at(), replay: false };
    let readings = read(&policy, &item, &Header::default(), &traces, &now);
    check(&readings[0]);
}

use TraceKind::{Accepted, Decided, Extended, Paused, Resumed, Withdrawn};

const HUNAN: &[(Card, &str)] = &[(Card::Notice, "-2wd"), (Card::Yellow, "passed")];

/// DESIGN 4: the notice starts at the opening of the N-th working day before the due day, which is day 0.
#[test]
fn a_notice_begins_at_opening_two_working_days_before() {
    // Accepted Monday 2018-10-15 with seven working days: due Wednesday 10-24, so from Monday 10-22 on.
    let case = [(Accepted, "2018-10-15 10:00:00")];
    for (now, card) in [("2018-10-22 08:59:59", None), ("2018-10-22 09:00:00", Some(Card::Notice))] {
        clock(HUNAN, "7wd", &case, now, |reading| assert_eq!(reading.card, card, "{now}"));
    }
}

/// domain.md 2.2: one second over is over; the due day itself is in time to its end.
#[test]
fn the_last_second_is_in_time_and_the_next_is_not() {
    for (decided, state) in [("2011-10-27 23:59:59", State::Met), ("2011-10-28 00:00:00", State::MetLate)] {
        let case = [(Accepted, "2011-09-26 10:00:00"), (Decided, decided)];
        clock(HUNAN, "20wd", &case, "2011-11-30 09:00:00", |reading| assert_eq!(reading.state, state));
    }
    for (now, state) in [("2011-10-27 23:59:59", State::Running), ("2011-10-28 00:00:00", State::Overdue)] {
        clock(HUNAN, "20wd", &[(Accepted, "2011-09-26 10:00:00")], now, |reading| {
            assert_eq!(reading.state, state, "{now}");
        });
    }
}

/// DESIGN 12: bare dates: the civil day counts; nothing is late by an hour that nobody recorded.
#[test]
fn a_bare_date_is_not_late_by_an_hour() {
    let case = [(Accepted, "2011-10-10"), (Decided, "2011-10-10")];
    clock(HUNAN, "same-day", &case, "2011-10-11 09:00:00", |reading| assert_eq!(reading.state, State::Met));
    let case = [(Accepted, "2011-10-10"), (Decided, "2011-10-11")];
    clock(HUNAN, "same-day", &case, "2011-10-12 09:00:00", |reading| {
        assert_eq!(reading.state, State::MetLate)
    });
}

/// DESIGN 4: the next instant at which passing time alone can change a finding.
#[test]
fn the_next_change_is_the_next_boundary() {
    let case = [(Accepted, "2011-09-26 10:00:00")];
    for (now, next) in [
        ("2011-09-26 10:00:00", Some("2011-10-25 09:00:00")),
        ("2011-10-25 09:00:00", Some("2011-10-28 00:00:00")),
        ("2011-10-28 00:00:00", None),
    ] {
        clock(HUNAN, "20wd", &case, now, |reading| {
            assert_eq!(reading.next_change_at, next.map(|next| at(next).at()), "{now}");
        });
    }
}

/// Issue 11, point 1: what a clock has still to give is at stake when nobody would issue it: also while it stands still, not once
/// it is stopped, however late, and not once it has given its highest.
#[test]
fn a_card_is_to_come_until_it_is_given_or_the_clock_is_stopped() {
    let begun = (Accepted, "2011-09-26 10:00:00");
    let paused = (Paused, "2011-10-10 10:00:00");
    let (met, late) = ((Decided, "2011-10-27 10:00:00"), (Decided, "2011-10-28 10:00:00"));
    for (case, now, to_come) in [
        (vec![begun], "2011-10-27 23:59:59", Some(Card::Yellow)),
        (vec![begun], "2011-10-28 00:00:00", None),
        (vec![begun, paused], "2011-10-14 10:00:00", Some(Card::Yellow)),
        (vec![begun, met], "2011-10-27 11:00:00", None),
        (vec![begun, late], "2011-10-28 11:00:00", None),
    ] {
        clock(HUNAN, "20wd", &case, now, |reading| assert_eq!(reading.highest_to_come(), to_come, "{now}"));
    }
}

/// DESIGN 3: splitting a pause in two changes nothing, even where bare dates hide which came first.
#[test]
fn a_pause_in_two_pieces_is_one_pause() {
    let whole = [(Accepted, "2011-09-26"), (Paused, "2011-10-10"), (Resumed, "2011-10-21")];
    let split = [
        (Accepted, "2011-09-26"),
        (Paused, "2011-10-10"),
        (Resumed, "2011-10-14"),
        (Paused, "2011-10-14"),
        (Resumed, "2011-10-21"),
    ];
    let mut due = Vec::new();
    for case in [&whole[..], &split[..]] {
        clock(HUNAN, "20wd", case, "2011-10-24 09:00:00", |reading| {
            due.push(reading.due.unwrap().at.to_string())
        });
    }
    assert_eq!(due, ["2011-11-10", "2011-11-10"]);
}

/// 《行政许可法》 Art. 42: once.
#[test]
fn a_second_extension_does_not_count() {
    let twice = [
        (Accepted, "2011-09-26 10:00:00"),
        (Extended, "2011-10-20 10:00:00"),
        (Extended, "2011-10-21 10:00:00"),
    ];
    clock(HUNAN, "20wd", &twice, "2011-10-24 09:00:00", |reading| {
        assert_eq!((reading.extensions.len(), reading.disregarded.len()), (1, 1));
        assert_eq!(reading.due.unwrap().at, at("2011-11-10"));
    });
}

/// A matter withdrawn in time ends its clock without a verdict; withdrawn late it was late.
#[test]
fn a_withdrawal_ends_the_clock() {
    for (when, state) in [("2011-10-27 17:00:00", State::Void), ("2011-10-28 09:00:00", State::MetLate)] {
        let case = [(Accepted, "2011-09-26 10:00:00"), (Withdrawn, when)];
        clock(HUNAN, "20wd", &case, "2011-11-30 09:00:00", |reading| assert_eq!(reading.state, state));
    }
}

/// Family C of domain.md 2.1 (榆林): yellow from 90 % of the promise, red past it.
#[test]
fn a_share_of_the_limit_can_be_the_warning() {
    let table = [(Card::Yellow, "90%"), (Card::Red, "passed")];
    let case = [(Accepted, "2011-10-10 10:00:00")];
    // Ten working days: the ninth ends with Friday 10-21, the tenth is Monday 10-24.
    for (now, card) in [
        ("2011-10-21 23:59:59", None),
        ("2011-10-22 00:00:00", Some(Card::Yellow)),
        ("2011-10-24 23:59:59", Some(Card::Yellow)),
        ("2011-10-25 00:00:00", Some(Card::Red)),
    ] {
        clock(&table, "10wd", &case, now, |reading| assert_eq!(reading.card, card, "{now}"));
    }
}

/// A warning that would begin before the clock does is no warning.
#[test]
fn a_limit_of_a_day_gets_no_notice() {
    clock(HUNAN, "1wd", &[(Accepted, "2011-10-10 10:00:00")], "2011-10-11 10:00:00", |reading| {
        assert_eq!((reading.state, reading.card), (State::Running, None));
    });
}

/// DESIGN 3: past the last announced day a deadline is provisional and says so.
#[test]
fn a_deadline_beyond_the_calendar_is_provisional() {
    for (accepted, provisional) in [("2026-12-03 10:00:00", false), ("2026-12-04 10:00:00", true)] {
        clock(HUNAN, "20wd", &[(Accepted, accepted)], "2026-12-07 10:00:00", |reading| {
            assert_eq!(reading.due.unwrap().provisional, provisional, "{:?}", reading.due);
        });
    }
}
