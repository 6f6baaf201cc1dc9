//! Times as sources write them become moments: ISO 8601 in its variants, epoch numbers, spreadsheet days, patterns.

mod excel;
mod spelling;

use chrono::format::{Item, Parsed, StrftimeItems, parse};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike};
use chrono_tz::Tz;

use super::mapping::TimeFormat;
use super::value::{Value, quoted};
use crate::domain::moment::Moment;
use crate::domain::text::{self, Text, say};

/// The ways in which a read writes its times, made ready.
#[derive(Debug, Clone)]
pub struct Times {
    formats: Vec<Format>,
    zone: Tz,
}

#[derive(Debug, Clone)]
enum Format {
    Iso,
    Epoch { per_second: i64 },
    Excel { first: NaiveDate },
    Pattern(Vec<Item<'static>>),
}

/// A time as it is written, before any zone is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The civil day, by the writing's own offset.
    pub date: NaiveDate,
    /// The time of day, to the second; `None`: a bare date.
    pub time: Option<NaiveTime>,
    /// And the milliseconds after it.
    pub milliseconds: u32,
    /// The offset, if it is written.
    pub offset: Option<FixedOffset>,
}

/// Why a cell tells no time that can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Completes the sentence "column `x`: …".
    pub why: Text,
    /// What it tells, where that is written rightly and lies in years in which nothing can have happened.
    pub beyond: Option<Written>,
}

/// Why a text is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Written otherwise.
    Shape,
    /// Written rightly, but there is no such day or time of day.
    Impossible,
}

const YEARS: std::ops::RangeInclusive<i32> = 1970..=2199;

impl Times {
    /// Makes formats ready. `Err` says which pattern is none.
    pub fn new(formats: &[TimeFormat], zone: Tz) -> Result<Self, text::Fault> {
        let ready = |format: &TimeFormat| match format {
            TimeFormat::Iso => Ok(Format::Iso),
            TimeFormat::EpochSeconds => Ok(Format::Epoch { per_second: 1 }),
            TimeFormat::EpochMilliseconds => Ok(Format::Epoch { per_second: 1000 }),
            TimeFormat::Excel => Ok(Format::Excel { first: excel::FIRST }),
            TimeFormat::Excel1904 => Ok(Format::Excel { first: excel::FIRST_OF_1904 }),
            TimeFormat::Pattern(pattern) => {
                let items = StrftimeItems::new(pattern).parse_to_owned().map(Format::Pattern);
                items.map_err(|_| text::Fault(say!("fault-no_pattern", pattern)))
            }
        };
        Ok(Self { formats: formats.iter().map(ready).collect::<Result<_, _>>()?, zone })
    }

    /// The moment a cell tells, in the source's zone, to the millisecond.
    ///
    /// `Err` completes the sentence "column `x`: …".
    pub fn moment(&self, value: Value<'_>) -> Result<Moment, Text> {
        let (written, _) = self.written(value).map_err(|unread| unread.why)?;
        Ok(self.place(written))
    }

    /// What a cell says before a zone is applied, and the position of the format that it is written in.
    /// Epoch numbers are given at offset zero.
    pub fn written(&self, value: Value<'_>) -> Result<(Written, usize), Unread> {
        self.as_it_stands(value).or_else(|unread| self.spelled_otherwise(value).ok_or(unread))
    }

    /// What a cell says that has full-width digits, 上午 and 下午, or the hour 24.
    fn spelled_otherwise(&self, value: Value<'_>) -> Option<(Written, usize)> {
        let Value::Text(text) = value else { return None };
        let spelling = spelling::Spelling::of(text)?;
        let (written, position) = self.as_it_stands(Value::Text(&spelling.text)).ok()?;
        let time = spelling.time(written.time)?;
        // The end of the day is its last second, and no part of one.
        let milliseconds = if time == written.time { written.milliseconds } else { 0 };
        Some((Written { time, milliseconds, ..written }, position))
    }

