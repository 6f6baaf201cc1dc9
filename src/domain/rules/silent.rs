//! An item, a unit or a source has gone quiet against its own past.
//!
//! The method: of the last 250 working days (an item's own season only) count those on which a case began. The share `p` of
//! idle days, as `(idle + ½) / (days + 1)`, gives the chance that a run of `n` idle days begins on a given day,
//! `(1 − p) · pⁿ`. A run is a finding when it is so long that, were nothing the matter, one would be met in two hundred years: `250 ·
//! (1 − p) · pⁿ ≤ 1/200`; and longer than every run in its own past, as days need not be independent. The formula is that of
//! the geometric distribution of runs (W. Feller, An Introduction to Probability Theory, vol. I, ch. XIII.7), the estimate of
//! the share that of Krichevsky and Trofimov (1981).
//!
//! Items and units are looked at up to the last day of which their source brought anything: a source that delivers weekly
//! does not make them silent on Fridays. The source itself is silent only after a longer pause than any between two of its
//! deliveries. What is silent stays so until a case begins, however far that lies behind the days looked at.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Rule;
use crate::domain::card::{Card, Mode};
use crate::domain::policy::Policy;
use crate::domain::registry::UnitKind;
use crate::domain::rules::{Across, Found};
use crate::domain::stock::Stock;
use crate::domain::text::say;

pub(in crate::domain) const ITEM: Rule = Rule {
    id: "silent-item",
    meaning: "No case of an item has begun for longer than its own past would have once in two hundred years (by working days, in \
              its season, over a year of at least sixty days and ten with cases), and longer than ever in that year. \
              `docs/rules.md` has the formula. Of a unit or a source that is silent as a whole, and of a dark source, the \
              items are not named.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[],
    judge: None,
};

pub(in crate::domain) const UNIT: Rule = Rule {
    id: "silent-unit",
    meaning: "The same of all items of a unit together.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[],
    judge: None,
};

pub(in crate::domain) const SOURCE: Rule = Rule {
    id: "silent-source",
    meaning: "The same of all items that a source brings, though it can be read.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[],
    judge: None,
};

/// Working days that are looked back on.
const LOOK_BACK: u32 = 250;
/// With a shorter past, or fewer days with a case in it, nothing is said.
const ENOUGH_DAYS: usize = 60;
const ENOUGH_ACTIVE: usize = 10;
/// False alarms of one thing that is watched, a year.
const FALSE_ALARMS: f64 = 0.005;
/// Working days of a year.
const YEAR: f64 = 250.0;

/// A run of idle days.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    /// How long it is.
    days: usize,
    /// How long the longest was before.
    longest: usize,
    /// Days with a case, of all days before it.
    active: (usize, usize),
}

impl Run {
    /// The one that the cases by working day end in.
    fn last(cases: &[u64]) -> Self {
        let past = &cases[..cases.iter().rposition(|cases| *cases > 0).map_or(0, |last| last + 1)];
        let active = past.iter().filter(|cases| **cases > 0).count();
        let longest = past.split(|cases| *cases > 0).map(<[u64]>::len).max().unwrap_or(0);
        Self { days: cases.len() - past.len(), longest, active: (active, past.len()) }
    }

    /// Whether it is no chance.
    fn speaks(&self) -> bool {
        let (active, all) = self.active;
        if all < ENOUGH_DAYS || active < ENOUGH_ACTIVE {
            return false;
        }
        let share = ((all - active) as f64 + 0.5) / (all as f64 + 1.0);
        let chance = YEAR * (1.0 - share) * share.powi(i32::try_from(self.days).unwrap_or(i32::MAX));
        chance <= FALSE_ALARMS && self.days > self.longest
    }
}

/// What may go quiet, the greater before what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Source,
    Unit,
    Item,
}

pub(in crate::domain) fn across(stock: &Stock, policy: &Policy, today: NaiveDate) -> Vec<Found> {
    let unit_of = |code: &String| policy.registry.items.get(code).map(|item| item.unit.as_str());
    let dark = stock.sources.iter().filter(|(_, source)| source.dark);
    let dark = dark.filter_map(|(code, _)| unit_of(code)).collect();
    let days = working_days(policy, today);
    if days.is_empty() {
        return Vec::new();
    }
    let mut past = Past { stock, policy, today, days, dark, named: BTreeSet::new() };
    [Level::Source, Level::Unit, Level::Item].map(|level| past.quiet(level)).into()
}

/// The cases of every item by working day, and the items that need not be named again.
struct Past<'s> {
    stock: &'s Stock,
    policy: &'s Policy,
    today: NaiveDate,
    days: Vec<NaiveDate>,
    /// Units of which one source is dark: they are not known to be silent.
    dark: BTreeSet<&'s str>,
    named: BTreeSet<&'s str>,
}

impl<'s> Past<'s> {
    /// What is quiet as a whole.
    fn quiet(&mut self, level: Level) -> Found {
        let rule = match level {
            Level::Source => &SOURCE,
            Level::Unit => &UNIT,
            Level::Item => &ITEM,
        };
        let mut groups: BTreeMap<&str, Vec<&'s str>> = BTreeMap::new();
        for (code, source) in self.stock.sources.iter().filter(|(_, source)| !source.dark) {
            let looked_at = !self.named.contains(&**code) && self.stock.begun.contains_key(code);
            if let Some(name) = self.group(level, code, &source.name).filter(|_| looked_at) {
                groups.entry(name).or_default().push(code);
            }
        }
        let mut found =
            Found { rule, across: Vec::new(), passes: Some(say!("silent-over")), unseen: BTreeSet::new() };
        for (id, subject) in self.stock.standing.keys() {
            if id == rule.id && !groups.contains_key(&**subject) && self.is_known(level, subject) {
                found.unseen.insert(subject.clone());
            }
        }
        for (name, members) in groups {
            let run = Run::last(&sum(members.iter().map(|code| self.by_day(level, code))));
            let stands = self.stock.stands(rule.id, name).is_some_and(|days| run.days as u64 >= days);
            let late = level != Level::Source || run.days > self.longest_pause(name);
            if stands || (run.speaks() && late) {
                self.named.extend(members);
                found.across.push(self.found(level, name, run));
            }
        }
        found
    }

