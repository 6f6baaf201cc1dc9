//! Office hours as they are written, and reached.

use super::*;
use crate::edge::config::calendar::{embedded, overlay_text};

fn on(text: &str, day: &str) -> String {
    let hours: OfficeHours = text.parse().unwrap();
    hours.on(&embedded(), day.parse().unwrap()).to_string()
}

#[test]
fn what_is_printed_can_be_read_back() {
    let text = "09:00-12:00,13:00-17:00";
    assert_eq!(text.parse::<OfficeHours>().unwrap(), OfficeHours::default());
    assert_eq!(OfficeHours::default().to_string(), text);
    let seasons = format!("{text}; 06-01/09-30 08:30-12:00,15:00-18:00; 12-15/02-29 09:30-16:30");
    assert_eq!(seasons.parse::<OfficeHours>().unwrap().to_string(), seasons);
    let week = format!(
        "{text}; 2011-10-14 closed; 06-01/09-30 Fri 08:00-11:00; Mon-Wed,Fri 09:00-12:00; Sat,Sun closed"
    );
    assert_eq!(week.parse::<OfficeHours>().unwrap().to_string(), week);
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
        "closed",
        "Fri 09:00-12:00",
        "09:00-12:00; Fri",
        "09:00-12:00; Fri 09:00-12:00; friday 10:00-11:00",
        "09:00-12:00; Mon-Fri closed",
        "09:00-12:00; 周八 09:00-12:00",
        "09:00-12:00; 2011-10-14",
        "09:00-12:00; 2011-02-29 09:00-12:00",
        "09:00-12:00; 2011-10-14/2011-10-13 09:00-12:00",
        "09:00-12:00; 2011-10-14 closed; 2011-10-10/2011-10-14 09:00-12:00",
        "09:00-12:00; 06-01/09-30 Fri closed; 09-30/10-01 Fri 09:00-12:00",
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

/// The hours of a hall that is closed on Friday afternoons: Thursday, Friday, and the Monday after.
#[test]
fn a_day_of_the_week_has_its_own_hours_in_whatever_words() {
    for name in ["Fri", "fri", "Friday", "周五", "星期五", "礼拜五", "Fri:", "周五：", "Fri-Fri"] {
        let text = format!("09:00-12:00,13:00-17:00; {name} 09:00-12:00");
        let days = ["2011-10-13", "2011-10-14", "2011-10-17"].map(|day| on(&text, day));
        assert_eq!(days, ["09:00-12:00,13:00-17:00", "09:00-12:00", "09:00-12:00,13:00-17:00"], "{name}");
    }
    for words in ["Mon-Thu", "周一至周四", "周一到四", "Mon,Tue,Wed,Thu", "周一、周二、周三，周四"]
    {
        let text = format!("09:00-12:00；{words}08:00-17:00");
        let days = ["2011-10-16", "2011-10-17", "2011-10-20", "2011-10-21"].map(|day| on(&text, day));
        assert_eq!(days, ["09:00-12:00", "08:00-17:00", "08:00-17:00", "09:00-12:00"], "{words}");
    }
    for word in ["closed", "不办公", "休息"] {
        assert!(on(&format!("09:00-12:00; 周三 {word}"), "2011-10-12") == "closed", "{word}");
    }
}

/// A single day goes before a weekday of a season, that before a weekday, that before a season, whatever their order.
#[test]
fn the_narrower_days_go_before_the_wider() {
    let text = "09:00-12:00; 06-01/09-30 08:00-09:00; Fri 08:00-10:00; 06-01/09-30 Fri 08:00-11:00; 2011-07-15 closed";
    for (day, hours) in [
        ("2011-05-31", "09:00-12:00"),
        ("2011-06-01", "08:00-09:00"),
        ("2011-05-27", "08:00-10:00"),
        ("2011-07-08", "08:00-11:00"),
        ("2011-07-14", "08:00-09:00"),
        ("2011-07-15", "closed"),
        ("2011-07-22", "08:00-11:00"),
        ("2011-10-07", "08:00-10:00"),
    ] {
        assert_eq!(on(text, day), hours, "{day}");
    }
}

/// 国办发明电〔2010〕40号: Saturday 8 October 2011 was worked for another day of the week, so it is a whole day; Saturday service
/// of an overlay has the Saturday's hours; a Saturday off is the calendar's matter.
#[test]
fn hours_of_a_saturday_hold_where_an_overlay_opens_it_and_not_on_a_make_up_day() {
    let hours: OfficeHours = "09:00-12:00,13:00-17:00; Sat 09:00-12:00".parse().unwrap();
    let china = embedded();
    let service = "[[year]]\nyear = 2011\nsource = \"test\"\n[[year.holiday]]\nname = \"周六服务\"\nworked = [\"2011-10-15\"]\n";
    let open = overlay_text(&china, service).unwrap();
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(hours.on(&open, day("2011-10-08")), &hours.usual);
    assert_eq!(hours.on(&open, day("2011-10-15")).to_string(), "09:00-12:00");
    assert!(!china.day(day("2011-10-15")).working);
    assert_eq!((hours.never_worked(&china), hours.never_worked(&open)), (vec!["Sat".to_owned()], vec![]));
    let half: OfficeHours = "09:00-12:00; 2011-10-15 09:00-10:00; 2011-10-17 09:00-10:00".parse().unwrap();
    assert_eq!(half.never_worked(&china), ["2011-10-15"]);
}

/// The longest holiday is no longer than that, also around an office that opens on Fridays: the day before the bound, the day, the day after.
#[test]
fn an_office_is_not_closed_for_weeks() {
    let calendar = embedded();
    // From Saturday 30 April 2011, the first day off before them.
    for (last, found) in [("05-29", false), ("05-30", false), ("05-31", true)] {
        let text = format!("09:00-17:00; 2011-05-01/2011-{last} closed");
        let hours: OfficeHours = text.parse().unwrap();
        let expected = found.then(|| NaiveDate::from_ymd_opt(2011, 4, 30).unwrap());
        assert_eq!(hours.closed_for_longer(&calendar, 31), expected, "{text}");
    }
    for text in [
        "09:00-17:00; 2011-05-01/2011-05-12 closed; 2011-05-13/2035-01-01 closed",
        "09:00-17:00; 03-01/10-31 closed",
    ] {
        assert!(text.parse::<OfficeHours>().unwrap().closed_for_longer(&calendar, 31).is_some(), "{text}");
    }
    for text in ["09:00-17:00", "09:00-17:00; Mon-Thu closed", "09:00-12:00; 07-01/07-14 closed"] {
        assert_eq!(text.parse::<OfficeHours>().unwrap().closed_for_longer(&calendar, 31), None, "{text}");
    }
}

/// Letters of cards leave in office hours alone: a minute a day, or hours of the night, are as good as none. Two hours between 06:00
/// and 22:00, one minute less, one more; and what offices do on single days, on a weekday and in summer stays lawful.
#[test]
fn hours_in_which_nobody_is_reached_are_none() {
    let calendar = embedded();
    let refused =
        |text: &str| text.parse::<OfficeHours>().unwrap().closed_for_longer(&calendar, 31).is_some();
    for [less, bound, more] in [
        ["09:00-10:59", "09:00-11:00", "09:00-11:01"],
        ["09:00-10:00,15:00-15:59", "09:00-10:00,15:00-16:00", "09:00-10:00,15:00-16:01"],
        ["00:00-07:59", "00:00-08:00", "00:00-08:01"],
        ["20:01-23:59", "20:00-23:59", "19:59-23:59"],
    ] {
        assert_eq!([less, bound, more].map(refused), [true, false, false], "{bound}");
    }
    for text in [
        "03:00-03:01",
        "22:00-23:59",
        "09:00-17:00; 03-01/10-31 03:00-03:01",
        "09:00-17:00; Mon-Fri 03:00-03:01",
        "09:00-17:00; Mon-Thu closed; Fri 03:00-03:01",
        "09:00-17:00; 2026-03-01/2026-12-31 03:00-03:01",
        "03:00-03:01; 2005-01-01/2025-12-31 09:00-17:00",
        "03:00-03:01; 2026-01-01/2099-12-31 09:00-17:00",
    ] {
        assert!(refused(text), "{text}");
    }
    for text in [
        "09:00-12:00,13:00-17:00; Fri 09:00-10:00",
        "09:00-12:00,13:00-17:00; 2026-02-13 09:00-10:00",
        "08:30-12:00,13:30-17:30; 06-01/09-30 08:00-11:30,15:00-18:00",
        "09:00-17:00; 07-01/07-25 09:00-10:00",
        "09:00-12:00; 06-01/09-30 07:00-09:00",
        "00:00-23:59",
    ] {
        assert!(!refused(text), "{text}");
    }
}

/// Office seconds against a walk from day to day, over a season of next year that is seen from December, out of a season, over one named by
/// 29 February, over single days; and where so many of them have run: at the closing of a day, and one more at the opening of the next.
#[test]
fn the_hours_of_seasons_agree_with_a_walk() {
    let calendar = embedded();
    let day = |text: &str| place(text.parse().unwrap());
    for text in [
        "09:00-12:00,13:00-17:00; 06-01/06-30 09:00-10:00",
        "09:00-12:00; 12-15/02-29 09:30-16:30; 2012-03-05/2012-03-09 10:00-11:00",
        "09:00-12:00; 06-01/09-30 Fri 08:00-11:30; Mon 10:00-12:00",
    ] {
        let hours: OfficeHours = text.parse().unwrap();
        for from in ["2011-12-15", "2012-06-29", "2012-05-31", "2012-02-28", "2012-03-03"].map(day) {
            let mut sum = 0;
            for today in from..from + 400 {
                assert_eq!(hours.between(&calendar, from, today), sum, "{text} {}", at(today));
                assert_eq!(hours.between(&calendar, today, from), -sum, "{text} {}", at(today));
                if !calendar.is_working(at(today)).unwrap() {
                    continue;
                }
                let open = hours.at(&calendar, today);
                assert_eq!(hours.reach(&calendar, from, sum + 1).unwrap(), today * DAY + open.reach(1));
                sum += open.length();
                assert_eq!(
                    hours.reach(&calendar, from, sum).unwrap(),
                    today * DAY + open.reach(open.length())
                );
            }
        }
    }
}

/// Open from nine: the second before, at nine, and at noon, when it closes.
#[test]
fn an_office_is_open_up_to_its_closing() {
    let hours: OfficeHours = "09:00-12:00,13:00-17:00".parse().unwrap();
    let open = |text: &str| hours.usual.contains(text.parse().unwrap());
    assert_eq!(
        ["08:59:59", "09:00:00", "11:59:59", "12:00:00", "13:00:00"].map(open),
        [false, true, true, false, true]
    );
}

/// The last announced day opens an office like any other, and the day after it, which nobody announced, does not. What closes a day that
/// nobody works opens none, and hours of a season are no single days.
#[test]
fn what_was_to_open_a_day_is_named_where_nobody_works_it() {
    let calendar = embedded();
    let never = |text: &str| text.parse::<OfficeHours>().unwrap().never_worked(&calendar);
    let last = *calendar.known().end();
    assert!(calendar.day(last).working);
    assert_eq!(never(&format!("09:00-12:00; {last} 09:00-10:00")), [""; 0]);
    let after = last.succ_opt().unwrap();
    assert_eq!(never(&format!("09:00-12:00; {after} 09:00-10:00")), [after.to_string()]);
    assert_eq!(never("09:00-12:00; 2011-10-15 closed; 10-01/10-03 09:00-10:00"), [""; 0]);
}

/// Spans may meet, and weekdays of seasons that hold no day together; a season inside another one, and a day named twice, make no sense.
#[test]
fn hours_may_meet_and_not_overlap() {
    for text in [
        "09:00-12:00,12:00-17:00",
        "09:00-12:00; 06-01/06-30 Fri closed; 08-01/08-31 Fri 09:00-10:00",
        "09:00-12:00; 06-01/06-30 Fri closed; 06-15/07-31 Thu 09:00-10:00",
        "09:00-12:00; 2011-10-10/2011-10-13 closed; 2011-10-14 09:00-10:00",
    ] {
        assert!(text.parse::<OfficeHours>().is_ok(), "{text}");
    }
    for text in [
        "09:00-12:00; 06-01/09-30 09:00-10:00; 07-01/07-15 10:00-11:00",
        "09:00-12:00; 07-01/07-15 09:00-10:00; 06-01/09-30 10:00-11:00",
        "09:00-12:00; 2011-10-10/2011-10-14 closed; 2011-10-14 09:00-10:00",
        "09:00-12:00; 2011-10-10/2011-10-14 closed; 2011-10-10 09:00-10:00",
    ] {
        assert!(text.parse::<OfficeHours>().is_err(), "{text}");
    }
}
