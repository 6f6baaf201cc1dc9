//! A calendar that closes offices for longer than a holiday, be it on days that no running clock has reached or on days past: a case
//! that is read late, or dated back, counts them too.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::calendar::{Calendar, DAYS, at};
use crate::domain::plan::HOLIDAY_DAYS;
use crate::domain::policy::Policy;
use crate::domain::text::{Text, say};

/// The limit by which it is measured first: that of 《行政许可法》第四十二条, in working days.
const SHORT: u32 = 20;
/// And a long one, so that single days closed week after week are seen: no notice of the State Council since 2005 put off the end of
/// so many working days by more than a holiday.
const LONG: u32 = 90;
/// Working days in the longest holiday: so many the end of the long limit may be put off, wherever in the year it lies.
const HOLIDAY_WORKED: u32 = 8;

/// How far a calendar puts off what begins on some day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closes {
    /// The day from which the limit is put off furthest.
    pub from: NaiveDate,
    /// When it ends by the calendar that a person last adopted.
    pub ends: NaiveDate,
    /// When it would end.
    pub would_end: NaiveDate,
    /// The limit, in working days.
    #[serde(default = "short")]
    pub limit: u32,
}

/// The only limit by which it was measured at first.
fn short() -> u32 {
    SHORT
}

impl Closes {
    /// By how much the calendars of `new` put off furthest what begins on any day, where that is more than a holiday.
    pub fn most(adopted: &Policy, new: &Policy) -> Option<Self> {
        let one = furthest(&adopted.calendar, &new.calendar);
        let (before, after) = (&adopted.local, &new.local);
        let of_items = (&before.items, &after.items);
        let local = [of_items, (&before.units, &after.units)].into_iter().flat_map(|(before, after)| {
            let codes: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            codes.into_iter().filter_map(|code| {
                let before = before.get(code).unwrap_or(&adopted.calendar);
                furthest(before, after.get(code).unwrap_or(&new.calendar))
            })
        });
        one.into_iter().chain(local).max_by_key(Self::days)
    }

    fn days(&self) -> i64 {
        (self.would_end - self.ends).num_days()
    }

    /// Whether it is more than a holiday. `adopted`: the calendar by which it ends.
    fn is_far(&self, adopted: &Calendar) -> bool {
        let worked = || adopted.count(self.ends, self.would_end).unwrap_or(u32::MAX);
        self.days() > HOLIDAY_DAYS && (self.limit == SHORT || worked() > 1 + HOLIDAY_WORKED)
    }

    /// That it does, in a sentence.
    pub(super) fn words(&self) -> Text {
        let (Self { from, ends, would_end, limit }, days) = (self, self.days());
        say!("effect-closes", limit = *limit, from, ends, would_end, days)
    }
}

