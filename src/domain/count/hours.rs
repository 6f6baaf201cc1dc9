//! Office hours of a working day (办公时间): spans in order, as seconds to count with; other ones in a season.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use crate::domain::calendar::{Calendar, CalendarError, DAYS, at, place};
use crate::domain::season::Season;
use crate::domain::text::as_text;

/// Seconds of a civil day. Office hours are counted on the wall clock, so a day has no other length.
pub(super) const DAY: i64 = 86_400;

/// Office hours of a working day: spans in order, not overlapping, none empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayHours(Vec<(NaiveTime, NaiveTime)>);

impl DayHours {
    /// Office hours from their spans.
    ///
    /// # Errors
    /// A sentence, if there is no span, one ends before it begins, or two overlap or stand out of order.
    pub fn new(spans: Vec<(NaiveTime, NaiveTime)>) -> Result<Self, String> {
        if spans.is_empty() {
            return Err("office hours need at least one span, such as 09:00-12:00".into());
        }
        if let Some((opens, closes)) = spans.iter().find(|(opens, closes)| opens >= closes) {
            return Err(format!("the office hours {opens}-{closes} end before they begin"));
        }
        if let Some(pair) = spans.windows(2).find(|pair| pair[1].0 < pair[0].1) {
            let (first, second) = (pair[0].1, pair[1].0);
            return Err(format!(
                "office hours overlap: one span ends at {first}, the next begins at {second}"
            ));
        }
        Ok(Self(spans))
    }

    /// Whether the office is open at this time of a working day.
    pub fn contains(&self, time: NaiveTime) -> bool {
        self.0.iter().any(|(from, to)| (*from..*to).contains(&time))
    }

    /// The spans in order.
    pub fn spans(&self) -> &[(NaiveTime, NaiveTime)] {
        &self.0
    }

    /// When the office opens.
    pub fn opening(&self) -> NaiveTime {
        self.0[0].0
    }

    /// When the office closes for the day.
    pub fn closing(&self) -> NaiveTime {
        self.0[self.0.len() - 1].1
    }

    /// Seconds of a whole day.
    pub(super) fn length(&self) -> i64 {
        self.0.iter().map(|(opens, closes)| seconds(*closes) - seconds(*opens)).sum()
    }

    /// Office seconds of a day that lie before a second of it.
    pub(super) fn before(&self, second: i64) -> i64 {
        let used = |(opens, closes): &(NaiveTime, NaiveTime)| {
            (second.min(seconds(*closes)) - seconds(*opens)).max(0)
        };
        self.0.iter().map(used).sum()
    }

    /// The second of the day at which `rest` office seconds have run; the end of a span is not carried over
    /// to the next. `rest` lies between 1 and [`Self::length`].
    fn reach(&self, mut rest: i64) -> i64 {
        for (opens, closes) in &self.0 {
            let length = seconds(*closes) - seconds(*opens);
            if rest <= length {
                return seconds(*opens) + rest;
            }
            rest -= length;
        }
        seconds(self.closing())
    }
}

/// Office hours of every working day: the usual ones, and those of a season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHours {
    usual: DayHours,
    seasons: Vec<Seasonal>,
}

/// A part of every year with hours of its own (夏令时间).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seasonal {
    days: Season,
    hours: DayHours,
}

impl OfficeHours {
    /// The hours of a day, if it is worked.
    pub fn on(&self, date: NaiveDate) -> &DayHours {
        self.seasons.iter().find(|season| season.days.holds(date)).map_or(&self.usual, |season| &season.hours)
    }

    /// The hours of the day at a place of the calendar's table.
    pub(super) fn at(&self, day: i64) -> &DayHours {
        if self.seasons.is_empty() { &self.usual } else { self.on(at(day)) }
    }

    /// The place of the first day behind `day` on which other hours may hold.
    fn change_after(&self, day: i64) -> i64 {
        let date = at(day);
        let years = [date.year(), date.year() + 1];
        let on = |(month, day): (u32, u32), year| NaiveDate::from_ymd_opt(year, month, day).map(place);
        let bounds = self.seasons.iter().flat_map(|season| {
            years
                .into_iter()
                .flat_map(move |year| [on(season.days.from, year), on(season.days.to, year).map(|it| it + 1)])
        });
        // A season named by 02-29 changes on 03-01 in a year without that day.
        let march = years.into_iter().map(|year| on((3, 1), year));
        bounds.chain(march).flatten().filter(|bound| *bound > day).min().unwrap_or(DAYS).min(DAYS)
    }

