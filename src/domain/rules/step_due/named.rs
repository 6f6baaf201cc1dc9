//! Due days that one event names for other steps: an acceptance for the decision, an inspection for the next one.

use std::ops::Range;

use super::wrong::{Course, Wrong, is_step};
use crate::domain::case_file::Revision;
use crate::domain::moment::Moment;
use crate::domain::record::runs::runs;
use crate::domain::record::{Outcome, Trace, TraceKind};
use crate::domain::rules::CaseView;

/// A day that an event names for a step.
struct Naming<'a> {
    step: &'a str,
    /// The event, as it stands, or as it was before it was taken out.
    event: &'a Trace,
    due: Due,
}

#[derive(Clone, Copy)]
enum Due {
    By(Moment),
    /// It lies before the event, and so did whatever the event named before.
    Absurd(Moment),
}

/// A day that an event named before.
struct Former {
    due: Moment,
    /// When the event happened by its word of then.
    occurred: Moment,
    /// When another day, or none, took its place.
    changed: Moment,
}

/// A step that is to be done by a day.
struct Task<'a> {
    event: &'a Trace,
    due: Moment,
}

fn is_past(due: Moment, at: Moment) -> bool {
    at.order(&due).is_gt()
}

/// The day that counts of those that an event names and named.
fn counted(occurred: Moment, now: Option<Moment>, former: &[Former]) -> Option<Due> {
    let is_sound = |due: Moment, occurred: Moment| !due.is_surely_before(&occurred);
    let passed = former.iter().filter(|it| is_past(it.due, it.changed) && is_sound(it.due, it.occurred));
    let dues = now.into_iter().filter(|due| is_sound(*due, occurred)).chain(passed.map(|it| it.due));
    let earliest = dues.reduce(|due, other| if other.order(&due).is_lt() { other } else { due });
    earliest.map(Due::By).or(now.map(Due::Absurd))
}

fn former(slot: &[Revision], step: &str) -> Vec<Former> {
    let of = |it: &Revision| {
        let due = it.before.step_due(step).filter(|_| !it.remapped)?;
        Some(Former { due, occurred: it.before.occurred, changed: it.seen_at })
    };
    slot.iter().filter_map(of).collect()
}

fn is_same(one: &Trace, other: &Trace) -> bool {
    (one.kind, one.occurred) == (other.kind, other.occurred) && one.stage == other.stage
}

/// What each slot that was changed says now, and its changes.
fn slots<'a>(matter: &CaseView<'a>) -> impl Iterator<Item = (Option<&'a Trace>, &'a [Revision])> {
    let slots = matter.revisions.chunk_by(|one, next| one.slot == next.slot);
    slots.map(|slot| (slot.last().and_then(|it| it.after.as_ref()), slot))
}

/// Every day that is or was named for a step, by step and in the order of the events.
fn namings<'a>(matter: &CaseView<'a>) -> Vec<Naming<'a>> {
    let mut all = Vec::new();
    for event in matter.traces {
        for (step, due) in &event.step_dues {
            let slot = slots(matter).find(|(now, _)| now.is_some_and(|now| is_same(now, event)));
            let former = slot.map(|(_, slot)| former(slot, step)).unwrap_or_default();
            let due = counted(event.occurred, Some(*due), &former);
            all.extend(due.map(|due| Naming { step, event, due }));
        }
    }
    for (now, slot) in slots(matter) {
        let unsaid = |step: &str| now.is_none_or(|now| now.step_due(step).is_none());
        let steps = slot.iter().flat_map(|it| &it.before.step_dues).map(|(step, _)| step.as_str());
        let mut steps: Vec<&str> = steps.filter(|step| unsaid(step)).collect();
        steps.sort_unstable();
        steps.dedup();
        let Some(last) = slot.last().filter(|_| !steps.is_empty()) else { continue };
        let event = now.unwrap_or(&last.before);
        let event = matter.traces.iter().find(|trace| is_same(trace, event)).unwrap_or(event);
        for step in steps {
            let due = counted(event.occurred, None, &former(slot, step));
            all.extend(due.map(|due| Naming { step, event, due }));
        }
    }
    all.sort_by(|one, other| {
        one.step.cmp(other.step).then(one.event.occurred.at().cmp(&other.event.occurred.at()))
    });
    all
}

/// Whether an event was entered after a day: never before it happened, nor before the last reading in which it was not there.
fn is_entered_after(event: &Trace, due: Moment) -> bool {
    let known = [Some(event.occurred), event.recorded, event.entry.unseen_at];
    known.into_iter().flatten().any(|at| is_past(due, at))
}

/// One run of a case, and one step that is asked for in it.
struct OneStep<'m, 'a> {
    matter: &'m CaseView<'a>,
    run: &'a [Trace],
    step: &'a str,
}

