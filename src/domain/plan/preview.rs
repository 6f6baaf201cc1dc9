//! What another policy would make of a case, before it is put in force.

use std::collections::BTreeMap;

use super::{CaseFile, judge};
use crate::domain::finding::{Card, Change, Known, Standing};
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
    let ((due, mut cards), (due_new, mut cards_new)) = (standing(file, old, now), standing(file, new, now));
    // What a person withdrew does not come back, whoever judges.
    for known in file.known.iter().filter(|known| known.settled) {
        let key = (known.rule.clone(), known.clock.clone());
        cards.remove(&key);
        cards_new.remove(&key);
    }
    compared((due, cards), (due_new, cards_new))
}

/// What a policy would do with a case as it stands, where what judged it cannot judge it again. `last`: the moment of the last
/// round, so that what passing time brings is not laid at the policy's door.
pub fn preview_as_it_stands(file: &CaseFile, new: &Policy, last: &Now) -> Preview {
    let due: Due = file.held.iter().map(|held| (held.clock.clone(), held.due)).collect();
    let stands = |known: &&Known| matches!(known.standing, Standing::Open | Standing::Pending);
    let of = |known: &Known| ((known.rule.clone(), known.clock.clone()), known.card);
    let cards: Cards = file.known.iter().filter(stands).map(of).collect();
    let (mut due_new, mut cards_new) = (due.clone(), cards.clone());
    let judgement = judge(&mut file.clone(), new, last);
    let key = |id: &i64| file.known.iter().find(|known| known.id == *id).map(of).map(|(key, _)| key);
    for change in &judgement.changes {
        match change {
            Change::Raise { breach, .. }
            | Change::Escalate { breach, .. }
            | Change::Reopen { breach, .. } => {
                cards_new.insert((breach.rule.to_owned(), breach.clock.clone()), breach.card);
            }
            Change::Revoke { id, .. } => drop(key(id).and_then(|key| cards_new.remove(&key))),
            Change::Resolve { rule, clock, .. } => {
                cards_new.remove(&((*rule).to_owned(), clock.clone()));
            }
            Change::Move { .. }
            | Change::Contest { .. }
            | Change::Uncontest { .. }
            | Change::HandOver { .. } => {}
        }
    }
    due_new.extend(judgement.moves.iter().map(|moved| (moved.clock.clone(), moved.after)));
    compared((due, cards), (due_new, cards_new))
}

fn compared((due, cards): (Due, Cards), (due_new, cards_new): (Due, Cards)) -> Preview {
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
