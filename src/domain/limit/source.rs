//! Where a clock's limit comes from.

use std::fmt;
use std::str::FromStr;

use super::Limit;
use crate::domain::text::{Fault, Text, as_text, say};

/// Where a clock's limit comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitSource {
    /// The item's promised limit.
    Promised,
    /// The item's statutory limit.
    Statutory,
    /// The same for all cases, or a date of the record.
    Fixed(Limit),
    /// As long as the record grants: the length on the trace that starts it.
    Granted,
    /// Each stage's own, from the item: a clock for every stage that has one.
    Stage,
}

impl LimitSource {
    /// As people read it.
    pub fn text(&self) -> Text {
        match self {
            Self::Fixed(limit) => limit.text(),
            Self::Promised => say!("limit-promised"),
            Self::Statutory => say!("limit-statutory"),
            Self::Granted => say!("limit-granted"),
            Self::Stage => say!("limit-stage"),
        }
    }
}

impl fmt::Display for LimitSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(limit) => write!(f, "{limit}"),
            Self::Promised => f.write_str("promised"),
            Self::Statutory => f.write_str("statutory"),
            Self::Granted => f.write_str("granted"),
            Self::Stage => f.write_str("stage"),
        }
    }
}

as_text!(LimitSource);

/// `promised`, `statutory`, `granted`, `stage`, or a limit.
impl FromStr for LimitSource {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        match text {
            "promised" => Ok(Self::Promised),
            "statutory" => Ok(Self::Statutory),
            "granted" => Ok(Self::Granted),
            "stage" => Ok(Self::Stage),
            limit => limit.parse().map(Self::Fixed),
        }
    }
}
