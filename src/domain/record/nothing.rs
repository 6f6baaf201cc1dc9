//! Words that stand for nothing (空值): what an export writes where a cell is empty.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

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
                text.is_empty()
                    || (self.lengths & 1 << text.len().min(63) != 0
                        && self.words.iter().any(|word| word.eq_ignore_ascii_case(text)))
            }
            Value::Integer(number) => self.numbers.contains(&number),
            value => value.is_empty(),
        }
    }

    /// The date for nothing that a cell writes, if it does: with a time of midnight too, whatever stands between the numbers.
    pub fn date_in(&self, value: Value<'_>) -> Option<&str> {
        let (Value::Text(text) | Value::Time(text)) = value else { return None };
        let text = text.trim().as_bytes();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Nothing {
        Nothing::new(&usual())
    }

    /// A word that any system writes for nothing is nothing, in any case; what merely contains one is not.
    #[test]
    fn words_for_nothing_are_nothing() {
        for text in [
            "",
            " ",
            "NULL",
            "null",
            "(Null)",
            "nan",
            " \\N ",
            "-",
            "/",
            "——",
            "无",
            "0000-00-00",
            "9999-12-31",
        ] {
            assert!(words().is(Value::Text(text)), "{text}");
        }
        for text in ["无异议", "--x", "NULLA", "0", "2011-09-26"] {
            assert!(!words().is(Value::Text(text)), "{text}");
        }
        assert!(words().is(Value::Null) && !words().is(Value::Integer(0)));
        assert!(Nothing::new(&["0".to_owned()]).is(Value::Integer(0)));
        assert!(!Nothing::new(&[]).is(Value::Text("NULL")) && Nothing::new(&[]).is(Value::Text("")));
    }

    /// A date of the list covers its forms with midnight, and no other time of that day; one with a time of day covers that alone.
    #[test]
    fn a_date_for_nothing_covers_its_midnight() {
        for text in [
            "0000-00-00 00:00:00",
            "0000/00/00",
            "00/00/0000 00:00",
            "1900-01-01T00:00:00.000",
            "1900/1/1 0:00",
            "1899-12-30 00:00:00+08:00",
            "9999-12-31 23:59:59.997",
            "9999-12-31 00:00",
            "1970-01-01 08:00",
            "1970-01-01T08:00:00+08:00",
        ] {
            assert!(words().date_in(Value::Text(text)).is_some(), "{text}");
        }
        for text in
            ["1900-01-01 09:30:00", "1900-01-02", "1970-01-01 08:00:01", "1970-01-01", "3020-01-01", "0"]
        {
            assert_eq!(words().date_in(Value::Text(text)), None, "{text}");
        }
    }

    /// Zero dates exist nowhere; the others might be meant.
    #[test]
    fn dates_that_exist_are_possible_values() {
        let possible: Vec<&str> = USUAL.into_iter().filter(|word| is_possible(word)).collect();
        assert_eq!(possible, ["1900-01-01", "1899-12-30", "0001-01-01", "9999-12-31", "1970-01-01 08:00:00"]);
    }

    /// The last second of 9999 stands for its day, and no other time of it; of another day the last second is a time like any. Six zeros
    /// are a date of nothing, five are none.
    #[test]
    fn the_last_second_of_all_is_nothing_and_no_other() {
        let is = |text: &str| words().date_in(Value::Text(text)).is_some();
        assert_eq!(
            ["9999-12-31 23:59:59", "9999-12-31 00:00:00", "9999-12-31 12:00:00"].map(is),
            [true, true, false]
        );
        let of_1900 = Nothing::new(&["1900-01-01".to_owned()]);
        let is_1900 = |text: &str| of_1900.date_in(Value::Text(text)).is_some();
        assert_eq!(["1900-01-01", "1900-01-01 23:59:59"].map(is_1900), [true, false]);
        assert_eq!(["00/00/00", "00/00/0"].map(is), [true, false]);
    }

    #[test]
    fn a_word_may_be_a_date_that_exists() {
        let possible =
            ["2011-02-28", "2011-02-29", "2012-02-29", "0001-01-01", "0000-01-01"].map(is_possible);
        assert_eq!(possible, [true, false, true, true, false]);
    }
}
