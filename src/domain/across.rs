//! What many cases say together: findings on a unit, an item, a source or a person's sitting, and on no single case.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::moment::Moment;
use super::policy::Policy;
use super::record::TraceKind;
use super::rules::{
    Rule, Sentence, copied_reason, entry_burst, last_day_heap, number_gap, off_system, silent,
};

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
    /// It cannot be read, or only in part, its delivery is overdue, or it is no longer configured.
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
    /// What was found on earlier days and stands: its weight, by rule and subject.
    pub standing: BTreeMap<(String, String), u64>,
}

impl Stock {
    /// The weight of what stands of a rule; `None`: nothing does. What stands passes later than it began, so that nothing
    /// comes and goes around a threshold.
    pub(in crate::domain) fn stands(&self, rule: &Rule, subject: &str) -> Option<u64> {
        self.standing.get(&(rule.id.to_owned(), subject.to_owned())).copied()
    }
}

/// A finding on no single case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Across {
    /// What it is about, the same as long as it goes on: a code, a pattern, a person and a moment.
    pub subject: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Code of the item.
    pub item: Option<String>,
    /// How much there is of it (cases, pieces, numbers, days): it is told again when that has doubled.
    pub weight: u64,
    /// Why.
    pub why: Sentence,
}

/// What a rule found.
pub struct Found {
    /// The rule.
    pub rule: &'static Rule,
    /// What it found.
    pub across: Vec<Across>,
    /// What is said when it no longer finds something; `None` for what happened once and stays so.
    pub passes: Option<Sentence>,
    /// Subjects that could not be judged this time: what stands of them stands.
    pub unseen: BTreeSet<String>,
}

/// Looks across the stock, as of the beginning of a day.
pub fn look(stock: &Stock, policy: &Policy, today: NaiveDate) -> Vec<Found> {
    let once = |rule, across| Found { rule, across, passes: None, unseen: BTreeSet::new() };
    let passing = |rule, across, zh: &str, en: &str| {
        let passes = Some(Sentence { zh: zh.into(), en: en.into() });
        Found { rule, across, passes, unseen: BTreeSet::new() }
    };
    let mut found = vec![
        once(&entry_burst::RULE, entry_burst::across(&stock.endings, policy)),
        once(&copied_reason::RULE, copied_reason::across(&stock.endings, policy)),
        passing(
            &last_day_heap::RULE,
            last_day_heap::across(stock),
            "近九十日内到期当日办结的已不足四成",
            "of the cases of the last ninety days fewer than two fifths were decided on the day they were due",
        ),
        passing(
            &number_gap::RULE,
            number_gap::across(stock),
            "缺号已补齐，或者编号已不再连续",
            "the missing numbers have come, or the numbers no longer run on",
        ),
        passing(
            &off_system::RULE,
            off_system::across(&stock.unmatched),
            "近九十日内已没有缺少办件的佐证；更早的仍列于 evidence_matches",
            "no evidence of the last ninety days is without a case; what is older still stands in `evidence_matches`",
        ),
    ];
    found.extend(silent::across(stock, policy, today));
    found
}
