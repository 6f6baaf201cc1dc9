//! Office hours of working days (办公时间): the usual ones, and other ones on a day, on weekdays, in a season.

mod day;
mod days;

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::domain::calendar::{Calendar, CalendarError, DAYS, at, place};
use crate::domain::text::{Fault, as_text, say};
pub use day::DayHours;
pub(super) use day::seconds;
use days::{Days, WEEK};

/// Seconds of a civil day. Office hours are counted on the wall clock, so a day has no other length.
pub(super) const DAY: i64 = 86_400;

/// Office hours of every working day: the usual ones, and those of days that differ. Whether a day is worked at all is the
/// calendar's to say: hours of a day off hold when it is worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHours {
    usual: DayHours,
    /// Those that go before others first.
    exceptions: Vec<Exception>,
    /// Whether the week matters to any of them.
    by_week: bool,
}

/// Days with hours of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Exception {
    days: Days,
    hours: DayHours,
}

impl OfficeHours {
    /// Seconds of the usual office hours of a day.
    pub(super) fn usual_length(&self) -> i64 {
        self.usual.length()
    }

    /// The hours of a day, if it is worked. A make-up day (调休上班) stands for another day of the week, so it has the hours of
    /// its season or the usual ones.
    pub fn on(&self, calendar: &Calendar, date: NaiveDate) -> &DayHours {
        if self.exceptions.is_empty() {
            return &self.usual;
        }
        let weekday = (self.by_week && !calendar.day(date).make_up).then(|| date.weekday());
        let first = self.exceptions.iter().find(|it| it.days.hold(date, weekday));
        first.map_or(&self.usual, |it| &it.hours)
    }

    /// The hours of the day at a place of the calendar's table.
    pub(super) fn at(&self, calendar: &Calendar, day: i64) -> &DayHours {
        if self.exceptions.is_empty() { &self.usual } else { self.on(calendar, at(day)) }
    }

    /// Weekend days and dates with hours of their own on which the calendar has nobody work, as they are written: what was
    /// meant to open a day does not.
    pub fn never_worked(&self, calendar: &Calendar) -> Vec<String> {
        let known = calendar.known();
        let serves = |it: &&Exception| {
            let worked = |day: &NaiveDate| {
                calendar.day(*day).working && std::ptr::eq(self.on(calendar, *day), &it.hours)
            };
            known.start().iter_days().take_while(|day| day <= known.end()).any(|day| worked(&day))
        };
        let opens = |it: &&Exception| !it.hours.closed() && !matches!(it.days, Days::Yearly(_));
        self.exceptions.iter().filter(opens).filter(|it| !serves(it)).map(|it| it.days.to_string()).collect()
    }

    /// Whether whoever is written to on a day is reached on it: it is worked, with two office hours by day.
    pub fn reach_people_on(&self, calendar: &Calendar, day: NaiveDate) -> bool {
        calendar.day(day).working && self.on(calendar, day).reaches_people()
    }

    /// The last single day that is named; `None`: none is.
    pub fn named_to(&self) -> Option<NaiveDate> {
        let to = |it: &Exception| match it.days {
            Days::Dated(_, to) => Some(to),
            _ => None,
        };
        self.exceptions.iter().filter_map(to).max()
    }

    /// The first day of a stretch of more than so many days without office hours, or with less of them than two by day: hardly a
    /// card could be told meanwhile, and what is not told is lifted by a row typed afterwards.
    pub fn closed_for_longer(&self, calendar: &Calendar, longest: u32) -> Option<NaiveDate> {
        let dated = |bound: fn(NaiveDate, NaiveDate) -> Option<NaiveDate>| {
            self.exceptions.iter().filter_map(move |it| match it.days {
                Days::Dated(from, to) => bound(from, to),
                _ => None,
            })
        };
        let known = calendar.known();
        // It begins where dates are named, on days off before them or behind them, or in any year.
        let before = chrono::Days::new(u64::from(longest));
        let begins = dated(|from, _| Some(from))
            .filter_map(|from| from.checked_sub_days(before))
            .chain(NaiveDate::from_ymd_opt(known.end().year(), 1, 1))
            .chain(dated(|_, to| to.succ_opt()))
            .chain([*known.start()]);
        begins.into_iter().find_map(|from| {
            let mut run = 0;
            from.iter_days().take(400).find_map(|day| {
                run = if self.reach_people_on(calendar, day) { 0 } else { run + 1 };
                (run > longest).then(|| day - chrono::Days::new(u64::from(longest)))
            })
        })
    }

