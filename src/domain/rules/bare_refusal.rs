//! An application was refused in whole or in part, and no reason is on record.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::{Outcome, Trace, TraceKind, says_something};
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "bare-refusal",
    meaning: "An application was not accepted, refused, granted or disclosed only in part, or turned away because the office does \
              not hold what was asked for or is not the right one, and the trace gives no reason (its note is empty, or 无, / and \
              the like). A case that is closed as it was decided needs no second reason.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if ![TraceKind::NotAccepted, TraceKind::Decided, TraceKind::Closed]
        .iter()
        .any(|kind| matter.kinds.has(*kind))
    {
        return Vec::new();
    }
    let refusals = || matter.traces.iter().filter(|trace| turns_away(trace));
    let reasoned = |trace: &Trace| trace.note.as_deref().is_some_and(says_something);
    let is_bare = |trace: &&Trace| {
        let decided_so = |other: &Trace| {
            other.kind == TraceKind::Decided && other.outcome == trace.outcome && reasoned(other)
        };
        !reasoned(trace) && (trace.kind != TraceKind::Closed || !refusals().any(decided_so))
    };
    let Some(refused) = refusals().find(is_bare) else { return Vec::new() };
    let what = match refused.outcome {
        Some(outcome) if refused.kind != TraceKind::NotAccepted => outcome.of_category(&matter.item.category),
        _ => say!("bare_refusal-not_accepted"),
    };
    let why = say!("bare_refusal", when = refused.occurred, what);
    matter.found_at(&RULE, refused, why)
}

/// Whether a trace sends the applicant away with less than was asked for.
fn turns_away(trace: &Trace) -> bool {
    match trace.kind {
        TraceKind::NotAccepted => true,
        kind if kind.ends_a_case() && kind != TraceKind::Withdrawn => {
            trace.outcome.is_some_and(|outcome| outcome != Outcome::Granted)
        }
        _ => false,
    }
}
