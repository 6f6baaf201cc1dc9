//! How days and hours are counted, where the law leaves it open: every disputed point is a setting.

use serde::{Deserialize, Serialize};

use super::hours::OfficeHours;
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::text::{Text, say, words};

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
    pub fn text(&self, limit: &Limit) -> Text {
        let unit = match limit {
            Limit::Span { unit, .. } => Some(*unit),
            Limit::SameDay | Limit::RecordDate(_) => None,
        };
        let days = unit.is_some_and(LimitUnit::is_in_days);
        let rolls = days && unit != Some(LimitUnit::WorkingDays);
        let parts = [
            (days && self.start_day_counts, say!("counting-start_counts")),
            (days && !self.start_day_counts, say!("counting-start_not")),
            (self.rest_day_moves, say!("counting-rest_day")),
            (self.after_hours_moves, say!("counting-after_hours")),
            (days && self.pause_ends == PauseEnds::First, say!("counting-pause_first")),
            (days && self.pause_ends == PauseEnds::Last, say!("counting-pause_last")),
            (rolls && self.roll_last_day, say!("counting-rolls")),
            (rolls && !self.roll_last_day, say!("counting-stays")),
            (days && self.day_end == DayEnd::Midnight, say!("counting-midnight")),
            (days && self.day_end == DayEnd::Closing, say!("counting-closing")),
            (!days, say!("counting-hours", hours = self.hours.to_string())),
        ];
        let held = parts.into_iter().filter_map(|(holds, part)| holds.then_some(part));
        Text::list(held, "list-clause")
    }
}
