//! Clocks that run on a part of a case, begin anew, or are counted back.

use super::*;
use crate::domain::clock::Part;
use crate::domain::registry::Stage;
use crate::domain::text::Language;
use TraceKind::{Applied, Step, SupplementReceived, SupplementRequested};

fn marks(texts: &[&str]) -> Trigger {
    Trigger::Marks(texts.iter().map(|text| text.parse().unwrap()).collect())
}

fn with(change: impl FnOnce(&mut ClockRule)) -> Policy {
    let mut policy = policy(HUNAN);
    change(&mut policy.clocks[0]);
    policy
}

fn now(text: &str) -> Now {
    Now { instant: at(text).at(), replay: false }
}

fn twenty() -> &'static Item {
    static ITEM: std::sync::LazyLock<Item> = std::sync::LazyLock::new(|| item("20wd"));
    &ITEM
}

fn step(stage: &str, when: &str) -> Trace {
    Trace { stage: Some(stage.into()), ..trace(Step, when) }
}

/// 《优化营商环境条例》 Art. 36: each special procedure within a limit of its own; its clock begins anew each time.
/// Granted five working days from 2011-10-10: due 10-17. The second goes on.
#[test]
fn every_special_procedure_has_a_clock_of_its_own() {
    let policy = with(|rule| {
        (rule.starts, rule.stops) = (marks(&["paused"]), marks(&["resumed"]));
        (rule.limit, rule.repeats, rule.pauses) = (LimitSource::Granted, true, None);
    });
    let paused = |when| Trace { amount: Some(Amount::Bare(5)), ..trace(Paused, when) };
    let traces = [
        trace(Accepted, "2011-09-26"),
        paused("2011-10-10"),
        trace(Resumed, "2011-10-17"),
        paused("2011-10-18"),
    ];
    for (when, second) in [("2011-10-25 23:59:59", State::Running), ("2011-10-26 00:00:00", State::Overdue)] {
        let readings = read(&policy, twenty(), &Header::default(), &traces, &now(when));
        let found: Vec<_> = readings.iter().map(|it| (it.key(), it.state)).collect();
        assert_eq!(found, [("promise".to_owned(), State::Met), ("promise#2".to_owned(), second)]);
        assert_eq!(readings[1].name().words(Language::Chinese), "承诺时限（第 2 次）");
    }
    // The end of the case ends a procedure that nobody ended.
    let decided = [&traces[..], &[trace(Decided, "2011-10-20")]].concat();
    let readings = read(&policy, twenty(), &Header::default(), &decided, &now("2011-11-20 09:00:00"));
    assert_eq!(readings[1].state, State::Met);
    // Without a length it has the one of the setting: fifteen working days, until 10-31.
    let bare = [trace(Accepted, "2011-09-26"), trace(Paused, "2011-10-10")];
    for (when, state) in [("2011-10-31 23:59:59", State::Running), ("2011-11-01 00:00:00", State::Overdue)] {
        let readings = read(&policy, twenty(), &Header::default(), &bare, &now(when));
        assert_eq!((readings[0].state, readings[0].due.unwrap().at), (state, at("2011-10-31")), "{when}");
    }
    // What begins after the end of the case holds nothing up.
    let after = [&decided[..1], &[trace(Decided, "2011-10-08"), paused("2011-10-10")]].concat();
    assert!(read(&policy, twenty(), &Header::default(), &after, &now("2011-12-20 09:00:00")).is_empty());
}

/// Two side by side: each is stopped by its own end, whichever comes first.
#[test]
fn a_procedure_is_stopped_by_its_own_end() {
    let policy = with(|rule| {
        (rule.starts, rule.stops) = (marks(&["paused"]), marks(&["resumed"]));
        (rule.limit, rule.repeats, rule.pauses) = (LimitSource::Granted, true, None);
    });
    let of = |kind, when, stage: &str| Trace { stage: Some(stage.into()), ..trace(kind, when) };
    let traces = [
        trace(Accepted, "2011-09-26"),
        of(Paused, "2011-10-10", "检测"),
        of(Paused, "2011-10-11", "专家评审"),
        of(Resumed, "2011-10-14", "专家评审"),
        of(Resumed, "2011-11-04", "检测"),
    ];
    let readings = read(&policy, twenty(), &Header::default(), &traces, &now("2011-11-10 09:00:00"));
    let found: Vec<_> = readings.iter().map(|it| (it.key(), it.state, it.stopped.unwrap().0)).collect();
    assert_eq!(
        found,
        [
            ("promise".to_owned(), State::MetLate, at("2011-11-04")),
            ("promise#2".to_owned(), State::Met, at("2011-10-14"))
        ]
    );
}

