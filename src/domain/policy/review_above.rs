//! How many open cards a change may move without a person's leave.

use std::fmt;
use std::str::FromStr;

use crate::domain::text::{Fault, as_text, number_or_share, say};

/// How many of the open cards a change may move without a person's leave: the larger of a number and a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewAbove {
    /// So many cards.
    pub cards: u32,
    /// So many in a hundred of those open.
    pub percent: u32,
}

impl Default for ReviewAbove {
    fn default() -> Self {
        Self { cards: 5, percent: 5 }
    }
}

impl ReviewAbove {
    /// Whether so many moves of so many open cards need nobody's leave.
    pub fn allows(self, moved: u64, open: u64) -> bool {
        moved <= u64::from(self.cards) || moved * 100 <= u64::from(self.percent) * open
    }

    /// Whether it lets more pass than another.
    pub(in crate::domain) fn is_laxer_than(self, other: Self) -> bool {
        self.cards > other.cards || self.percent > other.percent
    }
}

/// As it is configured: `5 or 5%`.
impl fmt::Display for ReviewAbove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.cards, self.percent) {
            (cards, 0) => write!(f, "{cards}"),
            (0, percent) => write!(f, "{percent}%"),
            (cards, percent) => write!(f, "{cards} or {percent}%"),
        }
    }
}

as_text!(ReviewAbove);

/// `5`, `5%`, or both: `5 or 5%`.
impl FromStr for ReviewAbove {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let (cards, percent) = number_or_share(text).ok_or_else(|| Fault(say!("wrong-cards", text)))?;
        Ok(Self { cards, percent })
    }
}
