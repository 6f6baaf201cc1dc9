//! A card that was told, weighed against what was entered since.

use chrono::{DateTime, FixedOffset};

use super::super::case_view::mode;
use super::super::step::resolve;
use super::criteria::{Test, tests};
use super::dispute;
use super::lateness::{late_by, record_of};
use crate::domain::card::Mode;
use crate::domain::case_file::CaseFile;
use crate::domain::clock;
use crate::domain::finding::{Breach, Change, Known, Standing};
use crate::domain::record::runs::is_over;
use crate::domain::rules::{self, CaseView, time_limit};
use crate::domain::text::say;

/// A card that was told, weighed against what was entered since.
pub(in crate::domain::plan) struct Weighed {
    /// The finding's row in the ledger.
    finding: i64,
    /// Key of its clock's run.
    clock: String,
    /// It is in question or was upheld: what was entered since bears on it no more, and it goes on by `breach` alone.
    pub rests: bool,
    /// What is late by the record that it rests on; `None`: nothing comes of it any more, as the case is over.
    pub breach: Option<Breach>,
    /// When passing time alone can next change that.
    pub next_change_at: Option<DateTime<FixedOffset>>,
    /// What becomes of the question.
    pub changes: Vec<Change>,
}

/// What becomes of a card; `None`: it goes by the record as it stands.
pub(super) fn weigh_card(known: &Known, file: &CaseFile, matter: &CaseView<'_>) -> Option<Weighed> {
    let (told, history) = (known.told?, file.history.as_deref()?);
    if !known.contested && history.is_as_told(told) {
        return None;
    }
    let then = record_of(file.on_record(told, None)?, matter.policy, matter.now);
    let tests: Vec<Test> = tests(known, told).filter(|test| test.passes(&then, known, matter)).collect();
    let as_it_is = |test: &&Test| !test.passes_by(file, matter.traces, known, matter);
    let failed: Vec<&Test> = tests.iter().filter(as_it_is).collect();
    if failed.is_empty() {
        let taken_back = known.contested && tests.iter().any(|test| test.is_as_of(told));
        return taken_back.then(|| holds_again(known));
    }
    if mode(matter.policy, &known.rule) == Mode::Off {
        return None;
    }
    // A supervisor who was asked is asked again when what was read since then would have it fall by itself: once for each set
    // of facts, and never for one that was before him already.
    let asked = known.asked.filter(|_| known.contested || known.upheld.is_some());
    let since = asked.and_then(|asked| file.on_record(told, Some(asked)));
    let since = since.map(|record| record_of(record, matter.policy, matter.now));
    let decided = since.filter(|record| failed.iter().all(|test| test.passes(record, known, matter)));
    let mut changes = Vec::new();
    if decided.is_none() {
        let dispute = dispute::of(known, file, matter).filter(|dispute| !dispute.facts.is_empty())?;
        changes.push(Change::Contest { id: known.id, why: dispute.words() });
    }
    let record = decided.filter(|_| is_upheld(known, &changes)).unwrap_or(then);
    Some(goes_on(known, &record, matter, changes))
}

/// Whether a card was upheld, and nothing of these changes puts it in question again.
fn is_upheld(known: &Known, changes: &[Change]) -> bool {
    known.upheld.is_some() && !known.contested && changes.is_empty()
}

/// What no longer would have a card fall ends the question.
fn holds_again(known: &Known) -> Weighed {
    let why = say!("dispute-holds");
    Weighed {
        finding: known.id,
        clock: known.clock.clone(),
        rests: false,
        breach: None,
        next_change_at: None,
        changes: vec![Change::Uncontest { id: known.id, why }],
    }
}

/// A card that goes on by the record on which it rests: it rises as that says, until the case is over by the record as it
/// stands. A card that was upheld counts for good, and nothing is left to be done then.
fn goes_on(known: &Known, record: &CaseFile, matter: &CaseView<'_>, mut changes: Vec<Change>) -> Weighed {
    let (mut breach, mut next_change_at) = (None, None);
    if !is_over(matter.traces) {
        let of_it = |breach: &Breach| breach.clock == known.clock;
        breach = late_by(record, &record.traces, matter, matter.now).into_iter().find(of_it);
        next_change_at = next_change(known, record, matter);
    } else if is_upheld(known, &changes)
        && known.standing == Standing::Open
        && let Some(rule) = rules::rule(&known.rule)
    {
        changes.push(resolve(Some(known.id), say!("dispute-upheld"), rule.id, &known.clock));
    }
    // Neither is it lowered meanwhile, nor does it pass to another unit.
    let breach = breach.map(|it| Breach { card: it.card.max(known.card), unit: known.unit.clone(), ..it });
    let (finding, clock) = (known.id, known.clock.clone());
    Weighed { finding, clock, rests: true, breach, next_change_at, changes }
}

fn next_change(known: &Known, record: &CaseFile, matter: &CaseView<'_>) -> Option<DateTime<FixedOffset>> {
    let header = record.header.as_ref()?;
    let item = record.item(matter.policy)?;
    let clocks = clock::read(matter.policy, item, header, &record.traces, matter.now);
    clocks.iter().find(|clock| clock.has_key(&known.clock))?.next_change_at
}

impl Weighed {
    /// Whether a finding rests on what was on record when it was told.
    pub fn keeps(&self, known: &Known) -> bool {
        self.rests && self.finding == known.id
    }

    /// Whether it is about the card on the clock of a breach.
    pub fn concerns(&self, breach: &Breach) -> bool {
        breach.rule == time_limit::ID && breach.clock == self.clock
    }

    /// Whether what is late by the record as it stands is no matter, as the card on that clock rests on another.
    pub fn sets_aside(&self, breach: &Breach) -> bool {
        self.rests && self.concerns(breach)
    }
}
