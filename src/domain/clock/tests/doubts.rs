//! Facts that can be read in two ways: notices by the stricter, cards by the kinder.

use super::*;
use crate::domain::clock::Doubt;
use crate::domain::text::Sentence;

/// A policy whose pauses need one of two causes and a notice, and whose extension needs an approver.
fn strict() -> Policy {
    let mut policy = policy(HUNAN);
    let causes = vec!["听证".to_owned(), "检测".to_owned()];
    policy.clocks[0].pauses = Some(PauseRule { causes, notice_required: true, ..PauseRule::default() });
    let head = Sentence { zh: "本行政机关负责人".into(), en: "the head of the agency".into() };
    policy.clocks[0].extends =
        Some(ExtensionRule { by: "10wd".parse().unwrap(), times: 1, approver: Some(head), clause_of: None });
    policy
}

/// Earliest and latest due day of a case of twenty working days, and what is doubtful.
fn two_days(traces: Vec<Trace>, now: &str) -> (Option<String>, String, Vec<Doubt>) {
    let (policy, item) = (strict(), item("20wd"));
    let now = Now { instant: at(now).at(), replay: false };
    let readings = read(&policy, &item, &Header::default(), &traces, &now);
    let doubt = readings[0].doubt.clone();
    let earliest = doubt.as_ref().map(|it| it.earliest.at.to_string());
    (earliest, readings[0].due.unwrap().at.to_string(), doubt.map(|it| it.reasons).unwrap_or_default())
}

fn paused(stage: Option<&str>, note: Option<&str>) -> Vec<Trace> {
    let text = |text: Option<&str>| text.map(str::to_owned);
    vec![
        trace(Accepted, "2011-09-26"),
        Trace { stage: text(stage), note: text(note), ..trace(Paused, "2011-10-10") },
        trace(Resumed, "2011-10-21"),
    ]
}

const NOW: &str = "2011-10-24 09:00:00";

/// 《行政许可法》 Art. 45: the needed time is told in writing, and the list of causes is closed (D19). Accepted
/// 2011-09-26, twenty working days end on 10-27; with the pause from 10-10 to 10-21 on 11-10.
#[test]
fn a_pause_without_cause_or_notice_gives_two_days() {
    let from = at("2011-10-10");
    let shown = [(Some("检测"), Some("湘特告〔2011〕3号")), (None, Some("专项检测，告知书 12 号"))];
    for (stage, note) in shown {
        assert_eq!(
            two_days(paused(stage, note), NOW),
            (None, "2011-11-10".into(), vec![]),
            "{stage:?} {note:?}"
        );
    }
    let both = vec![Doubt::Cause { from, given: None }, Doubt::Notice { from }];
    let foreign = vec![Doubt::Cause { from, given: Some("公示".into()) }];
    for (stage, note, doubts) in [
        (None, None, both.clone()),
        (Some("/"), Some("无"), both),
        (Some("公示"), Some("告知书 5 号"), foreign),
        (Some("检测"), None, vec![Doubt::Notice { from }]),
        (None, Some("检测"), vec![Doubt::Notice { from }]),
    ] {
        let found = two_days(paused(stage, note), NOW);
        assert_eq!(found, (Some("2011-10-27".into()), "2011-11-10".into(), doubts), "{stage:?} {note:?}");
    }
}

/// Nobody ended the pause before the decision: leniently it lasted until then, strictly it does not count, or only for
/// as long as it was granted.
#[test]
fn a_pause_without_an_end_gives_two_days() {
    let case = |amount: Option<Amount>| {
        let shown = (Some("检测".to_owned()), Some("告知书 5 号".to_owned()));
        vec![
            trace(Accepted, "2011-09-26"),
            Trace { stage: shown.0, note: shown.1, amount, ..trace(Paused, "2011-10-10") },
            trace(Decided, "2011-11-04"),
        ]
    };
    let doubts = vec![Doubt::End { from: at("2011-10-10") }];
    assert_eq!(
        two_days(case(None), "2011-11-05 09:00:00"),
        (Some("2011-10-27".into()), "2011-11-24".into(), doubts.clone())
    );
    // Five working days from 10-10 on are over with 10-17: six working days left out.
    let granted = two_days(case(Some(Amount::Bare(5))), "2011-11-05 09:00:00");
    assert_eq!(granted, (Some("2011-11-04".into()), "2011-11-24".into(), doubts));
}

/// A pause that goes on is no doubt until it goes on longer than it was granted for.
#[test]
fn an_open_pause_is_doubtful_when_its_time_is_over() {
    let case = |now: &str| {
        let begun = Trace {
            stage: Some("检测".into()),
            note: Some("告知书 5 号".into()),
            amount: Some(Amount::Limit("5wd".parse().unwrap())),
            ..trace(Paused, "2011-10-10")
        };
        two_days(vec![trace(Accepted, "2011-09-26"), begun], now).2
    };
    assert_eq!(case("2011-10-17 23:00:00"), vec![]);
    assert_eq!(case("2011-10-18 00:00:00"), vec![Doubt::End { from: at("2011-10-10") }]);
    // Passing time alone makes it doubtful, so the case is to be looked at then.
    let (policy, item) = (strict(), item("20wd"));
    let begun = Trace { amount: Some(Amount::Bare(5)), ..trace(Paused, "2011-10-10") };
    let now = Now { instant: at("2011-10-12 09:00:00").at(), replay: false };
    let traces = [
        trace(Accepted, "2011-09-26"),
        Trace { stage: Some("检测".into()), note: Some("3 号".into()), ..begun },
    ];
    let reading = &read(&policy, &item, &Header::default(), &traces, &now)[0];
    assert_eq!(reading.next_change_at, Some(at("2011-10-18 00:00:00").at()));
}

