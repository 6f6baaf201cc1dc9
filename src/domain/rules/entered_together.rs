//! Beginning and end of a case that took days were entered in one go.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "entered-together",
    meaning: "Acceptance and decision lie days apart and were entered within five minutes of each other: the \
              case was handled elsewhere and typed in afterwards. It needs the time of entry (`recorded`).",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::NeedsWitness],
    judge: Some(judge),
};

/// Entries of one sitting lie no further apart.
const SITTING_MINUTES: i64 = 5;

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if matter.first_seen.is_none() {
        return Vec::new(); // Nobody saw how it came about: one stamp may stand for the whole row.
    }
    let (Some(begun), Some(ended)) = (matter.first(TraceKind::Accepted), matter.first(TraceKind::Decided))
    else {
        return Vec::new();
    };
    let (Some(one), Some(other)) = (matter.entered(begun), matter.entered(ended)) else { return Vec::new() };
    let sitting = one.hour_known()
        && other.hour_known()
        && (other.at() - one.at()).num_minutes().abs() < SITTING_MINUTES;
    if !sitting || begun.occurred.date() == ended.occurred.date() {
        return Vec::new();
    }
    let (accepted, decided) = (begun.occurred, ended.occurred);
    matter.found_at_end(&RULE, say!("entered_together", accepted, decided, entered = one))
}
