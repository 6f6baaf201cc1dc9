//! The words that a person counts along.

use chrono_tz::Asia::Shanghai;

use super::super::*;
use super::{at, limits, pause};
use crate::domain::text::Language;
use crate::edge::config::calendar::embedded;

fn lines(language: Language, start: &str, limit: &[&str], pauses: &[&str]) -> Vec<String> {
    let limits = limits(limit);
    let pauses: Vec<_> = pauses.iter().map(|span| pause(span)).collect();
    let asked = Asked { start: at(start), limit: &limits[0], extensions: &limits[1..], pauses: &pauses };
    let steps = Counting::default().steps(&embedded(), Shanghai, &asked).unwrap();
    steps.iter().map(|step| step.text().words(language)).collect()
}

/// DESIGN 3: a list that a person can count along.
#[test]
fn working_days_in_chinese() {
    let lines = lines(Language::Chinese, "2011-09-29", &["2wd", "1wd"], &["2011-10-08/2011-10-08"]);
    assert_eq!(
        lines,
        [
            "2011-09-29 周四 起算日，不计入",
            "2011-09-29 周四 期限 2 个工作日，延长 1 个工作日，合计 3 个工作日",
            "2011-09-30 周五 第 1 日/共 3 日",
            "2011-10-01 周六 至 2011-10-07 周五 国庆节放假 不计入",
            "2011-10-08 周六 暂停计时，不计入",
            "2011-10-09 周日 国庆节调休上班 第 2 日/共 3 日",
            "2011-10-10 周一 第 3 日/共 3 日",
            "2011-10-10 周一 到期日",
        ]
    );
}

#[test]
fn working_days_in_english() {
    let lines = lines(Language::English, "2011-09-30", &["2wd"], &[]);
    assert_eq!(
        lines[2..],
        [
            "2011-10-01 Sat to 2011-10-07 Fri — day off for 国庆节 — not counted",
            "2011-10-08 Sat — worked, make-up for 国庆节 — day 1 of 2",
            "2011-10-09 Sun — worked, make-up for 国庆节 — day 2 of 2",
            "2011-10-09 Sun — worked, make-up for 国庆节 — due",
        ]
    );
}

#[test]
fn calendar_days_are_folded_by_month_and_roll() {
    let lines = lines(Language::Chinese, "2011-08-02", &["60d"], &[]);
    assert_eq!(
        lines[1..],
        [
            "2011-08-02 周二 期限 60 日",
            "2011-08-03 周三 至 2011-08-31 周三 第 1 至 29 日/共 60 日",
            "2011-09-01 周四 至 2011-09-30 周五 第 30 至 59 日/共 60 日",
            "2011-10-01 周六 第 60 日/共 60 日",
            "2011-10-01 周六 至 2011-10-07 周五 国庆节放假 期限最后一日顺延",
            "2011-10-08 周六 国庆节调休上班 到期日",
        ]
    );
}

#[test]
fn office_hours_show_the_spans_used() {
    let lines =
        lines(Language::Chinese, "2011-09-30T11:30", &["6oh"], &["2011-09-30T14:00/2011-09-30T16:00"]);
    assert_eq!(
        lines,
        [
            "2011-09-30 周五 11:30 起算",
            "2011-09-30 周五 期限 6 个工作小时",
            "2011-09-30 周五 11:30–12:00、13:00–14:00、16:00–17:00 累计 2:30/共 6:00 小时",
            "2011-10-01 周六 至 2011-10-07 周五 国庆节放假 不计入",
            "2011-10-08 周六 国庆节调休上班 09:00–12:00、13:00–13:30 累计 6:00/共 6:00 小时",
            "2011-10-08 周六 国庆节调休上班 13:30 到期",
        ]
    );
}

#[test]
fn the_unknown_years_are_announced_where_they_begin() {
    let lines = lines(Language::Chinese, "2026-12-30", &["2wd"], &[]);
    assert_eq!(lines[3], "2027-01-01 周五 起放假安排尚未公布，暂按周一至周五上班计算，结果待定");
    assert_eq!(lines[4], "2027-01-01 周五 元旦放假 不计入");
}

#[test]
fn days_with_hours_of_their_own_are_counted_by_them() {
    let hours = "09:00-12:00,13:00-17:00; Fri 09:00-12:00; Mon closed".parse().unwrap();
    let counting = Counting { hours, ..Counting::default() };
    let limits = limits(&["4oh", "same-day"]);
    let lines = |limit: &Limit, language: Language| {
        let asked = Asked { start: at("2011-10-14T11:00"), limit, extensions: &[], pauses: &[] };
        let steps = counting.steps(&embedded(), Shanghai, &asked).unwrap();
        steps.iter().map(|step| step.text().words(language)).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(&limits[0], Language::Chinese)[2..],
        [
            "2011-10-14 周五 11:00–12:00 累计 1:00/共 4:00 小时",
            "2011-10-15 周六 至 2011-10-16 周日 休息日 不计入",
            "2011-10-17 周一 当日不对外办公，不计入",
            "2011-10-18 周二 09:00–12:00 累计 4:00/共 4:00 小时",
            "2011-10-18 周二 12:00 到期",
        ]
    );
    assert_eq!(lines(&limits[0], Language::English)[4], "2011-10-17 Mon — no office hours, not counted");
    assert_eq!(lines(&limits[1], Language::English).last().unwrap(), "2011-10-14 Fri — due at 12:00");
}
