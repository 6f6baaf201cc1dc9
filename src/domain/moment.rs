//! When something happened, as far as the record knows: an instant, or only a civil day.

use std::cmp::Ordering;
use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike};
use chrono_tz::Tz;

use super::text::Text;
use super::zone;

/// A point in time with the precision the record has, down to the millisecond. A bare date knows its day and not its hour,
/// and compares with other moments by civil day only; likewise by the second only where milliseconds are not known, as of every limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    at: DateTime<FixedOffset>,
    hour_known: bool,
}

impl Moment {
    /// A civil day without an hour.
    pub fn day(date: NaiveDate, zone: Tz) -> Self {
        Self { at: zone::instant(date.and_time(NaiveTime::MIN), zone), hour_known: false }
    }

    /// An instant, kept to the second.
    pub fn instant(at: DateTime<FixedOffset>) -> Self {
        let nanos = at.timestamp_subsec_nanos();
        let whole = if nanos == 0 { at } else { at - chrono::Duration::nanoseconds(i64::from(nanos)) };
        Self { at: whole, hour_known: true }
    }

    /// An instant, kept to the millisecond.
    pub fn to_the_millisecond(at: DateTime<FixedOffset>) -> Self {
        let beyond = at.timestamp_subsec_nanos() % 1_000_000;
        Self { at: at - chrono::Duration::nanoseconds(i64::from(beyond)), hour_known: true }
    }

    /// The same moment to the second.
    pub fn to_the_second(&self) -> Self {
        if self.hour_known { Self::instant(self.at) } else { *self }
    }

    /// A local date and time of `zone`. Where the clock was put back, the earlier of the two instants is
    /// meant; where it was put forward over the time, the first instant after the gap.
    pub fn local(naive: NaiveDateTime, zone: Tz) -> Self {
        Self::instant(zone::instant(naive, zone))
    }

    /// The moment on the wall clock of a zone; a bare day at its beginning.
    pub(super) fn wall(&self, zone: Tz) -> NaiveDateTime {
        if self.hour_known() { zone::local(self.at, zone) } else { self.at.naive_local() }
    }

    /// The day, and the time to the minute where it is known: `2011-09-26 09:05`.
    pub fn to_the_minute(&self) -> String {
        match self.time() {
            Some(time) => format!("{} {}", self.date(), time.format("%H:%M")),
            None => self.date().to_string(),
        }
    }

    /// The civil day.
    pub fn date(&self) -> NaiveDate {
        self.at.date_naive()
    }

    /// The local time of day, if it was recorded.
    pub fn time(&self) -> Option<NaiveTime> {
        self.hour_known.then(|| self.at.time())
    }

    /// The instant; for a bare date the first of its day.
    pub fn at(&self) -> DateTime<FixedOffset> {
        self.at
    }

    /// The moment, or its day where its time is midnight to the second.
    pub fn without_midnight(&self) -> Self {
        let hour_known = self.hour_known && self.at.time() != NaiveTime::MIN;
        Self { at: self.at, hour_known }
    }

    /// The same instant on the clocks of a zone; a bare day stays what it is.
    pub fn told_in(&self, zone: Tz) -> Self {
        let at = || self.at.with_timezone(&zone).fixed_offset();
        if self.hour_known { Self::to_the_millisecond(at()) } else { *self }
    }

    /// Whether the hour was recorded.
    pub fn hour_known(&self) -> bool {
        self.hour_known
    }

    /// Chronological order as far as it is known: by civil day as soon as one side has no hour, by the second as soon as one has no
    /// milliseconds.
    pub fn order(&self, other: &Self) -> Ordering {
        if self.hour_known && other.hour_known {
            let known = |moment: &Self| moment.at.timestamp_subsec_millis() != 0;
            let exact = || if known(self) && known(other) { self.at.cmp(&other.at) } else { Ordering::Equal };
            self.at.timestamp().cmp(&other.at.timestamp()).then_with(exact)
        } else {
            self.date().cmp(&other.date())
        }
    }

    /// Whether it lies before another so that a record which has it the other way round contradicts itself: by a second at least, or by
    /// the minute, where a whole minute may be all that one of two columns keeps.
    pub fn is_surely_before(&self, other: &Self) -> bool {
        let minute = |moment: &Self| moment.at.timestamp().div_euclid(60);
        let whole = |moment: &Self| {
            moment.at.timestamp().rem_euclid(60) == 0 && moment.at.timestamp_subsec_nanos() == 0
        };
        let known = self.hour_known && other.hour_known;
        if known && (whole(self) || whole(other)) {
            return minute(self) < minute(other);
        }
        self.to_the_second().order(&other.to_the_second()).is_lt()
    }

