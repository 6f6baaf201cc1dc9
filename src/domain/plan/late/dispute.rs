//! A card of which a supervisor is asked whether it falls (待核撤): what it rests on, and what was entered since it was told.

use std::cmp::Ordering;

use super::super::case_view::matter;
use super::super::fall;
use super::lateness::late_by;
use crate::domain::card::Card;
use crate::domain::case_file::{CaseFile, Changed, Version, entry, header_words, named, trace_words};
use crate::domain::clock::{self, Parts, Reading};
use crate::domain::count::What;
use crate::domain::finding::{Breach, Known};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::{Header, Trace};
use crate::domain::rules::CaseView;
use crate::domain::rules::time_limit::{days_late, lateness};
use crate::domain::text::{Text, say};

/// What a supervisor weighs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The finding's row in the ledger.
    pub finding: i64,
    /// Key of the clock's run.
    pub clock: String,
    /// The card.
    pub card: Card,
    /// When the card was told.
    pub told: Moment,
    /// When a supervisor last decided that it stands.
    pub upheld: Option<Moment>,
    /// The count that it rests on; `None` where the clock did not run as it was told.
    pub rests_on: Option<Counted>,
    /// What was entered since.
    pub facts: Vec<Fact>,
    /// What follows from the record as it is.
    pub now: Text,
}

/// The count that a card rests on, as it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Name of the clock.
    pub name: Text,
    /// When it started.
    pub started: Moment,
    /// Its limit.
    pub limit: Limit,
    /// When it was due.
    pub due: Moment,
    /// What is left out and added.
    pub parts: Parts,
    /// The working days counted up to the due day; `None` of a limit in anything else.
    pub days: Option<i64>,
    /// How late it was when it was told: `2 个工作日`.
    pub late: Option<Text>,
    /// The working days of then were not announced.
    pub provisional: bool,
}

/// One thing that is on record otherwise than when the card was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What was said then, and when it had been entered; `None`: nothing.
    pub before: Option<Said>,
    /// What is said now, and when it was entered.
    pub after: Said,
}

/// What a record says, and when it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it says; `None`: it was taken out.
    pub words: Option<Text>,
    /// When it was entered, as far as that is known.
    pub entry: Text,
}

/// The questions that a case raises as it stands: one of each of its cards that waits to be decided.
pub fn disputes(file: &CaseFile, policy: &Policy, now: &Now) -> Vec<Dispute> {
    let item = file.item(policy);
    let (Some(item), Some(header)) = (item, &file.header) else { return Vec::new() };
    let clocks = clock::read(policy, item, header, &file.traces, now);
    let holders = file.holders(item, policy);
    let matter = matter(file, &file.traces, (header, item), (&clocks, &holders), (policy, now));
    let contested = file.known.iter().filter(|known| known.contested);
    contested.filter_map(|known| of(known, file, &matter)).collect()
}

/// The question of one card; `None` where it was not told, or the case has no history.
pub(super) fn of(known: &Known, file: &CaseFile, matter: &CaseView<'_>) -> Option<Dispute> {
    let (told, history) = (known.told?, file.history.as_deref()?);
    let policy = matter.policy;
    let mut facts: Vec<Fact> = history.traces_since(told).map(|it| trace_fact(&it, policy)).collect();
    facts.extend(history.header_since(told).into_iter().flat_map(|it| header_facts(&it, policy)));
    Some(Dispute {
        finding: known.id,
        clock: known.clock.clone(),
        card: known.card,
        told,
        upheld: known.upheld,
        rests_on: rests_on(known, &file.on_record(told, None)?, matter, told),
        facts,
        now: follows(known, file, matter),
    })
}

/// The clock of a card as it was when the card was told.
pub(super) fn rests_on(
    known: &Known,
    then: &CaseFile,
    matter: &CaseView<'_>,
    told: Moment,
) -> Option<Counted> {
    let (policy, header) = (matter.policy, then.header.as_ref()?);
    let item = then.item(policy)?;
    let clocks = clock::read(policy, item, header, &then.traces, matter.now);
    let clock = clocks.iter().find(|clock| clock.has_key(&known.clock))?;
    let due = clock.due?;
    let name = clock.name();
    // What is dated after the letter, be it in years to come, says nothing of how late it was by then.
    let stopped = clock.stopped.map(|(stop, _)| stop).filter(|stop| stop.order(&told).is_le());
    let until = stopped.unwrap_or(told);
    let late = if until.order(&due.at).is_gt() { days_late(clock, policy.zone, until) } else { 0 };
    let lateness = lateness(late, due.at, until);
    Some(Counted {
        name,
        started: clock.started?,
        limit: clock.limit.clone(),
        due: due.at,
        parts: Parts::of(clock, &then.traces),
        days: working_days(clock, policy),
        late: (late > 0).then_some(lateness),
        provisional: due.provisional,
    })
}