/// 《行政许可法》 Art. 42: by leave of the head of the agency.
#[test]
fn an_extension_without_approver_gives_two_days() {
    let case = |by: Option<&str>, when: &str| {
        vec![trace(Accepted, "2011-09-26"), Trace { by: by.map(str::to_owned), ..trace(Extended, when) }]
    };
    assert_eq!(two_days(case(Some("李局长"), "2011-10-27"), NOW), (None, "2011-11-10".into(), vec![]));
    let when = at("2011-10-27");
    let found = two_days(case(Some("无"), "2011-10-27"), NOW);
    assert_eq!(found, (Some("2011-10-27".into()), "2011-11-10".into(), vec![Doubt::Approver { when }]));
}

/// Two office hours from a day without an hour: from its opening, or from its end.
#[test]
fn a_day_without_an_hour_gives_two_moments() {
    let (policy, item) = (strict(), item("2oh"));
    let now = Now { instant: at("2011-09-30 12:00:00").at(), replay: false };
    let readings = read(&policy, &item, &Header::default(), &[trace(Accepted, "2011-09-30")], &now);
    let doubt = readings[0].doubt.as_ref().unwrap();
    assert_eq!(doubt.reasons, [Doubt::Hour { day: at("2011-09-30") }]);
    assert_eq!(doubt.earliest.at, at("2011-09-30 11:00:00"));
    assert_eq!(readings[0].due.unwrap().at, at("2011-10-08 11:00:00"));
}

/// Notices go by the earliest moment, cards by the latest: due 2011-10-27 or 11-10, so the notice begins 10-25, nothing
/// happens on 10-28, and the card comes on 11-11.
#[test]
fn notices_go_by_the_earliest_and_cards_by_the_latest() {
    let (policy, item) = (strict(), item("20wd"));
    for (now, card) in [
        ("2011-10-25 08:59:59", None),
        ("2011-10-25 09:00:00", Some(Card::Notice)),
        ("2011-10-28 00:00:00", Some(Card::Notice)),
        ("2011-11-10 23:59:59", Some(Card::Notice)),
        ("2011-11-11 00:00:00", Some(Card::Yellow)),
    ] {
        let now = Now { instant: at(now).at(), replay: false };
        let traces = paused(None, None);
        assert_eq!(read(&policy, &item, &Header::default(), &traces, &now)[0].card, card, "{now:?}");
    }
}

/// Closed between the two days: no card, as the kinder reading holds.
#[test]
fn what_was_closed_between_the_two_days_is_in_time() {
    let (policy, item) = (strict(), item("20wd"));
    let now = Now { instant: at("2011-12-01 09:00:00").at(), replay: false };
    for (decided, state) in [("2011-11-10", State::Met), ("2011-11-11", State::MetLate)] {
        let mut traces = paused(None, None);
        traces.push(trace(Decided, decided));
        assert_eq!(read(&policy, &item, &Header::default(), &traces, &now)[0].state, state);
    }
}

fn shown(when: &str, amount: u32) -> Trace {
    Trace {
        stage: Some("检测".into()),
        note: Some("告知书 5 号".into()),
        amount: Some(Amount::Bare(amount)),
        ..trace(Paused, when)
    }
}

/// Granted until Friday 2011-10-21, it is doubtful from then on, and the weekend adds no working day to tell the two dates
/// apart. Woken by its own next moments alone, the case is seen to be doubtful on Monday.
#[test]
fn a_pause_that_runs_out_before_a_weekend_is_not_forgotten() {
    let (policy, item) = (strict(), item("20wd"));
    let traces = [trace(Accepted, "2011-09-26"), shown("2011-10-14", 5)];
    let mut instant = at("2011-10-17 09:00:00").at();
    for _ in 0..8 {
        let now = Now { instant, replay: false };
        let reading = read(&policy, &item, &Header::default(), &traces, &now).remove(0);
        if reading.doubt.is_some() {
            assert_eq!(instant, at("2011-10-24 00:00:00").at());
            return;
        }
        instant = reading.next_change_at.expect("the case must not be forgotten");
    }
    panic!("never seen to be doubtful");
}

/// A pause stamped some minutes ahead of our clock takes nothing away: what was late stays late.
#[test]
fn a_pause_ahead_of_our_clock_heals_nothing() {
    let (policy, item) = (strict(), item("2oh"));
    let now = Now { instant: at("2011-10-11 10:00:00").at(), replay: false };
    let mut ahead = shown("2011-10-11 10:05:00", 5);
    ahead.amount = None;
    let traces = [trace(Accepted, "2011-10-10 09:00:00"), ahead];
    let reading = &read(&policy, &item, &Header::default(), &traces, &now)[0];
    assert_eq!((reading.state, reading.card), (State::Overdue, Some(Card::Yellow)));
    assert_eq!(reading.due.unwrap().at, at("2011-10-10 11:00:00"));
}

/// What was granted is beyond doubt, also where the case was decided inside it.
#[test]
fn a_decision_inside_the_granted_time_leaves_no_doubt() {
    let traces = vec![trace(Accepted, "2011-09-26"), shown("2011-10-10", 15), trace(Decided, "2011-10-18")];
    assert_eq!(two_days(traces, "2011-10-19 09:00:00").0, None);
}

/// Granted after the day it was due if the pause does not count: then it does not count either.
#[test]
fn an_extension_between_the_two_dates_is_not_beyond_doubt() {
    let mut traces = paused(None, None);
    traces.push(Trace { by: Some("李局长".into()), ..trace(Extended, "2011-11-01") });
    let (earliest, latest, _) = two_days(traces, "2011-11-02 09:00:00");
    assert_eq!((earliest.as_deref(), latest.as_str()), (Some("2011-10-27"), "2011-11-24"));
}
