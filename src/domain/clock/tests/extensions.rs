//! An extension has a bound, in length, in number and in time. Accepted 2011-09-26, twenty working days end on 10-27, with
//! ten more on 11-10.

use super::*;
use crate::domain::clock::Disregarded;

/// Due day, and what was not counted, of a case of twenty working days whose clause gives ten more, once.
fn due(traces: &[Trace]) -> (String, Vec<Disregarded>) {
    let (policy, item) = (policy(HUNAN), item("20wd"));
    let now = Now { instant: at("2011-12-01 09:00:00").at(), replay: false };
    let traces = [&[trace(Accepted, "2011-09-26")], traces].concat();
    let reading = read(&policy, &item, &Header::default(), &traces, &now).remove(0);
    assert!(reading.doubt.is_none(), "{:?}", reading.doubt);
    (reading.due.unwrap().at.to_string(), reading.disregarded)
}

fn extended(when: &str, amount: Option<Amount>, asked: Option<&str>) -> Trace {
    Trace { amount, asked: asked.map(at), ..trace(Extended, when) }
}

/// statutes.md XK6: ten working days at most. What is granted beyond is ignored.
#[test]
fn an_extension_is_no_longer_than_the_clause_gives() {
    for (days, ends) in [(9, "2011-11-09"), (10, "2011-11-10"), (11, "2011-11-10"), (9999, "2011-11-10")] {
        for amount in [Amount::Bare(days), Amount::Limit(format!("{days}wd").parse().unwrap())] {
            let (due, vain) = due(&[extended("2011-10-20", Some(amount), None)]);
            let excess = Disregarded::Excess {
                when: at("2011-10-20"),
                granted: format!("{days}wd").parse().unwrap(),
                by: "10wd".parse().unwrap(),
            };
            assert_eq!((due.as_str(), vain), (ends, if days > 10 { vec![excess] } else { vec![] }), "{days}");
        }
    }
}

/// Years are months: two years are more than eighteen.
#[test]
fn a_bound_in_months_holds_for_years() {
    let mut policy = policy(HUNAN);
    policy.clocks[0].extends =
        Some(ExtensionRule { by: "18mo".parse().unwrap(), times: 1, approver: None, clause_of: None });
    let item = item("1y");
    let now = Now { instant: at("2011-12-01 09:00:00").at(), replay: false };
    for (granted, ends) in [("1y", "2013-09-26"), ("2y", "2014-03-26")] {
        let traces = [
            trace(Accepted, "2011-09-26"),
            extended("2011-10-20", Some(Amount::Limit(granted.parse().unwrap())), None),
        ];
        let reading = &read(&policy, &item, &Header::default(), &traces, &now)[0];
        assert_eq!(reading.due.unwrap().at.to_string(), ends, "{granted}");
        assert_eq!(reading.disregarded.len(), usize::from(granted == "2y"));
    }
}

/// statutes.md D7, P4: one granted after the limit had passed is void, unless it was asked for before. The last day is in
/// time, to its end.
#[test]
fn one_that_came_after_the_limit_is_void_unless_it_was_asked_for_before() {
    for (when, asked, counts) in [
        ("2011-10-26", None, true),
        ("2011-10-27", None, true),
        ("2011-10-27 23:59:59", None, true),
        ("2011-10-28", None, false),
        ("2011-10-28 00:00:00", None, false),
        ("2011-10-31", Some("2011-10-26"), true),
        ("2011-10-31", Some("2011-10-27"), true),
        ("2011-10-31", Some("2011-10-27 23:59:59"), true),
        ("2011-10-31", Some("2011-10-28"), false),
        ("2011-10-31", Some("2011-10-28 00:00:00"), false),
        // Asked for after it was granted: the granting itself was in time.
        ("2011-10-27", Some("2011-10-28"), true),
    ] {
        let (due, vain) = due(&[extended(when, None, asked)]);
        let (ends, void) =
            if counts { ("2011-11-10", vec![]) } else { ("2011-10-27", vec![Disregarded::Late(at(when))]) };
        assert_eq!((due.as_str(), vain), (ends, void), "{when} {asked:?}");
    }
}