impl<'a> OneStep<'_, 'a> {
    /// Where an event stands among the traces of the run; of one that was taken out, behind which it would.
    fn place(&self, event: &Trace) -> usize {
        let there = self.run.iter().position(|trace| std::ptr::eq(trace, event));
        there.unwrap_or_else(|| self.run.partition_point(|trace| trace.occurred.at() <= event.occurred.at()))
    }

    fn done(&self, within: Range<usize>) -> Option<&'a Trace> {
        let end = within.end.min(self.run.len());
        self.run[within.start.min(end)..end].iter().find(|trace| is_step(trace, self.step))
    }

    /// Whether a day that lies before its event says nothing new: the step was done by then, or the day was named before.
    fn is_answered(&self, due: Moment, said: &[Moment]) -> bool {
        let in_time = |trace: &Trace| is_step(trace, self.step) && !is_past(due, trace.occurred);
        said.contains(&due) || self.run.iter().any(in_time)
    }

    /// Goes through the days that were named, in their order. A day that is named again is no other; another one before the step is
    /// done takes its place, unless it had passed by then; another one when the step is done asks for it again.
    fn judge(&self, namings: &[&Naming<'a>], wrong: &mut Wrong<'a>) {
        let (mut open, mut from, mut said) = (None::<Task<'a>>, 0, Vec::new());
        for &&Naming { event, due, .. } in namings {
            let due = match due {
                Due::By(due) => due,
                Due::Absurd(due) => {
                    if !self.is_answered(due, &said) {
                        wrong.misdated(event, self.step, due);
                    }
                    continue;
                }
            };
            said.push(due);
            let place = self.place(event);
            let Some(task) = &mut open else {
                // The step may have come before its day was named; but not the one that names the day of the next.
                from = if is_step(event, self.step) { place + 1 } else { 0 };
                open = Some(Task { event, due });
                continue;
            };
            if task.due == due {
                continue;
            }
            if let Some(trace) = self.done(from..place + 1) {
                self.settle(task, Some(trace), wrong);
                from = place + 1;
                open = Some(Task { event, due });
            } else if due.order(&task.due).is_lt() || !is_entered_after(event, task.due) {
                task.due = due;
            }
        }
        if let Some(task) = &open {
            self.settle(task, self.done(from..self.run.len()), wrong);
        }
    }

    fn settle(&self, task: &Task<'a>, done: Option<&'a Trace>, wrong: &mut Wrong<'a>) {
        if let Some(trace) = done {
            if is_past(task.due, trace.occurred) {
                wrong.late(trace, task.due);
            }
            return;
        }
        let end = self.end(task);
        let until = end.map_or(Moment::instant(self.matter.now.instant), |end| end.occurred);
        if is_past(task.due, until) {
            let course = if end.is_some() { Course::Over } else { Course::Runs };
            wrong.undone(self.step, task.due, course);
        }
    }

    /// The end after which a step is asked for no more. What a decision brings about is owed after it.
    fn end(&self, task: &Task<'a>) -> Option<&'a Trace> {
        let follows = [TraceKind::Delivered, TraceKind::Charged].iter().any(|kind| kind.is_called(self.step));
        let goes_on = |end: &Trace| {
            matches!(end.kind, TraceKind::Decided | TraceKind::Closed)
                && end.outcome != Some(Outcome::Refused)
        };
        let behind = self.place(task.event) + 1;
        let ends = |trace: &&Trace| trace.kind.ends_a_case() && !(follows && goes_on(trace));
        self.run.iter().skip(behind).rfind(ends)
    }
}

/// Judges the days that events name, each in the run in which its event happened.
pub(super) fn judge<'a>(matter: &CaseView<'a>, wrong: &mut Wrong<'a>) {
    let all = namings(matter);
    if all.is_empty() {
        return;
    }
    let runs: Vec<&[Trace]> = runs(matter.traces).collect();
    let run_of = |event: &Trace| {
        let holds = |run: &&[Trace]| run.iter().any(|trace| std::ptr::eq(trace, event));
        let begun =
            |run: &&[Trace]| run.first().is_some_and(|first| first.occurred.at() <= event.occurred.at());
        runs.iter().position(holds).or_else(|| runs.iter().rposition(begun)).unwrap_or(0)
    };
    for namings in all.chunk_by(|one, other| one.step == other.step) {
        for (number, run) in runs.iter().enumerate() {
            let of_run: Vec<&Naming<'a>> =
                namings.iter().filter(|naming| run_of(naming.event) == number).collect();
            OneStep { matter, run, step: namings[0].step }.judge(&of_run, wrong);
        }
    }
}
