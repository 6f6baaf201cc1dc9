//! A correction begins a clock anew once, where all that is missing is to be said at one time (《政府信息公开条例》第三十条, 《行政复议法》
//! 第三十一条). Received 2019-06-03, twenty working days end on 07-02; corrected on 06-17, on 07-15.

use super::*;
use crate::domain::clock::Doubt;
use TraceKind::{Applied, Closed, NotAccepted, SupplementReceived, SupplementRequested};

fn marks(texts: &[&str]) -> Trigger {
    Trigger::Marks(texts.iter().map(|text| text.parse().unwrap()).collect())
}

/// State, due day, and when a correction begins nothing anew.
fn counted(correction: Correction, stops: &[&str], rows: &[(TraceKind, &str)], now: &str) -> [String; 3] {
    let mut policy = policy(HUNAN);
    let rule = &mut policy.clocks[0];
    (rule.starts, rule.stops, rule.correction) = (marks(&["applied"]), marks(stops), correction);
    let mut traces = vec![trace(Applied, "2019-06-03")];
    traces.extend(rows.iter().map(|(kind, at)| trace(*kind, at)));
    chronological(&mut traces);
    let now = Now { instant: at(now).at(), replay: false };
    let item = item("20wd");
    let reading = read(&policy, &item, &Header::default(), &traces, &now).remove(0);
    let vain = reading.vain_correction.map_or("-".to_owned(), |vain| vain.to_string());
    [reading.state.word().to_owned(), reading.due.unwrap().at.to_string(), vain]
}

const FIRST: [(TraceKind, &str); 2] =
    [(SupplementRequested, "2019-06-10"), (SupplementReceived, "2019-06-17")];

