//! How days and hours are counted, where the law leaves it open: every disputed point is a setting.

use serde::{Deserialize, Serialize};

use super::hours::OfficeHours;
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::text::words;

/// How days and hours are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counting {
    /// Whether the start day is day 1 (D1 (b)); by default it is not counted.
    pub start_day_counts: bool,
    /// Whether a limit in calendar days, months or years that ends on no working day rolls to the next one that is not
    /// paused either.
    pub roll_last_day: bool,
    /// When a due day ends.
    pub day_end: DayEnd,
    /// Whether what comes in on no working day counts as come on the next one (D2 (b)).
    pub rest_day_moves: bool,
    /// Whether what comes in after closing time counts as come on the next working day (D3 (b)).
    pub after_hours_moves: bool,
    /// Which end days of a pause are left out of a limit in days (D6).
    pub pause_ends: PauseEnds,
    /// Office hours.
    pub hours: OfficeHours,
}

/// The start day is not counted (D1 (a)), what comes in at any time has come that day (D2, D3 (a)), both end days of a
/// pause are left out (D6 (a)), the last day rolls (D8), a day ends at midnight (D12).
impl Default for Counting {
    fn default() -> Self {
        Self {
            start_day_counts: false,
            roll_last_day: true,
            day_end: DayEnd::Midnight,
            rest_day_moves: false,
            after_hours_moves: false,
            pause_ends: PauseEnds::Both,
            hours: OfficeHours::default(),
        }
    }
}

/// When a due day ends (D12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayEnd {
    /// At 24:00.
    Midnight,
    /// At closing time.
    Closing,
}

/// Which end days of a pause are left out (D6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PauseEnds {
    /// The first and the last.
    Both,
    /// The first only: the clock runs again on the last.
    First,
    /// The last only: the clock still runs on the first.
    Last,
}

words!(DayEnd { Midnight = "midnight", "24时"; Closing = "closing", "下班时"; });
words!(PauseEnds { Both = "both", "首尾两日"; First = "first", "首日"; Last = "last", "末日"; });

impl Counting {
    /// The settings that bear on this kind of limit, in words.
    pub fn words(&self, limit: &Limit, chinese: bool) -> String {
        let pick = |zh: &'static str, en: &'static str| if chinese { zh } else { en };
        let mut parts: Vec<String> = Vec::new();
        let mut say = |holds: bool, zh, en| {
            if holds {
                parts.push(pick(zh, en).to_owned());
            }
        };
        let unit = match limit {
            Limit::Span { unit, .. } => Some(*unit),
            Limit::SameDay | Limit::RecordDate(_) => None,
        };
        let days = unit.is_some_and(|unit| unit != LimitUnit::OfficeHours);
        let rolls = days && unit != Some(LimitUnit::WorkingDays);
        say(days && self.start_day_counts, "起算日计入", "with the start day");
        say(days && !self.start_day_counts, "起算日不计入", "without the start day");
        say(
            self.rest_day_moves,
            "休息日收到的视为次一工作日收到",
            "what comes on a day off counts as come the next working day",
        );
        say(
            self.after_hours_moves,
            "下班后收到的视为次一工作日收到",
            "what comes after hours counts as come the next working day",
        );
        say(
            days && self.pause_ends == PauseEnds::First,
            "特别程序末日计入",
            "the last day of a pause counts",
        );
        say(
            days && self.pause_ends == PauseEnds::Last,
            "特别程序首日计入",
            "the first day of a pause counts",
        );
        say(rolls && self.roll_last_day, "末日遇休息日顺延", "a last day off moves on");
        say(rolls && !self.roll_last_day, "末日遇休息日不顺延", "a last day off stays");
        say(days && self.day_end == DayEnd::Midnight, "至当日24时止", "until 24:00");
        say(days && self.day_end == DayEnd::Closing, "至当日下班时止", "until closing time");
        if !days {
            parts.push(format!("{} {}", pick("办公时间", "in office hours"), self.hours));
        }
        parts.join(pick("，", ", "))
    }
}