    fn as_it_stands(&self, value: Value<'_>) -> Result<(Written, usize), Unread> {
        let (mut impossible, mut beyond) = (false, None);
        for (position, format) in self.formats.iter().enumerate() {
            match format.read(value) {
                Ok(written) if YEARS.contains(&written.date.year()) => return Ok((written, position)),
                Ok(written) => (impossible, beyond) = (true, beyond.or(Some(written))),
                Err(Fault::Impossible) => impossible = true,
                Err(Fault::Shape) => {}
            }
        }
        let text = match value.text() {
            Ok(text) => quoted(&text),
            Err(why) => return Err(Unread { why: why.into(), beyond: None }),
        };
        let why = if impossible { say!("cell-no_date", text) } else { say!("cell-no_time", text) };
        Err(Unread { why, beyond })
    }

    /// [`Times::place`] of a column that is written in a zone of its own, told in the source's.
    pub fn place_from(&self, written: Written, zone: Tz) -> Moment {
        match (written.time, written.offset) {
            (Some(time), None) => {
                let at = Moment::local(written.date.and_time(time), zone);
                written.to_its_millisecond(at).told_in(self.zone)
            }
            _ => self.place(written),
        }
    }

    /// Puts a written time where it belongs: by its own offset, else as local time of the source's zone.
    pub fn place(&self, written: Written) -> Moment {
        let Some(time) = written.time else { return Moment::day(written.date, self.zone) };
        let naive = written.date.and_time(time);
        written.to_its_millisecond(
            match written.offset.and_then(|offset| offset.from_local_datetime(&naive).single()) {
                Some(at) => Moment::instant(at.with_timezone(&self.zone).fixed_offset()),
                None => Moment::local(naive, self.zone),
            },
        )
    }
}

impl Format {
    fn read(&self, value: Value<'_>) -> Result<Written, Fault> {
        match (self, value) {
            (Self::Iso, Value::Text(text)) => iso(text.trim().as_bytes()),
            (Self::Epoch { per_second }, value) => epoch(value, *per_second),
            (Self::Excel { first }, value) => match excel::read(value, *first) {
                Some(Some((date, time))) => Ok(Written::new(date, time, None)),
                Some(None) => Err(Fault::Impossible),
                None => Err(Fault::Shape),
            },
            (Self::Pattern(items), Value::Text(text)) => pattern(items, text.trim()),
            (Self::Pattern(items), Value::Integer(number)) => pattern(items, &number.to_string()),
            _ => Err(Fault::Shape),
        }
    }
}

