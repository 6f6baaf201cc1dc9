//! A period of whole days, as people write it: a month, a day, from a day to a day.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

use crate::domain::text::{Fault, Language, say};

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
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let period = match text.split_once("..") {
            Some((from, to)) => day(from).zip(day(to)).filter(|(from, to)| from <= to),
            None => day(text).map(|day| (day, day)).or_else(|| {
                let month = Self::month_of(day(&format!("{text}-01"))?);
                Some((month.from, month.to))
            }),
        };
        let (from, to) = period.ok_or_else(|| Fault(say!("wrong-period", text)))?;
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

    #[test]
    fn a_period_is_written_as_people_write_it() {
        for text in ["2011-10", "2011-10-08", "2011-10-01..2011-10-15"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for text in ["2011-13", "2011-10-15..2011-10-01", "October", ""] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
        let one: Period = "2011-10-08..2011-10-08".parse().unwrap();
        assert_eq!(one.to_string(), "2011-10-08", "a day is a period of its own");
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
