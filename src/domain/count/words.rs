//! A step of a count in words, Chinese or English.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::{Step, What};
use crate::domain::limit::{Limit, LimitUnit};

impl What {
    /// The word for this kind of step in data.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Start { .. } => "start",
            Self::Received => "received",
            Self::Event => "event",
            Self::Length { .. } => "length",
            Self::Counted { .. } => "counted",
            Self::Worked { .. } => "worked",
            Self::Off => "off",
            Self::Closed => "closed",
            Self::Paused => "paused",
            Self::Rolled => "rolled",
            Self::Unknown => "unknown",
            Self::Due { .. } => "due",
        }
    }
}

const WEEK: [(&str, &str); 7] = [
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
];

impl Step {
    /// The step on one line: `2011-10-08 周六 国庆节调休上班 第 5 日/共 20 日`,
    /// `2011-10-08 Sat — worked, make-up for 国庆节 — day 5 of 20`.
    pub fn words(&self, chinese: bool) -> String {
        let mut line = day(self.from, chinese);
        if self.to > self.from {
            line += if chinese { " 至 " } else { " to " };
            line += &day(self.to, chinese);
        }
        let gap = if chinese { " " } else { " — " };
        for part in [self.nature(chinese), self.deed(chinese)].into_iter().filter(|part| !part.is_empty()) {
            line += gap;
            line += &part;
        }
        line
    }

    /// What kind of day it is, where that matters to the count.
    fn nature(&self, chinese: bool) -> String {
        let telling = matches!(
            self.what,
            What::Counted { .. }
                | What::Worked { .. }
                | What::Off
                | What::Closed
                | What::Rolled
                | What::Due { .. }
        );
        match (&self.name, &self.what) {
            _ if !telling => String::new(),
            (None, What::Off | What::Rolled) if chinese => "休息日".into(),
            (None, What::Off | What::Rolled) => "rest day".into(),
            (None, _) => String::new(),
            (Some(name), What::Off | What::Rolled) if chinese => format!("{name}放假"),
            (Some(name), What::Off | What::Rolled) => format!("day off for {name}"),
            (Some(name), _) if self.make_up && chinese => format!("{name}调休上班"),
            (Some(name), _) if self.make_up => format!("worked, make-up for {name}"),
            (Some(name), What::Due { .. }) => name.clone(),
            (Some(name), _) if chinese => format!("{name}（上班）"),
            (Some(name), _) => format!("worked, {name}"),
        }
    }

    /// What the day is to the count.
    fn deed(&self, chinese: bool) -> String {
        match (&self.what, chinese) {
            (What::Start { time, counted }, _) => start(*time, *counted, chinese),
            (What::Received, true) => "视为该日收到".into(),
            (What::Received, false) => "counts as come on this day".into(),
            (What::Event, true) => "事项发生日，由此往前推算".into(),
            (What::Event, false) => "the event, counted back from".into(),
            (What::Length { limit, extensions, total, unit }, _) => {
                length(limit, extensions, *total, *unit, chinese)
            }
            (What::Counted { first, last, of }, true) if first == last => format!("第 {first} 日/共 {of} 日"),
            (What::Counted { first, last, of }, true) => format!("第 {first} 至 {last} 日/共 {of} 日"),
            (What::Counted { first, last, of }, false) if first == last => format!("day {first} of {of}"),
            (What::Counted { first, last, of }, false) => format!("days {first} to {last} of {of}"),
            (What::Worked { spans, sum, of }, _) => worked(spans, *sum, *of, chinese),
            (What::Off, true) => "不计入".into(),
            (What::Off, false) => "not counted".into(),
            (What::Closed, true) => "当日不对外办公，不计入".into(),
            (What::Closed, false) => "no office hours, not counted".into(),
            (What::Paused, true) => "暂停计时，不计入".into(),
            (What::Paused, false) => "paused, not counted".into(),
            (What::Rolled, true) => "期限最后一日顺延".into(),
            (What::Rolled, false) => "the last day moves on".into(),
            (What::Unknown, true) => "起放假安排尚未公布，暂按周一至周五上班计算，结果待定".into(),
            (What::Unknown, false) => {
                "from here on no holidays are announced: counted Monday to Friday, provisional".into()
            }
            (What::Due { at }, true) => {
                at.time().map_or("到期日".into(), |time| format!("{} 到期", short(time)))
            }
            (What::Due { at }, false) => {
                at.time().map_or("due".into(), |time| format!("due at {}", short(time)))
            }
        }
    }
}

fn day(date: NaiveDate, chinese: bool) -> String {
    let (zh, en) = WEEK[date.weekday().num_days_from_monday() as usize];
    format!("{date} {}", if chinese { zh } else { en })
}

/// Minutes, and seconds only where there are any.
fn short(time: NaiveTime) -> String {
    let whole = chrono::Timelike::second(&time) == 0;
    time.format(if whole { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

fn start(time: Option<NaiveTime>, counted: bool, chinese: bool) -> String {
    match (time, counted, chinese) {
        (Some(time), _, true) => format!("{} 起算", short(time)),
        (Some(time), _, false) => format!("start at {}", short(time)),
        (None, true, true) => "起算日，计入".into(),
        (None, true, false) => "start, counted".into(),
        (None, false, true) => "起算日，不计入".into(),
        (None, false, false) => "start, not counted".into(),
    }
}

fn length(limit: &Limit, extensions: &[Limit], total: i64, unit: LimitUnit, chinese: bool) -> String {
    let mut text = if chinese { "期限 " } else { "limit " }.to_owned();
    text += &limit.words(chinese);
    for extension in extensions {
        text += if chinese { "，延长 " } else { ", extended by " };
        text += &extension.words(chinese);
    }
    let months = matches!(limit, Limit::Span { unit: LimitUnit::Months | LimitUnit::Years, .. });
    if months || !extensions.is_empty() {
        let unit = unit.words(chinese);
        let sum =
            if chinese { format!("，合计 {total} {unit}") } else { format!(": {total} {unit} in all") };
        text += &sum;
    }
    text
}

fn worked(spans: &[(NaiveTime, NaiveTime)], sum: i64, of: i64, chinese: bool) -> String {
    let mut text = String::new();
    for (number, (from, to)) in spans.iter().enumerate() {
        let comma = match (number, chinese) {
            (0, _) => "",
            (_, true) => "、",
            (_, false) => ", ",
        };
        write!(text, "{comma}{}–{}", short(*from), short(*to)).expect("writing to a string cannot fail");
    }
    let (sum, of) = (hours(sum), hours(of));
    text + &if chinese {
        format!(" 累计 {sum}/共 {of} 小时")
    } else {
        format!(" — {sum} of {of} hours")
    }
}

/// Hours and minutes as `1:30`, with seconds only where there are any.
fn hours(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{hours}:{minutes:02}") } else { format!("{hours}:{minutes:02}:{rest:02}") }
}
