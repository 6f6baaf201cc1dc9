//! A run of a case that has lost its beginning: what was read of it is emptied, or typed over with another kind.

use std::cmp::Ordering;

use super::revision::Revision;
use crate::domain::record::{Kinds, Trace, TraceKind};

/// Beginnings of the runs of a record that its source said once and says no more, where nothing else is left from which to count.
pub(super) fn taken_out<'r>(
    traces: &[Trace],
    revisions: impl DoubleEndedIterator<Item = &'r Revision>,
) -> Vec<&'r Trace> {
    let mut out: Vec<&Trace> = Vec::new();
    for revision in revisions.rev().filter(|revision| is_taken_out(revision)) {
        let run_begins = begins_the_run_of(&revision.before, traces);
        if !traces.iter().chain(out.iter().copied()).any(run_begins) {
            out.push(&revision.before);
        }
    }
    out
}

/// Whether it took out a beginning. What is said to have been refused or withdrawn instead is another statement.
fn is_taken_out(revision: &Revision) -> bool {
    let stays = |trace: &Trace| Kinds::BEGINNINGS.has(trace.kind) || Kinds::ENDS.has(trace.kind);
    let accepted_no_more =
        |trace: &Trace| revision.before.kind == TraceKind::Accepted && trace.kind == TraceKind::Applied;
    let after = revision.after.as_ref();
    !revision.remapped
        && Kinds::BEGINNINGS.has(revision.before.kind)
        && after.is_none_or(|after| !stays(after) || accepted_no_more(after))
}

/// Whether a trace begins the run to which another belonged, as that did: nothing ended the case between them. An application does
/// not stand for an acceptance.
fn begins_the_run_of<'t>(other: &'t Trace, traces: &'t [Trace]) -> impl Fn(&Trace) -> bool + 't {
    let earlier = |trace: &&Trace| trace.occurred.order(&other.occurred) == Ordering::Less;
    let last_end = traces.iter().filter(|trace| Kinds::ENDS.has(trace.kind)).rfind(earlier);
    move |trace| {
        Kinds::BEGINNINGS.has(trace.kind)
            && (trace.kind == TraceKind::Accepted || other.kind == TraceKind::Applied)
            && last_end.is_none_or(|end| trace.occurred.order(&end.occurred) != Ordering::Less)
    }
}
