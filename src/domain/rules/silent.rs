//! An item, a unit or a source has gone quiet against its own past.
//!
//! The method: of the last 250 working days (an item's own season only) count those on which a case began. The share `p` of
//! idle days, as `(idle + ½) / (days + 1)`, gives the chance that a run of `n` idle days begins on a given day,
//! `(1 − p) · pⁿ`. A run is a finding when it is so long that, were nothing the matter, one would be met in two hundred years: `250 ·
//! (1 − p) · pⁿ ≤ 1/200`; and longer than every run in its own past, as days need not be independent. The formula is that of
//! the geometric distribution of runs (W. Feller, An Introduction to Probability Theory, vol. I, ch. XIII.7), the estimate of
//! the share that of Krichevsky and Trofimov (1981).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Rule, Sentence};
use crate::domain::across::{Across, Stock};
use crate::domain::finding::{Card, Mode};
use crate::domain::policy::Policy;

pub(in crate::domain) const ITEM: Rule = Rule {
    id: "silent-item",
    zh: "事项静默",
    en: "item gone quiet",
    meaning: "No case of an item has begun for longer than its own past would have once in two hundred years (by working days, in \
              its season, over a year of at least sixty days and ten with cases), and longer than ever in that year. \
              `docs/rules.md` has the formula. Of a unit or a source that is silent as a whole, and of a dark source, the \
              items are not named.",
    basis: "办件量为零的单位（防城港通报）；体外循环；本规则为推定",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge: |_| Vec::new(),
};

pub(in crate::domain) const UNIT: Rule = Rule {
    id: "silent-unit",
    zh: "单位静默",
    en: "unit gone quiet",
    meaning: "The same of all items of a unit together.",
    basis: "办件量为零的单位（防城港通报）；体外循环；本规则为推定",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge: |_| Vec::new(),
};

pub(in crate::domain) const SOURCE: Rule = Rule {
    id: "silent-source",
    zh: "数据源静默",
    en: "source gone quiet",
    meaning: "The same of all items that a source brings, though it can be read.",
    basis: "数据不能正常传送而未及时发现（宁波考核办法）；本规则为推定",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge: |_| Vec::new(),
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

/// Whether the cases by working day end in a run that is no chance.
fn run(cases: &[u64]) -> Option<Run> {
    let last = cases.iter().rposition(|cases| *cases > 0)?;
    let (past, days) = (&cases[..=last], cases.len() - 1 - last);
    let idle = past.iter().filter(|cases| **cases == 0).count();
    let active = past.len() - idle;
    if past.len() < ENOUGH_DAYS || active < ENOUGH_ACTIVE {
        return None;
    }
    let share = (idle as f64 + 0.5) / (past.len() as f64 + 1.0);
    let longest = past.split(|cases| *cases > 0).map(<[u64]>::len).max().unwrap_or(0);
    let chance = YEAR * (1.0 - share) * share.powi(i32::try_from(days).unwrap_or(i32::MAX));
    (chance <= FALSE_ALARMS && days > longest).then_some(Run { days, longest, active: (active, past.len()) })
}

/// What has gone quiet.
#[derive(Default)]
pub(in crate::domain) struct Silent {
    pub items: Vec<Across>,
    pub units: Vec<Across>,
    pub sources: Vec<Across>,
}

pub(in crate::domain) fn across(stock: &Stock, policy: &Policy, today: NaiveDate) -> Silent {
    let days = working_days(policy, today);
    let mut silent = Silent::default();
    if days.is_empty() {
        return silent;
    }
    let watched = |code: &&String| stock.sources.get(*code).is_some_and(|source| !source.dark);
    let codes = stock.begun.keys().filter(watched);
    let counts = codes.map(|code| (code.clone(), by_day(stock, policy, code, &days))).collect();
    let mut past = Past { counts, named: BTreeSet::new() };
    let sources = past.quiet(|code| stock.sources.get(code).map(|source| source.name.clone()));
    let items = &policy.registry.items;
    let unit_of = |code: &str| items.get(code).map(|item| item.unit.clone());
    // A unit of which one source is dark is not known to be silent.
    let dark = stock.sources.iter().filter(|(_, source)| source.dark).filter_map(|(code, _)| unit_of(code));
    let dark: BTreeSet<String> = dark.collect();
    let units = past.quiet(|code| unit_of(code).filter(|unit| !dark.contains(unit)));
    let alone = past.quiet(|code| Some(code.to_owned()));
    let name = |code: &str| {
        policy.registry.units.get(code).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
    };
    silent.sources.extend(sources.into_iter().map(|(source, run)| found(&source, &source, run, None, None)));
    silent.units.extend(
        units.into_iter().map(|(unit, run)| found(&unit, &name(&unit), run, Some(unit.clone()), None)),
    );
    silent.items.extend(alone.into_iter().map(|(code, run)| {
        let name = items.get(&code).map_or(code.as_str(), |item| item.name.as_str());
        found(&code, name, run, unit_of(&code), Some(code.clone()))
    }));
    silent
}

/// The cases of every item by working day, and the items that need not be named again.
struct Past {
    counts: BTreeMap<String, Vec<Option<u64>>>,
    named: BTreeSet<String>,
}

impl Past {
    /// The groups of items that are quiet together.
    fn quiet(&mut self, group: impl Fn(&str) -> Option<String>) -> Vec<(String, Run)> {
        let mut groups: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        for code in self.counts.keys().filter(|code| !self.named.contains(*code)) {
            if let Some(name) = group(code) {
                groups.entry(name).or_default().push(code);
            }
        }
        let mut found = Vec::new();
        for (name, members) in groups {
            if let Some(run) = run(&sum(members.iter().map(|code| &self.counts[*code]))) {
                self.named.extend(members.into_iter().cloned());
                found.push((name, run));
            }
        }
        found
    }
}

/// The last working days before today, in order.
fn working_days(policy: &Policy, today: NaiveDate) -> Vec<NaiveDate> {
    let Ok(first) = policy.calendar.before(today, LOOK_BACK) else { return Vec::new() };
    first.iter_days().take_while(|day| *day < today).filter(|day| policy.calendar.day(*day).working).collect()
}

/// An item's cases by working day; what began on a day off counts on the working day before, and `None` stands for a day
/// out of its season, or before its first.
fn by_day(stock: &Stock, policy: &Policy, code: &str, days: &[NaiveDate]) -> Vec<Option<u64>> {
    let Some(begun) = stock.begun.get(code) else { return Vec::new() };
    let (item, first) = (policy.registry.items.get(code), begun.keys().next().copied());
    let season = item.and_then(|item| item.season);
    let offered = |day: &NaiveDate| {
        let valid = item.is_none_or(|item| {
            item.valid_from.is_none_or(|from| *day >= from)
                && item.valid_until.is_none_or(|until| *day <= until)
        });
        valid && season.is_none_or(|season| season.holds(*day)) && first.is_some_and(|first| first <= *day)
    };
    let mut counts: Vec<Option<u64>> = days.iter().map(|day| offered(day).then_some(0)).collect();
    for (day, cases) in begun {
        let place = days.partition_point(|other| other <= day);
        if let Some(Some(count)) = place.checked_sub(1).and_then(|place| counts.get_mut(place)) {
            *count += cases;
        }
    }
    counts
}

/// Day by day, of the days that any of them has.
fn sum<'c>(counts: impl Iterator<Item = &'c Vec<Option<u64>>>) -> Vec<u64> {
    let mut sums: Vec<Option<u64>> = Vec::new();
    for counts in counts {
        sums.resize(counts.len(), None);
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum = match (*sum, *count) {
                (None, None) => None,
                (sum, count) => Some(sum.unwrap_or(0) + count.unwrap_or(0)),
            };
        }
    }
    sums.into_iter().flatten().collect()
}

