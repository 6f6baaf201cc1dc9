//! Moments and pauses as they are typed, and a due moment as it is printed.

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::domain::count::Pause;
use crate::domain::moment::Moment;
use crate::domain::text::{Text, say};

/// A date, or a local date and time; seconds may be left out, a blank may stand for the T, and an offset may
/// follow.
pub(super) fn moment(text: &str, zone: Tz) -> Result<Moment, Text> {
    let text = text.trim();
    // Longest years first would read `12011-…` as a year: a date here has four digits and nothing before them.
    if text.len() == 10
        && let Ok(date) = text.parse::<NaiveDate>()
    {
        return Ok(Moment::day(date, zone));
    }
    let parsed = |form| NaiveDateTime::parse_from_str(text, form).ok();
    let naive = parsed("%Y-%m-%dT%H:%M")
        .or_else(|| parsed("%Y-%m-%dT%H:%M:%S"))
        .or_else(|| parsed("%Y-%m-%d %H:%M"))
        .or_else(|| parsed("%Y-%m-%d %H:%M:%S"));
    if let Some(naive) = naive {
        return Ok(Moment::local(naive, zone));
    }
    let instant = chrono::DateTime::parse_from_rfc3339(text).ok();
    instant
        .map(|at| Moment::instant(at.with_timezone(&zone).fixed_offset()))
        .ok_or_else(|| say!("due-no_date", text))
}

/// `FROM/TO`.
pub(super) fn pause(text: &str, zone: Tz) -> Result<Pause, Text> {
    let (from, to) = text.split_once('/').ok_or_else(|| say!("due-no_pause", text))?;
    Ok(Pause { from: moment(from, zone)?, to: moment(to, zone)? })
}

/// A due moment as people type it: the day, or local time to the minute, with seconds only where there are any.
pub(super) fn written(due: &Moment) -> String {
    use chrono::Timelike;
    match due.time() {
        None => due.date().to_string(),
        Some(time) if time.second() == 0 => due.at().format("%Y-%m-%dT%H:%M").to_string(),
        Some(_) => due.at().format("%Y-%m-%dT%H:%M:%S").to_string(),
    }
}
