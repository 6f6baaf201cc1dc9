//! How days and hours are counted, where the law leaves it open: every disputed point is a setting.

use serde::{Deserialize, Serialize};

use super::hours::OfficeHours;
use crate::domain::registry::words;

/// How days and hours are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counting {
    /// Whether the start day is day 1 (D1 (b)); by default it is not counted.
    pub start_day_counts: bool,
    /// Whether a limit in calendar days, months or years that ends on no working day rolls to the next one.
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
