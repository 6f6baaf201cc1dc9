//! How long special procedures may last, from the file.

use super::written::{At, Table};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::statute::PauseTime;
use crate::domain::text::say;

/// `pause_times`: each a cause, a length in days and the clause, such as `听证 20wd 第四十七条第一款`; the clause of a law's own
/// article when `law` is named, else as it is written.
pub(super) fn pause_times(table: &Table<'_>, law: &str) -> Vec<PauseTime> {
    let mut times = Vec::new();
    for at in table.texts("pause_times").unwrap_or_default() {
        let mut words = at.value.split_whitespace();
        let (cause, length) = (words.next(), words.next().and_then(|text| text.parse::<Limit>().ok()));
        let clause = words.collect::<Vec<_>>().join(" ");
        match (cause, length.filter(in_days), clause.is_empty()) {
            (Some(cause), Some(limit), false) => {
                let basis = if law.is_empty() { clause } else { format!("《{law}》{clause}") };
                times.push(PauseTime { cause: cause.to_owned(), limit, basis });
            }
            _ => table.wrong(&at, say!("config-pause_times", text = &at.value)),
        }
    }
    times
}

/// How much is left out at most: days, as other lengths cannot be told day by day.
pub(super) fn pause_limit(table: &Table<'_>) -> Option<Limit> {
    days(table, "pause_limit").map(|at| at.value)
}

/// A length in working or calendar days.
pub(super) fn days(table: &Table<'_>, key: &'static str) -> Option<At<Limit>> {
    let at = table.parsed::<Limit>(key)?;
    if !in_days(&at.value) {
        table.wrong(&at, say!("config-days"));
        return None;
    }
    Some(at)
}

/// Whether a length is in working or calendar days.
pub(super) fn in_days(limit: &Limit) -> bool {
    matches!(limit, Limit::Span { unit: LimitUnit::WorkingDays | LimitUnit::CalendarDays, .. })
}
