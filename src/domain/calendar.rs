//! Working days (工作日): what each civil day is, and how many lie between.

mod declared;
mod fixed;
#[cfg(test)]
mod tests;

use crate::domain::text::{Text, say};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, TimeDelta};
use thiserror::Error;

pub use declared::{Declared, Notice, Special};
pub use fixed::Lunar;

/// The first day of the table, 1970-01-01, counted in days from the common era.
const FIRST_CE: i32 = 719_163;
/// The last day of the table, 2199-12-31, likewise.
const LAST_CE: i32 = 803_168;
/// Days in the table.
const LENGTH: usize = (LAST_CE - FIRST_CE + 1) as usize;
/// The place behind the last day of the table.
pub(in crate::domain) const DAYS: i64 = LENGTH as i64;

/// A day that no calendar here covers.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// The date itself lies outside.
    #[error("{date} lies outside the calendar, which reaches from 1970-01-01 to 2199-12-31")]
    Outside {
        /// The date.
        date: NaiveDate,
    },
    /// A count starting inside leads outside.
    #[error("the count leads out of the calendar, which reaches from 1970-01-01 to 2199-12-31")]
    LeadsOutside,
}

impl From<CalendarError> for Text {
    fn from(error: CalendarError) -> Self {
        match error {
            CalendarError::Outside { date } => say!("wrong-day_outside", date),
            CalendarError::LeadsOutside => say!("wrong-leads_outside"),
        }
    }
}

/// Working days, as a table from 1970-01-01 to 2199-12-31. Cloning it copies a pointer.
///
/// Outside the announced years ([`Calendar::known`]) Monday to Friday are taken as worked: whoever shows such
/// a day must say that it is provisional. Beyond them the holidays that the law itself fixes are days off for certain.
#[derive(Debug, Clone)]
pub struct Calendar {
    table: Arc<Table>,
}

#[derive(Debug)]
struct Table {
    declared: Declared,
    version: String,
    /// `before[i]`: working days among the first `i` days of the table.
    before: Vec<u32>,
    /// `worked[k]`: the day that is the working day number `k`, from 0.
    worked: Vec<u32>,
    /// Days of the table that are announced.
    known: RangeInclusive<i64>,
    /// Days off beyond them that the law itself fixes, with their names.
    fixed: BTreeMap<NaiveDate, &'static str>,
}

/// What a civil day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    /// Whether it is worked.
    pub working: bool,
    /// The holiday a day off belongs to or a make-up day makes up for; an overlay's own words for its days.
    /// A plain weekday or weekend has none.
    pub name: Option<&'a str>,
    /// A weekend day worked in exchange for a day off (调休上班).
    pub make_up: bool,
    /// Where an overlay has the day from; `None` for all other days.
    pub overlay: Option<&'a str>,
    /// Whether it is certain: the day lies in the announced years, or the law itself fixes it.
    pub known: bool,
}

impl Calendar {
    /// Makes the table. `version` is the digest of [`Declared::canonical`]: 12 hexadecimal digits.
    ///
    /// # Errors
    /// If the announced years or a named day lie outside the table.
    pub fn new(declared: Declared, version: String) -> Result<Self, CalendarError> {
        let known = index(*declared.known.start())?..=index(*declared.known.end())?;
        let mut working: Vec<bool> = (0..LENGTH).map(|day| !rests(day)).collect();
        for (date, special) in &declared.special {
            let place = usize::try_from(index(*date)?).expect("an index into the table is not negative");
            working[place] = special.working;
        }
        let fixed = beyond(&declared);
        for date in fixed.keys() {
            let place = usize::try_from(index(*date)?).expect("an index into the table is not negative");
            working[place] = false;
        }
        let mut before = Vec::with_capacity(LENGTH + 1);
        let mut worked = Vec::with_capacity(LENGTH);
        for (day, working) in working.into_iter().enumerate() {
            before.push(count(worked.len()));
            if working {
                worked.push(count(day));
            }
        }
        before.push(count(worked.len()));
        Ok(Self { table: Arc::new(Table { declared, version, before, worked, known, fixed }) })
    }

    /// The first and the last announced day.
    pub fn known(&self) -> RangeInclusive<NaiveDate> {
        self.table.declared.known.clone()
    }

    /// The digest of the content: it changes when any day, notice or source changes.
    pub fn version(&self) -> &str {
        &self.table.version
    }

    /// What the table was made from, to lay an overlay over it or to show its notices.
    pub fn declared(&self) -> &Declared {
        &self.table.declared
    }