/// domain.md P7: a stage over its time though the whole is not. Each begins when the one before has left its trace.
#[test]
fn each_stage_is_held_to_its_own_limit() {
    let policy = with(|rule| rule.limit = LimitSource::Stage);
    let mut item = item("20wd");
    let stage = |name: &str, limit: Option<&str>| Stage {
        names: vec![name.to_owned().into()],
        limit: limit.map(|limit| limit.parse().unwrap()),
        optional: false,
    };
    item.stages = vec![stage("受理", None), stage("审查", Some("3wd")), stage("决定", Some("2wd"))];
    let traces = [trace(Accepted, "2011-10-10"), step("审查", "2011-10-14"), trace(Decided, "2011-10-18")];
    let found = |traces: &[Trace], when: &str| -> Vec<(String, State, String)> {
        let readings = read(&policy, &item, &Header::default(), traces, &now(when));
        readings.iter().map(|it| (it.key(), it.state, it.due.unwrap().at.to_string())).collect()
    };
    let late = ("promise#审查".to_owned(), State::MetLate, "2011-10-13".to_owned());
    let met = ("promise#决定".to_owned(), State::Met, "2011-10-18".to_owned());
    assert_eq!(found(&traces, "2011-11-01 09:00:00"), [late, met]);
    let running = ("promise#审查".to_owned(), State::Running, "2011-10-13".to_owned());
    assert_eq!(found(&traces[..1], "2011-10-13 23:59:59"), [running], "the next has not begun");
    let readings = read(&policy, &item, &Header::default(), &traces, &now("2011-11-01 09:00:00"));
    assert_eq!(readings[0].part, Part::Stage("审查"));
    assert_eq!(readings[0].name().words(Language::Chinese), "承诺时限（审查）");
}

/// 《行政许可法》 Art. 48: seven working days before the hearing on Thursday 2011-10-20 is Tuesday 10-11.
#[test]
fn a_notice_is_due_so_long_before_its_hearing() {
    let policy = with(|rule| {
        (rule.starts, rule.stops) = (marks(&["date:hearing", "step:听证"]), marks(&["step:听证通知"]));
        rule.limit = "7wd".parse().unwrap();
        rule.direction = Direction::Back;
    });
    let header = Header { dates: vec![("hearing".into(), at("2011-10-20"))], ..Header::default() };
    let state = |header: &Header, traces: &[Trace], when: &str| {
        let readings = read(&policy, twenty(), header, traces, &now(when));
        let reading = &readings[0];
        (reading.state, reading.card, reading.due.map(|due| due.at.to_string()))
    };
    let due = Some("2011-10-11".to_owned());
    let accepted = trace(Accepted, "2011-09-26");
    for (when, expected, card) in [
        ("2011-10-09 08:59:59", State::Running, None),
        ("2011-10-09 09:00:00", State::Running, Some(Card::Notice)),
        ("2011-10-11 23:59:59", State::Running, Some(Card::Notice)),
        ("2011-10-12 00:00:00", State::Overdue, Some(Card::Yellow)),
        ("2011-10-21 09:00:00", State::MetLate, Some(Card::Yellow)),
    ] {
        let found = state(&header, std::slice::from_ref(&accepted), when);
        assert_eq!(found, (expected, card, due.clone()), "{when}");
    }
    for (notice, expected) in [("2011-10-11", State::Met), ("2011-10-12", State::MetLate)] {
        let traces = [accepted.clone(), step("听证通知", notice)];
        assert_eq!(state(&header, &traces, "2011-10-30 09:00:00").0, expected, "{notice}");
        // The trace of the hearing itself will do where no date is on record.
        let traces = [accepted.clone(), step("听证通知", notice), step("听证", "2011-10-20")];
        assert_eq!(state(&Header::default(), &traces, "2011-10-30 09:00:00").0, expected, "{notice}");
    }
    let nothing = state(&Header::default(), std::slice::from_ref(&accepted), "2011-10-30 09:00:00");
    assert_eq!(nothing, (State::NotStarted, None, None));
}