#[test]
fn the_first_correction_alone_begins_a_clock_anew() {
    let once = |rows: &[(TraceKind, &str)], now| counted(Correction::RestartOnce, &["decided"], rows, now);
    let with = |more: &[(TraceKind, &'static str)]| [&FIRST[..], more].concat();
    for (now, state) in [("2019-07-15 23:59:59", "running"), ("2019-07-16 00:00:00", "overdue")] {
        assert_eq!(once(&FIRST, now), [state, "2019-07-15", "-"]);
        // Asked for once more: neither waited for nor begun anew, whatever came of it.
        let asked = with(&[(SupplementRequested, "2019-06-20")]);
        assert_eq!(once(&asked, now), [state, "2019-07-15", "2019-06-20"]);
        let brought = with(&[(SupplementRequested, "2019-06-20"), (SupplementReceived, "2019-07-08")]);
        assert_eq!(once(&brought, now), [state, "2019-07-15", "2019-06-20"]);
        // Brought in two parts, it begins with the first.
        let parts = with(&[(SupplementReceived, "2019-06-24")]);
        assert_eq!(once(&parts, now), [state, "2019-07-15", "2019-06-24"]);
    }
    // What is asked for after the answer has nothing to begin.
    let after = with(&[(Decided, "2019-06-19"), (SupplementRequested, "2019-06-20")]);
    assert_eq!(once(&after, "2019-09-02 09:00:00"), ["met", "2019-07-15", "-"]);
    // The clock that begins with the last correction does so each time: 07-08 and twenty working days.
    let each = with(&[(SupplementRequested, "2019-06-20"), (SupplementReceived, "2019-07-08")]);
    assert_eq!(
        counted(Correction::Restart, &["decided"], &each, "2019-07-16 00:00:00"),
        ["running", "2019-08-05", "-"]
    );
}

/// The first request is what an examination may end with; the second is none.
#[test]
fn a_second_request_ends_no_examination() {
    let stops = ["supplement_requested", "decided", "closed"];
    let rows = |more: &[(TraceKind, &'static str)]| [&FIRST[..], more].concat();
    let once = |rows: &[(TraceKind, &str)]| {
        counted(Correction::RestartOnce, &stops, rows, "2019-07-16 00:00:00")[0].clone()
    };
    assert_eq!(once(&FIRST[..1]), "met");
    assert_eq!(once(&rows(&[(SupplementRequested, "2019-06-20")])), "overdue");
    assert_eq!(once(&rows(&[(SupplementRequested, "2019-06-20"), (Closed, "2019-07-15")])), "met");
    assert_eq!(once(&rows(&[(SupplementRequested, "2019-06-20"), (Closed, "2019-07-16")])), "met_late");
}

/// D4: what runs from an acceptance knows no correction: what is missing is to be said before it.
#[test]
fn a_correction_after_the_acceptance_does_nothing() {
    let mut policy = policy(HUNAN);
    let rule = &mut policy.clocks[0];
    (rule.starts, rule.correction) = (marks(&["accepted", "applied"]), Correction::RestartOnce);
    rule.by_law.rule = Some("BD1".into());
    let item = item("20wd");
    let now = Now { instant: at("2019-07-16 09:00:00").at(), replay: false };
    let due = |rows: &[(TraceKind, &str)]| {
        let mut traces: Vec<Trace> = rows.iter().map(|(kind, at)| trace(*kind, at)).collect();
        chronological(&mut traces);
        read(&policy, &item, &Header::default(), &traces, &now)[0].due.unwrap().at.to_string()
    };
    assert_eq!(due(&[&[(Applied, "2019-06-03")], &FIRST[..]].concat()), "2019-07-15");
    assert_eq!(due(&[&[(Accepted, "2019-06-03")], &FIRST[..]].concat()), "2019-07-02");
    assert_eq!(
        due(&[&[(Applied, "2019-06-03"), (Accepted, "2019-06-18")], &FIRST[..]].concat()),
        "2019-07-16"
    );
}

/// What was accepted, or counts as such, and then is not accepted after all, is over on that day.
#[test]
fn not_accepted_after_all_ends_what_runs_from_an_acceptance() {
    for (day, state) in [("2011-10-27", State::Met), ("2011-10-28", State::MetLate)] {
        let rows = [(Accepted, "2011-09-26"), (NotAccepted, day)];
        clock(HUNAN, "20wd", &rows, "2011-12-01 09:00:00", |reading| {
            assert_eq!((reading.state, reading.stopped), (state, Some((at(day), NotAccepted))));
        });
    }
    // Whatever came first counts.
    let rows = [(Accepted, "2011-09-26"), (Decided, "2011-10-20"), (NotAccepted, "2011-10-28")];
    clock(HUNAN, "20wd", &rows, "2011-12-01 09:00:00", |reading| assert_eq!(reading.state, State::Met));
}

/// What was asked for in time and never brought is the applicant's time until the end: to close the matter then is not late. A
/// decision shows that nothing was waited for, so that its day is doubtful: read strictly it counts from receipt.
#[test]
fn what_is_never_brought_makes_no_end_late() {
    let mut policy = policy(HUNAN);
    let rule = &mut policy.clocks[0];
    (rule.starts, rule.correction) = (marks(&["applied"]), Correction::RestartOnce);
    rule.stops = Trigger::Earliest(vec![Mark::Kind(Decided), Mark::Kind(Closed), Mark::Kind(NotAccepted)]);
    let item = item("20wd");
    let now = Now { instant: at("2019-12-02 09:00:00").at(), replay: false };
    let read = |asked: &str, kind, end: &str| {
        let traces = [trace(Applied, "2019-06-03"), trace(SupplementRequested, asked), trace(kind, end)];
        let reading = super::read(&policy, &item, &Header::default(), &traces, &now).remove(0);
        (reading.state, reading.doubt.map(|it| (it.earliest.at.to_string(), it.reasons)))
    };
    for kind in [Closed, NotAccepted] {
        assert_eq!(read("2019-06-10", kind, "2019-09-02"), (State::Met, None), "{kind}");
    }
    let unreceived = vec![Doubt::Unreceived { from: at("2019-06-10") }];
    assert_eq!(
        read("2019-06-10", Decided, "2019-09-02"),
        (State::Met, Some(("2019-07-02".into(), unreceived)))
    );
    // Asked for on the last day it waits; on the day after it is too late, whatever ends it.
    assert_eq!(read("2019-07-02", Closed, "2019-09-02").0, State::Met);
    assert_eq!(read("2019-07-03", Closed, "2019-09-02"), (State::MetLate, None));
}
