//! The bulletin (通报) of a period: what was done and which cards were given, by unit and by rule, against the period before.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

/// A period of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last.
    pub to: NaiveDate,
}

impl Period {
    /// The month that a day lies in.
    pub fn month_of(day: NaiveDate) -> Self {
        let from = day.with_day(1).unwrap_or(day);
        Self { from, to: from + Months::new(1) - Days::new(1) }
    }

    /// The period before, of the same kind: the month before a month, else as many days.
    pub fn before(&self) -> Self {
        let to = self.from - Days::new(1);
        if *self == Self::month_of(self.from) {
            return Self::month_of(to);
        }
        let days = (self.to - self.from).num_days().unsigned_abs();
        Self { from: to - Days::new(days), to }
    }
}

/// `2011-10` (a month), `2011-10-08` (a day), `2011-10-01..2011-10-15`.
impl std::str::FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let period = match text.split_once("..") {
            Some((from, to)) => day(from).zip(day(to)).filter(|(from, to)| from <= to),
            None => day(text).map(|day| (day, day)).or_else(|| {
                let month = Self::month_of(day(&format!("{text}-01"))?);
                Some((month.from, month.to))
            }),
        };
        let (from, to) = period.ok_or_else(|| {
            format!("`{text}` is no period: write 2011-10, 2011-10-08 or 2011-10-01..2011-10-15")
        })?;
        Ok(Self { from, to })
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if *self == Self::month_of(self.from) {
            return write!(f, "{}", self.from.format("%Y-%m"));
        }
        if self.from == self.to {
            write!(f, "{}", self.from)
        } else {
            write!(f, "{}..{}", self.from, self.to)
        }
    }
}

/// What a unit, or all of them, did in a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Code of the unit; empty for all.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Cases that began (收件).
    pub begun: u64,
    /// Cases decided or closed (办结).
    pub closed: u64,
    /// Applications not accepted (不予受理).
    pub not_accepted: u64,
    /// Cases withdrawn, returned or voided (退回、撤回).
    pub withdrawn: u64,
    /// Cases that got a notice in the period, and nothing higher (预警).
    pub notice: u64,
    /// A yellow card, and nothing higher.
    pub yellow: u64,
    /// A red one.
    pub red: u64,
    /// Cases of which a card was withdrawn in the period (撤销): counted apart.
    pub revoked: u64,
}

impl Line {
    /// Whether there is anything to say.
    pub fn is_empty(&self) -> bool {
        let Self { begun, closed, not_accepted, withdrawn, notice, yellow, red, revoked, .. } = self;
        begun + closed + not_accepted + withdrawn + notice + yellow + red + revoked == 0
    }

    /// The sum of lines, under a name.
    pub fn sum(lines: &[Self], name: String) -> Self {
        let add = |count: fn(&Self) -> u64| lines.iter().map(count).sum();
        Self {
            code: String::new(),
            name,
            begun: add(|line| line.begun),
            closed: add(|line| line.closed),
            not_accepted: add(|line| line.not_accepted),
            withdrawn: add(|line| line.withdrawn),
            notice: add(|line| line.notice),
            yellow: add(|line| line.yellow),
            red: add(|line| line.red),
            revoked: add(|line| line.revoked),
        }
    }
}

/// Cards of one rule in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the cards' own names")]
pub struct RuleLine {
    pub rule: String,
    pub notice: u64,
    pub yellow: u64,
    pub red: u64,
    pub revoked: u64,
}

/// Item coverage on one day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageDay {
    /// The day.
    pub day: NaiveDate,
    /// Items that are seen.
    pub numerator: u64,
    /// Of so many.
    pub denominator: u64,
}

/// An item that left the coverage or came to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names are the ledger's columns")]
pub struct Moved {
    pub day: String,
    pub item: String,
    pub unit: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A bulletin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bulletin {
    /// The period.
    pub period: Period,
    /// Units in the official order, those with nothing to say left out.
    pub units: Vec<Line>,
    /// All of them (合计).
    pub all: Line,
    /// All of them in the period before.
    pub before: Line,
    /// Somebody looked in the period before, so that its cards can be compared.
    pub watched_before: bool,
    /// Units with items in the approval system of which no case began in the period.
    pub idle: Vec<String>,
    /// Cards by rule.
    pub rules: Vec<RuleLine>,
    /// Item coverage: at most thirty days of the period, evenly spread, the last among them.
    pub coverage: Vec<CoverageDay>,
    /// Items whose state changed in the period, at most the first fifty.
    pub moved: Vec<Moved>,
    /// Open cases by the days since they began at the end of the period: up to 10, 30, 90, more.
    pub ages: [u64; 4],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_written_as_people_write_it() {
        for text in ["2011-10", "2011-10-08", "2011-10-01..2011-10-15"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for text in ["2011-13", "2011-10-15..2011-10-01", "October", ""] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
        let before = |text: &str| text.parse::<Period>().unwrap().before().to_string();
        assert_eq!(before("2012-03"), "2012-02");
        assert_eq!(before("2011-10-11..2011-10-20"), "2011-10-01..2011-10-10");
    }
}
