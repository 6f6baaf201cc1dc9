//! Words that stand for nothing (空值): what an export writes where a cell is empty.

#[cfg(test)]
mod tests;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::number::half_width;
use super::value::Value;

/// The words by default. Each but the empty one is what some system writes for nothing: databases and their exports, the zero
/// dates of MySQL, tables of Python, spreadsheets, .NET, `9999-12-31` for "open", the beginning of Unix time in Chinese local time, and what people
/// type into a form.
pub const USUAL: [&str; 21] = [
    "",
    "NULL",
    "\\N",
    "(NULL)",
    "[NULL]",
    "<NULL>",
    "NaN",
    "NaT",
    "N/A",
    "-",
    "--",
    "—",
    "——",
    "/",
    "无",
    "0000-00-00",
    "1900-01-01",
    "1899-12-30",
    "0001-01-01",
    "9999-12-31",
    "1970-01-01 08:00:00",
];

/// [`USUAL`] as a list.
pub fn usual() -> Vec<String> {
    USUAL.map(str::to_owned).to_vec()
}

/// Whether a list is the usual one.
pub fn is_usual(words: &[String]) -> bool {
    words == USUAL
}

/// The words for nothing of one column, made ready.
#[derive(Debug, Clone, Default)]
pub(super) struct Nothing {
    words: Vec<String>,
    /// Bit n: a word has n bytes; the highest: one has more.
    lengths: u64,
    numbers: Vec<i64>,
    dates: Vec<DateWord>,
}

/// The numbers of a date, be there such a day or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct DateNumbers {
    year: u32,
    month: u32,
    day: u32,
}

/// A word that is written as a date. Dates that exist are possible values, so cells that hold one are counted.
#[derive(Debug, Clone)]
struct DateWord {
    word: String,
    date: DateNumbers,
    /// Seconds of the day; `None`: a bare date, which stands for its midnight too.
    time: Option<u32>,
}

/// The last second of a day, which stands beside the last day of all.
const LAST_SECOND: u32 = 86_399;

impl Nothing {
    /// The words as configured.
    pub fn new(words: &[String]) -> Self {
        let bit = |word: &String| 1_u64 << word.len().min(63);
        let date = |word: &String| {
            written(word.as_bytes()).map(|(date, time)| DateWord { word: word.clone(), date, time })
        };
        Self {
            words: words.to_vec(),
            lengths: words.iter().map(bit).fold(0, |all, one| all | one),
            numbers: words.iter().filter_map(|word| word.parse().ok()).collect(),
            dates: words.iter().filter_map(date).collect(),
        }
    }

    /// Those that no hand types: a hand that fills a mandatory field with `-` or 无 leaves a dummy, which rules ask for.
    pub fn by_machines(words: &[String]) -> Vec<String> {
        let typed = |word: &str| {
            word.eq_ignore_ascii_case("N/A") || !word.bytes().any(|byte| byte.is_ascii_alphanumeric())
        };
        words.iter().filter(|word| !typed(word)).cloned().collect()
    }

    /// Whether a cell says nothing, whatever it should tell.
    pub fn is(&self, value: Value<'_>) -> bool {
        match value.plain() {
            Value::Text(text) => {
                let text = text.trim();
                text.is_empty() || self.says(text) || half(text).is_some_and(|plain| self.says(plain.trim()))
            }
            Value::Integer(number) => self.numbers.contains(&number),
            value => value.is_empty(),
        }
    }

    fn says(&self, text: &str) -> bool {
        self.lengths & 1 << text.len().min(63) != 0
            && self.words.iter().any(|word| word.eq_ignore_ascii_case(text))
    }

    /// The date for nothing that a cell writes, if it does: with a time of midnight too, whatever stands between the numbers.
    pub fn date_in(&self, value: Value<'_>) -> Option<&str> {
        let (Value::Text(text) | Value::Time(text)) = value else { return None };
        let plain =
            half(text).map(|text| text.replace(['年', '月'], "-").replace("日 ", " ").replace('日', " "));
        let text = plain.as_deref().unwrap_or(text).trim().as_bytes();
        let (year, _) = number(text, 1, 4)?;
        if year != 0 && !self.is_year(year) {
            return None;
        }
        let Some((date, time)) = written(text) else {
            return self.date(DateNumbers::default(), None).filter(|_| is_zero(text));
        };
        self.date(date, time)
    }