fn working_days(clock: &Reading<'_>, policy: &Policy) -> Option<i64> {
    let asked = clock.asked().filter(|_| !clock.rule.is_counted_back())?;
    let steps = clock.rule.counting.steps(clock.calendar, policy.zone, &asked).ok()?;
    steps.iter().find_map(|step| match &step.what {
        What::Length { total, unit: LimitUnit::WorkingDays, .. } => Some(*total),
        _ => None,
    })
}

/// What follows from the record as it is: the limit was kept or does not run, or another unit had the case.
fn follows(known: &Known, file: &CaseFile, matter: &CaseView<'_>) -> Text {
    let same = |breach: &Breach| breach.rule == known.rule && breach.clock == known.clock;
    let found = late_by(file, matter.traces, matter, matter.now).into_iter().find(same);
    let Some(found) = found else { return fall::in_time(known, matter) };
    let unit = found.unit.filter(|unit| known.unit.as_ref().is_some_and(|had| had != unit));
    match unit {
        Some(code) => {
            let unit = named(matter.policy.registry.units.get(&code).map(|unit| unit.name.as_str()), &code);
            say!("dispute-of_unit", unit, why = found.why)
        }
        None => not_due_then(known, found.why, matter),
    }
}

/// That by the record as it is the case fell due only after the card was told, though it is late by now.
fn not_due_then(known: &Known, why: Text, matter: &CaseView<'_>) -> Text {
    let clock = matter.clocks.iter().find(|clock| clock.has_key(&known.clock));
    let due = clock.filter(|clock| clock.late()).and_then(|clock| clock.due);
    let later = known.told.zip(due).filter(|(told, due)| due.at.order(told) != Ordering::Less);
    let Some((told, _)) = later else { return why };
    say!("dispute-not_due_then", why, told)
}

fn trace_fact(changed: &Changed<'_, Trace>, policy: &Policy) -> Fact {
    let said = |version: &Version<Trace>| Said {
        words: version.value.as_ref().map(|trace| trace_words(trace, policy)),
        entry: entry(version),
    };
    let before = changed.before.map(said).filter(|said| said.words.is_some());
    Fact { before, after: said(changed.now) }
}

fn header_facts(changed: &Changed<'_, Header>, policy: &Policy) -> Vec<Fact> {
    let Some(before) = changed.before else { return Vec::new() };
    let Some((old, new)) = before.value.as_ref().zip(changed.now.value.as_ref()) else { return Vec::new() };
    let fact = |(old, new)| Fact {
        before: Some(Said { words: Some(old), entry: entry(before) }),
        after: Said { words: Some(new), entry: entry(changed.now) },
    };
    header_words(old, new, policy).into_iter().map(fact).collect()
}

impl Dispute {
    /// The question in one sentence, for the ledger.
    pub(super) fn words(&self) -> Text {
        let facts = Text::list(self.facts.iter().map(Fact::text), "list-semicolon");
        let rests_on = self.rests_on.as_ref().map(|it| say!("dispute-rests_on", count = it.text()));
        let rests_on = rests_on.unwrap_or_else(|| Text::from(""));
        let question = say!("dispute-question", told = self.told, facts, rests_on, now = self.now.clone());
        match self.upheld {
            Some(upheld) => say!("dispute-again", upheld, question),
            None => question,
        }
    }
}

impl Counted {
    /// The count in one sentence.
    pub fn text(&self) -> Text {
        let nothing = || Text::from("");
        let days = self.days.map_or_else(nothing, |days| say!("dispute-days", days));
        let late = self.late.clone().map_or_else(nothing, |late| say!("dispute-late", late));
        let (name, limit) = (self.name.clone(), self.limit.text());
        say!("dispute-count", name, limit, started = self.started, days, due = self.due, late)
    }
}

impl Fact {
    fn text(&self) -> Text {
        let Said { words, entry } = &self.after;
        let entry = entry.clone();
        match (&self.before, words) {
            (Some(Said { words: Some(old), entry: was }), Some(new)) => {
                say!("dispute-changed", old = old.clone(), was = was.clone(), new = new.clone(), entry)
            }
            (Some(Said { words: Some(old), entry: was }), None) => {
                say!("dispute-taken_out", old = old.clone(), was = was.clone(), entry)
            }
            (_, Some(new)) => say!("dispute-added", new = new.clone(), entry),
            (_, None) => entry,
        }
    }
}
