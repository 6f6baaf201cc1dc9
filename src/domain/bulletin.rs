//! The bulletin (通报) of a period: what was done and which cards were given, by unit and by rule, against the period before.

mod outcomes;
mod period;
mod watched;

use chrono::NaiveDate;
use serde::Serialize;

use super::record::{Meaning, TraceKind};
pub use outcomes::Outcomes;
pub use period::Period;
pub use watched::Watched;

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
    /// How the closed ones were decided.
    pub outcomes: Outcomes,
}

impl Line {
    /// Cases of an item of a category that ended in one way.
    pub fn ended(&mut self, meaning: Meaning, category: &str, cases: u64) {
        match meaning.kind {
            TraceKind::NotAccepted => self.not_accepted += cases,
            TraceKind::Withdrawn => self.withdrawn += cases,
            _ => {
                self.closed += cases;
                self.outcomes.add(meaning.outcome, category, cases);
            }
        }
    }

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
            outcomes: Outcomes::sum(lines.iter().map(|line| &line.outcomes)),
        }
    }
}

/// Cards of one rule in a period, each finding under its highest: a case with two findings of the rule has two cards.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RuleLine {
    pub rule: String,
    pub notice: u64,
    pub yellow: u64,
    pub red: u64,
    pub revoked: u64,
    /// Names of the units that were given them, in the official order.
    pub units: Vec<String>,
}

/// A case that was given a red card in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RedCase {
    pub case_number: String,
    pub item: String,
    pub unit: String,
    /// The name of the clock, else of the rule.
    pub matter: String,
    /// How late the case was when it ended, else at the end of the period; `None`: it is no matter of time.
    pub late: Option<String>,
    /// Its matter is over.
    pub over: bool,
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
pub struct Moved {
    pub day: String,
    pub item: String,
    pub unit: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The sums of a period beside those of the period before (同比上期).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// The period.
    pub period: Period,
    /// All units (合计).
    pub all: Line,
    /// All of them in the period before.
    pub before: Line,
    /// Somebody looked by the end of the period: before that it had no cards.
    pub watched: bool,
    /// Somebody looked in the period before, so that its cards can be compared.
    pub watched_before: bool,
    /// Cards by rule.
    pub rules: Vec<RuleLine>,
}

impl Compared {
    /// The cards of all rules; a case may have several of them.
    pub fn all_cards(&self) -> RuleLine {
        let add = |count: fn(&RuleLine) -> u64| self.rules.iter().map(count).sum();
        RuleLine {
            notice: add(|line| line.notice),
            yellow: add(|line| line.yellow),
            red: add(|line| line.red),
            revoked: add(|line| line.revoked),
            ..RuleLine::default()
        }
    }
}

/// A bulletin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bulletin {
    /// Its sums and its cards by rule.
    pub sums: Compared,
    /// Units in the official order, those with nothing to say left out.
    pub units: Vec<Line>,
    /// The day of the first round; `None`: there was none.
    pub supervised_from: Option<NaiveDate>,
    /// The day of the last round; `None`: there was none.
    pub last_round_on: Option<NaiveDate>,
    /// There was a round in the period.
    pub round_within: bool,
    /// Cases that were given a red card, by unit in the official order; at most the first two hundred.
    pub red: Vec<RedCase>,
    /// Units with items in the approval system of which no case began in the period.
    pub idle: Vec<String>,
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

    /// What was asked for decides the words: a licence is refused, information is withheld; and what is closed is counted under
    /// exactly one outcome, an application that was not accepted under none.
    #[test]
    fn every_closed_case_has_one_outcome() {
        let mut line = Line::default();
        let meaning = |text: &str| text.parse::<Meaning>().unwrap();
        for (text, category) in [
            ("decided:granted", "行政许可"),
            ("decided:granted", "政府信息公开"),
            ("decided:refused", "行政许可"),
            ("closed:refused", "依申请公开"),
            ("decided:partly", "政府信息公开"),
            ("decided:not_held", "政府信息公开"),
            ("decided:elsewhere", "政府信息公开"),
            ("closed", "行政确认"),
            ("not_accepted:refused", "行政许可"),
            ("withdrawn", "行政许可"),
        ] {
            line.ended(meaning(text), category, 1);
        }
        assert_eq!(line.outcomes.counts(), [2, 1, 1, 1, 1, 1, 1]);
        assert_eq!((line.closed, line.not_accepted, line.withdrawn), (8, 1, 1));
        assert_eq!(line.outcomes.counts().iter().sum::<u64>(), line.closed);
        let sum = Line::sum(&[line.clone(), line.clone()], String::new());
        assert_eq!(sum.outcomes.counts(), line.outcomes.counts().map(|count| 2 * count));
    }
}
