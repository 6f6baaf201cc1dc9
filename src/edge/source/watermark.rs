//! A column that grows whenever a row is added or changed, and from where on it is read again.

use std::time::Duration;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::domain::moment::Moment;
use crate::domain::record::mapping::TimeFormat;
use crate::domain::record::times::Times;
use crate::domain::record::value::Value;

/// Where a read stands. It counts its readings, so that the ledger's cursor equals the source's own only
/// after the last reading was committed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Cursor {
    reading: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watermark: Option<Mark>,
    /// The same of the other type, where the column has held both texts and numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Mark>,
    /// How far the server's log had come, where it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<LogPosition>,
}

/// A place in the log that a server keeps of all that is written to it, and its standbys take over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LogPosition {
    /// Whose log it is: a server and its standbys share it.
    pub of: i64,
    /// How many bytes it has.
    pub at: u64,
}

/// A watermark as its column holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Mark {
    Number(i64),
    Text(String),
}

impl Cursor {
    /// Reads what `next` wrote; anything else is no cursor, and the read begins anew.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    fn written(&self) -> String {
        serde_json::to_string(self).expect("numbers and text are always JSON")
    }

    /// The same cursor with how far the server's log had come.
    pub fn with_log(cursor: &str, log: LogPosition) -> String {
        Self::parse(cursor).map_or_else(|| cursor.to_owned(), |it| Self { log: Some(log), ..it }.written())
    }

    /// The cursor after one more reading.
    pub fn next(self, watermark: Option<Mark>, other: Option<Mark>) -> String {
        Self { reading: self.reading.wrapping_add(1), watermark, other, log: None }.written()
    }
}

impl Mark {
    /// Whether it is a text.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    fn value(&self) -> Value<'_> {
        match self {
            Self::Number(number) => Value::Integer(*number),
            Self::Text(text) => Value::Text(text),
        }
    }
}

/// The watermarks of one reading, where they are times.
pub(super) struct Watermark<'a> {
    formats: &'a [TimeFormat],
    times: Times,
    /// The largest that is not after the present.
    pub largest: Option<(Moment, Mark)>,
    /// The same of the other type.
    pub other: Option<(Moment, Mark)>,
    /// Rows whose watermark is after the present.
    pub future: u64,
    /// Rows whose watermark is no time.
    pub unreadable: u64,
}

impl<'a> Watermark<'a> {
    /// None seen yet.
    pub fn new(formats: &'a [TimeFormat], times: Times) -> Self {
        Self { formats, times, largest: None, other: None, future: 0, unreadable: 0 }
    }

    /// The time a row's watermark tells.
    pub fn moment(&self, value: Value<'_>) -> Option<Moment> {
        self.times.moment(value).ok()
    }

    /// The time that a mark tells.
    pub fn moment_of(&self, mark: &Mark) -> Option<Moment> {
        self.moment(mark.value())
    }

