//! Times as sources write them become moments: ISO 8601 in its variants, epoch numbers, spreadsheet days, patterns.

mod excel;
mod iso;
mod spelling;

use chrono::format::{Item, Parsed, StrftimeItems, parse};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike};
use chrono_tz::{OffsetName, Tz};

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
    /// It tells two times, each of them written rightly.
    is_doubled: bool,
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
    /// Epoch numbers are given at offset zero; what is a time by its type is one in any.
    pub fn written(&self, value: Value<'_>) -> Result<(Written, usize), Unread> {
        self.as_it_stands(value.plain()).or_else(|unread| {
            if unread.is_doubled {
                return Err(unread);
            }
            self.spelled_otherwise(value).or_else(|| self.with_zone(value)).ok_or(unread)
        })
    }

    /// Whether the format at a position is a number that counts from 1970.
    pub fn is_epoch(&self, position: usize) -> bool {
        matches!(self.formats.get(position), Some(Format::Epoch { .. }))
    }

    /// What a cell says that ends in the name of a zone: UTC, the short name that the zone of the source has at that time, or one in
    /// brackets behind its offset.
    fn with_zone(&self, value: Value<'_>) -> Option<(Written, usize)> {
        let Value::Text(text) = value else { return None };
        let read = |text: &str| {
            let value = Value::Text(text);
            self.as_it_stands(value).ok().or_else(|| self.spelled_otherwise(value))
        };
        if let Some((time, _)) = text.trim().strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
            return read(time).filter(|(written, _)| written.offset.is_some());
        }
        let (time, name) = text.trim().rsplit_once(' ')?;
        if matches!(name, "UTC" | "GMT") {
            return read(&format!("{time}Z"));
        }
        let (written, position) = read(time).filter(|(written, _)| written.offset.is_none())?;
        let local = written.date.and_time(written.time?);
        let of_zone = self.zone.offset_from_local_datetime(&local).earliest()?;
        (of_zone.abbreviation() == Some(name)).then_some((written, position))
    }

    /// What a cell says that has full-width digits, 上午 and 下午, or the hour 24, or that begins with its year.
    fn spelled_otherwise(&self, value: Value<'_>) -> Option<(Written, usize)> {
        let text = match value {
            Value::Text(text) => text.to_owned(),
            Value::Integer(number) => number.to_string(),
            _ => return None,
        };
        let read = |spelling: Option<spelling::Spelling>| spelling.and_then(|it| self.spelled(it));
        read(spelling::Spelling::of(&text)).or_else(|| read(spelling::Spelling::year_first(&text)))
    }

    fn spelled(&self, spelling: spelling::Spelling) -> Option<(Written, usize)> {
        let (written, position) = self.as_it_stands(Value::Text(&spelling.text)).ok()?;
        let time = spelling.time(written.time)?;
        // The end of the day is its last second, and no part of one.
        let milliseconds = if time == written.time { written.milliseconds } else { 0 };
        Some((Written { time, milliseconds, ..written }, position))
    }

    fn as_it_stands(&self, value: Value<'_>) -> Result<(Written, usize), Unread> {
        let (mut impossible, mut beyond) = (false, None);
        let (formats, first) = match value {
            Value::Time(_) => (&[Format::Iso][..], usize::MAX),
            _ => (&self.formats[..], 0),
        };
        for (position, format) in (first..=usize::MAX).zip(formats) {
            match format.read(value) {
                Ok(written) if YEARS.contains(&written.date.year()) => {
                    return match self.otherwise(position, value, written.date) {
                        None => Ok((written, position)),
                        Some(other) => {
                            let (text, one) =
                                (value.text().unwrap_or_default(), Moment::day(written.date, self.zone));
                            let other = Moment::day(other, self.zone);
                            let why = say!("cell-two_days", text = quoted(&text), one, other);
                            Err(Unread { why, beyond: None, is_doubled: true })
                        }
                    };
                }
                Ok(written) => (impossible, beyond) = (true, beyond.or(Some(written))),
                Err(Fault::Impossible) => impossible = true,
                Err(Fault::Shape) => {}
            }
        }
        let text = match value.text() {
            Ok(text) => quoted(&text),
            Err(why) => return Err(Unread { why: why.into(), beyond: None, is_doubled: false }),
        };
        let why = if impossible { say!("cell-no_date", text) } else { say!("cell-no_time", text) };
        Err(Unread { why, beyond, is_doubled: false })
    }

    /// Another day that a cell tells by a later one of several patterns: which of day and month stands first nobody can see.
    fn otherwise(&self, position: usize, value: Value<'_>, date: NaiveDate) -> Option<NaiveDate> {
        let is_pattern = |format: &&Format| matches!(format, Format::Pattern(_));
        self.formats.get(position).filter(is_pattern)?;
        let others = self.formats[position + 1..].iter().filter(is_pattern);
        others
            .filter_map(|format| format.read(value).ok())
            .map(|other| other.date)
            .find(|other| *other != date)
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
            (Self::Iso, Value::Text(text) | Value::Time(text)) => match iso::read(text.trim().as_bytes()) {
                Some(Some(it)) => Ok(Written::new(it.date, it.time, it.offset)),
                Some(None) => Err(Fault::Impossible),
                None => Err(Fault::Shape),
            },
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
