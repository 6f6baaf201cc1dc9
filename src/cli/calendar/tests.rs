//! What `calendar` draws, and what it says where it cannot.

use clap::Parser;

use super::*;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    command: CalendarCommand,
}

fn shown(arguments: &[&str]) -> Result<String, String> {
    let lang_option: &[&str] = if arguments.contains(&"--lang") { &[] } else { &["--lang", "zh-CN"] };
    let line = Line::try_parse_from([&["calendar"], arguments, lang_option].concat());
    let line = line.map_err(|it| it.to_string())?;
    let mut out = Vec::new();
    let language = line.command.lang_option.language();
    line.command.answer(&mut out).map_err(|error| Failure::from(error).in_one_line(language))?;
    Ok(String::from_utf8(out).unwrap())
}

/// `calendar` draws the month; working days, days off and make-up days differ without colour.
#[test]
fn october_2011_is_drawn_with_its_marks_and_its_notice() {
    let text = shown(&["2011-10"]).unwrap();
    for part in [
        "2011年10月",
        "工作日 18 天",
        " 1休",
        " 8班",
        "15. ",
        "10-01 至 10-07 放假",
        "国办发明电〔2010〕40号",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    let english = shown(&["2011-10", "--lang", "en"]).unwrap();
    for part in ["October 2011", "18 working days", " 1*", " 8+", "15."] {
        assert!(english.contains(part), "{part} in\n{english}");
    }
}

#[test]
fn columns_align_with_chinese_marks() {
    let text = shown(&["2011"]).unwrap();
    let weeks: Vec<_> = text.lines().filter(|line| line.starts_with(" 一")).collect();
    assert_eq!(weeks.len(), 6, "two months side by side\n{text}");
    let month = shown(&["2011-10"]).unwrap();
    let column = |line: &str, part: &str| {
        line.find(part).map(|place| unicode_width::UnicodeWidthStr::width(&line[..place]))
    };
    let saturdays: Vec<_> = month
        .lines()
        .filter_map(|line| ["六", " 1休", " 8班", "15. ", "22. "].iter().find_map(|it| column(line, it)))
        .collect();
    assert_eq!(saturdays.len(), 5, "{month}");
    assert!(saturdays[1..].iter().all(|place| *place == saturdays[1]), "{saturdays:?}\n{month}");
    assert_eq!(saturdays[0], saturdays[1] + 1, "the weekday stands over the day's number\n{month}");
}

#[test]
fn a_whole_year_counts_its_working_days() {
    assert!(shown(&["2011"]).unwrap().contains("工作日 250 天"));
    assert!(shown(&["2011", "--format", "json"]).unwrap().contains("\"working_days\": 250"));
}

#[test]
fn a_year_outside_says_so_and_what_to_do() {
    assert!(shown(&["2003"]).unwrap_err().contains("--calendar FILE"));
    assert!(shown(&["2003-03", "--lang", "en"]).unwrap_err().starts_with("the holidays of 2003-03 are not"));
    for text in ["11", "2011-13", "2011-x", "x"] {
        assert!(shown(&[text]).unwrap_err().contains("既不是年份也不是月份"), "{text}");
    }
}

/// 《全国年节及纪念日放假办法》: what the law fixes is shown of a year that is not announced, and the rest is said to be provisional.
#[test]
fn a_year_to_come_shows_what_the_law_fixes() {
    let year = shown(&["2027"]).unwrap();
    let fixed = [
        "元旦  01-01 放假",
        "春节  02-05 至 02-08 放假",
        "中秋节  09-15 放假",
        "国庆节  10-01 至 10-03 放假",
    ];
    for words in fixed.into_iter().chain(["结果待定"]) {
        assert!(year.contains(words), "{words}\n{year}");
    }
    assert!(shown(&["2027-03", "--lang", "en"]).unwrap().contains("2027-03 is not announced"));
    assert!(shown(&["2027-02", "--format", "json"]).unwrap().contains("\"known\": false"));
    assert!(!shown(&["2026"]).unwrap().contains("待定"));
}

#[test]
fn december_shows_the_notice_of_the_next_year_too() {
    let text = shown(&["2011-12"]).unwrap();
    assert!(text.contains("31班") && text.contains("国办发明电〔2011〕45号"), "{text}");
}