/// A void one uses up nothing: the one that was asked for in time counts beside it. A second is one too many.
#[test]
fn a_void_extension_does_not_stand_in_the_way_of_another() {
    let late = extended("2011-10-28", None, None);
    let asked = extended("2011-10-31", None, Some("2011-10-20"));
    assert_eq!(
        due(&[late.clone(), asked.clone()]),
        ("2011-11-10".into(), vec![Disregarded::Late(at("2011-10-28"))])
    );
    let first = extended("2011-10-20", None, None);
    assert_eq!(due(&[first, asked]), ("2011-11-10".into(), vec![Disregarded::TooMany(at("2011-10-31"))]));
}

/// The day it was due by a pause that nothing shows is doubtful still; so is what was granted between the two days, unless
/// it was asked for before the first.
#[test]
fn asked_for_before_the_earlier_of_two_days_it_is_beyond_doubt() {
    let mut policy = policy(HUNAN);
    policy.clocks[0].pauses = Some(PauseRule { notice_required: true, ..PauseRule::default() });
    let item = item("20wd");
    let now = Now { instant: at("2011-11-02 09:00:00").at(), replay: false };
    for (asked, earliest) in
        [(None, "2011-10-27"), (Some("2011-10-28"), "2011-10-27"), (Some("2011-10-27"), "2011-11-10")]
    {
        let mut traces = vec![
            trace(Accepted, "2011-09-26"),
            trace(Paused, "2011-10-10"),
            trace(Resumed, "2011-10-21"),
            extended("2011-11-01", None, asked),
        ];
        chronological(&mut traces);
        let reading = &read(&policy, &item, &Header::default(), &traces, &now)[0];
        let doubt = reading.doubt.as_ref().unwrap();
        assert_eq!(doubt.earliest.at.to_string(), earliest, "{asked:?}");
        assert_eq!(reading.due.unwrap().at.to_string(), "2011-11-24");
    }
}

/// Granted when the matter was finished it adds nothing, though it was asked for before: decided on 10-31, four days late. Granted
/// on the day of the decision it counts.
#[test]
fn one_granted_after_the_decision_adds_nothing() {
    for (when, state, vain) in [
        ("2011-10-31", State::Met, vec![]),
        ("2011-11-01", State::MetLate, vec![Disregarded::After(at("2011-11-01"))]),
    ] {
        let (policy, item) = (policy(HUNAN), item("20wd"));
        let now = Now { instant: at("2011-12-01 09:00:00").at(), replay: false };
        let mut traces = vec![
            trace(Accepted, "2011-09-26"),
            trace(Decided, "2011-10-31"),
            extended(when, None, Some("2011-10-20")),
        ];
        chronological(&mut traces);
        let reading = &read(&policy, &item, &Header::default(), &traces, &now)[0];
        assert_eq!((reading.state, &reading.disregarded), (state, &vain), "{when}");
    }
}

/// Before the clock began there was nothing to extend. On the day on which it began there was.
#[test]
fn one_granted_before_the_clock_began_adds_nothing() {
    assert_eq!(
        due(&[extended("2011-09-25", None, None)]),
        ("2011-10-27".into(), vec![Disregarded::Early(at("2011-09-25"))])
    );
    assert_eq!(due(&[extended("2011-09-26", None, None)]), ("2011-11-10".into(), vec![]));
}

/// Due day, what was added and what was not, of a limit and a clause, for a length as the record gives it.
fn extended_by(limit: &str, by: &str, amount: Option<Amount>) -> (String, Vec<String>, Vec<Disregarded>) {
    let mut policy = policy(HUNAN);
    let by = by.parse().unwrap();
    policy.clocks[0].extends = Some(ExtensionRule { by, times: 1, approver: None, clause_of: None });
    let item = item(limit);
    let now = Now { instant: at("2011-12-01 09:00:00").at(), replay: false };
    let traces = [trace(Accepted, "2011-09-26"), extended("2011-10-20", amount, None)];
    let reading = read(&policy, &item, &Header::default(), &traces, &now).remove(0);
    let added = reading.extensions.iter().map(ToString::to_string).collect();
    (reading.due.unwrap().at.to_string(), added, reading.disregarded)
}