/// The day from which another calendar ends a limit latest, beside this one, if that is more than a holiday: among the days that count
/// any of those on which they differ.
fn furthest(adopted: &Calendar, new: &Calendar) -> Option<Closes> {
    if adopted.version() == new.version() {
        return None;
    }
    let differ = adopted.differences(new);
    let (first, last) = (*differ.first()?, *differ.last()?);
    [SHORT, LONG].into_iter().find_map(|limit| {
        let begin = adopted.before(first, limit + 1).unwrap_or(first);
        let days = begin.iter_days().take_while(|day| *day <= last).filter_map(|from| {
            let ends = adopted.after(from, limit).ok()?;
            // What closes every day to come ends it nowhere.
            let would_end = new.after(from, limit).unwrap_or_else(|_| at(DAYS - 1));
            Some(Closes { from, ends, would_end, limit })
        });
        // Of days that are put off alike the first is named.
        let later = |most: Closes, day: Closes| if day.days() > most.days() { day } else { most };
        days.filter(|day| day.is_far(adopted)).reduce(later)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{Declared, Special};
    use crate::domain::clock::tests::policy;
    use crate::edge::config::calendar::{embedded, overlay_text};
    use chrono::Datelike;

    fn over(calendar: Calendar) -> Policy {
        Policy { calendar, ..policy(&[]) }
    }

    /// Days by which a closure of these days puts off.
    fn closed(off: &str) -> Option<i64> {
        let text = format!(
            "[[year]]\nyear = 2025\nsource = \"公告\"\n[[year.holiday]]\nname = \"停电\"\noff = [{off}]\n"
        );
        let new = overlay_text(&embedded(), &text).unwrap();
        Closes::most(&over(embedded()), &over(new)).map(|closes| closes.days())
    }

    /// Issue 11, point 1: ten days are a holiday, eleven are not, whether a case runs there or not, and whether the days are past or not.
    #[test]
    fn more_than_a_holiday_is_told_however_far_off_it_lies() {
        // From Monday 7 July to Friday, to the Monday and to the Tuesday after: with weekends 7, 10 and 11 days.
        let to = |last: u32| closed(&format!("\"2025-07-07/2025-07-{last}\""));
        assert_eq!([to(11), to(14), to(15)], [None, None, Some(11)]);
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
            Closes::most(&over(embedded()), &over(new)).is_some()
        };
        let june = |last: u32| closed(&format!("{year}-06-07/{year}-06-{last}"));
        assert_eq!([june(13), june(25)], [false, true]);
        assert!(closed(&format!("{year}-01-05/{year}-12-28")));
    }

    /// Closed from Thursday 10 July 2025 to Friday 18: what begins on 12 June would end on the 10th and ends eleven days later, as does what
    /// begins the day after. The day before, Wednesday the 9th is the end by either calendar. The first of days put off alike is named.
    #[test]
    fn the_first_day_that_is_put_off_furthest_is_named() {
        let text = "[[year]]\nyear = 2025\nsource = \"公告\"\n[[year.holiday]]\nname = \"停电\"\noff = [\"2025-07-10/2025-07-18\"]\n";
        let new = overlay_text(&embedded(), text).unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let ends =
            |from: &str| [embedded().after(day(from), SHORT).unwrap(), new.after(day(from), SHORT).unwrap()];
        assert_eq!(ends("2025-06-11"), [day("2025-07-09"); 2]);
        assert_eq!(ends("2025-06-12"), [day("2025-07-10"), day("2025-07-21")]);
        assert_eq!(ends("2025-06-13"), [day("2025-07-11"), day("2025-07-22")]);
        let closes = Closes::most(&over(embedded()), &over(new.clone())).unwrap();
        assert_eq!((closes.from, closes.limit, closes.days()), (day("2025-06-12"), SHORT, 11));
    }

    /// Two weeks that are each no more than a holiday are more together, also where they lie apart.
    #[test]
    fn small_closures_add_up() {
        assert_eq!(closed("\"2025-07-07/2025-07-11\""), None);
        assert_eq!(closed("\"2025-07-07/2025-07-11\", \"2025-07-21/2025-07-25\""), Some(14));
    }

    /// One day in two weeks is never felt by twenty working days; of ninety it takes away nine. Eight are a holiday, wherever they lie:
    /// the end of the ninety is then put off over a holiday that follows.
    #[test]
    fn single_days_add_up_over_a_long_limit() {
        let fridays = |count: u64| {
            let first = NaiveDate::from_ymd_opt(2025, 5, 9).unwrap();
            let off: Vec<String> =
                (0..count).map(|week| format!("\"{}\"", first + chrono::Days::new(14 * week))).collect();
            closed(&off.join(", "))
        };
        assert_eq!([7, 8].map(fridays), [None, None]);
        assert!(fridays(9).is_some_and(|days| days > HOLIDAY_DAYS));
    }

    /// Whoever closes every day that is to come ends no limit at all.
    #[test]
    fn a_limit_that_would_never_end_is_put_off_furthest() {
        let mut declared: Declared = embedded().declared().clone();
        let first = NaiveDate::from_ymd_opt(2025, 7, 7).unwrap();
        for day in first.iter_days().take_while(|day| *day <= at(DAYS - 1)) {
            let closed = Special { working: false, name: "停办".into(), overlay: Some("公告".into()) };
            declared.special.insert(day, closed);
        }
        let never = Calendar::new(declared, "never".into()).unwrap();
        let closes = Closes::most(&over(embedded()), &over(never)).unwrap();
        assert_eq!(closes.would_end, at(DAYS - 1));
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
            let found = Closes::most(&over(known_to(year - 1)), &over(known_to(year)));
            assert_eq!(found, None, "{year}");
            // Nobody adopted one by hand for ten years.
            let found = Closes::most(&over(known_to(2004)), &over(known_to(year)));
            assert_eq!(found, None, "{year} beside 2004");
        }
    }
}
