//! More was paused than the clause leaves out.

use chrono::NaiveDate;

use crate::domain::limit::Limit;

/// More was paused than the clause leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excess {
    /// What it leaves out.
    pub cap: Limit,
    /// The last day that is left out; what follows counts again.
    pub last: NaiveDate,
}

impl Excess {
    /// What is too much, in a sentence.
    pub fn words(&self, chinese: bool) -> String {
        let (cap, last) = (self.cap.words(chinese), self.last);
        if chinese {
            format!("特别程序累计扣除以 {cap} 为限，{last} 之后的时间继续计入")
        } else {
            format!("special procedures leave out {cap} in all: what lies after {last} counts again")
        }
    }
}
