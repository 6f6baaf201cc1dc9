//! What is decided of a plain record at one look is what a longer look would decide.

use chrono_tz::Asia::Shanghai;

use crate::domain::moment::Moment;
use crate::domain::record::{Trace, TraceKind, chronological, says_something};

/// What a form is filled with to be let through says nothing; a name of two characters or a work number does.
#[test]
fn a_filler_says_nothing_and_a_name_or_a_number_does() {
    for text in ["", " ", "无", "没有", "不详", "暂无", "/", "——", "N/A", "null", "（无）", "无。", "/没有/"]
    {
        assert!(!says_something(text), "{text}");
    }
    for text in [
        "审查",
        "收件",
        "王",
        "0731",
        "7",
        "无锡",
        "没有材料",
        "暂无异议",
        "A1",
        "/0731/",
        "许可证",
        "一般",
        "丁一",
        "上龥",
    ] {
        assert!(says_something(text), "{text}");
    }
}

/// By day, then by instant, then in the order of a case's life; also where times are written in several offsets.
#[test]
fn traces_are_put_in_the_order_of_time() {
    use TraceKind::{Accepted, Applied, Decided, Step};
    let traces = |rows: &[(TraceKind, &str)]| -> Vec<Trace> {
        let at = |text| Moment::parse(text, Shanghai).unwrap();
        rows.iter().map(|(kind, text)| Trace::new(*kind, at(text))).collect()
    };
    for rows in [
        [
            (Applied, "2011-09-26"),
            (Accepted, "2011-09-26"),
            (Step, "2011-09-26T09:00:00+08:00"),
            (Decided, "2011-09-27"),
        ],
        [
            (Applied, "2011-09-26T23:30:00+09:00"),
            (Decided, "2011-09-26T23:30:00+08:00"),
            (Step, "2011-09-27T00:10:00+09:00"),
            (Accepted, "2011-09-27T01:00:00+08:00"),
        ],
    ] {
        let sorted = traces(&rows);
        for shift in 0..rows.len() {
            let mut turned = traces(&rows);
            turned.rotate_left(shift);
            chronological(&mut turned);
            assert_eq!(turned, sorted, "{shift}");
            turned.reverse();
            chronological(&mut turned);
            assert_eq!(turned, sorted, "{shift} backwards");
        }
    }
}