    /// Two moments as a sentence says them that compares them: with their seconds where the minute does not tell them apart.
    pub fn told_apart(one: &Self, other: &Self) -> (Text, Text) {
        if one.to_the_minute() != other.to_the_minute() || one.at.timestamp() == other.at.timestamp() {
            return (one.into(), other.into());
        }
        let exact = |it: &Self| {
            let time = it.time().map(|time| format!("{} {}", it.date(), time.format("%H:%M:%S")));
            Text::Plain(time.unwrap_or_else(|| it.date().to_string()))
        };
        (exact(one), exact(other))
    }

    /// Reads back what `Display` wrote.
    pub fn parse(text: &str, zone: Tz) -> Option<Self> {
        let number = |at: usize, digits: usize| -> Option<u32> {
            let field = text.as_bytes().get(at..at + digits)?;
            field.iter().try_fold(0, |number, digit| {
                digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
            })
        };
        let date = NaiveDate::from_ymd_opt(number(0, 4)? as i32, number(5, 2)?, number(8, 2)?)?;
        let milliseconds =
            number(20, 3).filter(|_| text.len() == WHOLE + FRACTION && text.as_bytes()[19] == b'.');
        if let Some(milliseconds) = milliseconds {
            let whole = Self::parse(&format!("{}{}", &text[..19], &text[23..]), zone)?;
            return Some(Self {
                at: whole.at + chrono::Duration::milliseconds(milliseconds.into()),
                ..whole
            });
        }
        match text.as_bytes() {
            [_, _, _, _, b'-', _, _, b'-', _, _] => Some(Self::day(date, zone)),
            [
                _,
                _,
                _,
                _,
                b'-',
                _,
                _,
                b'-',
                _,
                _,
                b'T',
                _,
                _,
                b':',
                _,
                _,
                b':',
                _,
                _,
                sign,
                _,
                _,
                b':',
                _,
                _,
            ] => {
                let time = date.and_hms_opt(number(11, 2)?, number(14, 2)?, number(17, 2)?)?;
                let seconds = (number(20, 2)? * 3600 + number(23, 2)? * 60) as i32;
                let offset = match sign {
                    b'+' => FixedOffset::east_opt(seconds)?,
                    b'-' => FixedOffset::west_opt(seconds)?,
                    _ => return None,
                };
                Some(Self::instant(offset.from_local_datetime(&time).single()?))
            }
            _ => None,
        }
    }
}

/// To the minute, as sentences say it.
impl From<Moment> for Text {
    fn from(moment: Moment) -> Self {
        Self::Plain(moment.to_the_minute())
    }
}

impl From<&Moment> for Text {
    fn from(moment: &Moment) -> Self {
        Self::from(*moment)
    }
}

/// Bytes of a moment as text, and of the milliseconds that it may have.
const WHOLE: usize = 25;
const FRACTION: usize = 4;

/// A moment as text, without a place on the heap: a first read writes some ten million of them.
#[derive(Clone, Copy)]
pub struct Written {
    bytes: [u8; WHOLE + FRACTION],
    length: usize,
}

impl std::ops::Deref for Written {
    type Target = str;

    fn deref(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).expect("digits are text")
    }
}

impl Moment {
    /// `2011-09-26` for a bare date, `2011-09-26T16:30:00+08:00` otherwise, or `2011-09-26T16:30:00.123+08:00`.
    pub fn written(&self) -> Written {
        let mut bytes = *b"0000-00-00T00:00:00+00:00\0\0\0\0";
        let mut put = |at: usize, digits: usize, mut number: u32| {
            for place in (at..at + digits).rev() {
                bytes[place] = b'0' + (number % 10) as u8;
                number /= 10;
            }
        };
        let local = self.at.naive_local();
        put(0, 4, local.year().unsigned_abs());
        put(5, 2, local.month());
        put(8, 2, local.day());
        put(11, 2, local.hour());
        put(14, 2, local.minute());
        put(17, 2, local.second());
        let offset = self.at.offset().local_minus_utc();
        put(20, 2, offset.unsigned_abs() / 3600);
        put(23, 2, offset.unsigned_abs() / 60 % 60);
        if offset < 0 {
            bytes[19] = b'-';
        }
        let milliseconds = local.nanosecond() / 1_000_000;
        let length = match (self.hour_known, milliseconds) {
            (false, _) => 10,
            (true, 0) => WHOLE,
            (true, _) => WHOLE + FRACTION,
        };
        if length > WHOLE {
            bytes.copy_within(19..WHOLE, 19 + FRACTION);
            bytes[19] = b'.';
            for (place, unit) in [(20, 100), (21, 10), (22, 1)] {
                bytes[place] = b'0' + (milliseconds / unit % 10) as u8;
            }
        }
        Written { bytes, length }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
    }
}

#[cfg(test)]
mod tests;
