//! A case was decided though a required stage left no trace.

use chrono::{DateTime, FixedOffset};

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::count::passed_at;
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::policy::Policy;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::registry::{Name, Stage};
use crate::domain::text::{Text, say};

pub(super) const RULE: Rule = Rule {
    id: "missing-step",
    meaning: "A case was decided or closed though a stage that its item's catalogue entry requires left no \
              trace in the system. While it runs the same is said of a stage that is missing though a later one of the entry left \
              its trace, once the time for an answer (`answer_within`) has passed since: until then it may only not have been typed yet.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[Property::PerRun],
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

/// A required stage without a trace, though a later one of the catalogue's order has left its own.
struct Skipped<'m> {
    stage: &'m Stage,
    /// The first of those that have.
    later: &'m Stage,
    /// When that was.
    since: Moment,
    /// From when on it is missing, and not only not typed yet.
    from: Moment,
}

fn skipped<'m>(stages: &'m [Stage], traces: &[Trace], policy: &Policy) -> Vec<Skipped<'m>> {
    let first = |stage: &'m Stage| Some((stage, traces.iter().find(|trace| stage.left(trace))?.occurred));
    let without = |place: usize, stage: &'m Stage| {
        let (later, since) = stages[place + 1..].iter().filter_map(first).min_by_key(|(_, at)| at.at())?;
        let from = passed_at(&policy.answer_by(since)?, policy.zone);
        Some(Skipped { stage, later, since, from })
    };
    let required = stages.iter().enumerate().filter(|(_, stage)| !stage.optional && first(stage).is_none());
    required.filter_map(|(place, stage)| without(place, stage)).collect()
}

/// When a stage that is missing from a case that runs counts as such.
pub(super) fn next_change(matter: &CaseView<'_>) -> Option<DateTime<FixedOffset>> {
    let runs = matter.item.stages.len() > 1 && !matter.is_over();
    let skipped = if runs { skipped(&matter.item.stages, matter.traces, matter.policy) } else { Vec::new() };
    skipped.iter().map(|it| it.from.at()).filter(|at| *at > matter.now.instant).min()
}

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let ended = matter.kinds.has(TraceKind::Decided) || matter.kinds.has(TraceKind::Closed);
    if if ended { matter.marks.present == matter.marks.required } else { matter.is_over() } {
        return Vec::new();
    }
    let names = |stages: &mut dyn Iterator<Item = &Stage>| {
        Text::list(stages.map(|stage| Text::from(stage.name())), "list-quoted")
    };
    let why = if ended {
        let stages = names(&mut required(matter).filter(|stage| !is_left(matter, stage)));
        say!("missing_step", stages)
    } else {
        let skipped = skipped(&matter.item.stages, matter.traces, matter.policy);
        let now = |it: &&Skipped<'_>| it.from.at() <= matter.now.instant;
        let Some(first) = skipped.iter().find(now) else { return Vec::new() };
        let (later, when) = (first.later.name(), first.since);
        let stages = names(&mut skipped.iter().filter(now).map(|it| it.stage));
        say!("missing_step-open", stages, later, when)
    };
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
