use super::*;
use crate::edge::config::calendar::embedded;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// 国办发明电〔2010〕40号: 1 to 7 October 2011 off, Saturday 8 and Sunday 9 worked.
#[test]
fn a_make_up_day_is_worked_and_says_for_what() {
    let calendar = embedded();
    let make_up = calendar.day(date("2011-10-08"));
    assert_eq!((make_up.working, make_up.make_up, make_up.name), (true, true, Some("国庆节")));
    let off = calendar.day(date("2011-10-03"));
    assert_eq!((off.working, off.make_up, off.name), (false, false, Some("国庆节")));
    let plain = calendar.day(date("2011-10-15"));
    assert_eq!((plain.working, plain.make_up, plain.name, plain.known), (false, false, None, true));
}

#[test]
fn outside_the_announced_years_the_week_rules_and_the_day_is_unknown() {
    let calendar = embedded();
    for (text, working) in [("2027-10-01", true), ("2027-10-02", false), ("2003-10-01", true)] {
        let day = calendar.day(date(text));
        assert_eq!((day.working, day.known, day.name), (working, false, None), "{text}");
    }
}

#[test]
fn a_date_outside_the_table_is_an_error_and_no_panic() {
    let calendar = embedded();
    for text in ["1969-12-31", "2200-01-01", "+12000-01-01"] {
        let date = date(text);
        assert_eq!(calendar.is_working(date), Err(CalendarError::Outside { date }));
        assert_eq!(calendar.after(date, 1), Err(CalendarError::Outside { date }));
        assert!(!calendar.day(date).known);
    }
    assert_eq!(calendar.after(date("2199-12-31"), 1), Err(CalendarError::LeadsOutside));
    assert_eq!(calendar.before(date("1970-01-01"), 1), Err(CalendarError::LeadsOutside));
    assert_eq!(calendar.after(date("2199-12-30"), 1), Ok(date("2199-12-31")));
}

/// The table against a walk over every announced day and its neighbours.
#[test]
fn the_table_agrees_with_a_walk() {
    let calendar = embedded();
    let mut last_worked = None;
    let mut worked = 0;
    for day in date("2003-06-01").iter_days().take(24 * 365) {
        assert_eq!(calendar.is_working(day), Ok(calendar.day(day).working), "{day}");
        if calendar.day(day).working {
            worked += 1;
            if let Some(last) = last_worked {
                assert_eq!(calendar.after(last, 1), Ok(day));
                assert_eq!(calendar.before(day, 1), Ok(last));
            }
            last_worked = Some(day);
        } else if let Some(last) = last_worked {
            assert_eq!(calendar.before(day, 1), Ok(last));
        }
        assert_eq!(calendar.count(date("2003-06-01"), day), Ok(worked));
    }
    assert_eq!(calendar.count(date("2011-10-09"), date("2011-10-01")), Ok(0));
    assert_eq!(calendar.on_or_after(date("2011-10-01")), Ok(date("2011-10-08")));
}
