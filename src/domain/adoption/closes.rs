//! A calendar that closes offices for longer than a holiday, be it on days that no running clock has reached yet.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::calendar::Calendar;
use crate::domain::plan::HOLIDAY_DAYS;
use crate::domain::policy::Policy;
use crate::domain::text::Sentence;

/// The limit by which it is measured: that of 《行政许可法》第四十二条, in working days.
const MEASURED_BY: u32 = 20;

/// How far a calendar puts off what is to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closes {
    /// The day from which the limit is put off furthest.
    pub from: NaiveDate,
    /// When it ends by the calendar that a person last adopted.
    pub ends: NaiveDate,
    /// When it would end.
    pub would_end: NaiveDate,
}

impl Closes {
    /// By how much the calendars of `new` put off furthest what begins on a day to come, where that is more than a holiday.
    pub fn most(adopted: &Policy, new: &Policy, today: NaiveDate) -> Option<Self> {
        let one = furthest(&adopted.calendar, &new.calendar, today);
        let (before, after) = (&adopted.local, &new.local);
        let of_items = (&before.items, &after.items);
        let local = [of_items, (&before.units, &after.units)].into_iter().flat_map(|(before, after)| {
            let codes: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            codes.into_iter().filter_map(|code| {
                let before = before.get(code).unwrap_or(&adopted.calendar);
                furthest(before, after.get(code).unwrap_or(&new.calendar), today)
            })
        });
        let most = one.into_iter().chain(local).max_by_key(Self::days)?;
        (most.days() > HOLIDAY_DAYS).then_some(most)
    }

    fn days(&self) -> i64 {
        (self.would_end - self.ends).num_days()
    }

    /// That it does, in a sentence.
    pub(super) fn words(&self) -> Sentence {
        let (Self { from, ends, would_end }, days) = (self, self.days());
        Sentence {
            zh: format!(
                "自{from}起算的{MEASURED_BY}个工作日，按上次经人确认的工作日历于{ends}届满，改后于{would_end}届满，推迟{days}日，超过一次放假所能推迟的日数"
            ),
            en: format!(
                "{MEASURED_BY} working days from {from} would end on {would_end}, and by the calendar last adopted by a person on {ends}: \
                 {days} days later, which is more than a holiday brings about"
            ),
        }
    }
}

/// The day to come from which another calendar ends the limit latest, beside this one.
fn furthest(adopted: &Calendar, new: &Calendar, today: NaiveDate) -> Option<Closes> {
    if adopted.version() == new.version() {
        return None;
    }
    let last = new.declared_to();
    let days = today.iter_days().take_while(|day| *day <= last).filter_map(|from| {
        let (ends, would_end) = (adopted.after(from, MEASURED_BY).ok()?, new.after(from, MEASURED_BY).ok()?);
        Some(Closes { from, ends, would_end })
    });
    // Of days that are put off alike the first is named.
    days.reduce(|most, day| if day.days() > most.days() { day } else { most })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Declared;
    use crate::domain::clock::tests::policy;
    use crate::edge::config::calendar::{embedded, overlay_text};
    use chrono::Datelike;

    fn over(calendar: Calendar) -> Policy {
        Policy { calendar, ..policy(&[]) }
    }

    /// Days by which a closure of these days puts off, seen on a day.
    fn closed(off: &str, today: &str) -> Option<i64> {
        let text = format!(
            "[[year]]\nyear = 2025\nsource = \"公告\"\n[[year.holiday]]\nname = \"停电\"\noff = [{off}]\n"
        );
        let new = overlay_text(&embedded(), &text).unwrap();
        Closes::most(&over(embedded()), &over(new), today.parse().unwrap()).map(|closes| closes.days())
    }

    /// Issue 11, point 1: ten days are a holiday, eleven are not, whether a case runs there or not; of days past nothing comes.
    #[test]
    fn more_than_a_holiday_is_told_however_far_off_it_lies() {
        // From Monday 7 July to Friday, to the Monday and to the Tuesday after: with weekends 7, 10 and 11 days.
        let to = |last: u32| closed(&format!("\"2025-07-07/2025-07-{last}\""), "2025-03-03");
        assert_eq!([to(11), to(14), to(15)], [None, None, Some(11)]);
        let seen = |today| closed("\"2025-07-07/2025-07-15\"", today);
        assert_eq!([seen("2025-07-03"), seen("2025-07-16")], [Some(11), None]);
    }

    /// A year that no notice has reached yet is closed ahead as well: a week is a holiday, eleven days are not, and a whole year is seen
    /// beyond its end.
    #[test]
    fn a_year_that_is_not_announced_is_measured_too() {
        let year = *embedded().known().end();
        let year = year.year() + 1;
        let closed = |off: &str| {
            let text = format!(
                "[[year]]\nyear = {year}\nsource = \"公告\"\n[[year.holiday]]\nname = \"停电\"\noff = [\"{off}\"]\n"
            );
            let new = overlay_text(&embedded(), &text).unwrap();
            assert!(!embedded().differences(&new).is_empty(), "what is closed is seen as a change");
            let today = NaiveDate::from_ymd_opt(year - 1, 11, 26).unwrap();
            Closes::most(&over(embedded()), &over(new), today).is_some()
        };
        let june = |last: u32| closed(&format!("{year}-06-07/{year}-06-{last}"));
        assert_eq!([june(13), june(25)], [false, true]);
        assert!(closed(&format!("{year}-01-05/{year}-12-28")));
    }

    /// Two weeks that are each no more than a holiday are more together, also where they lie apart.
    #[test]
    fn small_closures_add_up() {
        assert_eq!(closed("\"2025-07-07/2025-07-11\"", "2025-03-03"), None);
        assert_eq!(closed("\"2025-07-07/2025-07-11\", \"2025-07-21/2025-07-25\"", "2025-03-03"), Some(14));
    }

    /// The State Council's notices from 2005 to 2026, each laid over what was known the year before.
    #[test]
    fn no_yearly_notice_was_ever_more_than_a_holiday() {
        let known_to = |year: i32| {
            let mut declared: Declared = embedded().declared().clone();
            declared.known = *declared.known.start()..=NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
            declared.special.retain(|day, _| day.year() <= year);
            Calendar::new(declared, year.to_string()).unwrap()
        };
        for year in 2005..=2026 {
            let today = NaiveDate::from_ymd_opt(year - 1, 11, 20).unwrap();
            let found = Closes::most(&over(known_to(year - 1)), &over(known_to(year)), today);
            assert_eq!(found, None, "{year}");
            // Nobody adopted one by hand for ten years.
            let found = Closes::most(&over(known_to(2004)), &over(known_to(year)), today);
            assert_eq!(found, None, "{year} beside 2004");
        }
    }
}
