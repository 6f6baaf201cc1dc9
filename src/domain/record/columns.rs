//! What the times of a column have in common over a whole reading: a column in which every time is midnight has no hours, and one of
//! entry times that lie before what was entered is written in another zone.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{NaiveTime, TimeDelta};

use super::mapping::ReadSpec;
use super::{Fact, Trace};
use crate::domain::moment::Moment;

/// A place of a read at which a mapping finds a time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimePlace {
    /// When the trace of a part happened.
    Occurred(u16),
    /// When it was entered.
    Recorded(u16),
    /// When it was asked for.
    Asked(u16),
    /// By when it should have been done.
    Due(u16),
    /// By when another step should be done by the word of the trace of a part, by its name.
    StepDue(u16, String),
    /// A date that the record itself carries, by its name.
    Date(String),
}

impl fmt::Display for TimePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Occurred(part) => write!(f, "occurred/{part}"),
            Self::Recorded(part) => write!(f, "recorded/{part}"),
            Self::Asked(part) => write!(f, "asked/{part}"),
            Self::Due(part) => write!(f, "due/{part}"),
            Self::StepDue(part, step) => write!(f, "due-of/{part}/{step}"),
            Self::Date(name) => write!(f, "date/{name}"),
        }
    }
}

/// Reads back what `Display` wrote.
impl FromStr for TimePlace {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (what, rest) = text.split_once('/').ok_or(())?;
        let part = || rest.parse().map_err(drop);
        match what {
            "occurred" => part().map(Self::Occurred),
            "recorded" => part().map(Self::Recorded),
            "asked" => part().map(Self::Asked),
            "due" => part().map(Self::Due),
            "due-of" => {
                let (part, step) = rest.split_once('/').ok_or(())?;
                Ok(Self::StepDue(part.parse().map_err(drop)?, step.to_owned()))
            }
            "date" => Ok(Self::Date(rest.to_owned())),
            _ => Err(()),
        }
    }
}

/// A column in which a read finds times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeColumn<'s> {
    /// What they are to the record.
    pub place: TimePlace,
    /// Its name.
    pub name: &'s str,
    /// Of times of entry, the column of what was entered.
    pub entry_of: Option<&'s str>,
}

impl ReadSpec {
    /// The columns in which it finds times; one may hold several.
    pub fn time_columns(&self) -> Vec<TimeColumn<'_>> {
        let column = |place, name| TimeColumn { place, name, entry_of: None };
        let mut places: Vec<_> =
            self.all_dates().map(|(name, at)| column(TimePlace::Date(name), at)).collect();
        for (part, trace) in (0u16..).zip(&self.traces) {
            places.push(column(TimePlace::Occurred(part), &trace.at));
            let entry_of = Some(trace.at.as_str());
            let entered = |it| TimeColumn { entry_of, ..column(TimePlace::Recorded(part), it) };
            places.extend(trace.recorded.as_deref().map(entered));
            places.extend(trace.asked.as_deref().map(|it| column(TimePlace::Asked(part), it)));
            places.extend(trace.due.as_deref().map(|it| column(TimePlace::Due(part), it)));
            for (step, it) in &trace.step_dues {
                places.push(column(TimePlace::StepDue(part, step.clone()), it));
            }
        }
        places
    }
}

/// An entry this long before what happened is no clock that runs fast and no hand that typed ahead.
const AHEAD: TimeDelta = TimeDelta::hours(1);

/// Clocks of two zones are no further apart.
const ZONES_APART: TimeDelta = TimeDelta::hours(26);

/// Entered within so long, it was entered when it happened.
const PROMPT: TimeDelta = TimeDelta::hours(4);

/// Zones differ by whole quarters of an hour.
const QUARTER: i64 = 15;

/// So many entries before what happened outweigh one that is prompt.
const OUTWEIGH: u64 = 10;

/// Whether something is said to have been entered before it happened, which cannot be: it says nothing against anybody.
pub fn is_before_it_happened(occurred: Moment, recorded: Moment) -> bool {
    if occurred.hour_known() && recorded.hour_known() {
        occurred.at() - recorded.at() >= AHEAD
    } else {
        recorded.date() < occurred.date()
    }
}

/// Whether two times of one entry are the same wall clock read in two zones.
pub fn is_another_zone_of(one: Option<Moment>, other: Option<Moment>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let apart = (one.at() - other.at()).abs();
    let quarters = apart.num_seconds() % (QUARTER * 60) == 0;
    one.hour_known() && other.hour_known() && !apart.is_zero() && quarters && apart <= ZONES_APART
}

