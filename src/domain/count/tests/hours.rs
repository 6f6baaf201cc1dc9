//! Limits in half days, minutes and hours.

use super::super::*;
use super::{Shanghai, ask, due};
use crate::edge::config::calendar::embedded;

/// Issue 13: half days and minutes run inside office hours, half of the usual 7 hours or as many as the limit says; hours by the clock
/// run day and night, on days off too, and consult no calendar. What has no hour begins when its day is over.
#[test]
fn half_days_minutes_and_hours_by_the_clock() {
    assert_eq!(due("2011-09-26T11:00", &["0.5wd"], &[]), "2011-09-26T15:30");
    assert_eq!(due("2011-09-26T08:00", &["0.5wd"], &[]), "2011-09-26T13:30");
    assert_eq!(due("2011-09-30T16:00", &["1.5wd"], &[]), "2011-10-09T11:30");
    assert_eq!(due("2011-09-26", &["0.5wd"], &[]), "2011-09-27T13:30");
    assert_eq!(due("2011-09-26T11:50", &["30om"], &[]), "2011-09-26T13:20");
    assert_eq!(due("2011-09-26T16:30", &["30om"], &[]), "2011-09-26T17:00");
    assert_eq!(due("2011-09-26T16:31", &["30om"], &[]), "2011-09-27T09:01");
    assert_eq!(due("2011-09-30T11:00", &["24h"], &[]), "2011-10-01T11:00");
    assert_eq!(due("2011-09-30", &["24h"], &[]), "2011-10-02T00:00");
    assert_eq!(due("2011-09-30T11:00", &["24h"], &["2011-09-30T12:00/2011-09-30T18:00"]), "2011-10-01T17:00");
    let far = ask(&Counting::default(), "2040-01-01T09:00", &["24h"], &[]).unwrap();
    assert!(!far.provisional, "the clock needs no calendar");
}

/// D3 (b): what comes at closing time comes on the next working day, where that is set; the second before it comes that day.
#[test]
fn what_comes_at_closing_comes_on_the_next_day() {
    let moved = Counting { after_hours_moves: true, ..Counting::default() };
    let due = |counting: &Counting, start: &str| {
        let limits = super::limits(&["2wd"]);
        let start = Moment::parse(&format!("2011-10-12T{start}+08:00"), Shanghai).unwrap();
        let asked = Asked { start, limit: &limits[0], extensions: &[], pauses: &[] };
        counting.due(&embedded(), Shanghai, &asked).unwrap().at.date().to_string()
    };
    let times = ["16:59:59", "17:00:00", "17:00:01"];
    assert_eq!(times.map(|time| due(&moved, time)), ["2011-10-14", "2011-10-17", "2011-10-17"]);
    assert_eq!(times.map(|time| due(&Counting::default(), time)), ["2011-10-14"; 3]);
}

/// A pause that begins on the last day that all of them may leave out leaves out that day; one that begins the day after leaves out none.
#[test]
fn a_pause_on_the_last_day_of_the_cap_counts() {
    let kept = |second: &str| {
        let mut pauses = vec![super::pause("2011-10-10/2011-10-12"), super::pause(second)];
        let last =
            Counting::default().keep_within(&embedded(), Shanghai, &mut pauses, &"4d".parse().unwrap());
        let days = pauses
            .iter()
            .map(|it| (it.from.date().to_string(), it.to.date().to_string()))
            .collect::<Vec<_>>();
        (last.map(|day| day.to_string()), days)
    };
    let of = |days: &[(&str, &str)]| {
        days.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect::<Vec<_>>()
    };
    let first = ("2011-10-10", "2011-10-12");
    let last = |day: &str| Some(day.to_owned());
    assert_eq!(
        kept("2011-10-13/2011-10-20"),
        (last("2011-10-13"), of(&[first, ("2011-10-13", "2011-10-13")]))
    );
    assert_eq!(
        kept("2011-10-17/2011-10-20"),
        (last("2011-10-17"), of(&[first, ("2011-10-17", "2011-10-17")]))
    );
    assert_eq!(kept("2011-10-17/2011-10-17"), (None, of(&[first, ("2011-10-17", "2011-10-17")])));
}
