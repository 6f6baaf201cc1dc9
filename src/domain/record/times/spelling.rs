//! Times in other spellings: full-width digits, 上午 and 下午, the hour 24.

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
        let hour = [" 24:00", "T24:00"].into_iter().find_map(|hour| plain.find(hour));
        let hour = hour.filter(|at| plain[at + 6..].bytes().all(|byte| matches!(byte, b'0' | b':' | b'.')));
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
