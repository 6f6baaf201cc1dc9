use chrono::{Datelike, NaiveDate};

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The messages for a text that must be refused.
fn told(text: &str) -> Vec<String> {
    parse(text).unwrap_err().iter().map(ToString::to_string).collect()
}

fn year(body: &str) -> String {
    format!(
        "[[year]]\nyear = 2011\nnotice = \"n\"\nsource = \"s\"\npublic_holidays = 1\n[[year.holiday]]\n\
         name = \"元旦\"\n{body}\n"
    )
}

/// State Council notices for 2004 to 2026: 615 days off and 151 make-up days in them, 5,745 working days in all.
#[test]
fn the_calendar_inside_holds_what_the_notices_say() {
    let calendar = embedded();
    assert_eq!(calendar.known(), date("2004-01-01")..=date("2026-12-31"));
    let special = &calendar.declared().special;
    let worked = special.values().filter(|special| special.working).count();
    assert_eq!((special.len() - worked, worked), (615, 151));
    assert_eq!(calendar.count(date("2004-01-01"), date("2026-12-31")), Ok(5745));
    assert_eq!(calendar.declared().notices.len(), 23);
    assert!(special.iter().all(|(day, it)| !it.working || day.weekday().number_from_monday() > 5));
}

#[test]
fn the_version_follows_the_content() {
    let version = embedded().version().to_owned();
    assert_eq!(version.len(), 12);
    assert!(version.chars().all(|digit| digit.is_ascii_hexdigit()));
    let moved = CHINA.replace("国办发明电〔2025〕7号", "x");
    assert_ne!(parse(&moved).unwrap().version(), version);
    assert_eq!(parse(&format!("# a remark\n{CHINA}")).unwrap().version(), version);
}

#[test]
fn plain_years_have_no_holidays_and_are_known() {
    let calendar = parse("plain = \"2010/2012\"").unwrap();
    assert_eq!(calendar.known(), date("2010-01-01")..=date("2012-12-31"));
    assert!(calendar.is_working(date("2011-10-03")).unwrap());
    assert!(!calendar.is_working(date("2011-10-08")).unwrap());
}

#[test]
fn a_slip_in_the_dates_upsets_the_balance() {
    let slip = CHINA.replace("2011-10-01/2011-10-07", "2011-10-01/2011-10-06");
    let told = told(&slip);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("the year 2011 lists 15 weekdays off and 5 days worked"), "{told:?}");
    assert!(told[0].starts_with("line "), "{told:?}");
}

#[test]
fn every_mistake_is_told_at_once_with_its_line() {
    let text = year(
        "off = [\n\"2011-02-30\",\n\"2011-01-03\",\n\"2011-01-03\",\n\"2011-01-09/2011-01-08\",\n\
         \"2012-01-01\"]\nworked = [\"2011-01-05\"]",
    );
    let told = told(&text);
    let lines = [
        "line 9: `2011-02-30` is no date",
        "line 11: 2011-01-03 is listed here and in line 10",
        "line 12: the span 2011-01-09/2011-01-08 ends before it begins",
        "line 13: 2012-01-01 does not belong to the year 2011",
        "line 14: 2011-01-05 is no weekend day",
    ];
    assert_eq!(told.len(), lines.len(), "{told:#?}");
    for (told, line) in told.iter().zip(lines) {
        assert!(told.starts_with(line), "{told}");
    }
}

#[test]
fn a_year_without_notice_source_or_count_is_refused() {
    let told = told("[[year]]\nyear = 2011\n");
    assert_eq!(told.len(), 3, "{told:#?}");
    for key in ["notice", "source", "public_holidays"] {
        assert!(told.iter().any(|told| told.starts_with("line 2") && told.contains(key)), "{told:#?}");
    }
}

#[test]
fn a_year_missing_in_the_middle_is_named() {
    let block =
        |year| format!("[[year]]\nyear = {year}\nnotice = \"n\"\nsource = \"s\"\npublic_holidays = 0\n");
    let told = told(&(block(2009) + &block(2011)));
    assert_eq!(told, ["the year 2010 is missing between 2009 and 2011: add its notice"]);
    assert!(parse(&(block(2009) + &block(2010))).is_ok());
    assert!(parse(&(block(2009) + &block(2009))).unwrap_err()[0].to_string().contains("in line 2"));
}

#[test]
fn an_empty_file_and_an_unknown_key_are_refused() {
    assert!(told("")[0].contains("names no year"));
    let told = told(&year("of = []"));
    assert!(told[0].starts_with("line 8: unknown field `of`"), "{told:?}");
}

/// DESIGN section 3: overlays come on top, each with its own source, and their days win.
#[test]
fn an_overlay_wins_and_needs_no_balance() {
    let text = "[[year]]\nyear = 2011\nsource = \"市政府公告\"\n[[year.holiday]]\nname = \"停电闭馆\"\n\
                off = [\"2011-10-08\"]\n[[year.holiday]]\nname = \"延时服务\"\nworked = [\"2011-10-03\"]";
    let calendar = overlay_text(&embedded(), text).unwrap();
    let day = calendar.day(date("2011-10-08"));
    assert_eq!((day.working, day.name, day.overlay), (false, Some("停电闭馆"), Some("市政府公告")));
    assert!(calendar.is_working(date("2011-10-03")).unwrap());
    assert!(!calendar.day(date("2011-10-03")).make_up);
    assert_ne!(calendar.version(), embedded().version());
    let sourceless = text.replace("source = \"市政府公告\"\n", "");
    assert!(overlay_text(&embedded(), &sourceless).unwrap_err()[0].to_string().contains("no `source`"));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let problems = read(Path::new("no/such/calendar.toml")).unwrap_err();
    assert!(problems[0].to_string().starts_with("the calendar file no/such/calendar.toml cannot be read"));
}

/// The next year's notice comes in November: laid over the calendar it makes that year known, if it balances.
#[test]
fn the_notice_of_the_next_year_makes_it_known() {
    let notice = |year: i32, holidays: i32| {
        format!(
            "[[year]]\nyear = {year}\nnotice = \"〔{year}〕1号\"\nsource = \"x\"\npublic_holidays = {holidays}\n\
             [[year.holiday]]\nname = \"元旦\"\noff = [\"{year}-01-01/{year}-01-03\"]\n"
        )
    };
    let base = embedded();
    // 2027-01-01 is a Friday: one weekday off.
    let laid = overlay_text(&base, &notice(2027, 1)).unwrap();
    assert_eq!(laid.known().end().to_string(), "2027-12-31");
    assert!(laid.day("2027-01-01".parse().unwrap()).known);
    assert!(overlay_text(&base, &notice(2027, 13)).is_err(), "it does not balance");
    let gap = overlay_text(&base, &notice(2028, 1)).unwrap_err();
    assert!(
        gap.iter().any(|problem| problem.to_string().contains("the notice of 2027 is missing")),
        "{gap:?}"
    );
}
