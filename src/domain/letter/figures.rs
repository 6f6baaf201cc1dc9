//! Figures of a bulletin as its tables and its pictures write them alike.

use chrono::NaiveDate;

use super::page::phrase;
use crate::domain::bulletin::{CoverageDay, Line};
use crate::domain::days::Days;
use crate::domain::text::Language;

/// Names of the words for the ages of open cases, youngest first.
pub(super) const AGES: [&str; 4] = ["age_10", "age_30", "age_90", "age_more"];

/// Share of items in use, in per cent.
pub(super) fn percent(day: &CoverageDay) -> f64 {
    if day.denominator == 0 { 0.0 } else { 100.0 * day.numerator as f64 / day.denominator as f64 }
}

/// Coverage of a day, in a sentence.
pub(super) fn on(day: &CoverageDay, language: Language) -> String {
    let (numerator, denominator) = (day.numerator.to_string(), day.denominator.to_string());
    let (share, date) = (format!("{:.1}", percent(day)), written(day.day, language));
    let values =
        [("day", date.as_str()), ("share", &share), ("numerator", &numerator), ("denominator", &denominator)];
    phrase(language, "bulletin", "coverage_on", &values)
}

/// Cards of a line, of whatever colour.
pub(super) fn cards(line: &Line) -> u64 {
    line.red + line.yellow + line.notice
}

/// Cards of a line by colour.
pub(super) fn cards_of(line: &Line) -> String {
    format!("{} / {} / {}", line.red, line.yellow, line.notice)
}

/// A day of the period, whose year the title says.
pub(super) fn written(day: NaiveDate, language: Language) -> String {
    Days { language, today: day }.day(day)
}
