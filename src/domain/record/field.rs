//! A field of a trace that can be required: `decided.by`.

use std::fmt;
use std::str::FromStr;

use super::{Trace, TraceKind, says_something};
use crate::domain::text::{Fault, as_text, say, words};

/// A part of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Who did it.
    By,
    /// The stage.
    Stage,
    /// The reason, notice number or approver.
    Note,
    /// The time of entry.
    Recorded,
    /// The granted length.
    Amount,
}

words!(Part {
    By = "by", "经办人";
    Stage = "stage", "环节";
    Note = "note", "说明";
    Recorded = "recorded", "录入时间";
    Amount = "amount", "期限";
});

/// A field that must be filled: a part of a kind of trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The kind.
    pub kind: TraceKind,
    /// The part.
    pub part: Part,
}

impl Field {
    /// Whether a trace of its kind fills it.
    pub fn is_filled(&self, trace: &Trace) -> bool {
        let says = |text: &Option<String>| text.as_deref().is_some_and(says_something);
        match self.part {
            Part::By => says(&trace.by),
            Part::Stage => says(&trace.stage),
            Part::Note => says(&trace.note),
            Part::Recorded => trace.recorded.is_some(),
            Part::Amount => trace.amount.is_some(),
        }
    }
}

/// `decided.by`.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.kind, self.part)
    }
}

as_text!(Field);

impl FromStr for Field {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let (kind, part) = text.split_once('.').ok_or_else(|| Fault(say!("wrong-field", text)))?;
        Ok(Self { kind: kind.parse()?, part: part.parse()? })
    }
}
