//! What is before what, as far as a record knows.

use super::*;

#[test]
fn a_bare_date_is_neither_early_nor_late_by_an_hour() {
    let zone = chrono_tz::Asia::Shanghai;
    let day = Moment::parse("2011-09-26", zone).unwrap();
    let afternoon = Moment::parse("2011-09-26T16:30:00+08:00", zone).unwrap();
    assert_eq!(day.order(&afternoon), Ordering::Equal);
    assert_eq!(day.to_string(), "2011-09-26");
    assert_eq!(afternoon.to_string(), "2011-09-26T16:30:00+08:00");
}

/// Issue 13: milliseconds put events in order and tell them apart; no limit is missed by one.
#[test]
fn milliseconds_order_and_no_limit_is_missed_by_one() {
    let zone = chrono_tz::Asia::Shanghai;
    let at = |text: &str| Moment::parse(text, zone).unwrap();
    let (due, done) = (at("2011-09-26T16:30:00+08:00"), at("2011-09-26T16:30:00.999+08:00"));
    assert!(done != due && done.at() > due.at());
    assert_eq!(done.order(&due), Ordering::Equal);
    assert_eq!(done.order(&at("2011-09-26T16:30:00.500+08:00")), Ordering::Greater);
    assert_eq!(at("2011-09-26T16:30:01+08:00").order(&due), Ordering::Greater);
    assert_eq!(done.to_the_second(), due);
    assert_eq!(done.to_the_minute(), "2011-09-26 16:30");
    assert_eq!(done.told_in(chrono_tz::UTC).to_string(), "2011-09-26T08:30:00.999+00:00");
}

/// M7: of one second, or of one minute where one of the two may keep no more, nothing lies before the other; the second after, and
/// the minute after, it does. A sentence shows what tells them apart.
#[test]
fn nothing_lies_before_another_by_less_than_a_record_keeps() {
    let zone = chrono_tz::Asia::Shanghai;
    let at = |text: &str| Moment::parse(&format!("2011-09-26T{text}+08:00"), zone).unwrap();
    for (one, other, before) in [
        ("09:00:00.100", "09:00:00.900", false),
        ("09:00:01.100", "09:00:02", true),
        ("09:00:00", "09:00:59", false),
        ("09:00:00", "09:01:00", true),
        ("08:59:59", "09:00:00", true),
        ("09:00:20", "09:00:40", true),
        ("09:00:40", "09:00:20", false),
    ] {
        assert_eq!(at(one).is_surely_before(&at(other)), before, "{one} {other}");
    }
    let day = Moment::parse("2011-09-26", zone).unwrap();
    assert!(!day.is_surely_before(&at("00:00:01")) && !at("00:00:00").is_surely_before(&day));
    let said = |one: &str, other: &str| {
        let (one, other) = Moment::told_apart(&at(one), &at(other));
        let words = |text: Text| text.words(crate::domain::text::Language::Chinese);
        (words(one), words(other))
    };
    assert_eq!(said("09:00:20", "09:00:40"), ("2011-09-26 09:00:20".into(), "2011-09-26 09:00:40".into()));
    assert_eq!(said("09:00:20", "09:01:20"), ("2011-09-26 09:00".into(), "2011-09-26 09:01".into()));
    assert_eq!(said("09:00:00.100", "09:00:00.900"), ("2011-09-26 09:00".into(), "2011-09-26 09:00".into()));
}

#[test]
fn what_is_written_can_be_read_back() {
    let zone = chrono_tz::Asia::Shanghai;
    for text in [
        "2011-09-26",
        "1970-01-01T00:00:00+08:00",
        "2011-12-31T23:59:59-03:30",
        "2011-12-31T23:59:59.007-03:30",
    ] {
        assert_eq!(Moment::parse(text, zone).unwrap().to_string(), text);
    }
    for text in [
        "",
        "2011-02-30",
        "2011-09-26T24:00:00+08:00",
        "2011-09-26 16:30:00+08:00",
        "2011-09-26T16:30",
        "2011-09-26T16:30:00,123+08:00",
    ] {
        assert_eq!(Moment::parse(text, zone), None, "{text}");
    }
}
