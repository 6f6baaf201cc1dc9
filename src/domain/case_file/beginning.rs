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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;

    fn trace(kind: TraceKind, day: u32) -> Trace {
        Trace::new(kind, Moment::instant(format!("2011-10-{day:02}T09:00:00+08:00").parse().unwrap()))
    }

    /// A beginning that is emptied, or typed over with what begins and ends nothing, was taken out; so was an acceptance that became an
    /// application. What became another beginning or an end is another statement, and so is what another mapping reads.
    #[test]
    fn a_beginning_typed_over_was_taken_out() {
        use TraceKind::{Accepted, Applied, Decided, Step};
        let revision = |before, after: Option<TraceKind>, remapped| Revision {
            slot: 0,
            before: trace(before, 10),
            after: after.map(|kind| trace(kind, 10)),
            seen_at: trace(before, 12).occurred,
            told_at: None,
            remapped,
        };
        for (before, after, out) in [
            (Accepted, None, true),
            (Accepted, Some(Step), true),
            (Accepted, Some(Applied), true),
            (Accepted, Some(Accepted), false),
            (Accepted, Some(Decided), false),
            (Applied, Some(Step), true),
            (Applied, Some(Accepted), false),
            (Applied, Some(Applied), false),
            (Step, None, false),
        ] {
            assert_eq!(is_taken_out(&revision(before, after, false)), out, "{before:?} {after:?}");
            assert!(!is_taken_out(&revision(before, after, true)), "{before:?} {after:?}");
        }
    }

    /// A beginning after the last end before what was taken out begins its run, and one at the moment of that end; one before it does not.
    /// An application does not stand for an acceptance.
    #[test]
    fn a_run_begins_behind_the_end_of_the_one_before() {
        use TraceKind::{Accepted, Applied, Decided};
        let traces = [trace(Decided, 12)];
        let (accepted, applied) = (trace(Accepted, 14), trace(Applied, 14));
        let of_accepted = begins_the_run_of(&accepted, &traces);
        assert_eq!([11, 12, 13].map(|day| of_accepted(&trace(Accepted, day))), [false, true, true]);
        assert!(!of_accepted(&trace(Applied, 13)) && !of_accepted(&trace(Decided, 13)));
        let of_applied = begins_the_run_of(&applied, &traces);
        assert!(of_applied(&trace(Applied, 13)) && of_applied(&trace(Accepted, 13)));
        let earlier = trace(Accepted, 12);
        assert!(
            begins_the_run_of(&earlier, &traces)(&trace(Accepted, 11)),
            "an end at its own moment is none before it"
        );
    }
}
