//! A stage of an item's way, as the catalogue declares it.

use serde::{Deserialize, Serialize};

use crate::domain::limit::Limit;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::text::{Fault, say};

/// A stage of an item's way (环节).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Its name; of stages of which only one is taken, all of theirs.
    pub names: Vec<Name>,
    /// How long it may take after the stage before it (环节时限).
    pub limit: Option<Limit>,
    /// It may be left out.
    pub optional: bool,
}

impl Stage {
    /// Its name; of stages of which only one is taken, `现场核查|书面核查`.
    pub fn name(&self) -> String {
        self.names.iter().map(Name::as_str).collect::<Vec<_>>().join("|")
    }

    /// Whether a trace is one of it.
    pub fn left(&self, trace: &Trace) -> bool {
        self.names.iter().any(|name| name.left(trace))
    }
}

/// Name of a stage, such as 审查, or the word of a trace's kind (受理): then every trace of that kind is one of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Name {
    text: String,
    kind: Option<TraceKind>,
}

impl Name {
    /// The name as the catalogue has it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The kind of trace that it is the word of.
    pub fn kind(&self) -> Option<TraceKind> {
        self.kind
    }

    /// Whether a trace is one of the stage.
    pub fn left(&self, trace: &Trace) -> bool {
        self.kind == Some(trace.kind) || trace.stage.as_ref() == Some(&self.text)
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        let called = |kind: &&(TraceKind, &str, &str)| kind.1 == text || kind.2 == text;
        Self { kind: TraceKind::ALL.iter().find(called).map(|kind| kind.0), text }
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.text
    }
}

/// `审查`, `听证?` (may be left out), `现场核查|书面核查` (one of them), each with its own limit after a colon where it has
/// one: `审查:5个工作日`.
impl std::str::FromStr for Stage {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let (name, limit) = match text.split_once([':', '：']) {
            None => (text, None),
            Some((name, limit)) => (name, Some(limit)),
        };
        let (name, optional) = match name.trim().strip_suffix(['?', '？']) {
            Some(name) => (name, true),
            None => (name.trim(), false),
        };
        let names: Vec<Name> = name
            .split(['|', '｜'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| name.to_owned().into())
            .collect();
        if names.is_empty() {
            return Err(Fault(say!("wrong-stage", text)));
        }
        let limit = match limit.map(str::parse::<Limit>).transpose() {
            Ok(Some(Limit::RecordDate(_))) => {
                return Err(Fault(say!("wrong-stage_length", name)));
            }
            Ok(limit) => limit,
            Err(why) => return Err(Fault(say!("wrong-stage_limit", name, why))),
        };
        Ok(Self { names, limit, optional })
    }
}
