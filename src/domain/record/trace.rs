//! One thing that happened to a case, and what a source's code for it means.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::TraceKind;
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::text::{Fault, Text, say, words};

/// One thing that happened to a case (办理痕迹), as its source tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// What happened.
    pub kind: TraceKind,
    /// The stage it belongs to (环节名称), for `step` and for reports.
    pub stage: Option<String>,
    /// When it happened, by the record's own word.
    pub occurred: Moment,
    /// When the source says it was entered, where the source says so.
    pub recorded: Option<Moment>,
    /// The staff member who did it: a work number or a name of the office, never the applicant's.
    pub by: Option<String>,
    /// A reason, a notice number, an approver: what the mapping calls the trace's note.
    pub note: Option<String>,
    /// The length an extension or a special procedure was granted for, where the record gives one.
    pub amount: Option<Amount>,
    /// How a matter was decided.
    pub outcome: Option<Outcome>,
    /// Code of the unit that had the case from this trace on, where the row names one.
    pub unit: Option<String>,
    /// When an extension or a special procedure was asked for.
    pub asked: Option<Moment>,
    /// What the beginning and the end of one special procedure have in common: a serial number.
    pub serial: Option<String>,
    /// By when it should have been done, where the record says so of this one step.
    pub due: Option<Moment>,
    /// By when other steps should be done by its word: by stage or kind, in the order of their names.
    pub step_dues: Vec<(String, Moment)>,
    /// A special procedure that ends with whatever comes next of the case.
    pub resumes_any: bool,
    /// Where and since when the ledger holds it; empty for what a source just said.
    pub entry: Entry,
}

/// How a trace came into the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Of a special procedure: the number of the read and the key of the row. Traces of one row belong together.
    pub row: Option<(u16, Arc<str>)>,
    /// The number of the read and its place there, where that is known.
    pub place: Option<(u16, i64)>,
    /// The last time its source was read before it was first read, less the source's lag: it was not there. `None`: it came with
    /// the first reading, or by another mapping.
    pub unseen_at: Option<Moment>,
    /// It was first read in a round that watched its source: it was not there before.
    pub watched: bool,
    /// It was read before it happened by no more than its source's clock runs ahead.
    pub clock_ahead: bool,
    /// When it was first read, where that was before it happened, by more than clocks may differ.
    pub read_ahead: Option<Moment>,
}

impl Trace {
    /// A trace that says no more than what happened and when.
    pub fn new(kind: TraceKind, occurred: Moment) -> Self {
        Self {
            kind,
            stage: None,
            occurred,
            recorded: None,
            by: None,
            note: None,
            amount: None,
            outcome: None,
            unit: None,
            asked: None,
            serial: None,
            due: None,
            step_dues: Vec::new(),
            resumes_any: false,
            entry: Entry::default(),
        }
    }
}

impl Trace {
    /// By when another step should be done by its word.
    pub fn step_due(&self, step: &str) -> Option<Moment> {
        self.step_dues.iter().find(|(name, _)| name == step).map(|(_, due)| *due)
    }
}

/// How a matter was decided (办理结果).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// 准予.
    Granted,
    /// 不予.
    Refused,
    /// 部分准予、部分公开.
    Partly,
    /// 不存在: the office does not hold what was asked for.
    NotHeld,
    /// 非本机关: another office's matter.
    Elsewhere,
}

words!(Outcome {
    Granted = "granted", "准予";
    Refused = "refused", "不予";
    Partly = "partly", "部分准予";
    NotHeld = "not_held", "不存在";
    Elsewhere = "elsewhere", "非本机关";
});

/// What a code of a source means: a kind of trace, and for a decision how it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Meaning {
    /// The kind.
    pub kind: TraceKind,
    /// How the matter was decided.
    pub outcome: Option<Outcome>,
}

impl Outcome {
    /// The outcome in the words of the item's category: a request for information is not granted but opened (《政府信息公开条例》
    /// 第三十六条).
    pub fn of_category(self, category: &str) -> Text {
        match (self, category) {
            (Self::NotHeld, _) => say!("outcome-not_held"),
            (Self::Elsewhere, _) => say!("outcome-elsewhere"),
            (Self::Granted, category) if is_disclosure(category) => say!("outcome-disclosed"),
            (Self::Refused, category) if is_disclosure(category) => say!("outcome-not_disclosed"),
            (Self::Partly, category) if is_disclosure(category) => say!("outcome-disclosed_in_part"),
            (Self::Granted, category) if category.contains("许可") => say!("outcome-licensed"),
            (Self::Refused, category) if category.contains("许可") => say!("outcome-not_licensed"),
            (Self::Granted, _) => say!("outcome-granted"),
            (Self::Refused, _) => say!("outcome-refused"),
            (Self::Partly, _) => say!("outcome-granted_in_part"),
        }
    }
}

/// Whether the items of a category are requests for information (政府信息公开、依申请公开).
pub fn is_disclosure(category: &str) -> bool {
    category.contains("公开")
}

impl From<TraceKind> for Meaning {
    fn from(kind: TraceKind) -> Self {
        Self { kind, outcome: None }
    }
}

impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.outcome {
            Some(outcome) => write!(f, "{}:{outcome}", self.kind),
            None => self.kind.fmt(f),
        }
    }
}

/// `decided`, or `decided:refused`.
impl FromStr for Meaning {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let (kind, outcome) = text.split_once(':').unzip();
        let kind: TraceKind = kind.unwrap_or(text).parse()?;
        let outcome = outcome.map(str::parse).transpose()?;
        if outcome.is_some() && !kind.ends_a_case() {
            return Err(Fault(say!("wrong-no_outcome", kind = kind.word())));
        }
        Ok(Self { kind, outcome })
    }
}

/// A granted length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// With its unit.
    Limit(Limit),
    /// A bare number, in the unit of the clock it extends.
    Bare(u32),
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 《政府信息公开条例》第三十六条: a request for information is opened or not, a licence granted or not, and anything else like a matter.
    #[test]
    fn an_outcome_is_said_in_the_words_of_its_category() {
        let said = |category: &str| {
            [Outcome::Granted, Outcome::Refused, Outcome::Partly].map(|outcome| outcome.of_category(category))
        };
        let disclosed =
            [say!("outcome-disclosed"), say!("outcome-not_disclosed"), say!("outcome-disclosed_in_part")];
        assert_eq!(said("依申请公开"), disclosed);
        assert_eq!(
            said("行政许可"),
            [say!("outcome-licensed"), say!("outcome-not_licensed"), say!("outcome-granted_in_part")]
        );
        assert_eq!(
            said("公共服务"),
            [say!("outcome-granted"), say!("outcome-refused"), say!("outcome-granted_in_part")]
        );
    }
}
