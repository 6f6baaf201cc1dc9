//! What another policy would make of a case, before it is put in force.

use std::collections::BTreeMap;

use super::judge;
use super::judgement::Judgement;
use super::lost::{By, Calendars, Lost, lost};
use crate::domain::card::Card;
use crate::domain::case_file::CaseFile;
use crate::domain::finding::{Change, Known, Standing};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;

/// A card as it stands or would stand on a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// The card.
    pub card: Card,
    /// How it stands: open, waiting for a supervisor, or over and yet counted; never revoked.
    pub standing: Standing,
    /// A supervisor is asked whether it falls (待核撤).
    pub contested: bool,
}

impl Stand {
    /// Whether it is over, and counts all the same.
    pub fn is_over(&self) -> bool {
        self.standing == Standing::Resolved
    }
}

/// A clock that is due at another moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueMove {
    /// Key of its run.
    pub clock: String,
    /// When it is due by the old policy.
    pub before: Option<Moment>,
    /// When by the new one.
    pub after: Option<Moment>,
}

/// What a case has under one policy and under another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Clocks that are due at another moment.
    pub moves: Vec<DueMove>,
    /// Findings that differ.
    pub cards: Vec<CardMove>,
    /// What its running clocks have still to give, and would not.
    pub lost: Option<Lost>,
}

impl Preview {
    /// Whether a card would move, or one to come would be lost: the case is counted by that.
    pub fn counts(&self) -> bool {
        !self.cards.is_empty() || self.lost.is_some()
    }
}

/// A finding of which one policy would make another thing than the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardMove {
    /// Id of its rule.
    pub rule: String,
    /// Key of its clock's run; empty for rules that are no matter of time.
    pub clock: String,
    /// How it would stand by the old policy.
    pub before: Option<Stand>,
    /// How it would by the new one.
    pub after: Option<Stand>,
    /// What the old one is about to do would not be done by the new: what stands now stays as it is.
    pub withheld: bool,
}

type Key = (String, String);
type Due = BTreeMap<String, Option<Moment>>;
/// What stands, and whether it counts when it is over.
type Cards = BTreeMap<Key, (Stand, bool)>;

/// A case as each of two policies reads it.
#[derive(Debug, Clone, Copy)]
pub enum AsRead<'a> {
    /// Both read it.
    Both {
        /// As the old one does.
        before: &'a CaseFile,
        /// As the new one does.
        after: &'a CaseFile,
    },
    /// Only the new one finds it.
    New(&'a CaseFile),
    /// Only the old one finds it, and nothing is known of it so far.
    Gone(&'a CaseFile),
}

/// What a round would do with a case by one policy and by another, as of the same moment: with all that is known of its
/// findings, who was told of them and when.
pub fn preview(file: &CaseFile, old: By<'_>, new: By<'_>, calendars: Calendars<'_>, now: &Now) -> Preview {
    preview_as_read(AsRead::Both { before: file, after: file }, old, new, calendars, now)
}

/// [`preview`] of a case of which the new policy reads the record otherwise.
pub fn preview_as_read<'a>(
    file: AsRead<'_>,
    old: By<'_>,
    new: By<'_>,
    calendars: Calendars<'a>,
    now: &Now,
) -> Preview {
    let outcome = |file: &CaseFile, judgement: &Judgement<'_>| {
        let due: Due = judgement.clocks.iter().map(|clock| (clock.key(), clock.fixed_due())).collect();
        (due, cards_after(&file.known, judgement))
    };
    let nothing = || (Due::new(), Cards::new());
    let (before, after) = match file {
        AsRead::Both { before, after } => (before, Some(after)),
        AsRead::Gone(before) => (before, None),
        AsRead::New(after) => {
            return compared(Some(&Cards::new()), nothing(), outcome(after, &judged(after, new, now)));
        }
    };
    let unread = || Judgement::not_yet(None, None);
    let (judged, anew) =
        (judged(before, old, now), after.map_or_else(unread, |after| judged(after, new, now)));
    let then = after.map_or_else(nothing, |after| outcome(after, &anew));
    let compared = compared(Some(&cards_of(&before.known)), outcome(before, &judged), then);
    Preview {
        lost: lost((before, now), (old, &judged), (new, &anew), calendars, over(before, old, now)),
        ..compared
    }
}

