//! A run of a case that has lost its beginning: what was read of it is emptied, or typed over with another kind.

use std::cmp::Ordering;

use super::fault::{Fault, ID, say};
use crate::domain::case_file::{CaseFile, Revision};
use crate::domain::record::{Kinds, Trace, TraceKind};

/// Beginnings of the runs of a case that its source said once and says no more, where nothing else is left from which to count: by
/// that, like by a row that is gone, nobody escapes. They count on until they are put back, or a person has withdrawn the fault.
pub(super) fn taken_out(file: &CaseFile) -> Vec<&Trace> {
    let mut out: Vec<&Trace> = Vec::new();
    if file.revisions.is_empty() || file.known.iter().any(|it| it.rule == ID && it.settled) {
        return out;
    }
    for revision in file.revisions.iter().rev().filter(|revision| is_taken_out(revision)) {
        let run_begins = begins_the_run_of(&revision.before, &file.traces);
        if !file.traces.iter().chain(out.iter().copied()).any(run_begins) {
            out.push(&revision.before);
        }
    }
    out
}

/// What is wrong with a record from which a beginning was taken out.
pub(super) fn fault(trace: &Trace) -> Fault {
    let (zh, when) = (trace.kind.zh(), trace.occurred.to_the_minute());
    say(
        format!("原有的{zh}时间 {when} 已从记录中去掉"),
        format!(
            "the time of `{}`, {when}, was taken out of the record, and nothing stands in its place",
            trace.kind
        ),
    )
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
