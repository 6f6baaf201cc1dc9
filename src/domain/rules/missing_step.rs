//! A case was decided though a required stage left no trace.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::registry::{Name, Stage};
use crate::domain::text::{Text, say};

pub(super) const RULE: Rule = Rule {
    id: "missing-step",
    meaning: "A case was decided or closed though a stage that its item's catalogue entry requires left no \
              trace in the system.",
    basis: "办理环节应当在系统内留下办理痕迹；固化流转环节（徐州行政权力网上公开透明运行办法）",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    judge: Some(judge),
};

/// The stages that a case must have left a trace of by now: what comes after a decision (送达) is not missing yet when it
/// is decided.
pub(super) fn required<'m>(matter: &'m CaseView<'_>) -> impl Iterator<Item = &'m Stage> {
    let ends = [TraceKind::Decided, TraceKind::Closed, TraceKind::Delivered];
    let reached = ends.into_iter().rfind(|kind| matter.kinds.has(*kind));
    let later =
        move |name: &Name| name.kind() > reached && name.kind().is_some_and(|end| ends.contains(&end));
    let required = matter.item.stages.iter().filter(|stage| !stage.optional);
    required.filter(move |stage| !stage.names.iter().any(later))
}

/// Whether a stage left a trace.
pub(super) fn is_left(matter: &CaseView<'_>, stage: &Stage) -> bool {
    let by_kind = |name: &Name| name.kind().is_some_and(|kind| matter.kinds.has(kind));
    stage.names.iter().any(by_kind) || matter.traces.iter().any(|trace| stage.left(trace))
}

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if matter.marks.present == matter.marks.required {
        return Vec::new();
    }
    let missing = required(matter).filter(|stage| !is_left(matter, stage));
    let stages = Text::list(missing.map(|stage| Text::from(stage.name())), "list-quoted");
    let why = say!("missing_step", stages);
    let card = matter.policy.rules.get(RULE.id).map_or(Card::Notice, |setting| setting.card);
    vec![Breach {
        rule: RULE.id,
        clock: String::new(),
        card,
        ongoing: true,
        passed: true,
        unit: matter.unit_at_end(),
        why,
    }]
}
