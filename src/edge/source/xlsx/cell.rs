//! What a cell of a sheet says: numbers that are days, texts, results of formulas.

use chrono::{NaiveDate, TimeDelta};

use super::styles::Shown;
use crate::domain::record::value::Value;

/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;
/// The last day that spreadsheets know, 9999-12-31, as they count.
const LAST: f64 = 2_958_465.0;
/// The day that never was: spreadsheets take 1900 for a leap year.
const NEVER: i64 = 60;
/// From here on a spreadsheet has lost the last digits of what was typed: it keeps fifteen.
const WHOLE: f64 = 1e15;

/// A stretch of the text of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub begin: usize,
    pub end: usize,
}

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell {
    Integer(i64),
    Real(f64),
    /// A text that stands in its row.
    Text(Stretch),
    /// One that it shares with others.
    Shared(usize),
    /// A day or moment, in the text of its row.
    Time(Stretch),
    /// A formula without a result.
    Failed,
}

/// Where days are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    Of1900,
    Of1904,
}

/// The number that stands in a cell, as it is shown; what it needs of text is added to that of its row.
pub(super) fn number(written: &str, shown: Shown, epoch: Epoch, row: &mut String) -> Cell {
    let Some(number) = written.trim().parse::<f64>().ok().filter(|number| number.is_finite()) else {
        return Cell::Failed;
    };
    let begin = row.len();
    let told = match shown {
        Shown::Number => None,
        Shown::Digits(digits) => zeros(number, digits.into()).map(|text| (text, false)),
        Shown::Day | Shown::Time => time(number, shown, epoch),
        Shown::Elapsed => elapsed(number).map(|text| (text, false)),
    };
    match told {
        Some((text, is_time)) => {
            row.push_str(&text);
            let stretch = Stretch { begin, end: row.len() };
            if is_time { Cell::Time(stretch) } else { Cell::Text(stretch) }
        }
        None => bare(number),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "it is whole and below 10^15")]
fn bare(number: f64) -> Cell {
    let is_whole = number.fract() == 0.0 && number.abs() < WHOLE;
    if is_whole { Cell::Integer(number as i64) } else { Cell::Real(number) }
}

/// A number with zeros before it, as a code is typed.
fn zeros(number: f64, digits: usize) -> Option<String> {
    match bare(number) {
        Cell::Integer(number) if number >= 0 => Some(format!("{number:0digits$}")),
        _ => None,
    }
}

/// A number of days as a text, and whether that is a day or moment; to the millisecond, as nine o'clock is no fraction that ends.
fn time(days: f64, shown: Shown, epoch: Epoch) -> Option<(String, bool)> {
    if !(0.0..LAST + 1.0).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is bounded")]
    let milliseconds = (days * DAY).round() as i64;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole")]
    let of_day = DAY as i64;
    let (day, rest) = (milliseconds / of_day, milliseconds % of_day);
    let clock = clock(rest);
    if day == 0 && rest != 0 {
        return Some((clock, false));
    }
    let first = |year, month, date| NaiveDate::from_ymd_opt(year, month, date);
    let first = match epoch {
        Epoch::Of1904 => first(1904, 1, 1),
        Epoch::Of1900 if day == NEVER => return Some(("1900-02-29".to_owned(), false)),
        Epoch::Of1900 if day > 0 && day < NEVER => first(1899, 12, 31),
        Epoch::Of1900 => first(1899, 12, 30),
    };
    let date = first?.checked_add_signed(TimeDelta::try_days(day)?)?;
    let with_clock = rest != 0 || shown == Shown::Time && day != 0;
    Some((if with_clock { format!("{date} {clock}") } else { date.to_string() }, true))
}

/// A time of day.
fn clock(milliseconds: i64) -> String {
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let whole = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { whole } else { format!("{whole}.{rest:03}") }
}

