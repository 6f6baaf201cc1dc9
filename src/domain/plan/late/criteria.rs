//! Whether a record gives a card, now and as of the moments at which the card was told.

use std::cmp::Ordering;

use super::lateness::late_by;
use crate::domain::card::Card;
use crate::domain::case_file::CaseFile;
use crate::domain::finding::{Breach, Known};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::rules::CaseView;

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
    pub fn passes(&self, record: &CaseFile, known: &Known, matter: &CaseView<'_>) -> bool {
        self.passes_by(record, &record.traces, known, matter)
    }

    /// Whether a record with these traces passes it.
    pub fn passes_by(
        &self,
        record: &CaseFile,
        traces: &[Trace],
        known: &Known,
        matter: &CaseView<'_>,
    ) -> bool {
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