    /// The place of the first day behind `day` on which other hours may hold.
    fn change_after(&self, day: i64) -> i64 {
        if self.by_week {
            return (day + 1).min(DAYS);
        }
        let date = at(day);
        let years = [date.year(), date.year() + 1];
        let on = |(month, day): (u32, u32), year| NaiveDate::from_ymd_opt(year, month, day).map(place);
        let bounds = self.exceptions.iter().flat_map(|it| match it.days {
            Days::Dated(from, to) => vec![Some(place(from)), Some(place(to) + 1)],
            Days::Both(season, _) | Days::Yearly(season) => years
                .into_iter()
                .flat_map(|year| [on(season.from, year), on(season.to, year).map(|it| it + 1)])
                .collect(),
            Days::Weekly(_) => Vec::new(),
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
            sum += worked * self.at(calendar, day).length();
            day = end;
        }
        sum
    }

    /// The second of the table at which `rest` office seconds have run since the beginning of a day.
    pub(super) fn reach(&self, calendar: &Calendar, from: i64, mut rest: i64) -> Result<i64, CalendarError> {
        let mut day = from;
        while day < DAYS {
            let (end, length) = (self.change_after(day), self.at(calendar, day).length());
            let worked = calendar.worked_before(end) - calendar.worked_before(day);
            if length > 0 && rest <= worked * length {
                let days = (rest - 1).div_euclid(length);
                let target = calendar.reach(calendar.worked_before(day) + days + 1)? - 1;
                return Ok(target * DAY + self.at(calendar, target).reach(rest - days * length));
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
        let usual = DayHours::new(vec![(hour(9), hour(12)), (hour(13), hour(17))]);
        let usual = usual.expect("these spans are in order");
        Self { usual, exceptions: Vec::new(), by_week: false }
    }
}

/// `09:00-12:00,13:00-17:00`, and after semicolons the days that differ, each with its hours or `closed`:
/// `09:00-12:00,13:00-17:00; Fri 09:00-12:00; 06-01/09-30 09:00-12:00,15:00-18:00; 2011-10-14 09:00-12:00`.
impl FromStr for OfficeHours {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let mut parts = text.split([';', '；']);
        let usual: DayHours = parts.next().unwrap_or_default().parse()?;
        if usual.closed() {
            return Err(Fault(say!("wrong-hours_first", text)));
        }
        let mut exceptions = parts.map(str::parse).collect::<Result<Vec<Exception>, _>>()?;
        for (number, it) in exceptions.iter().enumerate() {
            if let Some(other) = exceptions[..number].iter().find(|other| other.days.clash(it.days)) {
                let (one, other) = (other.days.to_string(), it.days.to_string());
                return Err(Fault(say!("wrong-hours_share", one, other, text)));
            }
        }
        exceptions.sort_by_key(|it| it.days.rank());
        let by_week = exceptions.iter().any(|it| it.days.by_week());
        let hours = Self { usual, exceptions, by_week };
        let opens = WEEK[..5].iter().any(|day| hours.weekly(*day).is_none_or(|hours| !hours.closed()));
        if opens { Ok(hours) } else { Err(Fault(say!("wrong-hours_never", text))) }
    }
}

impl OfficeHours {
    /// What holds on a day of the week all year.
    fn weekly(&self, weekday: chrono::Weekday) -> Option<&DayHours> {
        let weekly = |it: &&Exception| matches!(it.days, Days::Weekly(days) if days.hold(Some(weekday)));
        self.exceptions.iter().find(weekly).map(|it| &it.hours)
    }
}

impl FromStr for Exception {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let (days, hours) = days::split(text)?;
        Ok(Self { days, hours: hours.parse()? })
    }
}

/// As [`FromStr`] reads it.
impl fmt::Display for OfficeHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.usual)?;
        for Exception { days, hours } in &self.exceptions {
            write!(f, "; {days} {hours}")?;
        }
        Ok(())
    }
}

as_text!(OfficeHours);

#[cfg(test)]
mod tests;