    /// What an item is a part of; nothing where that cannot be judged.
    fn group(&self, level: Level, code: &'s str, source: &'s str) -> Option<&'s str> {
        match level {
            Level::Source => Some(source),
            Level::Item => Some(code).filter(|_| !self.comes_and_goes(code)),
            Level::Unit => {
                let unit = self.unit_of(code).filter(|unit| !self.dark.contains(unit));
                unit.filter(|_| !self.comes_and_goes(code))
            }
        }
    }

    /// Whether an item has no season of its own and is of a unit that has a window only in some part of the year: nobody knows in
    /// which.
    fn comes_and_goes(&self, code: &str) -> bool {
        let registry = &self.policy.registry;
        let item = registry.items.get(code).filter(|item| item.season.is_none());
        let unit = item.and_then(|item| registry.units.get(&item.unit));
        unit.is_some_and(|unit| unit.kind == UnitKind::Seasonal)
    }

    fn unit_of(&self, code: &str) -> Option<&'s str> {
        self.policy.registry.items.get(code).map(|item| item.unit.as_str())
    }

    fn is_known(&self, level: Level, subject: &str) -> bool {
        match level {
            Level::Source => self.stock.sources.values().any(|source| source.name == subject),
            Level::Unit => self.policy.registry.units.contains_key(subject),
            Level::Item => self.policy.registry.items.contains_key(subject),
        }
    }

    /// Working days of the longest pause between two deliveries of a source.
    fn longest_pause(&self, source: &str) -> usize {
        let place = |day: &NaiveDate| self.days.partition_point(|other| other <= day);
        let arrivals = self.stock.arrivals.get(source).map_or(&[][..], |days| &days[..]);
        arrivals.windows(2).map(|pair| place(&pair[1]) - place(&pair[0])).max().unwrap_or(0)
    }

    /// An item's cases by working day; what began on a day off counts on the working day before, and `None` stands for a
    /// day out of its season, before its first, or behind the last of which its source brought anything.
    fn by_day(&self, level: Level, code: &str) -> Vec<Option<u64>> {
        let Some(begun) = self.stock.begun.get(code) else { return Vec::new() };
        let (item, first) = (self.policy.registry.items.get(code), begun.keys().next().copied());
        let newest = self.stock.sources.get(code).and_then(|source| source.newest);
        let last = newest.filter(|_| level != Level::Source).unwrap_or(self.today);
        let season = item.and_then(|item| item.season);
        let offered = |day: &NaiveDate| {
            let valid = item.map(|item| item.on(|| Some(*day))).is_none_or(|item| {
                item.valid_from.is_none_or(|from| *day >= from)
                    && item.valid_until.is_none_or(|until| *day <= until)
            });
            let there = first.is_some_and(|first| first <= *day) && *day <= last;
            valid && there && season.is_none_or(|season| season.holds(*day))
        };
        let mut counts: Vec<Option<u64>> = self.days.iter().map(|day| offered(day).then_some(0)).collect();
        for (day, cases) in begun {
            let place = self.days.partition_point(|other| other <= day);
            if let Some(Some(count)) = place.checked_sub(1).and_then(|place| counts.get_mut(place)) {
                *count += cases;
            }
        }
        counts
    }

    fn found(&self, level: Level, subject: &str, run: Run) -> Across {
        let registry = &self.policy.registry;
        let (unit, item, name) = match level {
            Level::Source => (None, None, None),
            Level::Unit => (Some(subject), None, registry.units.get(subject).map(|unit| &unit.name)),
            Level::Item => {
                (self.unit_of(subject), Some(subject), registry.items.get(subject).map(|item| &item.name))
            }
        };
        let name = name.map_or(subject, String::as_str);
        let Run { days, longest, active: (active, all) } = run;
        let why = match all {
            0 => say!("silent", name, days),
            _ => say!("silent-before", name, days, all, active, longest),
        };
        let (unit, item) = (unit.map(str::to_owned), item.map(str::to_owned));
        Across { subject: subject.to_owned(), unit, item, weight: days as u64, why }
    }
}

/// The last working days before today, in order.
fn working_days(policy: &Policy, today: NaiveDate) -> Vec<NaiveDate> {
    let Ok(first) = policy.calendar.before(today, LOOK_BACK) else { return Vec::new() };
    first.iter_days().take_while(|day| *day < today).filter(|day| policy.calendar.day(*day).working).collect()
}

/// Day by day, of the days that any of them has.
fn sum(counts: impl Iterator<Item = Vec<Option<u64>>>) -> Vec<u64> {
    let mut sums: Vec<Option<u64>> = Vec::new();
    for counts in counts {
        sums.resize(counts.len(), None);
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum = match (*sum, count) {
                (None, None) => None,
                (sum, count) => Some(sum.unwrap_or(0) + count.unwrap_or(0)),
            };
        }
    }
    sums.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
