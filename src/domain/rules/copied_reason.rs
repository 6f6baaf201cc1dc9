//! The same reason for many refusals.

use std::collections::BTreeMap;

use super::{Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::erased;
use crate::domain::policy::Policy;
use crate::domain::record::{TraceKind, says_something};
use crate::domain::rules::Across;
use crate::domain::stock::Ending;
use crate::domain::text::say;

pub(in crate::domain) const RULE: Rule = Rule {
    id: "copied-reason",
    meaning: "A unit did not accept five or more applications within ninety days and gave all of them the same reason, \
              word for word.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::KnownByText],
    judge: None,
};

/// So many times is no chance.
const MANY: usize = 5;

pub(in crate::domain) fn across(endings: &[Ending], policy: &Policy) -> Vec<Across> {
    let mut reasons: BTreeMap<(&str, String), Vec<&Ending>> = BTreeMap::new();
    for ending in endings.iter().filter(|ending| ending.kind == TraceKind::NotAccepted) {
        let Some(note) = ending.note.as_deref().filter(|note| says_something(note)) else { continue };
        reasons.entry((&ending.unit, erased::bare(note))).or_default().push(ending);
    }
    reasons.retain(|_, endings| endings.len() >= MANY);
    reasons
        .into_iter()
        .map(|((unit, _), endings)| {
            let reason: String = endings[0].note.iter().flat_map(|note| note.chars()).take(40).collect();
            let name = policy.registry.units.get(unit).map_or(unit, |unit| unit.name.as_str());
            let count = endings.len();
            let why = say!("copied_reason", unit = name, reason = &reason, count);
            let (subject, weight) = (format!("{unit} {reason}"), count as u64);
            Across { subject, unit: Some(unit.to_owned()), item: None, weight, why }
        })
        .collect()
}
