use chrono_tz::Asia::Shanghai;

use super::*;
use crate::domain::record::{Slot, TraceKind};

fn at(text: &str) -> Moment {
    let text = if text.len() > 10 { format!("{text}+08:00") } else { text.to_owned() };
    Moment::parse(&text, Shanghai).unwrap()
}

fn census(entries: &[(&str, &str)]) -> TimeCells {
    let mut census = Census::default();
    for (occurred, recorded) in entries {
        let trace = Trace { recorded: Some(at(recorded)), ..Trace::new(TraceKind::Accepted, at(occurred)) };
        let traces = vec![(Slot { read: 0, row: "".into(), part: 0 }, Some(trace))];
        let (row, case) = ("A".into(), "A".into());
        census.count(
            0,
            &Fact {
                row,
                case,
                header: None,
                traces,
                gone: false,
                in_doubt: None,
                place: crate::domain::record::spot::Place { file: None, line: 1 },
            },
        );
    }
    census.cells.remove(&(0, TimePlace::Recorded(0))).unwrap_or_default()
}

/// An entry cannot lie before what was entered: an hour is left to clocks that differ, and a bare date has its whole day.
#[test]
fn an_entry_an_hour_before_what_happened_is_impossible() {
    for (occurred, recorded, impossible) in [
        ("2011-10-10T10:00:00", "2011-10-10T09:00:01", false),
        ("2011-10-10T10:00:00", "2011-10-10T09:00:00", true),
        ("2011-10-10T10:00:00", "2011-10-10T11:00:00", false),
        ("2011-10-10", "2011-10-10T00:00:00", false),
        ("2011-10-10T10:00:00", "2011-10-10", false),
        ("2011-10-10T10:00:00", "2011-10-09", true),
        ("2011-10-10", "2011-10-11", false),
    ] {
        assert_eq!(is_before_it_happened(at(occurred), at(recorded)), impossible, "{occurred} {recorded}");
    }
}

/// Eight hours behind throughout is another zone, whatever time the typing took; one slip among prompt entries is not.
#[test]
fn what_lies_behind_throughout_is_of_another_zone() {
    let utc = census(&[
        ("2011-10-10T09:00:00", "2011-10-10T01:00:05"),
        ("2011-10-10T15:00:00", "2011-10-10T07:04:00"),
        ("2011-10-11T09:00:00", "2011-10-11T02:30:00"),
        // Typed the next morning.
        ("2011-10-11T16:00:00", "2011-10-12T01:00:00"),
    ]);
    assert_eq!((utc.before, utc.prompt, utc.lead_minutes()), (3, 0, Some(480)));
    assert!(is_of_another_zone(utc.before, utc.prompt));
    assert!(is_of_another_zone(10, 1));
    assert!(!is_of_another_zone(9, 1));
    assert!(!is_of_another_zone(0, 0));
    let slip = census(&[
        ("2011-10-10T09:00:00", "2011-10-10T09:00:05"),
        ("2011-10-11T09:00:00", "2010-10-11T09:00:05"),
    ]);
    assert_eq!((slip.before, slip.far_before, slip.prompt), (0, 1, 1));
}

/// A day that is written as midnight lies before nothing that happened on it.
#[test]
fn a_midnight_lies_before_nothing_of_its_day() {
    let days = census(&[("2011-10-10T14:00:00", "2011-10-10T00:00:00")]);
    assert_eq!((days.midnights, days.hours, days.before, days.far_before), (1, 0, 0, 0));
    let before = census(&[("2011-10-10T14:00:00", "2011-10-09T00:00:00")]);
    assert_eq!(before.far_before, 1);
}
