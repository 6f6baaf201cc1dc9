//! A single step was done after the day that its own row, or another event, gives for it, or was not done by then.

mod named;
mod wrong;

use chrono::{DateTime, FixedOffset};

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::Revision;
use crate::domain::count::passed_at;
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::record::planned::STEP_DUE;
use crate::domain::record::runs::runs;
use crate::domain::record::{Header, Trace};
use crate::domain::text::{Kept, Text};
use wrong::{Course, Wrong, is_step};

pub(in crate::domain) const RULE: Rule = Rule {
    id: "step-due",
    meaning: "A single step was done after its own due day or moment, where the mapping says in which column that stands (`due` of a \
              trace, or `step_dues` where another event or the case names it); or that has passed, the step has not been done, and \
              the case runs or ended later. A bare date is met through the whole day; with an hour it is a moment. A due day that \
              was typed anew or emptied after it had passed counts as it was before; so does one in whose place another event names \
              another day. The first such step after the last day that was answered answers it; once a step is done, another day \
              named for it asks for it again. A day is fixed by whoever named it: a special procedure does not move it. One that \
              lies before the event that names it, and could not be met, is to be mended, and accuses nobody of delay.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[],
    judge: Some(judge),
};

/// The due days of steps on the case's own row, by the name of the step.
fn planned(header: &Header) -> impl Iterator<Item = (&str, Moment)> {
    header.dates.iter().filter_map(|(name, due)| Some((name.strip_prefix(STEP_DUE)?, *due)))
}

/// When the next due day of a step passes: the case is looked at then.
pub(super) fn next_change(matter: &CaseView<'_>) -> Option<DateTime<FixedOffset>> {
    let named = matter.traces.iter().flat_map(|trace| &trace.step_dues).map(|(_, due)| *due);
    let dues = planned(matter.header).map(|(_, due)| due).chain(named);
    let passes = dues.map(|due| passed_at(&due, matter.policy.zone).at());
    passes.filter(|at| *at > matter.now.instant).min()
}

/// The earlier of a due day and of those that it had before and that had passed when another, or none, took their place.
fn as_it_stood(due: Option<Moment>, before: impl Iterator<Item = (Moment, Moment)>) -> Option<Moment> {
    let passed = before.filter(|(before, changed)| changed.order(before).is_gt()).map(|(before, _)| before);
    due.into_iter().chain(passed).reduce(|due, before| if before.order(&due).is_lt() { before } else { due })
}

/// What a finding asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Asks {
    /// A step is still to be done.
    Step,
    /// Why one was done late, or why a case is over without it.
    Reason,
    /// The due day that an event names is to be mended.
    DueDay,
}

impl Asks {
    /// By what a finding says.
    pub(in crate::domain) fn of(why: &Kept) -> Self {
        let says = |key| why.holds(key).unwrap_or(true);
        if says("step_due-undone") {
            Self::Step
        } else if says("step_due-done") || says("step_due-undone_over") {
            Self::Reason
        } else {
            Self::DueDay
        }
    }
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

fn breaches(wrong: Wrong<'_>, matter: &CaseView<'_>) -> Vec<Breach> {
    let why = Text::list(wrong.why, "list-semicolon");
    match (wrong.at, wrong.undone) {
        (_, Some(due)) => {
            let unit = matter.holders.at(due).map(str::to_owned);
            let found = matter.found(&RULE, why).into_iter();
            found.map(|breach| Breach { unit: unit.clone(), ..breach }).collect()
        }
        (Some(trace), None) => matter.found_at(&RULE, trace, why),
        (None, None) => Vec::new(),
    }
}

/// By the due days that the case's own row gives, where the row of the step has none.
fn by_the_row<'a>(matter: &CaseView<'a>, revised: &[Revised<'_>], wrong: &mut Wrong<'a>) {
    let end = matter.traces.iter().rfind(|trace| trace.kind.ends_a_case()).filter(|_| matter.is_over());
    let until = end.map_or(Moment::instant(matter.now.instant), |end| end.occurred);
    let course = if end.is_some() { Course::Over } else { Course::Runs };
    let former = matter.headers.iter().flat_map(|it| planned(&it.before)).map(|(name, _)| name);
    let mut names: Vec<&str> = planned(matter.header).map(|(name, _)| name).collect();
    names.extend(former);
    names.sort_unstable();
    names.dedup();
    for name in names {
        let due = planned(matter.header).find(|(step, _)| *step == name).map(|(_, due)| due);
        let Some(due) = as_it_stood(due, matter.planned_before(name)) else { continue };
        if !matter.traces.iter().any(|trace| is_step(trace, name)) {
            if until.order(&due).is_gt() {
                wrong.undone(name, due, course);
            }
            continue;
        }
        let run = runs(matter.traces).last().unwrap_or_default();
        let done = run.iter().find(|trace| is_step(trace, name));
        let late = done.filter(|trace| trace.occurred.order(&due).is_gt());
        if let Some(trace) = late.filter(|trace| matter.due_of(trace, revised).is_none()) {
            wrong.late(trace, due);
        }
    }
}

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let revised = matter.revised();
    let mut wrong = Wrong::default();
    for trace in matter.traces {
        let due = matter.due_of(trace, &revised);
        if let Some(due) = due.filter(|due| trace.occurred.order(due).is_gt()) {
            wrong.late(trace, due);
        }
    }
    by_the_row(matter, &revised, &mut wrong);
    named::judge(matter, &mut wrong);
    breaches(wrong, matter)
}
