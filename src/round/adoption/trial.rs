//! Another mapping of a source, tried before it is put in force: the source is read whole by it into a copy of the ledger, so that
//! what is foreseen of its cases is what comes. Nothing is written to the source or to the ledger.

mod reading;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;

use crate::domain::adoption::{Effect, Trial};
use crate::domain::now::{Now, TimeBase};
use crate::domain::policy::Policy;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::text::{Text, say};
use crate::edge::ledger::{Adoption, Ledger, LedgerError, Step};
use crate::edge::source::{Over, within};
use crate::round::Watch;
pub(super) use reading::too_long;
use reading::{Outcome, Reading, all, hash};

/// Where the ledger is larger, in GiB, no source is read for trial: it is copied twice, onto the disk.
const GIB: u64 = 2;

/// A source that is to be read by another mapping.
pub(in crate::round) struct Remapped {
    /// Its number in the ledger.
    pub source: i64,
    /// Read as it is by what is in force, under the name by which that knows it; `None`: it cannot be.
    pub so_far: Option<SourceSpec>,
    /// As configured.
    pub then: SourceSpec,
}

/// What readings for trial gave.
pub(in crate::round) struct Trials {
    /// Of the sources that were read, by their numbers in the ledger.
    pub tried: BTreeMap<i64, Trial>,
    /// Why others were not.
    pub untried: BTreeMap<i64, Text>,
    /// What is known as the mapping in force reads it; `None`: nothing of it was to be read.
    pub so_far: Option<Ledger>,
    /// What is known as the other reads it, with the names that sources get; `None`: it was not read at all.
    pub then: Option<Ledger>,
    /// Cases that each reading found, by the hash of their numbers.
    found: BTreeMap<i64, Found>,
}

/// Cases found in a source, by the hash of their numbers.
#[derive(Default)]
struct Found {
    /// `None`: the source cannot be read by it.
    so_far: Option<HashSet<u64>>,
    then: HashSet<u64>,
}

impl Found {
    /// How many cases the other mapping does not find.
    fn gone(&self) -> Option<u64> {
        self.so_far.as_ref().map(|so_far| so_far.difference(&self.then).count() as u64)
    }

    fn is_gone(&self, number: &str) -> bool {
        let number = hash(number);
        self.so_far.as_ref().is_some_and(|so_far| so_far.contains(&number)) && !self.then.contains(&number)
    }
}

/// How the record of a case differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::round) enum Differs {
    /// Only the other mapping finds it.
    New,
    /// It says something else.
    Known,
}

impl Trials {
    /// No source was read.
    pub fn none() -> Self {
        let (tried, untried, found) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { tried, untried, so_far: None, then: None, found }
    }

    /// None of them could be, and why.
    fn not(remapped: &[Remapped], why: &Text) -> Self {
        let untried = remapped.iter().map(|it| (it.source, why.clone())).collect();
        Self { untried, ..Self::none() }
    }

    /// The sources that were read.
    pub fn sources(&self) -> BTreeSet<i64> {
        self.tried.keys().copied().collect()
    }

    /// Notes what the other mapping makes of the record of a case, if it is another.
    pub fn note(&mut self, source: i64, number: &str, differs: Option<Differs>) {
        let (Some(trial), Some(found)) = (self.tried.get_mut(&source), self.found.get(&source)) else {
            return;
        };
        match differs {
            Some(Differs::New) => trial.newly += 1,
            Some(Differs::Known) => trial.differ += 1,
            None => {}
        }
        if differs.is_some() || found.is_gone(number) {
            trial.name(number);
        }
    }

    /// Notes that something moves on a case that is known.
    pub fn moved(&mut self, source: i64) {
        self.tried.entry(source).and_modify(|trial| trial.moved += 1);
    }

    /// The same of one that has a card.
    pub fn moved_with_card(&mut self, source: i64) {
        self.moved(source);
        self.tried.entry(source).and_modify(|trial| trial.moved_with_cards += 1);
    }
}

/// Another policy in the place of the one that judges.
#[derive(Clone, Copy)]
pub(in crate::round) struct PolicyChange<'a> {
    /// The one that judges.
    pub old: &'a Policy,
    /// The one that is to judge.
    pub new: &'a Policy,
    /// Days that are worked by one of them and not by the other.
    pub days: &'a BTreeSet<NaiveDate>,
}

