//! What a record leaves in doubt, and what it says in vain.

use crate::domain::count::{Due, Pause};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;

/// Facts that can be read in two ways, and where the clock ends by the stricter: notices go by it, cards do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubtful {
    /// What is doubtful.
    pub reasons: Vec<Doubt>,
    /// Where the clock ends if every doubt counts against the office: the earliest defensible moment.
    pub earliest: Due,
    /// What it then runs from.
    pub start: Moment,
    /// What it then leaves out.
    pub pauses: Vec<Pause>,
    /// What is then added to it.
    pub extensions: Vec<Limit>,
    /// Whether it then stands still at this moment.
    pub paused: bool,
}

/// A fact that is recorded without what makes it beyond doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A special procedure without a cause, or with one that the clause does not name (D19).
    Cause {
        /// When it began.
        from: Moment,
        /// The cause on record.
        given: Option<String>,
    },
    /// A special procedure without the written notice to the applicant.
    Notice {
        /// When it began.
        from: Moment,
    },
    /// A special procedure that was never ended.
    End {
        /// When it began.
        from: Moment,
    },
    /// An extension that nobody is recorded to have approved.
    Approver {
        /// When it was granted.
        when: Moment,
    },
    /// An extension granted after the limit had passed: it may have been asked for in time, or not (P4, D7).
    Late {
        /// When it was granted.
        when: Moment,
    },
    /// A start without an hour, for a limit in office hours.
    Hour {
        /// The day.
        day: Moment,
    },
}

impl Doubt {
    /// What is doubtful, in half a sentence.
    pub fn words(&self, chinese: bool) -> String {
        let (when, zh, en) = match self {
            Self::Cause { from, given: Some(given) } => {
                let when = from.date();
                return if chinese {
                    format!("{when} 开始的特别程序事由“{given}”不在法定范围内")
                } else {
                    format!(
                        "the cause “{given}” of the special procedure begun {when} is not one the clause names"
                    )
                };
            }
            Self::Cause { from, given: None } => {
                (from, "开始的特别程序未载明事由", "the special procedure begun {} gives no cause")
            }
            Self::Notice { from } => (
                from,
                "开始的特别程序没有书面告知申请人的记录",
                "no written notice of the special procedure begun {} is on record",
            ),
            Self::End { from } => {
                (from, "开始的特别程序没有结束记录", "the special procedure begun {} has no end on record")
            }
            Self::Approver { when } => {
                (when, "的延期没有批准人", "nobody is recorded to have approved the extension of {}")
            }
            Self::Late { when } => {
                (when, "的延期批准时已超过时限", "the extension of {} was granted after the limit had passed")
            }
            Self::Hour { day } => (day, "起算，未记录时点", "it began on {}, and the hour is not on record"),
        };
        let when = when.date().to_string();
        if chinese { format!("{when} {zh}") } else { en.replace("{}", &when) }
    }

    /// What would end it.
    pub fn remedy(&self, chinese: bool) -> &'static str {
        let (zh, en) = match self {
            Self::Cause { .. } => ("补录特别程序的法定事由", "record the cause, as the clause names it"),
            Self::Notice { .. } => ("补录书面告知的文号", "record the number of the written notice"),
            Self::End { .. } => ("补录特别程序的结束时间", "record when the special procedure ended"),
            Self::Approver { .. } => ("补录延期的批准人", "record who approved the extension"),
            Self::Late { .. } => {
                ("说明延期是否在期限内申请", "say whether the extension was asked for in time")
            }
            Self::Hour { .. } => ("补录起算的时点", "record the hour"),
        };
        if chinese { zh } else { en }
    }
}

/// An extension on record that does not lengthen the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disregarded {
    /// More extensions than the rule allows.
    TooMany(Moment),
    /// Without a length in a unit that can be added to this limit.
    NoLength(Moment),
}

impl Disregarded {
    /// The sentence for `explain`.
    pub fn words(&self, chinese: bool) -> String {
        let (when, zh, en) = match self {
            Self::TooMany(when) => {
                (when, "超过允许的延期次数，不予计入", "beyond the number of extensions allowed: not counted")
            }
            Self::NoLength(when) => (
                when,
                "未载明可与本时限相加的延长期限，不予计入",
                "gives no length that can be added to this limit: not counted",
            ),
        };
        if chinese { format!("{when} 延期{zh}") } else { format!("extension of {when} {en}") }
    }
}
