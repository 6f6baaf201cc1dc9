//! What starts or stops a limit.

use std::fmt;
use std::str::FromStr;

use crate::domain::record::{Trace, TraceKind};
use crate::domain::registry::as_text;

/// A trace that starts or stops a limit: a kind, or a stage (环节) by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// The first trace of this kind.
    Kind(TraceKind),
    /// The first step of this name.
    Stage(String),
    /// A date of the record itself, by the name the mapping gives it: a hearing to come.
    Date(String),
}

impl Mark {
    /// Whether a trace is such a one.
    pub fn is(&self, trace: &Trace) -> bool {
        match self {
            Self::Kind(kind) => trace.kind == *kind,
            Self::Stage(stage) => trace.kind == TraceKind::Step && trace.stage.as_deref() == Some(stage),
            Self::Date(_) => false,
        }
    }

    /// As people read it.
    pub fn words(&self, chinese: bool) -> &str {
        match self {
            Self::Kind(kind) if chinese => kind.zh(),
            Self::Kind(kind) => kind.word(),
            Self::Stage(name) | Self::Date(name) => name,
        }
    }
}

/// `accepted`, `step:听证`, `date:hearing`.
impl FromStr for Mark {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("step", stage)) if !stage.trim().is_empty() => Ok(Self::Stage(stage.trim().to_owned())),
            Some(("date", name)) if !name.trim().is_empty() => Ok(Self::Date(name.trim().to_owned())),
            _ => text.parse().map(Self::Kind).map_err(|error| format!("{error}, step:NAME, or date:NAME")),
        }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => write!(f, "{kind}"),
            Self::Stage(stage) => write!(f, "step:{stage}"),
            Self::Date(name) => write!(f, "date:{name}"),
        }
    }
}

as_text!(Mark);
