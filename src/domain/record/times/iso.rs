//! ISO 8601 in its variants.

use chrono::{FixedOffset, NaiveDate, NaiveTime};

/// A time as a text has it.
pub(super) struct IsoTime {
    pub date: NaiveDate,
    /// With its fraction; `None`: a bare date.
    pub time: Option<NaiveTime>,
    pub offset: Option<FixedOffset>,
}

/// Two digits at a position.
fn two(text: &[u8], at: usize) -> Option<u32> {
    let (tens, ones) = (text.get(at)?.wrapping_sub(b'0'), text.get(at + 1)?.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then_some(u32::from(tens) * 10 + u32::from(ones))
}

/// What a text tells. `None`: it is written otherwise; `Some(None)`: there is no such day or time. Written by
/// hand because the first reading of a large source does little else.
pub(super) fn read(text: &[u8]) -> Option<Option<IsoTime>> {
    let (day, rest) = date(text)?;
    if rest.is_empty() {
        return Some(day.map(|date| IsoTime { date, time: None, offset: None }));
    }
    let rest = rest.strip_prefix(b"T").or(rest.strip_prefix(b"t")).or(rest.strip_prefix(b" "));
    let (time, rest) = rest.and_then(time)?;
    let offset = if rest.is_empty() { None } else { Some(offset(rest)?) };
    Some(day.zip(time).map(|(date, time)| IsoTime { date, time: Some(time), offset }))
}

/// `2011-09-26`; `Some((None, _))` if there is no such day.
fn date(text: &[u8]) -> Option<(Option<NaiveDate>, &[u8])> {
    let (century, year, month, day) = (two(text, 0)?, two(text, 2)?, two(text, 5)?, two(text, 8)?);
    if text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    let year = i32::try_from(century * 100 + year).ok()?;
    Some((NaiveDate::from_ymd_opt(year, month, day), &text[10..]))
}

/// `16:30`, `16:30:00`, `16:30:00.123`; `Some((None, _))` if there is no such time of day.
fn time(text: &[u8]) -> Option<(Option<NaiveTime>, &[u8])> {
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
fn offset(text: &[u8]) -> Option<FixedOffset> {
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
