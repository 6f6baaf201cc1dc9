//! More was paused, or is to be, than is left out.

use chrono::NaiveDate;

use crate::domain::limit::Limit;
use crate::domain::moment::Moment;

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
    pub fn words(&self, chinese: bool) -> String {
        match self {
            Self::Clause { cap, last } => {
                let cap = cap.words(chinese);
                if chinese {
                    format!("特别程序累计扣除以 {cap} 为限，{last} 之后的时间继续计入")
                } else {
                    format!("special procedures leave out {cap} in all: what lies after {last} counts again")
                }
            }
            Self::Granted { from, granted, at_most } => {
                let (from, granted, at_most) =
                    (from.to_the_minute(), granted.words(chinese), at_most.words(chinese));
                if chinese {
                    format!("{from} 开始的特别程序载明 {granted}，只认可 {at_most}，超出部分从严计算时不扣除")
                } else {
                    format!(
                        "the special procedure of {from} says {granted}, and {at_most} are believed: the strict count \
                         leaves out no more"
                    )
                }
            }
            Self::UsedUp { from, at_most } => {
                let (from, at_most) = (from.to_the_minute(), at_most.words(chinese));
                if chinese {
                    format!("特别程序累计已满 {at_most}，{from} 及以后又开始的不予扣除")
                } else {
                    format!(
                        "special procedures had taken {at_most} in all: nothing is left out for one begun {from} or later"
                    )
                }
            }
        }
    }
}
