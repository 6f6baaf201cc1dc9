//! A case whose record contradicts itself: its clocks go on without what contradicts, and nothing is lifted.

use super::known::{CaseFile, Counted};
use super::{Judgement, mode, mode_of, moves, step};
use crate::domain::clock;
use crate::domain::finding::{Mode, Standing};
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::{Header, Trace};
use crate::domain::registry::Item;
use crate::domain::rules::{Breach, OF_CLOCKS, RULES, data_fault};

/// Judges what can be judged by the `traces` that are sound. Rules that are no matter of clocks wait, as they might blame somebody for a row that is
/// there and cannot be read; no card falls or is lowered, so that nobody escapes by being inconsistent. `fault` is raised
/// beside, with the days as they are counted meanwhile; without one the case is read and not judged.
pub(super) fn judge<'a>(
    judgement: &mut Judgement<'a>,
    (file, traces): (&CaseFile, &[Trace]),
    policy: &'a Policy,
    (header, item): (&Header, &'a Item),
    now: &Now,
    fault: Option<Breach>,
) {
    judgement.clocks = clock::read(policy, item, header, traces, now);
    let moments = judgement.clocks.iter().filter_map(|clock| clock.next_change_at);
    judgement.next_change_at = moments.chain(judgement.next_change_at).chain(super::future(file, now)).min();
    judgement.moves = moves::of(&file.held, &judgement.clocks, policy);
    let begun_on = judgement.active.map(|(first, _)| first);
    judgement.counted = Some(Counted { begun_on, ..file.counted.clone() });
    let Some(fault) = fault else { return };
    let holders = super::holders(file, item, policy);
    let clocks = &judgement.clocks[..];
    let matter = super::matter(file, traces, (header, item), clocks, policy, now, &holders);
    let mut changes = Vec::new();
    let fault = Some(data_fault::with_days(fault, clocks)).filter(|it| mode(policy, it.rule) != Mode::Off);
    let of_clocks = RULES.iter().filter(|rule| OF_CLOCKS.contains(&rule.id));
    let of_clocks = of_clocks.filter(|rule| mode_of(policy, rule) != Mode::Off);
    for mut breach in of_clocks.flat_map(|rule| (rule.judge)(&matter)).chain(fault) {
        let known = file.known.iter().find(|it| it.rule == breach.rule && it.clock == breach.clock);
        // Neither does it pass to another unit, before it is known which of its rows are right.
        let unit = known.and_then(|it| it.unit.clone()).or(breach.unit.take());
        let breach = Breach { unit, ..breach };
        let lower = known.is_some_and(|it| breach.card < it.card && it.standing != Standing::Revoked);
        if !lower {
            step::of(known, breach, policy, &mut changes);
        }
    }
    judgement.changes = changes;
}
