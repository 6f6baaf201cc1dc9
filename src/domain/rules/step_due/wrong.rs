//! What is wrong with the steps of a case, as it is said.

use crate::domain::moment::Moment;
use crate::domain::record::planned::step_words;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::text::{Text, say};

/// A step by the name under which another row has its due day: a stage, or the word of a kind.
pub(super) fn is_step(trace: &Trace, name: &str) -> bool {
    let Some(stage) = trace.stage.as_deref() else { return trace.kind.is_called(name) };
    stage == name || trace.kind != TraceKind::Step && trace.kind.is_called(name)
}

/// What is wrong with the steps of a case.
#[derive(Default)]
pub(super) struct Wrong<'a> {
    pub why: Vec<Text>,
    /// The last step that was done late, else an event whose due day is none.
    pub at: Option<&'a Trace>,
    /// The last due day by which a step was not done.
    pub undone: Option<Moment>,
}

/// Whether the case goes on without the step.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    Runs,
    Over,
}

impl<'a> Wrong<'a> {
    /// A step was done after its due day.
    pub fn late(&mut self, trace: &'a Trace, due: Moment) {
        let step = trace.stage.as_deref().map_or_else(|| trace.kind.text(), Text::from);
        let (due, when) = Moment::told_apart(&due, &trace.occurred);
        self.why.push(say!("step_due-done", step, due, when));
        self.at = Some(trace);
    }

    /// A step was not done by its due day, under its name.
    pub fn undone(&mut self, name: &str, due: Moment, course: Course) {
        let step = step_words(name);
        self.why.push(match course {
            Course::Over => say!("step_due-undone_over", step, due),
            Course::Runs => say!("step_due-undone", step, due),
        });
        self.undone = Some(due);
    }

    /// An event names a due day for a step that lies before the event.
    pub fn misdated(&mut self, event: &'a Trace, name: &str, due: Moment) {
        let of = event.stage.as_deref().map_or_else(|| event.kind.text(), Text::from);
        self.why.push(say!(
            "step_due-before",
            event = of,
            when = event.occurred,
            step = step_words(name),
            due
        ));
        self.at = self.at.or(Some(event));
    }
}
