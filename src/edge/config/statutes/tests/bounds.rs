//! The limits of the library at their bounds: in time on the day before and on the day, late on the day after.

use std::cmp::Ordering;

use super::super::embedded;
use crate::domain::count::{Asked, Counting, passed_at};
use crate::domain::moment::Moment;
use crate::domain::statute::Keeper;
use crate::edge::config::calendar;

const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

fn day(text: &str) -> Moment {
    Moment::parse(text, ZONE).unwrap()
}

/// Rule, limit, start and due day; counted by other means from the notices on working days.
const BOUNDS: [(&str, &str, &str, &str); 20] = [
    // 《行政许可法》第三十二条第一款第一项、第三十四条第二款、第五十六条：即时、当场。
    ("XK1", "same-day", "2022-04-28", "2022-04-28"),
    ("XK5", "same-day", "2022-04-28", "2022-04-28"),
    ("XK17", "same-day", "2022-04-28", "2022-04-28"),
    // 第四十七条：五日。Over the holiday of 04-30 to 05-04 and the make-up Saturday of 05-07.
    ("XK11", "5wd", "2022-04-28", "2022-05-09"),
    // 《行政复议法》：1999年法第九条、第二十三条；2023年法第二十条、第四十八条、第五十四条、第五十六条至第六十条。
    ("FY1", "60d", "2023-10-31", "2024-01-02"),
    ("FY7", "60d", "2024-01-02", "2024-03-04"),
    ("FY5A", "10d", "2023-12-20", "2024-01-02"),
    ("FY11A", "10wd", "2024-02-05", "2024-02-23"),
    ("FY12A", "5wd", "2024-02-05", "2024-02-18"),
    ("FY15", "30d", "2024-01-11", "2024-02-18"),
    ("FY15A", "7wd", "2024-02-05", "2024-02-20"),
    ("FY15B", "60d", "2024-01-11", "2024-03-11"),
    // 《行政处罚法》第六十四条、第六十七条、第三十六条。
    ("CF4", "5wd", "2022-04-28", "2022-05-09"),
    ("CF5", "15d", "2022-04-20", "2022-05-05"),
    ("CF6", "2y", "2022-05-01", "2024-05-06"),
    // 《行政强制法》第五十三条：三个月，from the last day of January to the last of April, and over the holiday.
    ("QZ4", "3mo", "2022-01-31", "2022-05-05"),
    // 《行政诉讼法》第四十七条；不动产登记暂行条例第二十条；取水许可条例第十九条；市场主体登记管理条例第十九条。
    ("SS1", "2mo", "2022-03-01", "2022-05-05"),
    ("BD1", "30wd", "2022-03-01", "2022-04-13"),
    ("QS1", "45wd", "2022-03-01", "2022-05-06"),
    ("SC1", "3wd", "2022-04-28", "2022-05-06"),
];

#[test]
fn each_limit_ends_on_its_day_and_not_a_day_sooner_or_later() {
    let calendar = calendar::embedded();
    for (id, limit, start, due) in BOUNDS {
        let rule = embedded().governing(id, start.parse().unwrap()).unwrap();
        assert_eq!((rule.id.as_str(), rule.limit.to_string()), (id, limit.to_owned()));
        let (start_day_counts, roll_last_day) = (rule.start_day_counts, rule.roll_last_day);
        let counting = Counting { start_day_counts, roll_last_day, ..Counting::default() };
        let limit = rule.length().unwrap();
        let asked = Asked { start: day(start), limit, extensions: &[], pauses: &[] };
        let found = counting.due(&calendar, ZONE, &asked).unwrap();
        let due_day: chrono::NaiveDate = due.parse().unwrap();
        assert_eq!(found.at.date(), due_day, "{id}");
        let late = |day: chrono::NaiveDate| {
            let done = Moment::local(day.and_hms_opt(9, 0, 0).unwrap(), ZONE);
            done.order(&passed_at(&found.at, ZONE)) != Ordering::Less
        };
        let (before, after) = (due_day.pred_opt().unwrap(), due_day.succ_opt().unwrap());
        assert_eq!([late(before), late(due_day), late(after)], [false, false, true], "{id}");
    }
}

/// On the day before its first day no rule governs, or the one it follows does.
#[test]
fn each_rule_governs_from_its_first_day_on() {
    for rule in embedded().rules.values() {
        let governing = |day| embedded().governing(&rule.id, day).map(|it| it.id.clone()).ok();
        assert_eq!(governing(rule.valid_from).as_ref(), Some(&rule.id));
        assert_eq!(governing(rule.valid_from.pred_opt().unwrap()), rule.follows, "{}", rule.id);
        if let Some(last) = rule.valid_to {
            assert_eq!(governing(last).as_ref(), Some(&rule.id));
            assert_ne!(governing(last.succ_opt().unwrap()).as_ref(), Some(&rule.id));
        }
    }
}

/// 《行政许可法》第五十条 (the applicant), 《政府信息公开条例》第三十二条 (the third party), 《行政复议法》第三十一条 and others: whose
/// limit it is stands at the rule; all others are the office's.
#[test]
fn what_others_must_keep_is_marked() {
    let of = |keeper: Keeper| {
        let rules = embedded().rules.values().filter(move |rule| rule.keeper == keeper);
        rules.map(|rule| rule.id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(Keeper::Applicant), ["CF4", "CF5", "FY1", "FY10", "FY7", "XK11", "XK14"]);
    assert_eq!(of(Keeper::ThirdParty), ["FY11A", "FY12A", "FY15B", "FY5A", "XG7"]);
    for (rule, by) in [("XG5", "XG6"), ("FY9", "FY8"), ("FY3", "FY2"), ("XF5", "XF4")] {
        assert_eq!(embedded().rules[rule].covered_by.as_deref(), Some(by));
        assert!(embedded().rules.contains_key(by));
    }
}