/// 《行政许可法》第四十二条: 延长十日, which are working days (第八十二条). Where the clause adds calendar days, 日 are such.
#[test]
fn days_are_working_days_where_the_clause_means_such() {
    for (days, ends) in
        [("9日", "2011-11-09"), ("10天", "2011-11-10"), ("10日", "2011-11-10"), ("11日", "2011-11-10")]
    {
        let (due, _, vain) = extended_by("20wd", "10wd", Some(Amount::Limit(days.parse().unwrap())));
        assert_eq!((due.as_str(), vain.len()), (ends, usize::from(days == "11日")), "{days}");
    }
    let (due, ..) = extended_by("20wd", "30d", Some(Amount::Limit("10日".parse().unwrap())));
    // Ten days after 2011-10-27 are 11-06, a Sunday: the next working day is the least that is no less.
    assert_eq!(due, "2011-11-07");
}

/// D7: working days on a limit in calendar days add no fewer days than they are, and no more than the clause gives. Sixty days end
/// on 2011-11-25, ninety on Sunday 12-25, which is Monday 12-26; 20 working days after 11-25 are 12-23, 21 are 12-26, 22 are 12-27.
#[test]
fn a_length_in_another_unit_is_counted_as_no_less_and_within_the_bound() {
    for (length, ends, excess) in
        [("20wd", "2011-12-23", false), ("21wd", "2011-12-26", false), ("22wd", "2011-12-26", true)]
    {
        let (due, _, vain) = extended_by("60d", "30d", Some(Amount::Limit(length.parse().unwrap())));
        let said = Disregarded::Excess {
            when: at("2011-10-20"),
            granted: length.parse().unwrap(),
            by: "30d".parse().unwrap(),
        };
        assert_eq!((due.as_str(), vain), (ends, if excess { vec![said] } else { vec![] }), "{length}");
    }
    // The clause itself may be in another unit than the limit: without a length on record, and as the bound.
    for amount in [None, Some(Amount::Bare(10)), Some(Amount::Limit("10wd".parse().unwrap()))] {
        let (due, added, vain) = extended_by("60d", "10wd", amount.clone());
        assert_eq!((due.as_str(), added, vain), ("2011-12-09", vec!["14d".to_owned()], vec![]), "{amount:?}");
    }
    for (length, vain) in [("14d", 0), ("15d", 1)] {
        let (due, _, found) = extended_by("60d", "10wd", Some(Amount::Limit(length.parse().unwrap())));
        assert_eq!((due.as_str(), found.len()), ("2011-12-09", vain), "{length}");
    }
}

/// What is left out of the limit is left out of a length in another unit too: ten working days from 2011-11-25 on, with a procedure
/// from 11-28 to 12-02 between, end on 12-16 and not on 12-09.
#[test]
fn a_procedure_in_the_time_that_was_added_shortens_nothing() {
    let (policy, item) = (policy(HUNAN), item("60d"));
    let now = Now { instant: at("2011-12-20 09:00:00").at(), replay: false };
    let traces = [
        trace(Accepted, "2011-09-26"),
        extended("2011-10-20", Some(Amount::Limit("10wd".parse().unwrap())), None),
        trace(Paused, "2011-11-28"),
        trace(Resumed, "2011-12-02"),
    ];
    let reading = read(&policy, &item, &Header::default(), &traces, &now).remove(0);
    assert_eq!(reading.due.unwrap().at.to_string(), "2011-12-16");
}

/// Nothing, and a day that is the day itself, are no lengths; on a limit of the same day nothing can be added up.
#[test]
fn what_is_no_length_adds_nothing() {
    let vain = vec![Disregarded::NoLength(at("2011-10-20"))];
    for amount in [Amount::Bare(0), Amount::Limit(Limit::SameDay)] {
        assert_eq!(extended_by("20wd", "10wd", Some(amount)), ("2011-10-27".into(), vec![], vain.clone()));
    }
    assert_eq!(extended_by("same-day", "10wd", None).2, vain);
}