fn found(subject: &str, name: &str, run: Run, unit: Option<String>, item: Option<String>) -> Across {
    let Run { days, longest, active: (active, all) } = run;
    let why = Sentence {
        zh: format!(
            "{name}已连续 {days} 个工作日没有新办件；此前 {all} 个工作日中有 {active} 日有新办件，最长间隔 {longest} 日"
        ),
        en: format!(
            "no case of {name} began for {days} working days; of the {all} before there was one on {active}, and the \
             longest pause was {longest}"
        ),
    };
    Across { subject: subject.to_owned(), unit, item, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A generator of the standard library's own kind is enough: splitmix64.
    struct Chance(u64);

    impl Chance {
        fn of(&mut self, share: f64) -> bool {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64 <= share
        }
    }

    /// The stated rate, by simulation: things that are as busy as ever raise at most one alarm in two hundred years each.
    #[test]
    fn false_alarms_are_as_rare_as_stated() {
        let mut chance = Chance(2011);
        let (mut alarms, mut years) = (0, 0.0);
        for share in [0.15, 0.3, 0.5, 0.8, 0.95] {
            for _ in 0..40 {
                let days: Vec<u64> = (0..1250).map(|_| u64::from(chance.of(share))).collect();
                let mut ringing = false;
                for today in 250..days.len() {
                    let rings = run(&days[today - 250..today]).is_some();
                    alarms += usize::from(rings && !ringing);
                    ringing = rings;
                }
                years += 4.0;
            }
        }
        assert!(years > 700.0);
        assert!(
            f64::from(u32::try_from(alarms).unwrap()) / years <= FALSE_ALARMS,
            "{alarms} in {years} years"
        );
    }

    /// Counted by hand for the last: 20 of 229 days had a case, so p = 209.5/230, and pⁿ ≤ 0.005 / (250 · 20.5/230) from n = 91.
    #[test]
    fn what_stops_is_seen_the_sooner_the_busier_it_was() {
        let noticed = |every: usize| {
            let past: Vec<u64> = (0..240).map(|day| u64::from(day % every == 0)).collect();
            (1..240).find(|idle| {
                let mut days = past.clone();
                let last = days.iter().rposition(|cases| *cases > 0).unwrap();
                days.truncate(last + 1);
                days.extend(vec![0; *idle]);
                run(&days).is_some()
            })
        };
        assert_eq!(
            (noticed(1), noticed(2), noticed(5), noticed(12)),
            (Some(2), Some(15), Some(41), Some(91))
        );
        assert_eq!(noticed(40), None, "six cases in a year are no past to go by");
    }
}
