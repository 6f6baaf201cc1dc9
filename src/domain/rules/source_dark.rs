//! 数据源中断: what an administrator is told of a source that can be read and yet tells nothing more.

use chrono::{DateTime, FixedOffset};

use crate::domain::calendar::Calendar;
use crate::domain::now::Now;
use crate::domain::text::{Text, say};

/// Why the next delivery to a source is overdue, if it is: more than so many working days have begun since the day of the last.
/// Whether nothing happened or the exchange stands still is not to be seen from here, so nobody is late by it and somebody is
/// told.
pub fn overdue(
    calendar: &Calendar,
    delivered: DateTime<FixedOffset>,
    allowed: u32,
    now: &Now,
) -> Option<Text> {
    let (day, today) = (delivered.with_timezone(now.instant.offset()).date_naive(), now.today());
    let since = day.iter_days().skip(1).take_while(|day| *day <= today);
    let working = since.filter(|day| calendar.day(*day).working);
    working.take(allowed as usize + 1).count().checked_sub(allowed as usize + 1)?;
    let at = delivered.with_timezone(now.instant.offset()).format("%Y-%m-%d %H:%M").to_string();
    Some(say!("source_dark-overdue", at, allowed))
}

/// What is said of a source that is no longer configured and of which so many cases are not closed.
pub fn removed(cases: u64) -> Text {
    say!("source_dark-removed", cases)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;
    use crate::edge::config::calendar::embedded;

    /// Delivered on Thursday, 13 October 2011: Friday, Monday and Tuesday are three working days without a delivery, and on
    /// Wednesday it is overdue. A weekend and the seven days off from 1 October are none.
    #[test]
    fn so_many_working_days_may_pass_without_a_delivery() {
        let overdue = |delivered: &str, allowed: u32, today: &str| {
            let at = |day: &str| format!("{day}T09:00:00+08:00").parse().unwrap();
            let now = Now { instant: at(today), replay: false };
            super::overdue(&embedded(), at(delivered), allowed, &now)
        };
        let days = ["2011-10-13", "2011-10-14", "2011-10-17", "2011-10-18", "2011-10-19"];
        let found = days.map(|today| overdue("2011-10-13", 3, today).is_some());
        assert_eq!(found, [false, false, false, false, true]);
        assert!(overdue("2011-09-30", 1, "2011-10-08").is_none(), "a Saturday worked, the first since");
        assert!(overdue("2011-09-30", 1, "2011-10-09").is_some(), "a Sunday worked, the second");
        assert!(overdue("2011-10-20", 1, "2011-10-13").is_none(), "a delivery from the future");
        let said = overdue("2011-10-13", 3, "2011-10-19").unwrap();
        let [zh, en] = [Language::Chinese, Language::English].map(|language| said.words(language));
        assert!(zh.contains("2011-10-13 09:00") && en.contains("overdue_after"), "{zh} {en}");
    }
}
