//! What starts or stops a limit.

use std::fmt;
use std::str::FromStr;

use crate::domain::record::{Meaning, Outcome, Trace, TraceKind};
use crate::domain::text::{Fault, Text, as_text, say};

/// A trace that starts or stops a limit: a kind, or a stage (环节) by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// The first trace of this kind.
    Kind(TraceKind),
    /// The first trace of this kind with this outcome: a decision that grants. One whose outcome nobody recorded is none.
    Outcome(TraceKind, Outcome),
    /// The first step of this name.
    Stage(String),
    /// The first beginning or end of a special procedure of this name: a hearing that is over.
    Procedure(TraceKind, String),
    /// A date of the record itself, by the name the mapping gives it: a hearing to come.
    Date(String),
}

impl Mark {
    /// Whether a trace is such a one.
    pub fn is(&self, trace: &Trace) -> bool {
        match self {
            Self::Kind(kind) => trace.kind == *kind,
            Self::Outcome(kind, outcome) => trace.kind == *kind && trace.outcome == Some(*outcome),
            Self::Stage(stage) => trace.kind == TraceKind::Step && trace.stage.as_deref() == Some(stage),
            Self::Procedure(kind, name) => trace.kind == *kind && trace.stage.as_deref() == Some(name),
            Self::Date(_) => false,
        }
    }

    /// The kind of trace, where it is one of a kind.
    pub fn kind(&self) -> Option<TraceKind> {
        match self {
            Self::Kind(kind) | Self::Outcome(kind, _) | Self::Procedure(kind, _) => Some(*kind),
            Self::Stage(_) | Self::Date(_) => None,
        }
    }

    /// As people read it.
    pub fn text(&self) -> Text {
        match self {
            Self::Kind(kind) => kind.text(),
            Self::Outcome(kind, outcome) => {
                say!("clock-mark_of", kind = kind.text(), of = outcome.text())
            }
            Self::Procedure(kind, name) => say!("clock-mark_of", kind = kind.text(), of = name),
            Self::Stage(name) | Self::Date(name) => Text::from(name),
        }
    }
}

/// `accepted`, `decided:granted`, `step:听证`, `resumed:听证`, `date:hearing`.
impl FromStr for Mark {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        match text.split_once(':') {
            Some(("step", stage)) if !stage.trim().is_empty() => Ok(Self::Stage(stage.trim().to_owned())),
            Some((kind @ ("paused" | "resumed"), name)) if !name.trim().is_empty() => {
                Ok(Self::Procedure(kind.parse()?, name.trim().to_owned()))
            }
            Some(("date", name)) if !name.trim().is_empty() => Ok(Self::Date(name.trim().to_owned())),
            _ => {
                let meaning: Meaning = text.parse().map_err(|why: Fault| Fault(say!("wrong-mark", why)))?;
                Ok(meaning.outcome.map_or(Self::Kind(meaning.kind), |it| Self::Outcome(meaning.kind, it)))
            }
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => write!(f, "{kind}"),
            Self::Outcome(kind, outcome) => write!(f, "{kind}:{outcome}"),
            Self::Procedure(kind, name) => write!(f, "{kind}:{name}"),
            Self::Stage(stage) => write!(f, "step:{stage}"),
            Self::Date(name) => write!(f, "date:{name}"),
        }
    }
}

as_text!(Mark);