    /// The date for nothing that a time is, as it is written and as it is in local time.
    pub fn time(&self, date: NaiveDate, time: Option<NaiveTime>) -> Option<&str> {
        use chrono::Datelike;
        let year = u32::try_from(date.year()).ok()?;
        self.is_year(year).then_some(())?;
        let date = DateNumbers { year, month: date.month(), day: date.day() };
        self.date(date, time.map(|time| time.num_seconds_from_midnight()))
    }

    fn is_year(&self, year: u32) -> bool {
        self.dates.iter().any(|word| word.date.year == year)
    }

    /// The same of a local time.
    pub fn local(&self, at: NaiveDateTime) -> Option<&str> {
        self.time(at.date(), Some(at.time()))
    }

    fn date(&self, date: DateNumbers, time: Option<u32>) -> Option<&str> {
        let same = |word: &&DateWord| {
            let of_day = match word.time {
                Some(_) => time == word.time,
                None => matches!(time, None | Some(0)) || (date.year == 9999 && time == Some(LAST_SECOND)),
            };
            word.date == date && of_day
        };
        self.dates.iter().find(same).map(|it| it.word.as_str())
    }
}

/// Longest text that could be a word for nothing in full-width signs, in bytes.
const LONGEST: usize = 96;

/// A short text with its full-width signs as plain ones, if it has any that are none of ASCII.
fn half(text: &str) -> Option<String> {
    (!text.is_ascii() && text.len() <= LONGEST).then(|| text.chars().map(half_width).collect())
}

/// Whether a word is written as a date that exists: what could be meant as it is written.
pub fn is_possible(word: &str) -> bool {
    written(word.as_bytes()).is_some_and(|(DateNumbers { year, month, day }, _)| {
        i32::try_from(year).is_ok_and(|year| NaiveDate::from_ymd_opt(year, month, day).is_some()) && year > 0
    })
}

/// Zeros where the numbers of a date should stand, in any order: `00/00/0000 00:00`.
fn is_zero(text: &[u8]) -> bool {
    let zeros = text.iter().filter(|byte| **byte == b'0').count();
    zeros >= 6
        && text
            .iter()
            .all(|byte| matches!(byte, b'0' | b'-' | b'/' | b'.' | b':' | b' ' | b'T' | b'Z' | b'+'))
}

/// A number of one to `most` digits at the beginning, and the rest.
fn number(text: &[u8], least: usize, most: usize) -> Option<(u32, &[u8])> {
    let digits = text.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    (digits >= least).then(|| {
        let value = text[..digits].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        (value, &text[digits..])
    })
}

/// The date, and the second of the day where a time is written. Fractions of a second and
/// an offset say nothing here.
fn written(text: &[u8]) -> Option<(DateNumbers, Option<u32>)> {
    let after = |text: &'_ [u8]| match text.first() {
        Some(b'-' | b'/' | b'.') => Some(1),
        _ => None,
    };
    let (year, rest) = number(text, 4, 4)?;
    let (month, rest) = number(&rest[after(rest)?..], 1, 2)?;
    let (day, rest) = number(&rest[after(rest)?..], 1, 2)?;
    let date = DateNumbers { year, month, day };
    let rest = match rest.first() {
        None => return Some((date, None)),
        Some(b' ' | b'T' | b't') => &rest[1..],
        Some(_) => return None,
    };
    let (hour, rest) = number(rest, 1, 2)?;
    let (minute, rest) = number(rest.strip_prefix(b":")?, 2, 2)?;
    let second = match rest.strip_prefix(b":") {
        Some(rest) => number(rest, 2, 2)?.0,
        None => 0,
    };
    Some((date, Some(hour * 3600 + minute * 60 + second)))
}
