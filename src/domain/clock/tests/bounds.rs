//! A pause has an end. Accepted 2011-09-26, twenty working days end on 10-27.

use super::*;
use crate::domain::clock::{Doubt, Excess};
use crate::domain::count::PauseEnds;

fn now(text: &str) -> Now {
    Now { instant: at(text).at(), replay: false }
}

/// 《行政许可法》 Art. 45: a pause that goes on stops the clock, and heals nothing: what was late before it stays late. The
/// setting gives it fifteen working days, from 10-20 until 11-10; from then on the stricter day counts on, here without
/// sixteen working days, and the notice goes by it. No card comes of it: what the office must answer for is the pause.
#[test]
fn a_pause_that_goes_on_is_doubtful_beyond_its_bound() {
    let paused = [(Accepted, "2011-09-26 10:00:00"), (Paused, "2011-10-20 10:00:00")];
    for (when, doubt, card) in [
        ("2011-11-10 23:59:59", None, None),
        ("2011-11-11 00:00:00", Some("2011-11-18"), None),
        ("2011-11-16 08:59:59", Some("2011-11-18"), None),
        ("2011-11-16 09:00:00", Some("2011-11-18"), Some(Card::Notice)),
        ("2012-11-16 09:00:00", Some("2011-11-18"), Some(Card::Notice)),
    ] {
        clock(HUNAN, "20wd", &paused, when, |reading| {
            let earliest = reading.doubt.as_ref().map(|it| it.earliest.at.to_string());
            assert_eq!(
                (earliest.as_deref(), reading.card, reading.state),
                (doubt, card, State::Paused),
                "{when}"
            );
        });
    }
    clock(HUNAN, "20wd", &paused, "2011-10-21 09:00:00", |reading| {
        assert_eq!(reading.next_change_at, Some(at("2011-11-11 00:00:00").at()));
    });
    let late = [(Accepted, "2011-09-26 10:00:00"), (Paused, "2011-11-01 10:00:00")];
    clock(HUNAN, "20wd", &late, "2011-12-30 09:00:00", |reading| {
        assert_eq!((reading.state, reading.card), (State::Overdue, Some(Card::Yellow)));
    });
}

/// The record's own length goes before the clause's, and that before the setting.
#[test]
fn granted_length_goes_before_clause_and_setting() {
    for (granted, cap, setting, doubtful) in [
        (Some(5), Some("3wd"), "15wd", "2011-10-18"),
        (None, Some("30wd"), "15wd", "2011-11-22"),
        (None, None, "15wd", "2011-11-01"),
        (None, None, "10d", "2011-10-21"),
    ] {
        let (mut policy, item) = (policy(HUNAN), item("60wd"));
        policy.pause_limit = setting.parse().unwrap();
        // A cap of the clause cuts the pause as well: here only its part as a bound is looked at.
        policy.clocks[0].pauses =
            Some(PauseRule { cap: cap.map(|cap| cap.parse().unwrap()), ..PauseRule::default() });
        let begun = Trace { amount: granted.map(Amount::Bare), ..trace(Paused, "2011-10-10") };
        let traces = [trace(Accepted, "2011-09-26"), begun];
        let case = |when: Moment| {
            let readings =
                read(&policy, &item, &Header::default(), &traces, &Now { instant: when.at(), replay: false });
            (!readings[0].excess.is_empty(), readings[0].doubt.as_ref().map(|it| it.reasons.clone()))
        };
        let first = at(&format!("{doubtful} 00:00:00"));
        let before = Moment::instant(first.at() - chrono::TimeDelta::seconds(1));
        if cap.is_none() {
            assert_eq!(case(before), (false, None), "{granted:?} {setting}");
            assert_eq!(
                case(first).1,
                Some(vec![Doubt::End { from: at("2011-10-10") }]),
                "{granted:?} {setting}"
            );
        } else {
            assert!(case(first).0, "{granted:?} {cap:?}");
        }
    }
}

/// The last day that a clause leaves out, where more was paused.
fn last_of(excess: &[Excess]) -> Option<String> {
    excess.first().map(|it| match it {
        Excess::Clause { last, .. } => last.to_string(),
        other => panic!("{other:?}"),
    })
}

/// Due day with special procedures that ended, where the clause leaves out fifteen working days.
fn capped(pauses: &[(&str, &str)], ends: PauseEnds) -> (String, Option<String>) {
    let (mut policy, item) = (policy(HUNAN), item("20wd"));
    policy.clocks[0].pauses = Some(PauseRule { cap: Some("15wd".parse().unwrap()), ..PauseRule::default() });
    policy.clocks[0].counting.pause_ends = ends;
    let pair = |(from, to): &(&str, &str)| [trace(Paused, from), trace(Resumed, to)];
    let mut traces: Vec<Trace> = pauses.iter().flat_map(pair).collect();
    traces.push(trace(Accepted, "2011-09-26"));
    chronological(&mut traces);
    let reading = read(&policy, &item, &Header::default(), &traces, &now("2012-01-10 09:00:00")).remove(0);
    assert!(reading.doubt.is_none() && reading.paused_since.is_none());
    (reading.due.unwrap().at.to_string(), last_of(&reading.excess))
}

