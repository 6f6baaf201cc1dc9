//! A limit (时限): an amount and a unit, or a date the record itself carries; parse and print.

mod source;

use std::fmt;
use std::str::FromStr;

pub use source::LimitSource;

use super::text::{Fault, Text, say};

/// What a limit is counted in. The law writes 日 for different things, so the unit is never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitUnit {
    /// 工作日.
    WorkingDays,
    /// 日 (自然日).
    CalendarDays,
    /// 月: ends on the same day number, or the month's last day.
    Months,
    /// 年: twelve months.
    Years,
    /// 工作小时: runs inside office hours only.
    OfficeHours,
    /// 工作分钟: likewise.
    OfficeMinutes,
    /// 半个工作日: half of the usual office hours of a day, and runs inside them. Whole days are [`Self::WorkingDays`].
    HalfDays,
    /// 小时: runs day and night.
    ClockHours,
}

/// How long a step may take.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Limit {
    /// An amount of a unit; at least 1.
    Span {
        /// How many, from 1 to 9999.
        amount: u32,
        /// Of what.
        unit: LimitUnit,
    },
    /// 当日: by closing time of that working day.
    SameDay,
    /// A date of the record itself, by the name the mapping gives it.
    RecordDate(String),
}

/// How amounts of a unit are written.
struct UnitWords {
    unit: LimitUnit,
    /// Behind the number, in files and database.
    short: &'static str,
    /// In catalogues; the first is written on screen.
    long: &'static [&'static str],
}

const UNITS: [UnitWords; 8] = [
    UnitWords { unit: LimitUnit::WorkingDays, short: "wd", long: &["个工作日", "工作日"] },
    UnitWords {
        unit: LimitUnit::CalendarDays, short: "d", long: &["个自然日", "自然日", "日", "天"]
    },
    UnitWords { unit: LimitUnit::Months, short: "mo", long: &["个月", "月"] },
    UnitWords { unit: LimitUnit::Years, short: "y", long: &["年"] },
    UnitWords { unit: LimitUnit::OfficeHours, short: "oh", long: &["个工作小时", "工作小时"] },
    UnitWords {
        unit: LimitUnit::OfficeMinutes, short: "om", long: &["个工作分钟", "工作分钟", "分钟"]
    },
    UnitWords { unit: LimitUnit::HalfDays, short: ".5wd", long: &[] },
    UnitWords { unit: LimitUnit::ClockHours, short: "h", long: &["个小时", "小时"] },
];

impl LimitUnit {
    fn words(self) -> &'static UnitWords {
        &UNITS[self as usize]
    }

    /// So many of the unit: `20 个工作日`, `20 working days`.
    pub fn of(self, count: i64) -> Text {
        match self {
            Self::WorkingDays => say!("limit-working_days", count),
            Self::CalendarDays => say!("limit-calendar_days", count),
            Self::Months => say!("limit-months", count),
            Self::Years => say!("limit-years", count),
            Self::OfficeHours => say!("limit-office_hours", count),
            Self::OfficeMinutes => say!("limit-office_minutes", count),
            Self::HalfDays => say!("limit-half_days", count = format!("{}.5", count / 2)),
            Self::ClockHours => say!("limit-clock_hours", count),
        }
    }

    /// Whether whole days are counted: it ends with a day and not at an hour.
    pub fn is_in_days(self) -> bool {
        match self {
            Self::WorkingDays | Self::CalendarDays | Self::Months | Self::Years => true,
            Self::OfficeHours | Self::OfficeMinutes | Self::HalfDays | Self::ClockHours => false,
        }
    }
}

impl Limit {
    /// Whether it runs by the hour, and ends at one.
    pub fn is_in_hours(&self) -> bool {
        matches!(self, Self::Span { unit, .. } if !unit.is_in_days())
    }

    /// Whether it is no longer than another that is counted in the same unit; never where the units differ.
    pub fn is_within(&self, other: &Self) -> bool {
        let (Self::Span { amount, unit }, Self::Span { amount: most, unit: of }) = (self, other) else {
            return false;
        };
        unit == of && amount <= most
    }

