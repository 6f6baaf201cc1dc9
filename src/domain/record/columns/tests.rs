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

/// No two zones are further apart than twenty-six hours.
#[test]
fn what_lies_further_behind_than_any_zone_is_a_slip() {
    for (recorded, before, far_before) in
        [("2011-10-10T08:00:01", 1, 0), ("2011-10-10T08:00:00", 1, 0), ("2011-10-10T07:59:59", 0, 1)]
    {
        let census = census(&[("2011-10-11T10:00:00", recorded)]);
        assert_eq!((census.before, census.far_before), (before, far_before), "{recorded}");
    }
}

/// A day that is written as midnight lies before nothing that happened on it.
#[test]
fn a_midnight_lies_before_nothing_of_its_day() {
    let days = census(&[("2011-10-10T14:00:00", "2011-10-10T00:00:00")]);
    assert_eq!((days.midnights, days.hours, days.before, days.far_before), (1, 0, 0, 0));
    let before = census(&[("2011-10-10T14:00:00", "2011-10-09T00:00:00")]);
    assert_eq!(before.far_before, 1);
}

/// Two zones are whole quarters of an hour apart, and no more than twenty-six hours: the same moment, another minute, one quarter
/// more and a bare day are no two clocks.
#[test]
fn two_zones_are_quarters_of_an_hour_apart() {
    let apart = |one: &str, other: &str| is_another_zone_of(Some(at(one)), Some(at(other)));
    let noon = "2011-10-10T12:00:00";
    assert!(apart(noon, "2011-10-10T04:00:00") && apart(noon, "2011-10-10T12:15:00"));
    assert!(apart(noon, "2011-10-11T14:00:00") && !apart(noon, "2011-10-11T14:15:00"), "twenty-six hours");
    assert!(!apart(noon, noon) && !apart(noon, "2011-10-10T04:10:00") && !apart(noon, "2011-10-10T04:00:01"));
    assert!(!apart(noon, "2011-10-10") && !is_another_zone_of(Some(at(noon)), None));
}

/// Columns that several traces share are one: prompt entries of the one outweigh the early ones of the other, and the lead is that of
/// most.
#[test]
fn the_places_of_a_column_are_counted_together() {
    let early = [("2011-10-10T09:00:00", "2011-10-10T01:00:00"); 2];
    let mut cells = census(&early);
    cells.add(&census(&[("2011-10-10T20:00:00", "2011-10-10T08:00:00")]));
    assert_eq!(
        (cells.before, cells.lead_minutes()),
        (3, Some(480)),
        "twelve hours is the longer and the rarer lead"
    );
    cells.add(&census(&[("2011-10-10T09:00:00", "2011-10-10T09:05:00")]));
    assert_eq!((cells.before, cells.prompt, cells.hours), (3, 1, 4));
    assert!(!is_of_another_zone(cells.before, cells.prompt));
}

/// Times asked for and dates of the record are times of a column too; the place of each is kept as text and read back.
#[test]
fn every_place_of_a_time_is_counted() {
    let asked = Trace { asked: Some(at("2011-10-10")), ..Trace::new(TraceKind::Extended, at("2011-10-10")) };
    let midnight = at("2011-10-10T00:00:00");
    let header = crate::domain::record::Header {
        item: "I".into(),
        unit: None,
        dates: vec![("expiry".into(), midnight)],
        display: None,
        earlier: None,
    };
    let traces = vec![
        (Slot { read: 3, row: "".into(), part: 1 }, Some(Trace { asked: Some(midnight), ..asked.clone() })),
        (Slot { read: 3, row: "".into(), part: 2 }, Some(asked)),
    ];
    let mut census = Census::default();
    let place = crate::domain::record::spot::Place { file: None, line: 1 };
    let fact = Fact {
        row: "A".into(),
        case: "A".into(),
        header: Some(header),
        traces,
        gone: false,
        in_doubt: None,
        place,
    };
    census.count(3, &fact);
    let midnights = |place: TimePlace| census.cells.get(&(3, place)).map(|cells| cells.midnights);
    assert_eq!(midnights(TimePlace::Asked(1)), Some(1));
    assert_eq!(midnights(TimePlace::Asked(2)), Some(0), "a bare day is no midnight");
    assert_eq!(midnights(TimePlace::Date("expiry".into())), Some(1));
    let date = TimePlace::Date("a/b".into());
    for place in [TimePlace::Occurred(0), TimePlace::Recorded(7), TimePlace::Asked(65_535), date] {
        assert_eq!(place.to_string().parse(), Ok(place));
    }
    assert!("occurred/x".parse::<TimePlace>().is_err() && "other/1".parse::<TimePlace>().is_err());
}

/// An entry less than four hours after what happened was made when it happened; at four hours, and where an hour is not known, nobody can
/// say. Twenty-six hours before it, zones may be at fault, a second more is far before.
#[test]
fn entries_are_prompt_for_less_than_four_hours() {
    let at = |text: &str| Moment::parse(text, chrono_tz::Asia::Shanghai).unwrap();
    let seen = |occurred: &str, recorded: &str| {
        let mut cells = TimeCells::default();
        cells.see_entry(&Trace::new(crate::domain::record::TraceKind::Step, at(occurred)), at(recorded));
        (cells.prompt, cells.before, cells.far_before)
    };
    let nine = "2011-10-12T09:00:00+08:00";
    assert_eq!(seen(nine, "2011-10-12T12:59:59+08:00"), (1, 0, 0));
    assert_eq!(seen(nine, "2011-10-12T13:00:00+08:00"), (0, 0, 0));
    assert_eq!(seen(nine, nine), (1, 0, 0));
    assert_eq!(seen("2011-10-12", "2011-10-12T02:00:00+08:00"), (0, 0, 0));
    assert_eq!(seen(nine, "2011-10-11T07:00:00+08:00"), (0, 1, 0));
    assert_eq!(seen(nine, "2011-10-11T06:59:59+08:00"), (0, 0, 1));
    assert_eq!(seen(nine, "2011-10-11"), (0, 0, 1));
}