    /// Takes a watermark that is not after the present.
    pub fn keep(&mut self, moment: Moment, value: Value<'_>) {
        let is_text = matches!(value, Value::Text(_));
        let of_type = |it: &&(Moment, Mark)| it.1.is_text() == is_text;
        let known = [&self.largest, &self.other].into_iter().flatten().find(of_type);
        if known.is_some_and(|(largest, _)| largest.at() >= moment.at()) {
            return;
        }
        let mark = match value {
            Value::Integer(number) => Mark::Number(number),
            Value::Text(text) => Mark::Text(text.to_owned()),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "`as` saturates; a time that was read is in range"
            )]
            Value::Real(number) => Mark::Number(number as i64),
            Value::Decimal(_) | Value::Single(_) => return,
            Value::Null
            | Value::Time(_)
            | Value::Garbled(_)
            | Value::TooLong
            | Value::Blob
            | Value::Failed => return,
        };
        let [first, second] = [self.largest.take(), self.other.take()];
        let of_other = [first, second].into_iter().flatten().find(|(_, it)| it.is_text() != is_text);
        (self.largest, self.other) = match of_other {
            Some(other) if other.0.at() > moment.at() => (Some(other), Some((moment, mark))),
            other => (Some((moment, mark)), other),
        };
    }

    /// The value of the column from which on rows are read again: `overlap` before `mark`, cut to the minute,
    /// written as `mark` is. `None` where the column does not sort by time, so that all must be read.
    ///
    /// Text is compared as the source's own text, by its local time as written. Writings that are mixed
    /// in one column (`T` and space, several offsets, days with and without an hour) sort rightly from day to
    /// day and not within one: an overlap of a day makes up for it.
    pub fn bound(&self, mark: &Mark, overlap: Duration) -> Option<Mark> {
        let (written, position) = self.times.written(mark.value()).ok()?;
        let overlap = chrono::Duration::from_std(overlap).ok()?;
        let begin = NaiveDateTime::from(written).checked_sub_signed(overlap)?;
        let pattern = match (&self.formats[position], mark) {
            (TimeFormat::EpochSeconds, _) => return Some(number(mark, overlap.num_seconds())),
            (TimeFormat::EpochMilliseconds, _) => return Some(number(mark, overlap.num_milliseconds())),
            (TimeFormat::Excel | TimeFormat::Excel1904, _) => {
                return Some(number(mark, overlap.num_days() + 1));
            }
            (TimeFormat::Iso, Mark::Text(text)) if written.time.is_some() => {
                let separator = text.trim().get(10..11).unwrap_or(" ");
                format!("%Y-%m-%d{separator}%H:%M")
            }
            (TimeFormat::Iso, _) => "%Y-%m-%d".to_owned(),
            (TimeFormat::Pattern(pattern), Mark::Text(_)) => sortable_part(pattern)?,
            // Numbers sort by time only while all have the same digits.
            (TimeFormat::Pattern(pattern), Mark::Number(_)) => {
                sortable_part(pattern).map(|_| pattern.clone())?
            }
        };
        let text = begin.format(&pattern).to_string();
        Some(match mark {
            Mark::Text(_) => Mark::Text(text),
            Mark::Number(_) => Mark::Number(text.parse().ok()?),
        })
    }
}

impl Watermark<'_> {
    /// The marks after a reading: those that were read, and those of before of a type that was not.
    pub fn marks(self, kept: [Option<Mark>; 2]) -> [Option<Mark>; 2] {
        let read = [self.largest, self.other].map(|it| it.map(|(_, mark)| mark));
        let [Some(first), second] = read else { return kept };
        let of_other = |it: &Mark| it.is_text() != first.is_text();
        let second = second.or_else(|| kept.into_iter().flatten().find(of_other));
        [Some(first), second]
    }
}

fn number(mark: &Mark, back: i64) -> Mark {
    match mark {
        Mark::Number(number) => Mark::Number(number.saturating_sub(back)),
        // Digits stored as text sort by time as long as they are equally many: from 2001 to 2286.
        Mark::Text(text) => {
            let whole = text.trim().split('.').next().unwrap_or_default();
            let number: i64 = whole.parse().unwrap_or(0);
            Mark::Text(number.saturating_sub(back).to_string())
        }
    }
}

/// The beginning of a pattern up to which its texts sort by time: year, month, day, and hour and minute where
/// they follow at once.
fn sortable_part(pattern: &str) -> Option<String> {
    const DATES: [&str; 5] = ["%Y-%m-%d", "%F", "%Y%m%d", "%Y/%m/%d", "%Y年%m月%d日"];
    const TIMES: [(&str, &str); 4] = [("%H:%M", "%H:%M"), ("%T", "%H:%M"), ("%R", "%H:%M"), ("%H%M", "%H%M")];
    let date = DATES.into_iter().find(|date| pattern.starts_with(date))?;
    let rest = &pattern[date.len()..];
    let (between, clock) = rest.split_at(rest.find('%').unwrap_or(rest.len()));
    let time = TIMES.iter().find(|(written, _)| clock.starts_with(written));
    Some(time.map_or_else(|| date.to_owned(), |(_, cut)| format!("{date}{between}{cut}")))
}