    /// Office seconds of the working days from one place of the table to another; less than 0 if that lies before.
    pub(super) fn between(&self, calendar: &Calendar, from: i64, to: i64) -> i64 {
        if to < from {
            return -self.between(calendar, to, from);
        }
        let (mut day, mut sum) = (from, 0);
        while day < to {
            let end = self.change_after(day).min(to).max(day + 1);
            let worked = calendar.worked_before(end) - calendar.worked_before(day);
            sum += worked * self.at(day).length();
            day = end;
        }
        sum
    }

    /// The second of the table at which `rest` office seconds have run since the beginning of a day.
    pub(super) fn reach(&self, calendar: &Calendar, from: i64, mut rest: i64) -> Result<i64, CalendarError> {
        let mut day = from;
        while day < DAYS {
            let (end, length) = (self.change_after(day), self.at(day).length());
            let worked = calendar.worked_before(end) - calendar.worked_before(day);
            if rest <= worked * length {
                let days = (rest - 1).div_euclid(length);
                let target = calendar.reach(calendar.worked_before(day) + days + 1)? - 1;
                return Ok(target * DAY + self.at(target).reach(rest - days * length));
            }
            rest -= worked * length;
            day = end;
        }
        Err(CalendarError::LeadsOutside)
    }
}

/// 09:00–12:00 and 13:00–17:00, all year.
impl Default for OfficeHours {
    fn default() -> Self {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a whole hour of the day exists");
        let usual = DayHours(vec![(hour(9), hour(12)), (hour(13), hour(17))]);
        Self { usual, seasons: Vec::new() }
    }
}

/// `09:00-12:00,13:00-17:00`, and after a semicolon each season with its days:
/// `09:00-12:00,13:00-17:00; 06-01/09-30 09:00-12:00,15:00-18:00`.
impl FromStr for OfficeHours {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split([';', '；']);
        let usual = parts.next().unwrap_or_default().parse()?;
        let seasons = parts.map(str::parse).collect::<Result<Vec<Seasonal>, _>>()?;
        for (number, season) in seasons.iter().enumerate() {
            let twice = |other: &Seasonal| {
                let ends = |it: &Seasonal| {
                    [it.days.from, it.days.to].map(|(month, day)| NaiveDate::from_ymd_opt(2024, month, day))
                };
                ends(other).into_iter().flatten().any(|day| season.days.holds(day))
                    || ends(season).into_iter().flatten().any(|day| other.days.holds(day))
            };
            if seasons[..number].iter().any(twice) {
                return Err(format!("two seasons of the office hours share days: `{text}`"));
            }
        }
        Ok(Self { usual, seasons })
    }
}

impl FromStr for Seasonal {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (days, hours) = text.trim().split_once(' ').ok_or_else(|| {
            format!("`{text}` is no season of office hours: write it as 06-01/09-30 09:00-12:00,15:00-18:00")
        })?;
        Ok(Self { days: days.parse()?, hours: hours.parse()? })
    }
}

impl FromStr for DayHours {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let span = |part: &str| {
            let (opens, closes) = part.split_once(['-', '–'])?;
            let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
            Some((time(opens)?, time(closes)?))
        };
        let spans: Option<Vec<_>> = text.split([',', '，']).map(span).collect();
        let spans = spans.ok_or_else(|| {
            format!("`{text}` are no office hours: write them as 09:00-12:00,13:00-17:00, within one day")
        })?;
        Self::new(spans)
    }
}

/// As [`FromStr`] reads it.
impl fmt::Display for DayHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (opens, closes)) in self.0.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            write!(f, "{comma}{}-{}", opens.format("%H:%M"), closes.format("%H:%M"))?;
        }
        Ok(())
    }
}

/// As [`FromStr`] reads it.
impl fmt::Display for OfficeHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.usual)?;
        for Seasonal { days, hours } in &self.seasons {
            write!(f, "; {days} {hours}")?;
        }
        Ok(())
    }
}

as_text!(OfficeHours);

/// Seconds since midnight.
pub(super) fn seconds(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight())
}

#[cfg(test)]
mod tests;
