//! Days as a letter writes them: 12月14日, with the year where it is not the letter's own.

use chrono::{Datelike, NaiveDate, Timelike};

use crate::domain::moment::Moment;
use crate::domain::registry::Language;

/// How a letter of a day writes other days.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    /// Its language.
    pub language: Language,
    /// Its day.
    pub today: NaiveDate,
}

impl Days {
    /// A day: `12月14日`, `2012年1月4日`; in English always `2011-12-14`.
    pub fn day(self, date: NaiveDate) -> String {
        match self.language {
            Language::English => date.to_string(),
            Language::Chinese if date.year() == self.today.year() => {
                format!("{}月{}日", date.month(), date.day())
            }
            Language::Chinese => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        }
    }

    /// A moment: its day, with the minute where an hour matters.
    pub fn moment(self, moment: Moment) -> String {
        let day = self.day(moment.date());
        match (moment.time(), self.language) {
            (None, _) => day,
            (Some(time), Language::Chinese) => format!("{day}{:02}:{:02}", time.hour(), time.minute()),
            (Some(time), Language::English) => format!("{day} {:02}:{:02}", time.hour(), time.minute()),
        }
    }

    /// A due moment, as it stands behind 于 or `by`: `12月14日（含当日）前`, `12月14日17:00前`.
    pub fn before(self, due: Moment) -> String {
        let moment = self.moment(due);
        match (due.hour_known(), self.language) {
            (false, Language::Chinese) => format!("{moment}（含当日）前"),
            (true, Language::Chinese) => format!("{moment}前"),
            (false, Language::English) => format!("the end of {moment}"),
            (true, Language::English) => moment,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;

    /// 数以上、以下、以内, including the day itself (《民法典》第一千二百五十九条): so a letter says that it does.
    #[test]
    fn a_due_day_says_that_it_is_included() {
        let today = "2011-12-08".parse().unwrap();
        let days = |language| Days { language, today };
        let day = |text: &str| Moment::parse(text, Shanghai).unwrap();
        let zh = days(Language::Chinese);
        assert_eq!(zh.before(day("2011-12-14")), "12月14日（含当日）前");
        assert_eq!(zh.before(day("2012-01-04")), "2012年1月4日（含当日）前");
        assert_eq!(zh.before(day("2011-12-14T17:00:00+08:00")), "12月14日17:00前");
        let en = days(Language::English);
        assert_eq!(en.before(day("2011-12-14")), "the end of 2011-12-14");
        assert_eq!(en.before(day("2011-12-14T17:00:00+08:00")), "2011-12-14 17:00");
    }
}
