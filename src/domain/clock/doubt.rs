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
    /// A special procedure that ended only after the matter was finished.
    EndAfter {
        /// When it began.
        from: Moment,
    },
    /// A special procedure that took more time, with those of its kind before it, than is believed.
    Beyond {
        /// When it began.
        from: Moment,
        /// What is believed.
        at_most: Limit,
    },
    /// A correction that was asked for and never received, though the matter was decided: so nothing was waited for.
    Unreceived {
        /// When it was asked for.
        from: Moment,
    },
    /// An extension that nobody is recorded to have approved.
    Approver {
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
            Self::EndAfter { from } => (
                from,
                "开始的特别程序在办结以后才结束",
                "the special procedure begun {} ended only after the matter was finished",
            ),
            Self::Beyond { from, at_most } => {
                let (when, at_most) = (from.date(), at_most.words(chinese));
                return if chinese {
                    format!("{when} 开始的特别程序，累计超过认可的 {at_most}")
                } else {
                    format!(
                        "the special procedure begun {when} went beyond the {at_most} that are believed in all"
                    )
                };
            }
            Self::Unreceived { from } => (
                from,
                "告知的补正没有收件记录，却已作出决定",
                "the correction asked for {} was never received, and the matter was decided",
            ),
            Self::Approver { when } => {
                (when, "的延期没有批准人", "nobody is recorded to have approved the extension of {}")
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
            Self::EndAfter { .. } => {
                ("核对特别程序的起止时间", "check when the special procedure began and ended")
            }
            Self::Beyond { .. } => (
                "恢复计时；依法确需更长的，报监察机关核定",
                "let the clock run again, or, where the law gives more, have the supervisor confirm it",
            ),
            Self::Unreceived { .. } => ("补录补正收件的时间", "record when the correction was received"),
            Self::Approver { .. } => ("补录延期的批准人", "record who approved the extension"),
            Self::Hour { .. } => ("补录起算的时点", "record the hour"),
        };
        if chinese { zh } else { en }
    }
}

/// An extension on record that does not lengthen the clock, or by less than it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disregarded {
    /// More extensions than the rule allows.
    TooMany(Moment),
    /// Without a length in a unit that can be added to this limit.
    NoLength(Moment),
    /// Granted after the limit had passed, and not asked for before (D7, P4).
    Late(Moment),
    /// Granted before the clock had begun, when there was nothing to extend.
    Early(Moment),
    /// Granted when the matter was finished, and nothing was left to extend.
    After(Moment),
    /// The clause gives none.
    NoClause(Moment),
    /// Longer than the clause gives: what is beyond is ignored.
    Excess {
        /// When it was granted.
        when: Moment,
        /// How long it was granted for.
        granted: Limit,
        /// What the clause gives.
        by: Limit,
    },
}

impl Disregarded {
    /// Why, in a sentence.
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
            Self::Late(when) => (
                when,
                "批准时已超过时限，且无期限内申请的记录，不予计入",
                "was granted after the limit had passed, and is not on record as asked for before: void",
            ),
            Self::Early(when) => (
                when,
                "批准时时限尚未起算，不予计入",
                "was granted before the limit began to run: not counted",
            ),
            Self::After(when) => {
                (when, "批准时已办结，不予计入", "was granted when the matter was finished: not counted")
            }
            Self::NoClause(when) => (
                when,
                "没有依据：所依条款未规定可以延期，不予计入",
                "has no ground: the clause gives none, not counted",
            ),
            Self::Excess { when, granted, by } => {
                return if chinese {
                    let (granted, by) = (granted.words(true), by.words(true));
                    format!("{} 延期 {granted}，超过规定的 {by}，超出部分不予计入", when.to_the_minute())
                } else {
                    let (granted, by) = (granted.words(false), by.words(false));
                    format!(
                        "extension of {} by {granted} is more than the {by} allowed: the rest is ignored",
                        when.to_the_minute()
                    )
                };
            }
        };
        let when = when.to_the_minute();
        if chinese { format!("{when} 延期{zh}") } else { format!("extension of {when} {en}") }
    }
}
