//! Office hours as they are written, and reached.

use super::*;

#[test]
fn what_is_printed_can_be_read_back() {
    let text = "09:00-12:00,13:00-17:00";
    assert_eq!(text.parse::<OfficeHours>().unwrap(), OfficeHours::default());
    assert_eq!(OfficeHours::default().to_string(), text);
    let seasons = format!("{text}; 06-01/09-30 08:30-12:00,15:00-18:00; 12-15/02-29 09:30-16:30");
    assert_eq!(seasons.parse::<OfficeHours>().unwrap().to_string(), seasons);
}

#[test]
fn hours_that_make_no_sense_are_refused() {
    for text in [
        "",
        "9-12",
        "12:00-09:00",
        "09:00-09:00",
        "09:00-12:00,11:00-17:00",
        "13:00-25:00",
        "09:00-12:00; 06-01/09-31 09:00-12:00",
        "09:00-12:00; 06-01/09-30 09:00-12:00; 09-30/11-01 09:00-12:00",
        "09:00-12:00; summer 09:00-11:00",
    ] {
        assert!(text.parse::<OfficeHours>().is_err(), "{text}");
    }
}

#[test]
fn the_end_of_a_span_is_not_carried_over_lunch() {
    let hours = OfficeHours::default().usual;
    assert_eq!(hours.reach(3 * 3600), 12 * 3600);
    assert_eq!(hours.reach(3 * 3600 + 1), 13 * 3600 + 1);
    assert_eq!(hours.reach(hours.length()), 17 * 3600);
    assert_eq!(hours.before(12 * 3600 + 1800), 3 * 3600);
}
