//! How days are counted, from the file.

use super::written::Table;
use crate::domain::count::Counting;

/// The settings of counting; what is not given is as in `default`.
pub(super) fn read_counting(table: &Table<'_>, default: &Counting) -> Counting {
    let truth = |key, default| table.truth(key).map_or(default, |at| at.value);
    Counting {
        start_day_counts: truth("start_day_counts", default.start_day_counts),
        roll_last_day: truth("roll_last_day", default.roll_last_day),
        day_end: table.parsed("day_end").map_or(default.day_end, |at| at.value),
        rest_day_moves: truth("rest_day_moves", default.rest_day_moves),
        after_hours_moves: truth("after_hours_moves", default.after_hours_moves),
        pause_ends: table.parsed("pause_ends").map_or(default.pause_ends, |at| at.value),
        hours: table.parsed("office_hours").map_or_else(|| default.hours.clone(), |at| at.value),
    }
}
