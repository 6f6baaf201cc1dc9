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
    for (text, working) in [("2027-10-08", true), ("2027-10-09", false), ("2003-10-01", true)] {
        let day = calendar.day(date(text));
        assert_eq!((day.working, day.known, day.name), (working, false, None), "{text}");
    }
}

/// 《全国年节及纪念日放假办法》 (2024): what the law itself fixes is a day off in every year, announced or not; the days beside it are
/// not known. The moon's days as far as its table reaches (2050), then those of the sun only.
#[test]
fn what_the_law_fixes_is_off_beyond_the_announced_years() {
    let calendar = embedded();
    let off = |year: i32| -> Vec<String> {
        let days = calendar.fixed().iter().filter(|(day, _)| day.year() == year);
        days.map(|(day, name)| format!("{} {name}", day.format("%m-%d"))).collect()
    };
    let solar =
        ["01-01 元旦", "05-01 劳动节", "05-02 劳动节", "10-01 国庆节", "10-02 国庆节", "10-03 国庆节"];
    assert_eq!(
        off(2027),
        [
            "01-01 元旦",
            "02-05 春节",
            "02-06 春节",
            "02-07 春节",
            "02-08 春节",
            "04-05 清明节",
            "05-01 劳动节",
            "05-02 劳动节",
            "06-09 端午节",
            "09-15 中秋节",
            "10-01 国庆节",
            "10-02 国庆节",
            "10-03 国庆节"
        ]
    );
    assert_eq!((off(2026), off(2051)), (vec![], solar.map(str::to_owned).to_vec()));
    for (text, working) in
        [("2027-02-04", true), ("2027-02-05", false), ("2027-02-08", false), ("2027-02-09", true)]
    {
        let day = calendar.day(date(text));
        assert_eq!((day.working, calendar.is_working(date(text))), (working, Ok(working)), "{text}");
        assert_eq!(day.known, !working, "{text}: certain where the law says so");
    }
}

/// The versions of 1999, 2007, 2013 and 2024, each in its time: a calendar that ends earlier goes on by the law of its day.
/// The counts are those of `public_holidays` of the notices.
#[test]
fn each_version_of_the_law_holds_in_its_time() {
    let lunar = embedded().declared().fixed.clone();
    let (first, last) = (date("2004-01-01"), date("2004-12-31"));
    let (notices, special) = Default::default();
    let declared = Declared { known: first..=last, notices, special, fixed: lunar };
    let calendar = Calendar::new(declared, String::new()).unwrap();
    let announced = embedded();
    for year in 2005..=2026 {
        let days: Vec<_> = calendar.fixed().keys().filter(|day| day.year() == year).collect();
        let count = match year {
            ..2008 => 10,
            2008..2025 => 11,
            _ => 13,
        };
        // 中秋 may fall on one of the days of 国庆.
        let double = usize::from([2009, 2020].contains(&year));
        assert_eq!(days.len(), count - double, "{year}");
        // Every one of them is off in the notice of its year.
        let worked: Vec<_> = days.into_iter().filter(|day| announced.day(**day).working).collect();
        assert_eq!(worked, Vec::<&NaiveDate>::new(), "{year}");
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

/// What is looked back on in the morning begins with the last working day: over a weekend with Friday, over seven days off with the day
/// before them, behind a make-up day with that. Outside the table, and on its first day, a week goes before.
#[test]
fn the_last_working_day_before_a_day() {
    let calendar = embedded();
    for (day, last) in [
        ("2011-10-14", "2011-10-13"),
        ("2011-10-17", "2011-10-14"),
        ("2011-10-16", "2011-10-14"),
        ("2011-10-15", "2011-10-14"),
        ("2011-10-08", "2011-09-30"),
        ("2011-10-09", "2011-10-08"),
        ("2011-10-10", "2011-10-09"),
        ("1970-01-01", "1969-12-25"),
        ("2199-12-31", "2199-12-30"),
        ("2200-01-01", "2199-12-25"),
    ] {
        assert_eq!(calendar.last_before(date(day)), date(last), "{day}");
    }
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

/// What the law fixes is taken from it behind the last announced day: that day itself is as it was announced.
#[test]
fn the_last_announced_day_is_as_it_was_announced() {
    let lunar = embedded().declared().fixed.clone();
    let (notices, special) = Default::default();
    let known = date("2004-01-01")..=date("2010-10-01");
    let calendar = Calendar::new(Declared { known, notices, special, fixed: lunar }, String::new()).unwrap();
    let days = ["2010-10-01", "2010-10-02", "2010-10-03"].map(date);
    assert_eq!(days.map(|day| calendar.fixed().contains_key(&day)), [false, true, true]);
    // 1 October 2010 was a Friday.
    assert_eq!(days.map(|day| calendar.day(day).working), [true, false, false]);
}

/// A day that only one of two calendars has worked is a difference, the last announced one and the one behind it too.
#[test]
fn calendars_differ_up_to_the_last_day_that_is_declared() {
    let china = embedded();
    let last = *china.known().end();
    for day in [last, last + chrono::Days::new(4)] {
        let mut declared: Declared = china.declared().clone();
        let closed =
            Special {
                working: !china.day(day).working, name: "停办".into(), overlay: Some("公告".into())
            };
        declared.special.insert(day, closed);
        let other = Calendar::new(declared, "other".into()).unwrap();
        assert_eq!((china.differences(&other), other.differences(&china)), (vec![day], vec![day]), "{day}");
    }
    assert_eq!(china.differences(&china), vec![]);
}
