//! Fields filled with nothing, to be let through.

use super::approver::names_another;
use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::{Trace, TraceKind, says_something};
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "dummy-values",
    meaning: "A field of a trace is filled with 无, / and the like, or the handler appears as the approver of \
              his own extension and the note names no other approver, by an office (局长, 负责人) or as a head of the contacts.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let empty =
        |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty() && !says_something(text));
    let dummy =
        matter.traces.iter().find(|trace| empty(&trace.by) || empty(&trace.note) || empty(&trace.stage));
    let handler = || matter.first(TraceKind::Accepted).and_then(|it| it.by.as_ref());
    let of_his_own = |trace: &&Trace| {
        let own = trace.by.as_ref().filter(|by| trace.kind == TraceKind::Extended && Some(*by) == handler());
        own.is_some_and(|own| {
            let note = trace.note.as_deref().unwrap_or_default();
            !names_another(note, own, &matter.policy.registry.contacts)
        })
    };
    let extended = matter.kinds.has(TraceKind::Extended);
    let own = if extended { matter.traces.iter().find(of_his_own) } else { None };
    let Some(at) = dummy.or(own) else { return Vec::new() };
    let why = match (dummy, own) {
        (Some(trace), _) => {
            let text = [&trace.by, &trace.note, &trace.stage]
                .into_iter()
                .find(|text| empty(text))
                .cloned()
                .flatten();
            let text = text.unwrap_or_default();
            say!("dummy_values", when = trace.occurred, kind = trace.kind.text(), text)
        }
        (None, Some(trace)) => {
            say!("dummy_values-own", when = trace.occurred, by = trace.by.as_deref().unwrap_or_default())
        }
        (None, None) => return Vec::new(),
    };
    matter.found_at(&RULE, at, why)
}
