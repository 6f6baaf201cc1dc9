//! A stage of an item's way, as the catalogue declares it.

use serde::{Deserialize, Serialize};

use crate::domain::limit::Limit;
use crate::domain::record::Trace;

/// A stage of an item's way (环节).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Name, such as 审查, or the word of a trace's kind; of stages of which only one is taken, all names.
    pub names: Vec<String>,
    /// How long it may take after the stage before it (环节时限).
    pub limit: Option<Limit>,
    /// It may be left out.
    pub optional: bool,
}

impl Stage {
    /// Its name; of stages of which only one is taken, `现场核查|书面核查`.
    pub fn name(&self) -> String {
        self.names.join("|")
    }

    /// Whether a trace is one of it.
    pub fn left(&self, trace: &Trace) -> bool {
        self.names.iter().any(|name| trace.is_of_stage(name))
    }
}

/// `审查`, `听证?` (may be left out), `现场核查|书面核查` (one of them), each with its own limit after a colon where it has
/// one: `审查:5个工作日`.
impl std::str::FromStr for Stage {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, limit) = match text.split_once([':', '：']) {
            None => (text, None),
            Some((name, limit)) => (name, Some(limit)),
        };
        let (name, optional) = match name.trim().strip_suffix(['?', '？']) {
            Some(name) => (name, true),
            None => (name.trim(), false),
        };
        let names: Vec<String> = name
            .split(['|', '｜'])
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        if names.is_empty() {
            return Err(format!("`{text}` names no stage"));
        }
        let limit = match limit.map(str::parse::<Limit>).transpose() {
            Ok(Some(Limit::RecordDate(_))) => {
                return Err(format!("the limit of the stage `{name}` must be a length"));
            }
            Ok(limit) => limit,
            Err(error) => return Err(format!("the stage `{name}`: {error}")),
        };
        Ok(Self { names, limit, optional })
    }
}
