//! More was paused, or is to be, than is left out.

use chrono::NaiveDate;

use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::text::{Text, say};

/// More was paused, or is to be, than is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Excess {
    /// More than the clause leaves out.
    Clause {
        /// What it leaves out.
        cap: Limit,
        /// The last day that is left out; what follows counts again.
        last: NaiveDate,
    },
    /// A special procedure was granted for longer than its record is believed.
    Granted {
        /// When it began.
        from: Moment,
        /// How long it was granted for.
        granted: Limit,
        /// How long that is believed.
        at_most: Limit,
    },
    /// A special procedure began when those before it had taken all the time that is believed.
    UsedUp {
        /// When it began.
        from: Moment,
        /// What those before it had taken.
        at_most: Limit,
    },
}

impl Excess {
    /// What is too much, in a sentence.
    pub fn text(&self) -> Text {
        match self {
            Self::Clause { cap, last } => say!("excess-clause", cap = cap.text(), last = *last),
            Self::Granted { from, granted, at_most } => {
                say!("excess-granted", from, granted = granted.text(), at_most = at_most.text())
            }
            Self::UsedUp { from, at_most } => say!("excess-used_up", from, at_most = at_most.text()),
        }
    }
}
