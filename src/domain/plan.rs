//! What a round will do with a case and why, before anything is done.

mod case_view;
mod fall;
mod faulty;
pub mod hold;
mod judgement;
pub mod late;
mod lost;
mod moves;
pub mod outside;
mod preview;
pub mod question;
mod referred;
pub mod reminders;
mod runs;
mod step;
mod unit;
mod unseen;

use chrono::NaiveDate;

use super::case_file::{CaseFile, Counted};
use super::clock::{self, Reading};
use super::finding::{Breach, Change, Known};
use super::now::Now;
use super::policy::Policy;
use super::record::runs::is_over;
use super::record::{Trace, chronological};
use super::rules::{CaseView, PER_RUN, RULES, changed_after, data_fault, ending, next_change, vanished};
use crate::domain::card::Mode;
use case_view::{matter, mode, mode_of};
pub use judgement::{CaseState, Judgement, Move};
use late::Weighed;
#[cfg(test)]
pub use lost::Lost;
pub use lost::{Awaited, Calendars, HOLIDAY_DAYS, Why};
pub use moves::says_due_day;
pub use preview::{
    AsRead, CardMove, DueMove, Preview, Stand, preview, preview_as_it_stands, preview_as_read,
};
pub use unseen::{FellDue, Habit, Stretch, are_one_look, fell_due_unseen, ordinary_gap};

/// Judges one case as of `now`. A pure function: same file, policy and moment, same judgement.
pub fn judge<'a>(file: &mut CaseFile, policy: &'a Policy, now: &Now) -> Judgement<'a> {
    let mut to_come = None;
    if now.replay {
        let later = |trace: &&Trace| trace.occurred.at() > now.instant;
        to_come = file.traces.iter().filter(later).map(|trace| trace.occurred.at()).min();
        file.traces.retain(|trace| trace.occurred.at() <= now.instant);
    }
    chronological(&mut file.traces);
    let to_come = to_come.into_iter().chain(file.set_planned_aside(now)).min();
    let active = active(&file.traces, now.today());
    let item = file.item(policy);
    let faults = data_fault::of(file, item, policy, now);
    unsettle(file, &faults);
    let supervised = policy.supervises(active.map(|(first, _)| first));
    let mut judgement = Judgement::not_yet(active, to_come);
    let (Some(item), Some(header)) = (item, &file.header) else {
        let hold = hold::standing(file, &file.traces, &[], policy, &file.believed(now));
        let fault = data_fault::breach(policy, &faults, hold).into_iter();
        let breaches = fault.chain(vanished::breach(policy, file.vanished.as_ref(), &[]));
        // It began all the same: an item whose records are faulty has not gone quiet.
        let begun_on = active.map(|(first, _)| first);
        judgement.counted = item.map(|_| Counted { begun_on, ..file.counted.clone() });
        judgement.changes = set_aside((&file.known, &faults), breaches.filter(|_| supervised), policy);
        let to_come = to_come.into_iter().chain(file.future(now));
        judgement.next_change_at = to_come.chain(hold.and_then(|hold| hold.ends_at(policy))).min();
        return judgement;
    };
    let sound = (!faults.is_empty()).then(|| data_fault::timed_by(file, now));
    let now = &file.believed(now);
    if let Some(sound) = sound {
        let faults = supervised.then_some(&faults[..]);
        faulty::judge(&mut judgement, (file, &sound), (header, item), (policy, now), faults);
        return judgement;
    }
    judgement.clocks = clock::read(policy, item, header, &file.traces, now);
    judgement.state = state_of(file, &judgement.clocks);
    let of_clocks = judgement.clocks.iter().filter_map(|clock| clock.next_change_at);
    judgement.next_change_at = of_clocks.chain(to_come).min();
    judgement.moves = moves::of(file, &judgement.clocks, policy);
    let holders = file.holders(item, policy);
    let read = (&judgement.clocks[..], &holders);
    let mut matter = matter(file, &file.traces, (header, item), read, (policy, now));
    let of_runs = runs::of(&matter);
    matter.marks = runs::marks(&matter, &of_runs);
    let ended = ending::how(of_runs.last().unwrap_or(&matter).traces);
    let later = runs::later(&of_runs);
    judgement.counted =
        Some(Counted { begun_on: active.map(|(first, _)| first), ended, marks: matter.marks, later });
    if supervised {
        judgement.ended = ending::of(&matter);
        let weighed = late::weigh(file, &matter);
        let of_cards = weighed.iter().filter_map(|it| it.next_change_at).chain(next_change(&matter));
        judgement.next_change_at = of_cards.chain(judgement.next_change_at).min();
        judgement.changes = changes(&matter, &of_runs, &file.known, &judgement.moves, &weighed);
    }
    let by_its_row = header.unit.as_deref().or(Some(&item.unit));
    let moved = holders.hand_overs().next().is_some() || holders.last() != by_its_row;
    judgement.handed_over = Some(holders).filter(|_| moved);
    judgement
}