    /// Whether it is certainly longer than another, in calendar days: a working day is at least one day and five of them
    /// at least seven; `None` where it depends on the dates.
    pub fn is_longer_than(&self, other: &Self) -> Option<bool> {
        let span = |limit: &Self| match limit {
            Self::SameDay => Some((LimitUnit::WorkingDays, 1, 1)),
            Self::RecordDate(_) => None,
            Self::Span { amount, unit } => Some(match unit {
                // Working days: least and most calendar days; a holiday week may lie in between.
                LimitUnit::WorkingDays => (*unit, *amount, amount * 7 / 5 + 11),
                LimitUnit::CalendarDays => (*unit, *amount, *amount),
                LimitUnit::Months => (*unit, amount * 28, amount * 31),
                LimitUnit::Years => (*unit, amount * 365, amount * 366),
                LimitUnit::OfficeHours => (*unit, amount / 24, amount / 4 + 11),
                LimitUnit::OfficeMinutes => (*unit, amount / 1440, amount / 240 + 11),
                LimitUnit::HalfDays => (*unit, amount / 2, amount * 7 / 10 + 12),
                LimitUnit::ClockHours => (*unit, amount / 24, amount.div_ceil(24)),
            }),
        };
        let ((own_unit, own_least, own_most), (law_unit, law_least, law_most)) = (span(self)?, span(other)?);
        if own_unit == law_unit {
            return Some(own_least > law_least);
        }
        match (own_least > law_most, own_most <= law_least) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    /// About how many calendar days it takes: to see which of two limits is meant to be the longer one.
    pub fn rough_days(&self) -> u32 {
        match self {
            Self::SameDay => 1,
            Self::RecordDate(_) => 0,
            Self::Span { amount, unit } => match unit {
                LimitUnit::WorkingDays => amount.saturating_mul(7).div_ceil(5),
                LimitUnit::CalendarDays => *amount,
                LimitUnit::Months => amount.saturating_mul(30),
                LimitUnit::Years => amount.saturating_mul(365),
                LimitUnit::OfficeHours => amount.div_ceil(6),
                LimitUnit::OfficeMinutes => amount.div_ceil(360),
                LimitUnit::HalfDays => amount.saturating_mul(7).div_ceil(10),
                LimitUnit::ClockHours => amount.div_ceil(24),
            },
        }
    }

    /// The limit as people read it: `20 个工作日`, `20 working days`.
    pub fn text(&self) -> Text {
        match self {
            Self::Span { amount, unit } => unit.of((*amount).into()),
            Self::SameDay => say!("limit-same_day"),
            Self::RecordDate(_) => say!("limit-record_date"),
        }
    }
}

/// `20wd`, `0.5wd`, `60d`, `2mo`, `1y`, `24oh`, `30om`, `24h`, `same-day`, `date:NAME`.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Span { amount, unit: LimitUnit::HalfDays } => write!(f, "{}.5wd", amount / 2),
            Self::Span { amount, unit } => write!(f, "{amount}{}", unit.words().short),
            Self::SameDay => f.write_str("same-day"),
            Self::RecordDate(name) => write!(f, "date:{name}"),
        }
    }
}

crate::domain::text::as_text!(Limit);

/// What a catalogue writes for a limit of the same day.
const SAME_DAY: [&str; 9] =
    ["same-day", "当日", "当日办结", "当天", "当天办结", "当场", "当场办结", "即办", "即时办结"];

impl FromStr for Limit {
    type Err = Fault;

    /// Takes what `Display` writes, and the Chinese of a catalogue: `20个工作日`, `60日`, `2个月`, `当日`.
    fn from_str(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if SAME_DAY.contains(&text) {
            return Ok(Self::SameDay);
        }
        if let Some(name) = text.strip_prefix("date:").map(str::trim).filter(|name| !name.is_empty()) {
            return Ok(Self::RecordDate(name.to_owned()));
        }
        let explain = || Fault(say!("wrong-limit", text));
        if let Some(halves) = half_days(text) {
            return Ok(Self::Span { amount: halves, unit: LimitUnit::HalfDays });
        }
        let split = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(explain)?;
        let (digits, word) = (&text[..split], text[split..].trim());
        let amount: u32 = digits.parse().map_err(|_| explain())?;
        if !(1..=9999).contains(&amount) {
            return Err(Fault(say!("wrong-limit_amount", text)));
        }
        let known = UNITS.iter().filter(|it| it.unit != LimitUnit::HalfDays);
        let known = known.into_iter().find(|it| it.short == word || it.long.contains(&word));
        known.map(|it| Self::Span { amount, unit: it.unit }).ok_or_else(explain)
    }
}

