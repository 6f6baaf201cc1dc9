//! Days that were won for a limit at its end by what was typed then and dated back.

use super::withdrawn_at_limit::is_near;
use super::{CaseView, late_entry, time_limit};
use crate::domain::card::Card;
use crate::domain::clock::{self, Reading};
use crate::domain::moment::Moment;
use crate::domain::record::pairs::procedures;
use crate::domain::record::{Trace, TraceKind};

/// What put off a limit when it was about to end, or had ended.
pub(super) struct Gained<'m> {
    /// What was typed then.
    pub trace: &'m Trace,
    /// Whose limit.
    pub clock: &'m Reading<'m>,
    /// When it was due without it.
    pub due: Moment,
}

/// What was entered later after it happened than `late-entry` allows, when a limit which it puts off was on its last working day, on the
/// one before, or over, and that it gives a card had been told to nobody: else a supervisor is asked by the card. What the first
/// reading of a source brought is none of it, and neither is what was there and said otherwise.
pub(super) fn gained<'m>(matter: &'m CaseView<'_>) -> Vec<Gained<'m>> {
    let late = typed_late(matter);
    if late.is_empty() {
        return Vec::new();
    }
    let mut sittings: Vec<Moment> = late.iter().map(|(_, entered)| *entered).collect();
    sittings.sort_by_key(Moment::at);
    // One for each day, as limits end by days: a case typed over and over costs no more.
    sittings.dedup_by_key(|entered| entered.date());
    let mut found = Vec::new();
    for sitting in sittings {
        let traces = without(matter.traces, &late, sitting);
        let clocks = clock::read(matter.policy, matter.item, matter.header, &traces, matter.now);
        let put_off = matter.clocks.iter().find_map(|clock| {
            let due = put_off(matter, clock, &clocks)?;
            (is_near(clock.calendar, sitting, due) && !is_told(matter, clock, sitting))
                .then_some((clock, due))
        });
        let Some((clock, due)) = put_off else { continue };
        let of_it = late.iter().filter(|(_, entered)| entered.date() == sitting.date());
        found.extend(of_it.map(|(trace, _)| Gained { trace, clock, due }));
    }
    found
}

/// What can put off a limit and was entered late, with before when it was not.
fn typed_late<'m>(matter: &'m CaseView<'_>) -> Vec<(&'m Trace, Moment)> {
    use TraceKind::{Extended, Paused, SupplementRequested};
    let of_kind =
        matter.traces.iter().filter(|trace| [Extended, Paused, SupplementRequested].contains(&trace.kind));
    let entered = |trace: &'m Trace| {
        let entered = matter.not_entered_before(trace)?;
        (late_entry::is_late(matter, trace.occurred, entered) && matter.said_before(trace).is_none())
            .then_some((trace, entered))
    };
    of_kind.filter_map(entered).collect()
}

/// The traces of a case as they were before a sitting: without what was entered late then or afterwards, and the ends of that.
fn without(traces: &[Trace], late: &[(&Trace, Moment)], sitting: Moment) -> Vec<Trace> {
    let is_new = |trace: &Trace| {
        late.iter().any(|(it, entered)| std::ptr::eq(*it, trace) && entered.order(&sitting).is_ge())
    };
    let pairs = procedures(traces).pairs;
    let ends: Vec<usize> =
        pairs.iter().filter(|pair| is_new(&traces[pair.begun])).filter_map(|pair| pair.ended).collect();
    let is_out = |(at, trace): &(usize, &Trace)| {
        is_new(trace) || trace.kind == TraceKind::Resumed && ends.contains(at)
    };
    traces.iter().enumerate().filter(|it| !is_out(it)).map(|(_, trace)| trace.clone()).collect()
}

/// When a clock that gives cards was due by an earlier record, if it is due later by now and did not stop before.
fn put_off(matter: &CaseView<'_>, clock: &Reading<'_>, earlier: &[Reading<'_>]) -> Option<Moment> {
    let gives = matter.policy.cards.of(&clock.rule.id).iter().any(|line| line.card > Card::Notice);
    let of_it = |it: &&Reading<'_>| it.key() == clock.key() && it.limit == clock.limit;
    let (due, now) = (earlier.iter().find(of_it)?.due?.at, clock.due?.at);
    let later = |moment: Moment| moment.order(&due).is_gt();
    (gives && later(now) && clock.stopped.is_none_or(|(stop, _)| later(stop))).then_some(due)
}

/// Whether a card of a clock had been told before a moment.
fn is_told(matter: &CaseView<'_>, clock: &Reading<'_>, moment: Moment) -> bool {
    let mut known = matter.known.iter().filter(|it| it.rule == time_limit::ID && it.card > Card::Notice);
    known.any(|it| clock.has_key(&it.clock) && it.told.is_some_and(|told| told.order(&moment).is_le()))
}
