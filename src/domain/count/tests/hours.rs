//! Limits in half days, minutes and hours.

use super::super::*;
use super::{ask, due};

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
