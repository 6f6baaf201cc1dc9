//! A single step was done after the day that its own row gives for it, or was not done by then.

use chrono::{DateTime, FixedOffset};

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::Revision;
use crate::domain::count::passed_at;
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::record::planned::{STEP_DUE, step_words};
use crate::domain::record::{Header, Trace};
use crate::domain::text::{Kept, Text, say};

pub(in crate::domain) const RULE: Rule = Rule {
    id: "step-due",
    meaning: "A single step was done after its own due day or moment, where the mapping says in which column that stands (`due` of a \
              trace); or that has passed, the step has not been done, and the case runs or ended later. A bare date is met through \
              the whole day; with an hour it is a moment. A due day that was typed anew or emptied after it had passed counts as it was before.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[],
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

/// The earlier of a due day and of those that it had before and that had passed when another, or none, took their place.
fn as_it_stood(due: Option<Moment>, before: impl Iterator<Item = (Moment, Moment)>) -> Option<Moment> {
    let passed = before.filter(|(before, changed)| changed.order(before).is_gt()).map(|(before, _)| before);
    due.into_iter().chain(passed).reduce(|due, before| if before.order(&due).is_lt() { before } else { due })
}

/// Whether a finding says that a step is still to be done; else it is done late, or its case is over without it.
pub(in crate::domain) fn is_undone(why: &Kept) -> bool {
    why.holds("step_due-undone").unwrap_or(true)
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

    /// The due days that rows of steps had before.
    fn revised(&self) -> Vec<Revised<'_>> {
        let mut revised = Vec::new();
        for slot in self.revisions.chunk_by(|one, next| one.slot == next.slot) {
            let now = slot.last().and_then(|it| it.after.as_ref());
            let had = |it: &'_ Revision| it.before.due.filter(|_| !it.remapped).map(|due| (due, it.seen_at));
            revised.extend(
                slot.iter().filter_map(|it| Some(Revised { before: &it.before, now, due: had(it)? })),
            );
        }
        revised
    }

    /// The due day of a step that was done. Another name of the step lifts it no more than another day.
    fn due_of(&self, trace: &Trace, revised: &[Revised<'_>]) -> Option<Moment> {
        let same = |other: &Trace| other.kind == trace.kind && other.stage == trace.stage;
        let is_now = |now: &Trace| same(now) && now.occurred == trace.occurred;
        let of_it = |it: &&Revised<'_>| same(it.before) || it.now.is_some_and(is_now);
        let of_rows = revised.iter().filter(of_it).map(|it| it.due);
        let name = trace.stage.as_deref().unwrap_or(trace.kind.word());
        as_it_stood(trace.due, of_rows.chain(self.planned_before(name)))
    }
}

/// A due day that the row of a step had before.
struct Revised<'a> {
    before: &'a Trace,
    /// What the row says now.
    now: Option<&'a Trace>,
    /// The day, and when it was changed.
    due: (Moment, Moment),
}

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let revised = matter.revised();
    let mut rows = matter.headers.iter().map(|it| &it.before).chain([matter.header]);
    let on_rows = rows.any(|row| planned(row).next().is_some());
    if revised.is_empty() && !on_rows && matter.traces.iter().all(|trace| trace.due.is_none()) {
        return Vec::new();
    }
    let done = matter.traces.iter().filter_map(|trace| Some((trace, matter.due_of(trace, &revised)?)));
    let late: Vec<_> = done.filter(|(trace, due)| trace.occurred.order(due).is_gt()).collect();
    let mut why: Vec<Text> = Vec::new();
    for (trace, due) in &late {
        let step = trace.stage.as_deref().map_or_else(|| trace.kind.text(), Text::from);
        let (due, when) = Moment::told_apart(due, &trace.occurred);
        why.push(say!("step_due-done", step, due, when));
    }
    let end = matter.traces.iter().rfind(|trace| trace.kind.ends_a_case()).filter(|_| matter.is_over());
    let until = end.map_or(Moment::instant(matter.now.instant), |end| end.occurred);
    let mut undone = None;
    let former = matter.headers.iter().flat_map(|it| planned(&it.before)).map(|(name, _)| name);
    let mut names: Vec<&str> = planned(matter.header).map(|(name, _)| name).collect();
    names.extend(former);
    names.sort_unstable();
    names.dedup();
    for name in names {
        let due = planned(matter.header).find(|(step, _)| *step == name).map(|(_, due)| due);
        let Some(due) = as_it_stood(due, matter.planned_before(name)) else { continue };
        if until.order(&due).is_gt() && !matter.traces.iter().any(|trace| is_step(trace, name)) {
            undone = Some(due);
            let step = step_words(name);
            why.push(match end {
                Some(_) => say!("step_due-undone_over", step, due),
                None => say!("step_due-undone", step, due),
            });
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