/// What a person withdrew comes back where something else has come of it since.
fn unsettle(file: &mut CaseFile, faults: &[data_fault::Fault]) {
    let changes = changed_after::Changes { revisions: &file.revisions, headers: &file.headers };
    let is_another =
        |known: &Known| data_fault::is_another(faults, known) || changed_after::is_another(known, changes);
    for known in &mut file.known {
        known.settled = known.settled && !is_another(known);
    }
}

/// The first and the last day up to today on which anything happened. The traces are in chronological order, and so are their days.
fn active(traces: &[Trace], today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let first = traces.first()?.occurred.date();
    let last = traces.iter().rev().map(|trace| trace.occurred.date()).find(|day| *day <= today)?;
    Some((first, last))
}

fn state_of(file: &CaseFile, clocks: &[Reading<'_>]) -> CaseState {
    let given_up = || clocks.iter().any(|clock| clock.given_up(&file.traces).is_some());
    let struck_out = || file.struck_out > 0 && file.traces.is_empty();
    if is_over(&file.traces) || given_up() || struck_out() { CaseState::Closed } else { CaseState::Open }
}

/// A case of which nothing can be judged: only what is wrong with its record is raised or goes on, and nothing closes.
fn set_aside(
    (known, faults): (&[Known], &[data_fault::Fault]),
    breaches: impl Iterator<Item = Breach>,
    policy: &Policy,
) -> Vec<Change> {
    let late = referred::is_late(std::iter::empty(), known);
    let mut changes = Vec::new();
    for breach in breaches.filter(|breach| mode(policy, breach.rule) != Mode::Off) {
        let earlier = known.iter().find(|known| known.rule == breach.rule);
        let refers = referred::of(earlier, &breach, faults, policy).filter(|_| late);
        step::of(earlier, breach, policy, &mut changes);
        changes.extend(refers);
    }
    changes
}

fn changes(
    matter: &CaseView<'_>,
    of_runs: &[CaseView<'_>],
    known: &[Known],
    moves: &[Move],
    weighed: &[Weighed],
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut breaches: Vec<Breach> = Vec::new();
    for rule in RULES {
        let Some(judge) = rule.judge else { continue };
        let found = if !of_runs.is_empty() && PER_RUN.contains(&rule.id) {
            of_runs.iter().map(judge).find(|found| !found.is_empty()).unwrap_or_default()
        } else {
            judge(matter)
        };
        if found.is_empty() {
            continue;
        }
        if mode_of(matter.policy, rule) != Mode::Off {
            breaches.extend(found);
        }
    }
    unit::held_against(&mut breaches, known, matter);
    late::put_in(weighed, &mut breaches);
    for earlier in known {
        let holds = |breach: &Breach| breach.rule == earlier.rule && breach.clock == earlier.clock;
        let rests = weighed.iter().any(|it| it.keeps(earlier));
        if !rests && !breaches.iter().any(holds) {
            changes.extend(fall::of(earlier, matter, moves));
        }
    }
    for breach in breaches {
        let same = |known: &&Known| known.rule == breach.rule && known.clock == breach.clock;
        let (before, known) = (changes.len(), known.iter().find(same));
        // Whoever was told of a card in question was told of no other day.
        let told = weighed.iter().any(|it| it.concerns(&breach));
        let moved = moves::news(known, &breach, moves).filter(|_| !told);
        let grown = changed_after::grown(&breach, matter);
        step::of(known, breach, matter.policy, &mut changes);
        if changes.len() == before {
            changes.extend(moved.or(grown));
        }
    }
    changes.extend(weighed.iter().flat_map(|it| it.changes.iter().cloned()));
    changes
}

#[cfg(test)]
mod tests;
