//! The case was already over when the system first showed it.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::limit::Limit;
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "seen-finished",
    meaning: "A case that took longer than a day appeared in its source only after it was decided, though the \
              source was read every day by the same mapping. What it holds when it is read for the first time, \
              or again after it was away or the daemon was down for a day, is left out.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::NeedsWitness],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let Some(seen) = matter.first_seen else { return Vec::new() };
    let ended = matter.traces.iter().find(|trace| trace.kind.ends_a_case());
    let (Some(begun), Some(ended)) = (matter.traces.first(), ended) else { return Vec::new() };
    let took = ended.occurred.date() - begun.occurred.date();
    let same_day = matter.item.promised == Some(Limit::SameDay) || took.num_days() <= 1;
    if same_day || ended.occurred.date() >= seen.date() {
        return Vec::new();
    }
    let why = say!("seen_finished", begun = begun.occurred, ended = ended.occurred, seen);
    matter.found_at_end(&RULE, why)
}