/// Two digits at a position.
fn two(text: &[u8], at: usize) -> Option<u32> {
    let (tens, ones) = (text.get(at)?.wrapping_sub(b'0'), text.get(at + 1)?.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then_some(u32::from(tens) * 10 + u32::from(ones))
}

/// Written by hand because the first reading of a large source does little else.
fn iso(text: &[u8]) -> Result<Written, Fault> {
    let (date, rest) = iso_date(text).ok_or(Fault::Shape)?;
    let date = date.ok_or(Fault::Impossible);
    if rest.is_empty() {
        return date.map(|date| Written::new(date, None, None));
    }
    let rest = rest.strip_prefix(b"T").or(rest.strip_prefix(b"t")).or(rest.strip_prefix(b" "));
    let (time, rest) = rest.and_then(iso_time).ok_or(Fault::Shape)?;
    let offset = if rest.is_empty() { None } else { Some(iso_offset(rest).ok_or(Fault::Shape)?) };
    Ok(Written::new(date?, Some(time.ok_or(Fault::Impossible)?), offset))
}

/// `2011-09-26`; `Some((None, _))` if there is no such day.
fn iso_date(text: &[u8]) -> Option<(Option<NaiveDate>, &[u8])> {
    let (century, year, month, day) = (two(text, 0)?, two(text, 2)?, two(text, 5)?, two(text, 8)?);
    if text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    let year = i32::try_from(century * 100 + year).ok()?;
    Some((NaiveDate::from_ymd_opt(year, month, day), &text[10..]))
}

/// `16:30`, `16:30:00`, `16:30:00.123`; `Some((None, _))` if there is no such time of day.
fn iso_time(text: &[u8]) -> Option<(Option<NaiveTime>, &[u8])> {
    let (hour, minute) = (two(text, 0)?, two(text, 3)?);
    if text[2] != b':' {
        return None;
    }
    let mut rest = &text[5..];
    let (mut second, mut milliseconds) = (0, 0);
    if rest.first() == Some(&b':') {
        second = two(rest, 1)?;
        rest = &rest[3..];
        if let Some((b'.' | b',', fraction)) = rest.split_first() {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            rest = (digits > 0).then(|| &fraction[digits..])?;
            let digit = |place| fraction[..digits].get(place).map_or(0, |digit| u32::from(digit - b'0'));
            milliseconds = digit(0) * 100 + digit(1) * 10 + digit(2);
        }
    }
    Some((NaiveTime::from_hms_milli_opt(hour, minute, second, milliseconds), rest))
}

/// `Z`, `+08`, `+0800`, `+08:00`, with or without a space before it.
fn iso_offset(text: &[u8]) -> Option<FixedOffset> {
    let text = text.strip_prefix(b" ").unwrap_or(text);
    if matches!(text, b"Z" | b"z") {
        return FixedOffset::east_opt(0);
    }
    let (sign, rest) = text.split_first()?;
    let hours = two(rest, 0)?;
    let minutes = match (rest.len(), rest.get(2)) {
        (2, _) => 0,
        (4, _) => two(rest, 2)?,
        (5, Some(b':')) => two(rest, 3)?,
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok().filter(|_| minutes < 60)?;
    match sign {
        b'+' => FixedOffset::east_opt(seconds),
        b'-' => FixedOffset::west_opt(seconds),
        _ => None,
    }
}

fn epoch(value: Value<'_>, per_second: i64) -> Result<Written, Fault> {
    let each = 1000 / per_second;
    let milliseconds = match value {
        Value::Integer(number) => number.checked_mul(each),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "`as` saturates, and such a year is refused"
        )]
        Value::Real(number) if number.is_finite() => Some((number * each as f64) as i64),
        Value::Text(text) => text.trim().parse::<i64>().map_err(|_| Fault::Shape)?.checked_mul(each),
        _ => return Err(Fault::Shape),
    };
    let at = milliseconds.and_then(DateTime::from_timestamp_millis);
    let at = at.ok_or(Fault::Impossible)?.fixed_offset();
    Ok(Written::new(at.date_naive(), Some(at.time()), Some(*at.offset())))
}

fn pattern(items: &[Item<'static>], text: &str) -> Result<Written, Fault> {
    use chrono::format::ParseErrorKind::{Impossible, OutOfRange};
    let fault = |error: chrono::ParseError| match error.kind() {
        Impossible | OutOfRange => Fault::Impossible,
        _ => Fault::Shape,
    };
    let mut parsed = Parsed::new();
    parse(&mut parsed, text, items.iter()).map_err(fault)?;
    if let Some(stamp) = parsed.timestamp() {
        return epoch(Value::Integer(stamp), 1);
    }
    let date = parsed.to_naive_date().map_err(fault)?;
    let time = if parsed.hour_mod_12().is_some() {
        if parsed.minute().is_none() {
            // A pattern may end at the hour; chrono wants the minute said.
            parsed.set_minute(0).map_err(fault)?;
        }
        Some(parsed.to_naive_time().map_err(fault)?)
    } else {
        None
    };
    let offset = parsed.offset().and_then(FixedOffset::east_opt);
    Ok(Written::new(date, time, offset))
}

impl Written {
    fn new(date: NaiveDate, time: Option<NaiveTime>, offset: Option<FixedOffset>) -> Self {
        let whole = time.map(|time| time.with_nanosecond(0).unwrap_or(time));
        let milliseconds = time.map_or(0, |time| time.nanosecond() / 1_000_000 % 1000);
        Self { date, time: whole, milliseconds, offset }
    }

    fn to_its_millisecond(self, whole: Moment) -> Moment {
        let since = chrono::Duration::milliseconds(self.milliseconds.into());
        if self.milliseconds == 0 { whole } else { Moment::to_the_millisecond(whole.at() + since) }
    }
}

/// The local date and time as written, a bare date at its beginning.
impl From<Written> for NaiveDateTime {
    fn from(written: Written) -> Self {
        written.date.and_time(written.time.unwrap_or(NaiveTime::MIN))
    }
}

#[cfg(test)]
mod tests;
