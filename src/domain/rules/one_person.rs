//! One person accepted, examined and decided.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::registry::CaseType;
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "one-person",
    meaning: "Acceptance, every stage and decision of a case that is no instant matter bear the same name: who \
              handles, who examines and who approves are to be different people.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::PerRun],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    use TraceKind::{Accepted, Decided, Step};
    if ![Accepted, Step, Decided].into_iter().all(|role| matter.kinds.has(role)) {
        return Vec::new();
    }
    let roles = || matter.traces.iter().filter(|trace| matches!(trace.kind, Accepted | Step | Decided));
    let mut names = roles().filter_map(|trace| trace.by.as_deref());
    let Some(first) = names.next() else { return Vec::new() };
    if names.any(|name| name != first) {
        return Vec::new();
    }
    let has = |kind| roles().any(|trace| trace.kind == kind && trace.by.is_some());
    if matter.item.case_type == CaseType::Instant || !(has(Accepted) && has(Step) && has(Decided)) {
        return Vec::new();
    }
    matter.found_at_end(&RULE, say!("one_person", by = first))
}
