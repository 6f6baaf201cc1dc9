//! What another policy would make of a case, before it is put in force.

use std::collections::BTreeMap;

use super::{CaseFile, judge};
use crate::domain::finding::{Card, Change};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;

/// What a case has under one policy and under another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Clocks that are due at another moment: key, before, after.
    pub moves: Vec<(String, Option<Moment>, Option<Moment>)>,
    /// Findings that differ: rule, clock, card before, card after.
    pub cards: Vec<(String, String, Option<Card>, Option<Card>)>,
}

type Due = BTreeMap<String, Option<Moment>>;
type Cards = BTreeMap<(String, String), Card>;

/// Judges a case by both policies, as of the same moment.
pub fn preview(file: &CaseFile, old: &Policy, new: &Policy, now: &Now) -> Preview {
    let ((due, cards), (due_new, cards_new)) = (standing(file, old, now), standing(file, new, now));
    let moved = |(key, before): (&String, &Option<Moment>)| {
        let after = due_new.get(key).copied().flatten();
        (*before != after).then(|| (key.clone(), *before, after))
    };
    let moves = due.iter().filter_map(moved).collect();
    let mut keys: Vec<&(String, String)> = cards.keys().chain(cards_new.keys()).collect();
    keys.sort();
    keys.dedup();
    let differs = |key: &&(String, String)| cards.get(*key) != cards_new.get(*key);
    let card = |key: &(String, String)| {
        (key.0.clone(), key.1.clone(), cards.get(key).copied(), cards_new.get(key).copied())
    };
    Preview { moves, cards: keys.into_iter().filter(differs).map(card).collect() }
}

/// Due moments and cards of a case as if nothing had been found before.
fn standing(file: &CaseFile, policy: &Policy, now: &Now) -> (Due, Cards) {
    let mut fresh = CaseFile { known: Vec::new(), held: Vec::new(), ..file.clone() };
    let judgement = judge(&mut fresh, policy, now);
    let due = judgement.clocks.iter().map(|clock| (clock.key(), clock.fixed_due())).collect();
    let cards = judgement.changes.iter().filter_map(|change| match change {
        Change::Raise { breach, .. } => Some(((breach.rule.to_owned(), breach.clock.clone()), breach.card)),
        _ => None,
    });
    (due, cards.collect())
}
