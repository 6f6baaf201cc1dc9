//! Whether a record gives a card, now and as of the moments at which the card was told.

use std::cmp::Ordering;

use super::super::matter;
use super::dispute::{self, Counted};
use super::weigh_card;
use crate::domain::card::Card;
use crate::domain::case_file::CaseFile;
use crate::domain::clock;
use crate::domain::finding::{Breach, Known};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::runs::is_over;
use crate::domain::record::{Trace, TraceKind, chronological};
use crate::domain::rules::{Matter, data_fault, time_limit};

/// A moment as of which a record is judged, and the card that it has to give.
pub(super) struct Test {
    /// As of when; `None`: now.
    at: Option<Moment>,
    card: Card,
}

/// What a record has to give for a card to stand: the card now, what it was when it was first told, and the card to which it
/// has risen since, when that was told.
pub(super) fn tests(known: &Known, told: Moment) -> impl Iterator<Item = Test> {
    let risen = known.told_card.filter(|at| at.order(&told) != Ordering::Equal);
    // Of what has risen since, the first letter told of the lower one of two cards.
    let first = if risen.is_some() || known.told_card.is_none() { Card::Yellow } else { known.card };
    let of = |at, card| Test { at, card };
    [of(None, known.card), of(Some(told), first)].into_iter().chain(risen.map(|at| of(Some(at), known.card)))
}

impl Test {
    /// Whether it is about the moment of the first letter.
    pub fn is_as_of(&self, told: Moment) -> bool {
        self.at == Some(told)
    }

    /// Whether a record passes it.
    pub fn passes(&self, record: &CaseFile, known: &Known, matter: &Matter<'_>) -> bool {
        self.passes_by(record, &record.traces, known, matter)
    }

    /// Whether a record with these traces passes it.
    pub fn passes_by(&self, record: &CaseFile, traces: &[Trace], known: &Known, matter: &Matter<'_>) -> bool {
        let same_unit =
            |breach: &Breach| breach.unit.is_none() || known.unit.is_none() || breach.unit == known.unit;
        let gives = |breach: &Breach| {
            breach.clock == known.clock
                && (known.order_failed || breach.card >= self.card)
                && same_unit(breach)
        };
        let Some(at) = self.at else {
            return late_by(record, traces, matter, matter.now).iter().any(gives);
        };
        // What happened later is no matter, but for an extension: it may have been asked for in time.
        let by_then =
            |trace: &&Trace| trace.kind == TraceKind::Extended || trace.occurred.order(&at) == Ordering::Less;
        let traces: Vec<Trace> = traces.iter().filter(by_then).cloned().collect();
        late_by(record, &traces, matter, &Now { instant: at.at(), ..*matter.now }).iter().any(gives)
    }
}

/// A record as it can be judged: what contradicted when the card was told ended no counting then either; and nothing of it lies
/// in the future, where the moment was given by hand.
pub(super) fn record_of(mut record: CaseFile, policy: &Policy, now: &Now) -> CaseFile {
    if now.replay {
        record.traces.retain(|trace| trace.occurred.at() <= now.instant);
    }
    let (header, item) = (record.header.as_ref(), record.item(policy));
    if !data_fault::faults(policy, header, item, &record.traces, &[], now).is_empty() {
        record.traces = data_fault::sound(&record.traces, &[], now);
    }
    record
}

/// What is late by a record with these traces, judged by the policy of a matter.
pub(super) fn late_by(file: &CaseFile, traces: &[Trace], of: &Matter<'_>, now: &Now) -> Vec<Breach> {
    let item = file.item(of.policy);
    let (Some(item), Some(header)) = (item, &file.header) else { return Vec::new() };
    let clocks = clock::read(of.policy, item, header, traces, now);
    let holders = file.holders(item, of.policy);
    time_limit::judge(&matter(file, traces, (header, item), &clocks, of.policy, now, &holders))
}

/// The count on which a card goes on that is in question or was upheld, while its case is open; `None` of one that goes by the
/// record as it stands.
pub fn resting_on(file: &mut CaseFile, finding: i64, policy: &Policy, now: &Now) -> Option<Counted> {
    chronological(&mut file.traces);
    let file = &*file;
    let known = file.known.iter().find(|known| known.id == finding)?;
    let item = file.item(policy);
    let (item, header) = (item?, file.header.as_ref()?);
    let clocks = clock::read(policy, item, header, &file.traces, now);
    let holders = file.holders(item, policy);
    let matter = matter(file, &file.traces, (header, item), &clocks, policy, now, &holders);
    let told = known.told.filter(|_| known.rule == time_limit::ID && !is_over(&file.traces))?;
    weigh_card(known, file, &matter).filter(|weighed| weighed.rests)?;
    let then = record_of(file.history.as_deref()?.at(file, told, None), policy, now);
    dispute::rests_on(known, &then, &matter, told)
}
