//! A part of every year (季节): office hours that change with it, items that are offered only in it.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use crate::domain::text::{Fault, Text, as_text, say};

/// A part of every year, from one day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season {
    /// First day, as month and day.
    pub from: (u32, u32),
    /// Last day; before the first where the season goes over the new year.
    pub to: (u32, u32),
}

impl Season {
    /// Whether it holds a day.
    pub fn holds(&self, date: NaiveDate) -> bool {
        let day = (date.month(), date.day());
        if self.from <= self.to {
            (self.from..=self.to).contains(&day)
        } else {
            day >= self.from || day <= self.to
        }
    }
}

impl Season {
    /// As people write it: 6月1日至9月30日.
    pub fn text(&self) -> Text {
        let ((from_month, from_day), (to_month, to_day)) = (self.from, self.to);
        say!("season", from_month, from_day, to_month, to_day)
    }
}

/// `06-01/09-30`.
impl fmt::Display for Season {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((from, first), (to, last)) = (self.from, self.to);
        write!(f, "{from:02}-{first:02}/{to:02}-{last:02}")
    }
}

as_text!(Season);

impl FromStr for Season {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let wrong = || Fault(say!("wrong-season", text));
        let (from, to) = text.split_once('/').ok_or_else(wrong)?;
        let day = |text: &str| {
            // A leap year, so that 02-29 can be named.
            let date = NaiveDate::parse_from_str(&format!("2024-{}", text.trim()), "%Y-%m-%d").ok();
            date.map(|date| (date.month(), date.day())).ok_or_else(wrong)
        };
        Ok(Self { from: day(from)?, to: day(to)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A season, one over the new year, and one of a single day: the day before, the first, the last, the day after.
    #[test]
    fn a_season_holds_its_first_and_its_last_day() {
        for (season, days, holds) in [
            ("06-01/09-30", ["05-31", "06-01", "09-30", "10-01"], [false, true, true, false]),
            ("12-15/02-10", ["12-14", "12-15", "02-10", "02-11"], [false, true, true, false]),
            ("06-01/06-01", ["05-31", "06-01", "06-01", "06-02"], [false, true, true, false]),
        ] {
            let season: Season = season.parse().unwrap();
            assert_eq!(
                days.map(|day| season.holds(format!("2011-{day}").parse().unwrap())),
                holds,
                "{season}"
            );
        }
    }
}
