//! Counting: from a start, a limit, pauses and extensions to a due moment, with every step on request.

use chrono::NaiveTime;

/// How days and hours are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    /// Whether the start day is day 1 (D1 (b)); by default it is not counted.
    pub start_day_counts: bool,
    /// Whether a limit in calendar days, months or years that ends on no working day rolls to the next one.
    pub roll_last_day: bool,
    /// When a due day ends.
    pub day_end: DayEnd,
    /// Office hours.
    pub hours: OfficeHours,
}

/// When a due day ends (D12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayEnd {
    /// At 24:00.
    Midnight,
    /// At closing time.
    Closing,
}

/// Office hours of a working day: spans in order, not overlapping, none empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHours(Vec<(NaiveTime, NaiveTime)>);