    /// The days off beyond the announced years that the law itself fixes, with their names.
    pub fn fixed(&self) -> &BTreeMap<NaiveDate, &'static str> {
        &self.table.fixed
    }

    /// Working days that lie between two days, neither of them counted.
    pub fn working_between(&self, from: NaiveDate, to: NaiveDate) -> BTreeSet<NaiveDate> {
        let days = from.iter_days().skip(1).take_while(|day| *day < to);
        days.filter(|day| self.day(*day).working).collect()
    }

    /// What the day is. A day outside the table is unknown and follows the week.
    pub fn day(&self, date: NaiveDate) -> Day<'_> {
        let weekend = date.weekday().number_from_monday() > 5;
        let fixed = self.table.fixed.get(&date);
        let known = fixed.is_some() || self.table.declared.known.contains(&date);
        if fixed.is_some() {
            return Day { working: false, name: fixed.copied(), make_up: false, overlay: None, known };
        }
        match self.table.declared.special.get(&date) {
            None => Day { working: !weekend, name: None, make_up: false, overlay: None, known },
            Some(special) => Day {
                working: special.working,
                name: Some(&special.name),
                make_up: special.working && weekend && special.overlay.is_none(),
                overlay: special.overlay.as_deref(),
                known,
            },
        }
    }

    /// The last day of which something is declared: a closure may be declared for a year that no notice has reached yet.
    pub fn declared_to(&self) -> NaiveDate {
        let special = self.table.declared.special.keys().next_back();
        special.copied().into_iter().fold(*self.table.declared.known.end(), NaiveDate::max)
    }

    /// The first day of which something is declared.
    fn declared_from(&self) -> NaiveDate {
        let special = self.table.declared.special.keys().next();
        special.copied().into_iter().fold(*self.table.declared.known.start(), NaiveDate::min)
    }

    /// The days on which another calendar differs in whether they are worked.
    pub fn differences(&self, other: &Self) -> Vec<NaiveDate> {
        let first = self.declared_from().min(other.declared_from());
        let last = self.declared_to().max(other.declared_to());
        let differs = |day: &NaiveDate| self.day(*day).working != other.day(*day).working;
        first.iter_days().take_while(|day| *day <= last).filter(differs).collect()
    }

    /// Whether the day is worked.
    ///
    /// # Errors
    /// If it lies outside the table.
    pub fn is_working(&self, date: NaiveDate) -> Result<bool, CalendarError> {
        let day = index(date)?;
        Ok(self.worked_before(day + 1) > self.worked_before(day))
    }

    /// Working days from one day to another, both included; 0 if `to` lies before `from`.
    ///
    /// # Errors
    /// If either lies outside the table.
    pub fn count(&self, from: NaiveDate, to: NaiveDate) -> Result<u32, CalendarError> {
        let (from, to) = (index(from)?, index(to)?);
        let days = (self.worked_before(to + 1) - self.worked_before(from)).max(0);
        Ok(u32::try_from(days).expect("the table holds fewer days than that"))
    }

    /// The `n`-th working day after the day, which itself does not count; for 0 the day itself.
    ///
    /// # Errors
    /// If either lies outside the table.
    pub fn after(&self, date: NaiveDate, n: u32) -> Result<NaiveDate, CalendarError> {
        if n == 0 {
            return Ok(date);
        }
        self.reach(self.worked_before(index(date)? + 1) + i64::from(n)).map(|end| at(end - 1))
    }

    /// The `n`-th working day before the day, which itself does not count; for 0 the day itself.
    ///
    /// # Errors
    /// If either lies outside the table.
    pub fn before(&self, date: NaiveDate, n: u32) -> Result<NaiveDate, CalendarError> {
        if n == 0 {
            return Ok(date);
        }
        self.reach(self.worked_before(index(date)?) - i64::from(n) + 1).map(|end| at(end - 1))
    }

    /// The last working day before a day; of one that lies outside the table, the day a week before.
    pub fn last_before(&self, date: NaiveDate) -> NaiveDate {
        self.before(date, 1).unwrap_or(date - TimeDelta::days(7))
    }

    /// The day itself if it is worked, else the next working day.
    ///
    /// # Errors
    /// If either lies outside the table.
    pub fn on_or_after(&self, date: NaiveDate) -> Result<NaiveDate, CalendarError> {
        self.reach(self.worked_before(index(date)?) + 1).map(|end| at(end - 1))
    }

    /// Working days among the table's first `day` days; a place past either end counts as that end.
    pub(in crate::domain) fn worked_before(&self, day: i64) -> i64 {
        let place = usize::try_from(day.max(0)).unwrap_or(LENGTH).min(LENGTH);
        i64::from(self.table.before[place])
    }

    /// The place just behind the working day number `count`, from 1.
    pub(in crate::domain) fn reach(&self, count: i64) -> Result<i64, CalendarError> {
        let place = usize::try_from(count - 1).map_err(|_| CalendarError::LeadsOutside)?;
        let day = self.table.worked.get(place).ok_or(CalendarError::LeadsOutside)?;
        Ok(i64::from(*day) + 1)
    }

    /// Whether all days from one place of the table to another are announced.
    pub(in crate::domain) fn knows(&self, from: i64, to: i64) -> bool {
        *self.table.known.start() <= from && to <= *self.table.known.end()
    }
}

/// What the law fixes behind the last announced day; days that an overlay names are as it says.
fn beyond(declared: &Declared) -> BTreeMap<NaiveDate, &'static str> {
    let (Some(lunar), end) = (&declared.fixed, *declared.known.end()) else { return BTreeMap::new() };
    let years = end.year()..=at(DAYS - 1).year();
    let days = years.flat_map(|year| fixed::of_year(year, lunar));
    days.filter(|(day, _)| *day > end && !declared.special.contains_key(day)).collect()
}

/// The place of a day in the table.
pub(in crate::domain) fn index(date: NaiveDate) -> Result<i64, CalendarError> {
    let place = place(date);
    if (0..DAYS).contains(&place) { Ok(place) } else { Err(CalendarError::Outside { date }) }
}

/// The place a day has or would have, if the table went on before and behind.
pub(in crate::domain) fn place(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce() - FIRST_CE)
}

/// The day at a place of the table, or just past its end.
pub(in crate::domain) fn at(place: i64) -> NaiveDate {
    let day =
        i32::try_from(place).ok().and_then(|place| NaiveDate::from_num_days_from_ce_opt(FIRST_CE + place));
    day.expect("places come from the table, whose days all exist")
}

/// Saturday or Sunday: 1970-01-01 was a Thursday.
fn rests(day: usize) -> bool {
    (day + 3) % 7 >= 5
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("the table holds fewer days than that")
}
