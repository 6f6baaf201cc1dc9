//! A single step was done after the day that its own row gives for it, or was not done by then.

use chrono::{DateTime, FixedOffset};

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::count::passed_at;
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::record::planned::STEP_DUE;
use crate::domain::record::{Header, Trace, TraceKind};
use crate::domain::text::{Text, say};

pub(super) const RULE: Rule = Rule {
    id: "step-due",
    meaning: "A single step was done after its own due day or moment, where the mapping says in which column that stands (`due` of a \
              trace); or that has passed, the step has not been done, and the case runs or ended later. A bare date is met through \
              the whole day; with an hour it is a moment. A due day that was typed anew after it had passed counts as it was before.",
    basis: "各环节应当在规定时限内办结（固化流转环节，徐州）；以记录自身所载的环节期限为准",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    judge: Some(judge),
};

/// A step by the name under which the case's own row has its due day: its stage, else its kind.
fn is_step(trace: &Trace, name: &str) -> bool {
    trace.stage.as_deref().map_or(trace.kind.word() == name, |stage| stage == name)
}

/// The due days of steps on the case's own row, by the name of the step.
fn planned(header: &Header) -> impl Iterator<Item = (&str, Moment)> {
    header.dates.iter().filter_map(|(name, due)| Some((name.strip_prefix(STEP_DUE)?, *due)))
}

/// When the next due day of a step passes: the case is looked at then.
pub(super) fn next_change(matter: &CaseView<'_>) -> Option<DateTime<FixedOffset>> {
    let passes = planned(matter.header).map(|(_, due)| passed_at(&due, matter.policy.zone).at());
    passes.filter(|at| *at > matter.now.instant).min()
}

/// The earlier of a due day and of those that it had before and that had passed when another took their place.
fn as_it_stood(due: Moment, before: impl Iterator<Item = (Moment, Moment)>) -> Moment {
    let passed = before.filter(|(before, changed)| changed.order(before).is_gt()).map(|(before, _)| before);
    passed.fold(due, |due, before| if before.order(&due).is_lt() { before } else { due })
}

impl CaseView<'_> {
    /// What the case's own row said before of the due day of a step, each with when it was changed.
    fn planned_before(&self, name: &str) -> impl Iterator<Item = (Moment, Moment)> {
        let changes = self.headers.iter().filter(|it| !it.remapped);
        changes.filter_map(move |it| {
            let before = planned(&it.before).find(|(step, _)| *step == name)?;
            Some((before.1, it.seen_at))
        })
    }

    /// The due day of a step that was done.
    fn due_of(&self, trace: &Trace) -> Option<Moment> {
        let same = |before: &Trace| before.kind == trace.kind && before.stage == trace.stage;
        let revised = self.revisions.iter().filter(|it| !it.remapped && same(&it.before));
        let of_rows = revised.filter_map(|it| Some((it.before.due?, it.seen_at)));
        let name = trace.stage.as_deref().unwrap_or(trace.kind.word());
        Some(as_it_stood(trace.due?, of_rows.chain(self.planned_before(name))))
    }
}

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let done = matter.traces.iter().filter_map(|trace| Some((trace, matter.due_of(trace)?)));
    let late: Vec<_> = done.filter(|(trace, due)| trace.occurred.order(due).is_gt()).collect();
    let mut why: Vec<Text> = Vec::new();
    for (trace, due) in &late {
        let step = trace.stage.as_deref().map_or_else(|| trace.kind.text(), Text::from);
        why.push(say!("step_due-done", step, due, when = trace.occurred));
    }
    let end = matter.traces.iter().rfind(|trace| trace.kind.ends_a_case()).filter(|_| matter.is_over());
    let until = end.map_or(Moment::instant(matter.now.instant), |end| end.occurred);
    let mut undone = None;
    for (name, due) in planned(matter.header) {
        let due = as_it_stood(due, matter.planned_before(name));
        if until.order(&due).is_gt() && !matter.traces.iter().any(|trace| is_step(trace, name)) {
            undone = Some(due);
            let step = name.parse().map_or_else(|_| Text::from(name), TraceKind::text);
            why.push(say!("step_due-undone", step, due));
        }
    }
    let why = Text::list(why, "list-semicolon");
    match (late.last(), undone) {
        (_, Some(due)) => {
            let unit = matter.holders.at(due).map(str::to_owned);
            matter
                .found(&RULE, why)
                .into_iter()
                .map(|breach| Breach { unit: unit.clone(), ..breach })
                .collect()
        }
        (Some((last, _)), None) => matter.found_at(&RULE, last, why),
        (None, None) => Vec::new(),
    }
}
