//! A case whose record contradicts itself: its clocks go on without what contradicts, and nothing is lifted.

use super::case_view::{self, mode, mode_of};
use super::judgement::Judgement;
use super::{hold, late, moves, referred, step};
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::{CaseFile, Counted, HoldState};
use crate::domain::clock;
use crate::domain::finding::{Breach, Change, Known, Standing};
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::{Header, Trace};
use crate::domain::registry::Item;
use crate::domain::rules::data_fault::Fault;
use crate::domain::rules::{
    CHANGED_AFTER, CaseView, OF_CLOCKS, RULES, Rule, VANISHED, changed_after, data_fault,
};
use crate::domain::text::say;

/// Judges what can be judged by the `traces` that are sound. Rules that are no matter of clocks wait, as they might blame somebody for a row that is
/// there and cannot be read; no card falls or is lowered, so that nobody escapes by being inconsistent. What its `faults` come to is raised
/// beside, with the days as they are counted meanwhile; `None`: the case is read and not judged. A code that the mapping does not
/// know may be what ends a clock: while the case is held for it no card is given or raised.
pub(super) fn judge<'a>(
    judgement: &mut Judgement<'a>,
    (file, traces): (&CaseFile, &[Trace]),
    (header, item): (&Header, &'a Item),
    (policy, now): (&'a Policy, &Now),
    faults: Option<&[Fault]>,
) {
    judgement.clocks = clock::read(policy, item, header, traces, now);
    let moments = judgement.clocks.iter().filter_map(|clock| clock.next_change_at);
    let hold = hold::standing(file, traces, &judgement.clocks, policy, now);
    let hold_ends = hold.and_then(|hold| hold.ends_at(policy));
    let moments = moments.chain(judgement.next_change_at).chain(hold_ends);
    judgement.next_change_at = moments.chain(file.future(now)).min();
    judgement.moves = moves::of(file, &judgement.clocks, policy);
    let begun_on = judgement.active.map(|(first, _)| first);
    judgement.counted = Some(Counted { begun_on, ..file.counted.clone() });
    let Some(faults) = faults else { return };
    let fault = data_fault::breach(policy, faults, hold);
    let holders = file.holders(item, policy);
    let clocks = &judgement.clocks[..];
    let matter = case_view::matter(file, traces, (header, item), (clocks, &holders), (policy, now));
    let mut changes = Vec::new();
    let held = hold.is_some_and(HoldState::is_held);
    if let (None, true) = (&fault, held) {
        changes.extend(not_of_the_record(&file.known));
    }
    let fault = fault.map(|fault| data_fault::with_days(fault, clocks));
    let fault = fault.filter(|it| mode(policy, it.rule) != Mode::Off);
    let mut breaches: Vec<Breach> = found_all_the_same(&matter).into_iter().chain(fault).collect();
    // A card in question goes on by what it rests on. What contradicts asks nothing and ends no question.
    let weighed = late::weigh(file, &matter);
    late::put_in(&weighed, &mut breaches);
    let next = weighed.iter().filter_map(|it| it.next_change_at);
    let next = next.chain(changed_after::next_change(&matter));
    judgement.next_change_at = next.chain(judgement.next_change_at).min();
    let late = referred::is_late(breaches.iter(), &file.known);
    for mut breach in breaches {
        let known = file.known.iter().find(|it| it.rule == breach.rule && it.clock == breach.clock);
        // Neither does it pass to another unit, before it is known which of its rows are right.
        let unit = known.and_then(|it| it.unit.clone()).or(breach.unit.take());
        let unit = unit.or_else(|| holders.last().map(str::to_owned));
        let breach = Breach { unit, ..breach };
        let lower = known.is_some_and(|it| breach.card < it.card && it.standing != Standing::Revoked);
        let new = known.is_none_or(|it| breach.card > it.card || it.standing == Standing::Revoked);
        let waits = held && new && breach.card > Card::Notice;
        if !lower && !waits {
            let (before, grown) = (changes.len(), changed_after::grown(&breach, &matter));
            let refers = referred::of(known, &breach, faults, policy).filter(|_| late);
            step::of(known, breach, policy, &mut changes);
            if changes.len() == before {
                changes.extend(grown);
            }
            changes.extend(refers);
        }
    }
    judgement.changes = changes;
}

/// What is found of a case though its record is at fault: what is a matter of clocks, and what was taken out or moved. By a cell that
/// cannot be read nobody moves a beginning unseen.
fn found_all_the_same(matter: &CaseView<'_>) -> Vec<Breach> {
    let moved = changed_after::has_moved_traces(matter);
    let judges = |rule: &&Rule| {
        OF_CLOCKS.contains(&rule.id) || rule.id == VANISHED || (rule.id == CHANGED_AFTER && moved)
    };
    let rules = RULES.iter().filter(judges).filter(|rule| mode_of(matter.policy, rule) != Mode::Off);
    rules.filter_map(|rule| rule.judge).flat_map(|judge| judge(matter)).collect()
}

/// A fault that was held against the record ends, as nothing but the mapping is at fault.
fn not_of_the_record(known: &[Known]) -> Option<Change> {
    let open = |known: &&Known| known.rule == data_fault::RULE.id && known.standing == Standing::Open;
    let known = known.iter().find(open)?;
    Some(step::resolve(Some(known.id), say!("fall-unmapped"), data_fault::RULE.id, &known.clock))
}
