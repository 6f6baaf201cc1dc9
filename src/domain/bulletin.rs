//! The bulletin (通报) of a period: what was done and which cards were given, by unit and by rule, against the period before.

mod outcomes;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

use super::record::{Meaning, TraceKind};
use super::text::{Language, say};
pub use outcomes::Outcomes;

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

    /// The month so far, without the day itself, which is not over; on the first day the whole month before.
    pub fn month_until(day: NaiveDate) -> Self {
        let to = day - Days::new(1);
        Self { from: Self::month_of(to).from, to }
    }

    /// The period before, of the same kind: the month before a month, its same days before the beginning of one, else as many
    /// days.
    pub fn before(&self) -> Self {
        let to = self.from - Days::new(1);
        if *self == Self::month_of(self.from) {
            return Self::month_of(to);
        }
        if self.from.day() == 1 && self.to <= Self::month_of(self.from).to {
            // chrono takes the last day of a shorter month.
            return Self { from: Self::month_of(to).from, to: self.to - Months::new(1) };
        }
        let days = (self.to - self.from).num_days().unsigned_abs();
        Self { from: to - Days::new(days), to }
    }

    /// As people read it: `2011年10月`, `2011年10月8日`, `2011年10月1日至15日`; in English as files write it.
    pub fn words(&self, language: Language) -> String {
        let Self { from, to } = *self;
        let (period, year, month, day) = (self.to_string(), to.year(), to.month(), to.day());
        let whole = |date: NaiveDate| {
            let (year, month, day) = (date.year(), date.month(), date.day());
            say!("date-year", date, year, month, day)
        };
        let said = if *self == Self::month_of(from) {
            say!("date-month", period, year, month)
        } else if from == to {
            whole(from)
        } else if from.year() != to.year() {
            say!("date-days", period, from = whole(from), to = whole(to))
        } else if from.month() != to.month() {
            say!("date-days_of_year", period, from = whole(from), month, day)
        } else {
            say!("date-days_of_month", period, from = whole(from), day)
        };
        said.words(language)
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

/// The sums of a period beside those of the period before (同比上期).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// The period.
    pub period: Period,
    /// All units (合计).
    pub all: Line,
    /// All of them in the period before.
    pub before: Line,
    /// Somebody looked in the period before, so that its cards can be compared.
    pub watched_before: bool,
    /// Cards by rule.
    pub rules: Vec<RuleLine>,
}

/// A bulletin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bulletin {
    /// Its sums and its cards by rule.
    pub sums: Compared,
    /// Units in the official order, those with nothing to say left out.
    pub units: Vec<Line>,
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

    /// A month is a month, a day a day, and what goes without saying is not said twice.
    #[test]
    fn a_period_is_written_as_an_office_writes_it() {
        for (period, words) in [
            ("2011-10", "2011年10月"),
            ("2011-10-08", "2011年10月8日"),
            ("2011-10-01..2011-10-30", "2011年10月1日至30日"),
            ("2011-10-01..2011-10-31", "2011年10月"),
            ("2011-10-02..2011-11-01", "2011年10月2日至11月1日"),
            ("2011-12-31..2012-01-01", "2011年12月31日至2012年1月1日"),
        ] {
            assert_eq!(period.parse::<Period>().unwrap().words(Language::Chinese), words);
        }
    }

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
        assert_eq!(before("2011-10-01..2011-10-20"), "2011-09-01..2011-09-20");
        assert_eq!(before("2012-03-01..2012-03-30"), "2012-02", "the whole of it: it has no thirtieth day");
        let until = |day: &str| Period::month_until(day.parse().unwrap()).to_string();
        assert_eq!(until("2011-10-15"), "2011-10-01..2011-10-14");
        assert_eq!((until("2011-11-01"), until("2011-10-02")), ("2011-10".into(), "2011-10-01".into()));
    }
}