/// What a policy would do with a case as it stands, where what judged it cannot judge it again. `said`: what it said all the same,
/// where that can be read. `last`: the moment of the last round, so that what passing time brings is not laid at the policy's door.
pub fn preview_as_it_stands<'a>(
    file: &CaseFile,
    said: Option<By<'_>>,
    new: By<'_>,
    calendars: Calendars<'a>,
    last: &Now,
) -> Preview {
    let due: Due = file.held.iter().map(|held| (held.clock.clone(), held.due)).collect();
    let anew = judged(file, new, last);
    let mut due_new = due.clone();
    due_new.extend(anew.moves.iter().map(|moved| (moved.clock.clone(), moved.after)));
    let compared = compared(None, (due, cards_of(&file.known)), (due_new, cards_after(&file.known, &anew)));
    let lost = said.and_then(|said| {
        let judged = judged(file, said, last);
        lost((file, last), (said, &judged), (new, &anew), calendars, over(file, said, last))
    });
    Preview { lost, ..compared }
}

/// A case judged by a policy.
fn judged<'a>(file: &CaseFile, (policy, complete_until): By<'a>, now: &Now) -> Judgement<'a> {
    judge(&mut CaseFile { complete_until, ..file.clone() }, policy, now)
}

/// How the old policy judges a case over other calendars.
fn over<'a>(file: &CaseFile, (_, until): By<'_>, now: &Now) -> impl Fn(&'a Policy) -> Judgement<'a> {
    move |old| judged(file, (old, until), now)
}

fn key(known: &Known) -> Key {
    (known.rule.clone(), known.clock.clone())
}

fn stand(known: &Known) -> (Stand, bool) {
    let Known { card, standing, contested, passed, .. } = *known;
    (Stand { card, standing, contested }, passed)
}

/// What stands on a case: what is open or waits, and what is over and counts.
fn cards_of(known: &[Known]) -> Cards {
    let stands = |known: &&Known| match known.standing {
        Standing::Resolved => known.passed,
        standing => standing != Standing::Revoked,
    };
    known.iter().filter(stands).map(|known| (key(known), stand(known))).collect()
}

/// What stands on it once a judgement has been entered.
fn cards_after(known: &[Known], judgement: &Judgement<'_>) -> Cards {
    let mut cards = cards_of(known);
    let of = |id: i64| known.iter().find(|known| known.id == id);
    for change in &judgement.changes {
        match change {
            Change::Raise { breach, review }
            | Change::Escalate { breach, review, .. }
            | Change::Reopen { breach, review, .. } => {
                let standing = if *review { Standing::Pending } else { Standing::Open };
                let key = (breach.rule.to_owned(), breach.clock.clone());
                let contested = cards.get(&key).is_some_and(|(stand, _)| stand.contested);
                cards.insert(key, (Stand { card: breach.card, standing, contested }, breach.passed));
            }
            Change::Revoke { id, .. } => drop(of(*id).and_then(|known| cards.remove(&key(known)))),
            Change::Resolve { rule, clock, .. } => {
                let key = ((*rule).to_owned(), clock.clone());
                match cards.get_mut(&key).filter(|(_, counts)| *counts) {
                    Some((stand, _)) => stand.standing = Standing::Resolved,
                    None => drop(cards.remove(&key)),
                }
            }
            Change::Contest { id, .. } | Change::Uncontest { id, .. } => {
                if let Some(known) = of(*id) {
                    let (stand, _) = cards.entry(key(known)).or_insert_with(|| stand(known));
                    stand.contested = matches!(change, Change::Contest { .. });
                }
            }
            Change::Move { .. } | Change::Grow { .. } | Change::Refer { .. } | Change::HandOver { .. } => {}
        }
    }
    cards
}

/// What differs. `stands`: what stands so far, where the old policy has still to do what it would.
fn compared(
    stands: Option<&Cards>,
    (due, cards): (Due, Cards),
    (due_new, cards_new): (Due, Cards),
) -> Preview {
    let moved = |(key, before): (&String, &Option<Moment>)| {
        let after = due_new.get(key).copied().flatten();
        (*before != after).then(|| DueMove { clock: key.clone(), before: *before, after })
    };
    let moves = due.iter().filter_map(moved).collect();
    let mut keys: Vec<&Key> = cards.keys().chain(cards_new.keys()).collect();
    keys.sort();
    keys.dedup();
    let of = |cards: &Cards, key: &Key| cards.get(key).map(|(stand, _)| *stand);
    let both = |key: &Key| {
        let (before, after, (rule, clock)) = (of(&cards, key), of(&cards_new, key), key.clone());
        // What a policy would do and has not done yet is not what stands.
        let withheld = stands.is_some_and(|stands| after == of(stands, key));
        (before != after).then_some(CardMove { rule, clock, before, after, withheld })
    };
    Preview { moves, cards: keys.into_iter().filter_map(both).collect(), lost: None }
}