/// Hours that have passed.
fn elapsed(days: f64) -> Option<String> {
    if !(0.0..LAST).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is bounded")]
    let seconds = (days * DAY / 1000.0).round() as i64;
    Some(format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

/// A text as a value.
pub(super) fn text(text: &str) -> Value<'_> {
    if text.contains('\u{fffd}') { Value::Garbled(text) } else { Value::Text(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(written: &str, shown: Shown, epoch: Epoch) -> String {
        let mut row = String::new();
        match number(written, shown, epoch, &mut row) {
            Cell::Time(_) => format!("time {row}"),
            Cell::Text(_) => format!("text {row}"),
            other => format!("{other:?}"),
        }
    }

    /// The days of both epochs, around the one that never was, and those without a day.
    #[test]
    fn days_are_those_that_a_spreadsheet_shows() {
        use Epoch::{Of1900, Of1904};
        for (written, shown, epoch, expected) in [
            ("1", Shown::Day, Of1900, "time 1900-01-01"),
            ("59", Shown::Day, Of1900, "time 1900-02-28"),
            ("60", Shown::Day, Of1900, "text 1900-02-29"),
            ("60.5", Shown::Time, Of1900, "text 1900-02-29"),
            ("61", Shown::Day, Of1900, "time 1900-03-01"),
            ("60", Shown::Day, Of1904, "time 1904-03-01"),
            ("40812", Shown::Day, Of1900, "time 2011-09-26"),
            ("39350", Shown::Day, Of1904, "time 2011-09-26"),
            ("40812", Shown::Time, Of1900, "time 2011-09-26 00:00:00"),
            ("0", Shown::Day, Of1900, "time 1899-12-30"),
            ("0", Shown::Time, Of1900, "time 1899-12-30"),
            ("0.375", Shown::Time, Of1900, "text 09:00:00"),
            ("2958465", Shown::Day, Of1900, "time 9999-12-31"),
            ("2958466", Shown::Day, Of1900, "Integer(2958466)"),
            ("-1", Shown::Day, Of1900, "Integer(-1)"),
            ("1.0416666666666667", Shown::Elapsed, Of1900, "text 25:00:00"),
        ] {
            assert_eq!(told(written, shown, epoch), expected, "{written} {shown:?} {epoch:?}");
        }
    }

    /// Nine o'clock of any day is nine o'clock, also where a formula has worked it out; a millisecond before it is not.
    #[test]
    fn a_time_is_exact_to_the_millisecond() {
        for day in [1, 59, 61, 40_812, 46_000, 2_958_465] {
            for hour in 1..24 {
                let at = f64::from(day) + f64::from(hour) / 24.0;
                for at in [at, at.next_down(), at.next_up()] {
                    let said = told(&at.to_string(), Shown::Time, Epoch::Of1900);
                    assert!(said.ends_with(&format!(" {hour:02}:00:00")), "{at}: {said}");
                }
            }
        }
        let said = |written: &str| told(written, Shown::Day, Epoch::Of1900);
        assert_eq!(said("40812.3749999"), "time 2011-09-26 08:59:59.991");
        assert_eq!(said("40812.37499999999"), "time 2011-09-26 09:00:00");
        assert_eq!(said("40812.99999999999"), "time 2011-09-27");
    }

    /// Codes keep their zeros; a number of sixteen digits has lost its last, and stays one of floating point.
    #[test]
    fn numbers_are_whole_as_far_as_a_spreadsheet_keeps_them() {
        let of = |written: &str, shown| told(written, shown, Epoch::Of1900);
        assert_eq!(of("12", Shown::Digits(6)), "text 000012");
        assert_eq!(of("1234567", Shown::Digits(6)), "text 1234567");
        assert_eq!(of("1.5", Shown::Digits(6)), "Real(1.5)");
        assert_eq!(of("999999999999999", Shown::Number), "Integer(999999999999999)");
        assert_eq!(of("1000000000000000", Shown::Number), "Real(1000000000000000.0)");
        assert_eq!(of("4.3100219800101101E+17", Shown::Number), "Real(4.31002198001011e17)");
        for none in ["", "NaN", "inf", "1e999", "1,5"] {
            assert_eq!(of(none, Shown::Number), "Failed", "{none}");
        }
    }
}
