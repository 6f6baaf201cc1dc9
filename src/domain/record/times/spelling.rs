//! Times in other spellings: full-width digits, 上午 and 下午, the hour 24; year, month and day without zeros, with other signs or none
//! between them.

use chrono::{NaiveTime, Timelike};

use super::super::number::half_width;

/// Words for the half of a day, and whether it is the second.
const HALVES: [(&str, bool); 9] = [
    ("上午", false),
    ("凌晨", false),
    ("早上", false),
    ("中午", true),
    ("下午", true),
    ("傍晚", true),
    ("晚上", true),
    ("AM", false),
    ("PM", true),
];

/// A time in the spelling that formats know, and what its own one said besides.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    /// The time without it.
    pub text: String,
    /// It is one of the second half of its day, or of the first.
    second_half: Option<bool>,
    /// Its hour is 24.
    end_of_day: bool,
}

impl Spelling {
    /// `None`: it is spelled as formats know it.
    pub fn of(text: &str) -> Option<Self> {
        Self::made_plain(text, Some)
    }

    /// The same of a time that begins with its year, told as ISO has it: so written it has one meaning only.
    pub fn year_first(text: &str) -> Option<Self> {
        Self::made_plain(text, |plain| year_first(&plain))
    }

    fn made_plain(text: &str, told: impl Fn(String) -> Option<String>) -> Option<Self> {
        let blank = |sign: char| if sign.is_whitespace() { ' ' } else { half_width(sign) };
        let mut plain: String = text.trim().chars().map(blank).collect();
        let half = HALVES.iter().find(|(word, _)| plain.contains(word));
        if let Some((word, _)) = half {
            // The word stands before the hour or behind the time; either way one blank divides day and time.
            plain = plain.replacen(word, " ", 1).split_whitespace().collect::<Vec<_>>().join(" ");
            // Beside it the hour seldom has two digits.
            if let Some(at) = plain.find(' ').filter(|at| plain.as_bytes().get(at + 2) == Some(&b':')) {
                plain.insert(at + 1, '0');
            }
        }
        let mut plain = told(plain)?;
        let hour = [" 24:00", "T24:00"].into_iter().find_map(|hour| plain.find(hour));
        let hour = hour.filter(|at| {
            let offset = |c: char| matches!(c, 'Z' | 'z' | '+');
            let (zeros, _) =
                plain[at + 6..].split_at(plain[at + 6..].find(offset).unwrap_or(plain.len() - at - 6));
            zeros.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.' | b' '))
        });
        if let Some(at) = hour {
            plain.replace_range(at + 1..at + 3, "23");
        }
        let spelling =
            Self { second_half: half.map(|(_, second)| *second), end_of_day: hour.is_some(), text: plain };
        (spelling.text != text.trim()).then_some(spelling)
    }

    /// The time of day that is meant: 24:00 is the last second of its own day, as the day on which it stands is the one that is
    /// meant. `None`: there is no such time.
    pub fn time(&self, read: Option<NaiveTime>) -> Option<Option<NaiveTime>> {
        if self.end_of_day {
            return NaiveTime::from_hms_opt(23, 59, 59).map(Some);
        }
        match (self.second_half, read) {
            (None, read) => Some(read),
            (Some(_), None) => None,
            (Some(true), Some(time)) if time.hour() < 12 => Some(time.with_hour(time.hour() + 12)),
            (Some(false), Some(time)) if time.hour() == 12 => Some(time.with_hour(0)),
            // 上午 15:00 says two things.
            (Some(false), Some(time)) if time.hour() > 12 => None,
            (Some(_), read) => Some(read),
        }
    }
}

/// A number of some digits at the beginning, and the rest.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(u32, &str)> {
    let length = text.bytes().take(*digits.end()).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(length);
    digits.contains(&length).then(|| number.parse().ok())?.map(|number| (number, rest))
}

/// What follows one of some signs.
fn after<'t>(text: &'t str, signs: &[char]) -> Option<&'t str> {
    text.strip_prefix(|sign| signs.contains(&sign))
}

/// A time that begins with its year as ISO has it: `2011/9/6 9:05`, `2011.9.6`, `2011年9月6日9时5分`, `20110906090500`.
fn year_first(text: &str) -> Option<String> {
    let text = text.trim();
    let (year, rest) = number(text, 4..=4)?;
    let bare = rest.starts_with(|sign: char| sign.is_ascii_digit());
    let (month, day, rest) = if bare {
        let (month, rest) = number(rest, 2..=2)?;
        let (day, rest) = number(rest, 2..=2)?;
        (month, day, rest)
    } else {
        let between = rest.chars().next().filter(|sign| matches!(sign, '-' | '/' | '.' | '年'))?;
        let (month, rest) = number(&rest[between.len_utf8()..], 1..=2)?;
        let second = if between == '年' { '月' } else { between };
        let (day, rest) = number(after(rest, &[second])?, 1..=2)?;
        (month, day, after(rest, &['日', '号']).unwrap_or(rest))
    };
    let date = format!("{year:04}-{month:02}-{day:02}");
    if rest.trim().is_empty() {
        return Some(date);
    }
    let told = |hour, minute, second, rest: &str| {
        let ends = rest.is_empty() || rest.starts_with(['.', ',', '+', '-', 'Z', 'z', ' ']);
        ends.then(|| format!("{date} {hour:02}:{minute:02}:{second:02}{rest}"))
    };
    let time = after(rest, &['T', 't']).unwrap_or_else(|| rest.trim_start());
    if bare
        && let Some((hour, rest)) = number(time, 2..=2)
        && let Some((minute, rest)) = number(rest, 2..=2)
    {
        let (second, rest) = number(rest, 2..=2).unwrap_or((0, rest));
        return told(hour, minute, second, rest);
    }
    // After 日 no blank is needed.
    if time.len() == rest.len() && !text.contains('日') {
        return None;
    }
    let (hour, rest) = number(time, 1..=2)?;
    if let Some(rest) = after(rest, &['时', '点']) {
        let (minute, rest) = number(rest, 1..=2).unwrap_or((0, rest));
        let rest = after(rest, &['分']).unwrap_or(rest);
        let (second, rest) = number(rest, 1..=2).unwrap_or((0, rest));
        return told(hour, minute, second, after(rest, &['秒']).unwrap_or(rest));
    }
    let (minute, rest) = number(after(rest, &[':'])?, 1..=2)?;
    match after(rest, &[':']) {
        Some(rest) => number(rest, 1..=2).and_then(|(second, rest)| told(hour, minute, second, rest)),
        None => told(hour, minute, 0, rest),
    }
}