/// Reads sources by the other mapping, as of now. `None`: the watch ended it. Whatever goes wrong is a reason why they were not read,
/// and no fault of the round.
pub(in crate::round) fn try_out(
    ledger: &Ledger,
    remapped: &[Remapped],
    change: Option<PolicyChange<'_>>,
    now: &Now,
    watch: &dyn Watch,
) -> Option<Trials> {
    if remapped.is_empty() {
        return Some(Trials::none());
    }
    let Some(change) = change else {
        return Some(Trials::not(remapped, &say!("trial-program")));
    };
    match within(watch.trial_at_most(), &|| watch.stop(), |over| {
        read_both(ledger, remapped, change, now, (watch, over))
    }) {
        Ok(trials) => trials,
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|why| format!(": {why}")).unwrap_or_default();
            Some(Trials::not(remapped, &say!("trial-no_copy", error = format!("{error}{cause}"))))
        }
    }
}

fn read_both(
    ledger: &Ledger,
    remapped: &[Remapped],
    PolicyChange { old, new, days }: PolicyChange<'_>,
    now: &Now,
    (watch, over): (&dyn Watch, &Over),
) -> Result<Option<Trials>, LedgerError> {
    if ledger.size()? > GIB << 30 {
        return Ok(Some(Trials::not(remapped, &say!("trial-large", most = GIB))));
    }
    let goes_on = || {
        watch.goes_on(0, 0);
        !watch.stop()
    };
    let mut trials = Trials::none();
    let Some(mut so_far) = ledger.scratch(&goes_on)? else { return Ok(None) };
    let round = so_far.begin_round(now, &TimeBase::Person, &old.version)?;
    for it in remapped {
        let mut found = Found::default();
        if let Some(spec) = &it.so_far {
            let reading = Reading { spec, policy: old, round, now, watch, over };
            match reading.of(&mut so_far, &mut |_| {})? {
                Outcome::Read(_) => found.so_far = reading.numbers(),
                Outcome::Not(_) => {}
                Outcome::Stopped => return Ok(None),
            }
        }
        trials.found.insert(it.source, found);
    }
    so_far.shrink()?;
    let Some(mut then) = ledger.scratch(&goes_on)? else { return Ok(None) };
    let effect = Effect::default();
    let (version, before) = (new.version.clone(), Some(old.version.clone()));
    let step = Adoption { step: Step::Adopted, version, before, by: None, why: "trial".into(), effect };
    then.adopt(new, &step, now)?;
    then.judge_closed_anew(days)?;
    let round = then.begin_round(now, &TimeBase::Person, &new.version)?;
    for it in remapped {
        let reading = Reading { spec: &it.then, policy: new, round, now, watch, over };
        let mut numbers = HashSet::new();
        match reading.of(&mut then, &mut |batch| all(batch, &mut numbers))? {
            Outcome::Read(rows) => {
                let found = trials.found.entry(it.source).or_default();
                found.then = numbers;
                let (cases, gone) = (so_far.cases_of(it.source)?, found.gone());
                trials.tried.insert(it.source, Trial { rows, cases, gone, ..Trial::default() });
            }
            Outcome::Not(why) => drop(trials.untried.insert(it.source, why)),
            Outcome::Stopped => return Ok(None),
        }
    }
    then.shrink()?;
    (trials.so_far, trials.then) = (Some(so_far), Some(then));
    Ok(if watch.stop() { None } else { Some(trials) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What only one of both mappings finds is counted apart, and named, as what says something else is.
    #[test]
    fn a_trial_counts_what_differs_comes_and_goes() {
        let found = |so_far: &[&str], then: &[&str]| {
            let set = |numbers: &[&str]| numbers.iter().map(|number| hash(number)).collect::<HashSet<u64>>();
            Found { so_far: Some(set(so_far)), then: set(then) }
        };
        let mut trials = Trials::none();
        trials.tried.insert(1, Trial::default());
        trials.found.insert(1, found(&["A", "B"], &["B", "C"]));
        assert_eq!(trials.found[&1].gone(), Some(1));
        trials.note(1, "A", None);
        trials.note(1, "B", Some(Differs::Known));
        trials.note(1, "C", Some(Differs::New));
        trials.note(1, "D", None);
        trials.note(2, "A", Some(Differs::Known));
        let trial = &trials.tried[&1];
        assert_eq!((trial.differ, trial.newly, trial.named.concat()), (1, 1, "ABC".into()));
        assert_eq!(Found::default().gone(), None);
    }
}
