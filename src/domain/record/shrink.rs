//! By how much the stock of a source may shrink from one whole reading to the next.

use std::fmt;
use std::str::FromStr;

use crate::domain::text::{Fault, as_text, number_or_share, say};

/// How many of the cases that are compared may be missing before the source itself is doubted: the larger of a number and a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MayShrink {
    /// So many cases.
    pub cases: u32,
    /// So many in a hundred of those compared.
    pub percent: u32,
}

impl Default for MayShrink {
    fn default() -> Self {
        Self { cases: 2, percent: 10 }
    }
}

impl MayShrink {
    /// Whether so many of so many may be missing.
    pub fn allows(self, missing: u64, compared: u64) -> bool {
        missing <= u64::from(self.cases) || missing * 100 <= u64::from(self.percent) * compared
    }
}

/// As it is configured: `2 or 10%`.
impl fmt::Display for MayShrink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.cases, self.percent) {
            (cases, 0) => write!(f, "{cases}"),
            (0, percent) => write!(f, "{percent}%"),
            (cases, percent) => write!(f, "{cases} or {percent}%"),
        }
    }
}

as_text!(MayShrink);

/// `2`, `10%`, or both: `2 or 10%`.
impl FromStr for MayShrink {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let (cases, percent) = number_or_share(text).ok_or_else(|| Fault(say!("wrong-cases", text)))?;
        Ok(Self { cases, percent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of twenty cases two are both the number and the share; of thirty the share is three. The case after the bound is too many.
    #[test]
    fn the_larger_of_number_and_share_may_be_missing() {
        let usual = MayShrink::default();
        let bound = |compared: u64| (0..=compared).rfind(|missing| usual.allows(*missing, compared));
        assert_eq!([1, 2, 3, 20, 29, 30, 39, 300].map(bound), [1, 2, 2, 2, 2, 3, 3, 30].map(Some));
        let by = |text: &str| text.parse::<MayShrink>().unwrap();
        assert!(by("0").allows(0, 9) && !by("0").allows(1, 9));
        assert!(by("50%").allows(2, 4) && !by("50%").allows(3, 4));
        for text in ["7", "3%", "2 or 10%"] {
            assert_eq!(by(text).to_string(), text);
        }
        assert!("some".parse::<MayShrink>().is_err() && "101%".parse::<MayShrink>().is_err());
    }
}