/// How many half days a text says, where it says half a day besides whole ones: `0.5wd`, `1.5个工作日`, `半个工作日`.
fn half_days(text: &str) -> Option<u32> {
    let text = if text == "半个工作日" || text == "半天" { "0.5wd" } else { text };
    let unit = |word: &str| ["wd", "个工作日", "工作日"].contains(&word.trim());
    let (days, rest) = text.split_once('.')?;
    let days: u32 = days.parse().ok().filter(|days| *days <= 99)?;
    unit(rest.strip_prefix('5')?).then_some(days * 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Issue 13: limits as published catalogues have them: half days, minutes of office time, hours by the clock.
    #[test]
    fn half_days_minutes_and_hours_are_understood() {
        for (text, short) in [
            ("0.5wd", "0.5wd"),
            ("0.5个工作日", "0.5wd"),
            ("半个工作日", "0.5wd"),
            ("1.5 工作日", "1.5wd"),
            ("30分钟", "30om"),
            ("30om", "30om"),
            ("24小时", "24h"),
            ("24h", "24h"),
        ] {
            assert_eq!(text.parse::<Limit>().unwrap().to_string(), short, "{text}");
        }
        for text in ["0.4wd", "0.5d", ".5wd", "0.5", "5.wd", "0h", "100.5wd"] {
            assert!(text.parse::<Limit>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_printed_can_be_read_back() {
        for text in ["20wd", "60d", "2mo", "1y", "24oh", "same-day", "date:expiry"] {
            assert_eq!(text.parse::<Limit>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_catalogue_in_chinese_is_understood() {
        for (text, short) in
            [("20个工作日", "20wd"), ("20 工作日", "20wd"), ("60日", "60d"), ("当日", "same-day")]
        {
            assert_eq!(text.parse::<Limit>().unwrap().to_string(), short);
        }
        for text in ["当日办结", "当天办结", " 当场办结 ", "即时办结"] {
            assert_eq!(text.parse::<Limit>(), Ok(Limit::SameDay), "{text}");
        }
        for text in ["次日办结", "当日内3小时", "办结"] {
            assert!(text.parse::<Limit>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_number_without_a_unit_is_no_limit() {
        for text in ["20", "0wd", "10000d", "-3d", "wd", "", "20 weeks", "date:"] {
            assert!(text.parse::<Limit>().is_err(), "{text}");
        }
    }

    /// The bound on either side: 40 office hours, 2,400 office minutes and nineteen half days may take 21 and 25 calendar days, holidays
    /// between; twenty working days take twenty at least.
    #[test]
    fn a_limit_is_longer_where_no_calendar_could_make_it_shorter() {
        let longer =
            |one: &str, other: &str| one.parse::<Limit>().unwrap().is_longer_than(&other.parse().unwrap());
        for (limit, most) in [("40oh", 21), ("2400om", 21), ("9.5wd", 25), ("10wd", 25)] {
            let beside = [most - 1, most, most + 1].map(|days| longer(limit, &format!("{days}d")));
            assert_eq!(beside, [None, Some(false), Some(false)], "{limit}");
        }
        assert_eq!([19, 20, 21].map(|days| longer("20wd", &format!("{days}d"))), [Some(true), None, None]);
    }

    /// Ninety-nine days and a half are the longest that half days are counted in.
    #[test]
    fn half_days_end_before_a_hundred() {
        let halves = ["98.5wd", "99.5wd", "100.5wd"].map(|text| text.parse::<Limit>().ok());
        let of = |amount| Some(Limit::Span { amount, unit: LimitUnit::HalfDays });
        assert_eq!(halves, [of(197), of(199), None]);
    }
}