/// D4: a correction begins the clock anew (《政府信息公开条例》 Art. 30), or stops it meanwhile (复议实施条例 Art. 29), or does
/// nothing (《行政许可法》). Asked for 2019-06-10, received 06-17; twenty working days from 06-03, 06-17, or 06-03 without six.
#[test]
fn a_correction_restarts_pauses_or_does_nothing() {
    let traces = [
        trace(Applied, "2019-06-03"),
        trace(SupplementRequested, "2019-06-10"),
        trace(SupplementReceived, "2019-06-17"),
    ];
    for (correction, due) in [
        (Correction::Nothing, "2019-07-02"),
        (Correction::Pause, "2019-07-10"),
        (Correction::Restart, "2019-07-15"),
    ] {
        let policy = with(|rule| (rule.starts, rule.correction) = (marks(&["applied"]), correction));
        let reading = |traces: &[Trace]| {
            let readings = read(&policy, twenty(), &Header::default(), traces, &now("2019-06-20 09:00:00"));
            (readings[0].due.unwrap().at.to_string(), readings[0].state)
        };
        assert_eq!(reading(&traces), (due.to_owned(), State::Running), "{correction:?}");
        let waits = if correction == Correction::Nothing { State::Running } else { State::Paused };
        assert_eq!(reading(&traces[..2]).1, waits, "{correction:?}");
    }
}

/// 《行政复议法》 of 2023, Art. 31: after the correction the five days of the examination begin anew. Received 2024-03-01,
/// asked 03-05, corrected 03-11: due 03-18.
#[test]
fn an_examination_begins_anew_after_the_correction() {
    let policy = with(|rule| {
        (rule.starts, rule.correction) = (marks(&["applied"]), Correction::Restart);
        rule.stops = marks(&["accepted", "not_accepted", "supplement_requested"]);
        rule.limit = "5wd".parse().unwrap();
    });
    let traces = [
        trace(Applied, "2024-03-01"),
        trace(SupplementRequested, "2024-03-05"),
        trace(SupplementReceived, "2024-03-11"),
        trace(Accepted, "2024-03-19"),
    ];
    let read = |traces: &[Trace]| {
        let readings = read(&policy, twenty(), &Header::default(), traces, &now("2024-03-20 09:00:00"));
        (readings[0].state, readings[0].due.unwrap().at.to_string())
    };
    assert_eq!(read(&traces[..2]), (State::Met, "2024-03-08".into()), "asked in time");
    assert_eq!(read(&traces[..3]), (State::Overdue, "2024-03-18".into()));
    assert_eq!(read(&traces), (State::MetLate, "2024-03-18".into()));
}

/// 《政府信息公开条例》 Art. 30: a correction is asked for within the limit. Received 2019-06-03, due 07-02: what is asked for on
/// the day before and on the day begins the clock anew, what is asked for on the day after does not, and neither does a
/// second one that is asked for when the clock that was begun anew had passed.
#[test]
fn a_correction_asked_for_when_the_limit_had_passed_restarts_nothing() {
    let policy = with(|rule| (rule.starts, rule.correction) = (marks(&["applied"]), Correction::Restart));
    let read = |corrections: &[(&str, &str)]| {
        let mut traces = vec![trace(Applied, "2019-06-03")];
        for (asked, received) in corrections {
            traces.extend([trace(SupplementRequested, asked), trace(SupplementReceived, received)]);
        }
        let readings = read(&policy, twenty(), &Header::default(), &traces, &now("2019-09-20 09:00:00"));
        (readings[0].state, readings[0].due.unwrap().at.to_string())
    };
    assert_eq!(read(&[("2019-07-01", "2019-07-04")]), (State::Overdue, "2019-08-01".into()));
    assert_eq!(read(&[("2019-07-02", "2019-07-04")]), (State::Overdue, "2019-08-01".into()));
    assert_eq!(read(&[("2019-07-03", "2019-07-04")]), (State::Overdue, "2019-07-02".into()));
    let twice = [("2019-07-02", "2019-07-04"), ("2019-08-02", "2019-08-05")];
    assert_eq!(read(&twice), (State::Overdue, "2019-08-01".into()));
}

