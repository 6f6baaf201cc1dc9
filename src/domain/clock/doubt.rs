//! What a record leaves in doubt, and what it says in vain.

use crate::domain::count::{Due, Pause};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::text::{Text, say};

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
    pub fn text(&self) -> Text {
        match self {
            Self::Cause { from, given: Some(given) } => say!("doubt-cause_given", day = from.date(), given),
            Self::Cause { from, given: None } => say!("doubt-cause", day = from.date()),
            Self::Notice { from } => say!("doubt-notice", day = from.date()),
            Self::End { from } => say!("doubt-end", day = from.date()),
            Self::EndAfter { from } => say!("doubt-end_after", day = from.date()),
            Self::Beyond { from, at_most } => {
                say!("doubt-beyond", day = from.date(), at_most = at_most.text())
            }
            Self::Unreceived { from } => say!("doubt-unreceived", day = from.date()),
            Self::Approver { when } => say!("doubt-approver", day = when.date()),
            Self::Hour { day } => say!("doubt-hour", day = day.date()),
        }
    }

    /// What would end it.
    pub fn remedy(&self) -> Text {
        match self {
            Self::Cause { .. } => say!("remedy-cause"),
            Self::Notice { .. } => say!("remedy-notice"),
            Self::End { .. } => say!("remedy-end"),
            Self::EndAfter { .. } => say!("remedy-end_after"),
            Self::Beyond { .. } => say!("remedy-beyond"),
            Self::Unreceived { .. } => say!("remedy-unreceived"),
            Self::Approver { .. } => say!("remedy-approver"),
            Self::Hour { .. } => say!("remedy-hour"),
        }
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
    pub fn text(&self) -> Text {
        match self {
            Self::TooMany(when) => say!("disregarded-too_many", when),
            Self::NoLength(when) => say!("disregarded-no_length", when),
            Self::Late(when) => say!("disregarded-late", when),
            Self::Early(when) => say!("disregarded-early", when),
            Self::After(when) => say!("disregarded-after", when),
            Self::NoClause(when) => say!("disregarded-no_clause", when),
            Self::Excess { when, granted, by } => {
                say!("disregarded-excess", when, granted = granted.text(), by = by.text())
            }
        }
    }
}
