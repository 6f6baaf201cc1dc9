//! A run of a case that has lost its beginning: what was read of it is emptied, or typed over with another kind.

use std::cmp::Ordering;

use super::revision::Revision;
use crate::domain::finding::Withdrawn;
use crate::domain::record::{Kinds, Trace, TraceKind};
use crate::domain::text::{Language, Text, say};

/// Beginnings of the runs of a record that its source said once and says no more, where nothing else is left from which to count.
pub(super) fn taken_out<'r>(
    traces: &[Trace],
    revisions: impl DoubleEndedIterator<Item = &'r Revision>,
) -> Vec<&'r Revision> {
    let mut out: Vec<&Revision> = Vec::new();
    for revision in revisions.rev().filter(|revision| is_taken_out(revision)) {
        let run_begins = begins_the_run_of(&revision.before, traces);
        if !traces.iter().chain(out.iter().map(|other| &other.before)).any(run_begins) {
            out.push(revision);
        }
    }
    out
}

/// What ended a case of which nothing says that it had begun.
pub fn unbegun(traces: &[Trace]) -> Option<&Trace> {
    let ends = |trace: &&Trace| matches!(trace.kind, TraceKind::Decided | TraceKind::Closed);
    let begun = traces.iter().any(|trace| Kinds::BEGINNINGS.has(trace.kind));
    traces.iter().find(ends).filter(|_| !begun)
}

/// How the fault of a beginning that was taken out begins.
pub(in crate::domain) fn words(out: &Trace) -> Text {
    say!("data_fault-beginning", kind = out.kind.text(), when = out.occurred)
}

/// Whether a person withdrew the very fault that a beginning was taken out, after that was read.
pub(super) fn is_withdrawn(out: &Revision, withdrawn: &Withdrawn) -> bool {
    let is_named = || withdrawn.words.contains(&words(&out.before).words(Language::Chinese));
    out.seen_at.order(&withdrawn.at) != Ordering::Greater && is_named()
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
