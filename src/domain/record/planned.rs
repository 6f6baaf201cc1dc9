//! What a mapping says of a step beside what happened: by when it should be done, and that it ends with whatever comes next.

use super::mapping::{Cell, KindSpec, ReadSpec, Shape, TraceSpec};
use super::{Meaning, TraceKind};
use crate::domain::text::Text;

/// What the name of a date begins with that is the due day of a single step.
pub const STEP_DUE: &str = "step-due:";

/// A step as people read it: by its stage, else by the word for its kind.
pub fn step_words(name: &str) -> Text {
    let kind = TraceKind::ALL.iter().find(|(kind, ..)| kind.is_called(name));
    kind.map_or_else(|| Text::from(name), |(kind, ..)| kind.text())
}

impl KindSpec {
    /// Whether a row may give a trace of a kind.
    pub fn may_be(&self, kind: TraceKind) -> bool {
        match self {
            Self::Always(meaning) => meaning.kind == kind,
            Self::Coded { codes, otherwise, .. } => {
                codes.values().flatten().chain(otherwise).any(|meaning| meaning.kind == kind)
            }
        }
    }
}

impl TraceSpec {
    /// The due day of its step as a date of the case's own row, which has it before the step is done: name and column. A step is known
    /// there by its stage, else by its kind.
    fn planned(&self) -> Option<(String, &str)> {
        let KindSpec::Always(Meaning { kind, .. }) = &self.kind else { return None };
        let step = match &self.stage {
            Some(Cell::Always(stage)) => stage,
            Some(Cell::Column(_)) => return None,
            None => kind.word(),
        };
        Some((format!("{STEP_DUE}{step}"), self.due.as_deref()?))
    }

    /// Whether a trace of a kind can be told by it: its own, or the end that `resumes_any` gives.
    pub fn may_tell(&self, kind: TraceKind) -> bool {
        self.kind.may_be(kind) || kind == TraceKind::Resumed && self.resumes_any
    }
}

impl ReadSpec {
    /// The dates that its rows carry of their case, each with its column: those of the mapping, and where a row is a case the due days
    /// of its steps.
    pub fn all_dates(&self) -> impl Iterator<Item = (String, &str)> {
        let own = self.dates.iter().map(|(name, column)| (name.clone(), column.as_str()));
        own.chain(self.traces.iter().filter(|_| self.shape == Shape::Wide).filter_map(TraceSpec::planned))
    }
}