/// The times at a place, or of a column, over a reading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeCells {
    /// Times that are midnight to the second.
    pub midnights: u64,
    /// Other times of day.
    pub hours: u64,
    /// Entries that lie hours before what happened, as far as two zones can be apart.
    pub before: u64,
    /// Entries that lie further before it.
    pub far_before: u64,
    /// Entries made when it happened.
    pub prompt: u64,
    /// By how many quarters of an hour those of `before` lie before it.
    leads: BTreeMap<i64, u64>,
}

impl TimeCells {
    fn see(&mut self, at: Moment) {
        match at.time() {
            Some(NaiveTime::MIN) => self.midnights += 1,
            Some(_) => self.hours += 1,
            None => {}
        }
    }

    fn see_entry(&mut self, trace: &Trace, recorded: Moment) {
        if is_before_it_happened(trace.occurred, recorded) {
            let lead = trace.occurred.at() - recorded.at();
            // A midnight may be a day of which the hour is not known, and lies before what happened that day.
            let same_day = trace.occurred.date() == recorded.date();
            if recorded.time() == Some(NaiveTime::MIN) && same_day {
                return;
            }
            if recorded.hour_known() && trace.occurred.hour_known() && lead <= ZONES_APART {
                self.before += 1;
                *self.leads.entry((lead.num_minutes() + QUARTER / 2) / QUARTER).or_default() += 1;
            } else {
                self.far_before += 1;
            }
        } else if recorded.hour_known()
            && trace.occurred.hour_known()
            && recorded.at() - trace.occurred.at() < PROMPT
        {
            self.prompt += 1;
        }
    }

    /// Adds those of another place of the same column.
    pub fn add(&mut self, other: &Self) {
        self.midnights += other.midnights;
        self.hours += other.hours;
        self.before += other.before;
        self.far_before += other.far_before;
        self.prompt += other.prompt;
        for (lead, cells) in &other.leads {
            *self.leads.entry(*lead).or_default() += cells;
        }
    }

    /// By how many minutes most of the early entries lie before what happened.
    pub fn lead_minutes(&self) -> Option<i64> {
        self.leads.iter().max_by_key(|(lead, cells)| (**cells, **lead)).map(|(lead, _)| lead * QUARTER)
    }
}

/// Whether entries lie before what happened throughout, so that the column is taken for one of another zone.
pub fn is_of_another_zone(before: u64, prompt: u64) -> bool {
    before > 0 && prompt.saturating_mul(OUTWEIGH) <= before
}

/// The times of one reading, by read and place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    /// What was counted.
    pub cells: BTreeMap<(u16, TimePlace), TimeCells>,
}

impl Census {
    /// Counts the times of a row.
    pub fn count(&mut self, read: u16, fact: &Fact) {
        for (slot, trace) in &fact.traces {
            let Some(trace) = trace else { continue };
            self.at(read, TimePlace::Occurred(slot.part)).see(trace.occurred);
            if let Some(recorded) = trace.recorded {
                let cells = self.at(read, TimePlace::Recorded(slot.part));
                cells.see(recorded);
                cells.see_entry(trace, recorded);
            }
            if let Some(asked) = trace.asked {
                self.at(read, TimePlace::Asked(slot.part)).see(asked);
            }
            if let Some(due) = trace.due {
                self.at(read, TimePlace::Due(slot.part)).see(due);
            }
            for (step, due) in &trace.step_dues {
                self.at(read, TimePlace::StepDue(slot.part, step.clone())).see(*due);
            }
        }
        for (name, at) in fact.header.iter().flat_map(|header| &header.dates) {
            self.at(read, TimePlace::Date(name.clone())).see(*at);
        }
    }

    fn at(&mut self, read: u16, place: TimePlace) -> &mut TimeCells {
        self.cells.entry((read, place)).or_default()
    }

    /// The times of each column of a read.
    pub fn of_columns<'s>(&self, read: u16, spec: &'s ReadSpec) -> BTreeMap<&'s str, TimeCells> {
        let mut columns: BTreeMap<&str, TimeCells> = BTreeMap::new();
        for TimeColumn { place, name: column, .. } in spec.time_columns() {
            if let Some(cells) = self.cells.get(&(read, place)) {
                columns.entry(column).or_default().add(cells);
            }
        }
        columns
    }
}

#[cfg(test)]
mod tests;
