//! Facts of many cases, as the rules over them look at them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::moment::Moment;
use super::record::TraceKind;

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// The trace that ended it, by its place among those of the case.
    pub trace: usize,
    /// When that was entered, if somebody saw it appear.
    pub entered: Option<Moment>,
    /// The day on which the office had promised it.
    pub due_on: Option<NaiveDate>,
}

/// A case that has ended, as rules over many cases look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Its number.
    pub number: String,
    /// Code of its item.
    pub item: String,
    /// Code of its unit.
    pub unit: String,
    /// What ended it.
    pub kind: TraceKind,
    /// Who did.
    pub by: Option<String>,
    /// When.
    pub ended: Moment,
    /// When that was entered, if somebody saw it appear.
    pub entered: Option<Moment>,
    /// The reason given.
    pub note: Option<String>,
    /// The day on which the office had promised it.
    pub due_on: Option<NaiveDate>,
}

/// Cases that a unit decided, as against the day they were due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Code of the unit.
    pub unit: String,
    /// How many.
    pub all: u64,
    /// How many of them on the very day they were due.
    pub on_last_day: u64,
}

/// Numbers of cases that run on, and those among them that no case has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// The numbers with their digits as `#`: `2011-######`.
    pub pattern: String,
    /// The first number, and the last that was seen a week ago or earlier.
    pub from: String,
    /// That last one.
    pub to: String,
    /// How many numbers lie between, both included.
    pub all: u64,
    /// How many of them no case has.
    pub missing: u64,
    /// The first of these.
    pub examples: Vec<String>,
}

/// The source that an item's traces come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceOf {
    /// Its name.
    pub name: String,
    /// It cannot be read, or only in part, or was not by now; its delivery is overdue, or it is no longer configured.
    pub dark: bool,
    /// The last day of which it has brought anything.
    pub newest: Option<NaiveDate>,
}

/// Evidence of one list, item and unit for which no case has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// The list.
    pub list: String,
    /// Code of the item, if the evidence says.
    pub item: Option<String>,
    /// Code of the unit, if it does.
    pub unit: Option<String>,
    /// How many pieces.
    pub pieces: u64,
    /// The first day of one.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
    /// Keys of the first.
    pub examples: Vec<String>,
}

/// What rules over many cases look at.
#[derive(Debug, Clone, Default)]
pub struct Stock {
    /// Cases whose end was entered within the last days, and those of the last ninety that were not accepted.
    pub endings: Vec<Ending>,
    /// Cases decided within the last ninety days, by unit.
    pub decided: Vec<Decided>,
    /// Numbers that run on.
    pub sequences: Vec<Sequence>,
    /// Cases that began, by item and day.
    pub begun: BTreeMap<String, BTreeMap<NaiveDate, u64>>,
    /// By item.
    pub sources: BTreeMap<String, SourceOf>,
    /// Evidence that waited in vain.
    pub unmatched: Vec<Unmatched>,
    /// Days on which a source brought something new, by its name, in order.
    pub arrivals: BTreeMap<String, Vec<NaiveDate>>,
    /// Not all of every source was read.
    pub in_part: bool,
    /// What was found on earlier days and stands: its weight, by rule and subject.
    pub standing: BTreeMap<(String, String), u64>,
}

impl Stock {
    /// The weight of the open finding of a rule; `None`: there is none. Hysteresis: an open finding resolves at a lower threshold
    /// than the one that raised it.
    pub(in crate::domain) fn stands(&self, rule: &str, subject: &str) -> Option<u64> {
        self.standing.get(&(rule.to_owned(), subject.to_owned())).copied()
    }
}