/// 《政府信息公开条例》 Arts. 32, 33: no more than fifteen working days are left out, by one procedure or by several, one
/// behind the other or side by side. From 10-10 on they are over with 10-28.
#[test]
fn no_more_is_left_out_than_the_clause_gives() {
    let last = Some("2011-10-30".to_owned());
    for (pauses, due, excess) in [
        (&[("2011-10-10", "2011-10-27")][..], "2011-11-16", None),
        (&[("2011-10-10", "2011-10-28")], "2011-11-17", None),
        (&[("2011-10-10", "2011-10-30")], "2011-11-17", None),
        (&[("2011-10-10", "2011-10-31")], "2011-11-17", last.clone()),
        (&[("2011-10-10", "2011-12-30")], "2011-11-17", last.clone()),
        // Cut in two it is the same; a day counted twice counts once.
        (&[("2011-10-10", "2011-10-21"), ("2011-10-22", "2011-11-04")], "2011-11-17", last.clone()),
        (&[("2011-10-10", "2011-10-28"), ("2011-10-12", "2011-10-25")], "2011-11-17", None),
        (
            &[("2011-10-10", "2011-10-28"), ("2011-11-07", "2011-11-08")],
            "2011-11-17",
            Some("2011-11-06".into()),
        ),
    ] {
        assert_eq!(capped(pauses, PauseEnds::Both), (due.into(), excess), "{pauses:?}");
    }
    // The setting of the end days holds for the bound too: fifteen days are left out, whichever they are.
    let whole = &[("2011-10-10", "2011-12-30")];
    assert_eq!(capped(whole, PauseEnds::First), ("2011-11-17".into(), Some("2011-10-30".into())));
    assert_eq!(capped(whole, PauseEnds::Last), ("2011-11-17".into(), Some("2011-10-31".into())));
}

/// One that goes on stops the clock until the bound is reached, and then it runs again, for sure.
#[test]
fn a_pause_that_goes_on_runs_again_when_the_bound_is_reached() {
    let (mut policy, item) = (policy(HUNAN), item("20wd"));
    policy.clocks[0].pauses = Some(PauseRule { cap: Some("15wd".parse().unwrap()), ..PauseRule::default() });
    let traces = [trace(Accepted, "2011-09-26"), trace(Paused, "2011-10-10")];
    let mut instant = at("2011-10-12 09:00:00").at();
    let mut seen = Vec::new();
    for _ in 0..12 {
        let now = Now { instant, replay: false };
        let reading = read(&policy, &item, &Header::default(), &traces, &now).remove(0);
        seen.push((instant.to_string(), reading.state, reading.card));
        assert!(reading.doubt.is_none(), "{instant}");
        let Some(next) = reading.next_change_at else { break };
        instant = next;
    }
    // Woken by its own next moments alone: 10-29 and 10-30 are days off.
    let at = |day: &str, state, card| (format!("2011-{day} +08:00"), state, card);
    assert_eq!(
        seen,
        [
            at("10-12 09:00:00", State::Paused, None),
            at("10-31 00:00:00", State::Running, None),
            at("11-15 09:00:00", State::Running, Some(Card::Notice)),
            at("11-18 00:00:00", State::Overdue, Some(Card::Yellow)),
        ]
    );
}

/// 《行政许可法》第四十五条: a procedure that ends only after the decision was no more over at the decision than one without an end.
/// Accepted 2011-09-26, due 10-27; paused from 10-20, decided on 11-15.
#[test]
fn an_end_after_the_decision_is_as_doubtful_as_none() {
    let (policy, item) = (policy(HUNAN), item("20wd"));
    let from = at("2011-10-20");
    for (end, reasons) in [
        (Some("2011-11-14"), None),
        (Some("2011-11-15"), None),
        (Some("2011-11-16"), Some(vec![Doubt::EndAfter { from }])),
        (None, Some(vec![Doubt::End { from }])),
    ] {
        let mut traces = vec![trace(Accepted, "2011-09-26"), trace(Paused, "2011-10-20")];
        traces.push(trace(Decided, "2011-11-15"));
        traces.extend(end.map(|end| trace(Resumed, end)));
        chronological(&mut traces);
        let reading = &read(&policy, &item, &Header::default(), &traces, &now("2011-12-30 09:00:00"))[0];
        let earliest = reading.doubt.as_ref().map(|it| it.earliest.at.to_string());
        assert_eq!(earliest, reasons.as_ref().map(|_| "2011-10-27".to_owned()), "{end:?}");
        assert_eq!(
            (reading.state, reading.doubt.as_ref().map(|it| it.reasons.clone())),
            (State::Met, reasons)
        );
    }
}

/// A line that would begin with the clock itself, or before, gives nothing: whoever was just given a case is warned of nothing. Due on
/// Wednesday 12 October 2011, two working days before begin on Monday at nine.
#[test]
fn a_warning_that_begins_with_the_clock_is_none() {
    for (accepted, card) in [
        ("2011-10-10 08:59:59", Some(Card::Notice)),
        ("2011-10-10 09:00:00", None),
        ("2011-10-10 09:00:01", None),
    ] {
        let case = [(Accepted, accepted)];
        clock(HUNAN, "2wd", &case, "2011-10-11 10:00:00", |reading| {
            assert_eq!(reading.card, card, "{accepted}")
        });
    }
}

/// A card that begins with a day is given to what ended on that day, be its hour known or not; what ended on the day before was in time.
/// Due on Thursday 27 October.
#[test]
fn a_bare_day_is_late_from_the_day_on_which_a_card_begins() {
    for (decided, card) in [
        ("2011-10-27", None),
        ("2011-10-28", Some(Card::Yellow)),
        ("2011-10-28 00:00:00", Some(Card::Yellow)),
        ("2011-10-29", Some(Card::Yellow)),
    ] {
        let case = [(Accepted, "2011-09-26 10:00:00"), (Decided, decided)];
        clock(HUNAN, "20wd", &case, "2011-11-30 10:00:00", |reading| {
            assert_eq!(reading.card, card, "{decided}")
        });
    }
}
