//! 工作日历即将用尽: from 1 November on the next year's holidays should be in the calendar.

use chrono::Days;

use crate::domain::calendar::Calendar;
use crate::domain::now::Now;
use crate::domain::text::{Text, say};

/// The State Council's notice for a year comes in November or December of the year before; from 1 November on a
/// calendar that ends with the year is worth a word to the administrator.
const AHEAD: Days = Days::new(61);

/// Why the calendar is running out, if it is.
pub fn judge(calendar: &Calendar, now: &Now) -> Option<Text> {
    let known = calendar.known();
    let last = known.end();
    (now.today() + AHEAD > *last).then(|| say!("calendar_ends", last = *last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;
    use crate::edge::config::calendar::embedded;

    /// The calendar ends with 2026: nothing to say on 31 October, a word from 1 November on.
    #[test]
    fn from_the_first_of_november_on_the_next_year_is_missing() {
        let on = |text: &str| judge(&embedded(), &Now { instant: text.parse().unwrap(), replay: false });
        assert_eq!(on("2026-10-31T23:59:59+08:00"), None);
        assert!(on("2026-11-01T00:00:00+08:00").unwrap().words(Language::Chinese).contains("2026-12-31"));
        assert!(on("2027-06-01T00:00:00+08:00").is_some());
    }
}