/// A clock that is over is not begun anew by what comes after: accepted in time, it stays met.
#[test]
fn a_correction_after_the_end_restarts_nothing() {
    let policy = with(|rule| {
        (rule.starts, rule.stops) = (marks(&["supplement_received"]), marks(&["accepted"]));
        (rule.correction, rule.limit) = (Correction::Restart, "5wd".parse().unwrap());
    });
    let traces = [
        trace(SupplementReceived, "2011-10-10"),
        trace(Accepted, "2011-10-11"),
        trace(SupplementRequested, "2011-10-13"),
        trace(SupplementReceived, "2011-10-14"),
    ];
    let readings = read(&policy, twenty(), &Header::default(), &traces, &now("2011-11-30 09:00:00"));
    assert_eq!((readings[0].state, readings[0].due.unwrap().at), (State::Met, at("2011-10-17")));
}

/// DESIGN 5, runs: a clock that is declared to begin anew does so when the case is accepted again after its end.
#[test]
fn a_clock_that_repeats_begins_anew_when_the_case_does() {
    let policy = with(|rule| rule.repeats = true);
    let traces = [trace(Accepted, "2011-09-01"), trace(Decided, "2011-09-08"), trace(Accepted, "2011-09-26")];
    let readings = read(&policy, twenty(), &Header::default(), &traces, &now("2011-09-27 09:00:00"));
    let read: Vec<_> = readings.iter().map(|reading| (reading.key(), reading.state)).collect();
    let id = &policy.clocks[0].id;
    assert_eq!(read, [(id.clone(), State::Met), (format!("{id}#2"), State::Running)]);
}

/// DESIGN 4: a limit may be a date the record itself carries, judged by civil day.
#[test]
fn a_date_of_the_record_is_judged_by_civil_day() {
    let mut policy = policy(HUNAN);
    policy.clocks[0].limit = LimitSource::Fixed(Limit::RecordDate("deadline".into()));
    let header = Header { dates: vec![("deadline".into(), at("2011-10-08 13:41:31"))], ..Header::default() };
    let now = Now { instant: at("2011-11-30 09:00:00").at(), replay: false };
    for (decided, state) in [("2011-10-08 23:59:59", State::Met), ("2011-10-09 00:00:00", State::MetLate)] {
        let traces = [trace(Accepted, "2011-09-26 10:00:00"), trace(Decided, decided)];
        assert_eq!(read(&policy, &item("5wd"), &header, &traces, &now)[0].state, state);
    }
    assert!(read(&policy, &item("5wd"), &Header::default(), &[], &now).is_empty(), "no date, no clock");
}

/// Issue 13: where the hour counts a due cell that has one is met in its last second and not in the next; a bare day lasts through the day.
#[test]
fn a_date_of_the_record_may_be_a_moment() {
    let mut policy = policy(HUNAN);
    policy.clocks[0].limit = LimitSource::Fixed(Limit::RecordDate("deadline".into()));
    policy.clocks[0].to_the_hour = true;
    let now = Now { instant: at("2011-11-30 09:00:00").at(), replay: false };
    for (due, decided, state) in [
        ("2011-10-08 13:41:31", "2011-10-08 13:41:31", State::Met),
        ("2011-10-08 13:41:31", "2011-10-08 13:41:32", State::MetLate),
        ("2011-10-08", "2011-10-08 23:59:59", State::Met),
        ("2011-10-08", "2011-10-09 00:00:00", State::MetLate),
    ] {
        let header = Header { dates: vec![("deadline".into(), at(due))], ..Header::default() };
        let traces = [trace(Accepted, "2011-09-26 10:00:00"), trace(Decided, decided)];
        assert_eq!(read(&policy, &item("5wd"), &header, &traces, &now)[0].state, state, "{due} {decided}");
    }
}
