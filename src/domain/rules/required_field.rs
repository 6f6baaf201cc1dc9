//! A field that must be filled is empty, or filled with nothing.

use std::fmt;
use std::str::FromStr;

use super::time_limit::short;
use super::{Breach, Matter, Rule, Sentence};
use crate::domain::finding::{Card, Mode};
use crate::domain::record::{Trace, TraceKind, says_something};
use crate::domain::text::{as_text, words};

pub(super) const RULE: Rule = Rule {
    id: "required-field",
    zh: "必填项缺失",
    en: "required field empty",
    meaning: "A field that the configuration requires of a kind of trace (`fields`, such as `decided.by`) is empty, or \
              filled with 无, / and the like. Without `fields` nothing is required.",
    basis: "办结件数据不完整扣分（惠州绩效测评；宁波考核办法）",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    judge,
};

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
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, part) = text
            .split_once('.')
            .ok_or_else(|| format!("`{text}` is no field of a trace: write it as decided.by"))?;
        Ok(Self { kind: kind.parse()?, part: part.parse()? })
    }
}

/// The fields that a case's traces must fill, each with the trace.
pub(super) fn asked<'m>(matter: &'m Matter<'_>) -> impl Iterator<Item = (&'m Trace, Field)> {
    let fields = matter.setting(RULE.id).map_or(&[][..], |setting| &setting.fields[..]);
    matter.traces.iter().flat_map(move |trace| {
        fields.iter().filter(move |field| field.kind == trace.kind).map(move |field| (trace, *field))
    })
}

fn judge(matter: &Matter<'_>) -> Vec<Breach> {
    if matter.marks.filled == matter.marks.asked {
        return Vec::new();
    }
    let unfilled = || asked(matter).filter(|(trace, field)| !field.is_filled(trace));
    let Some((last, _)) = unfilled().last() else { return Vec::new() };
    let empty: Vec<(String, String)> = unfilled()
        .map(|(trace, field)| {
            let when = short(trace.occurred);
            (
                format!("{} {when} 未填{}", trace.kind.zh(), field.part.zh()),
                format!("`{field}` of {when} is empty"),
            )
        })
        .collect();
    let (zh, en): (Vec<_>, Vec<_>) = empty.into_iter().unzip();
    matter.found_at(&RULE, last, Sentence { zh: zh.join("；"), en: en.join("; ") })
}
