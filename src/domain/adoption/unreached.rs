//! Office hours by which letters on cards would leave days later than before: they are mailed in office hours alone, so whoever shortens
//! these keeps cards from being told, and what nobody was told of is lifted by a row typed afterwards.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::calendar::{Calendar, DAYS, at};
use crate::domain::count::OfficeHours;
use crate::domain::plan::HOLIDAY_DAYS;
use crate::domain::text::{Text, say};

/// So many days later a letter may leave by other hours without a person's leave: an office that closes on a day beside the weekend.
const LATER_BY: i64 = 3;

/// Hours of weekdays and of seasons show within so many days, more than a year.
const YEAR: u64 = 400;

/// By how much a letter on a card would be later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreached {
    /// The day on which there is a card to tell.
    pub from: NaiveDate,
    /// The day on which the letter leaves by the hours that a person last adopted.
    pub leaves: NaiveDate,
    /// When it would leave.
    pub would_leave: NaiveDate,
}

impl Unreached {
    /// By how much office hours in the place of those that a person last adopted have a letter leave later on a day to come, where
    /// that is more than a day beside a weekend, or where they leave nobody to be reached for longer than a holiday. Which days are
    /// worked is weighed apart, so both are measured by one calendar.
    pub fn most(
        adopted: &OfficeHours,
        new: &OfficeHours,
        calendar: &Calendar,
        today: NaiveDate,
    ) -> Option<Self> {
        let named = [adopted, new].into_iter().filter_map(OfficeHours::named_to);
        let last = named.fold(today, NaiveDate::max).checked_add_days(Days::new(YEAR))?.min(at(DAYS - 1));
        let (mut leaves, mut would_leave, mut most) = (None, None, None::<Self>);
        // From the last day on backwards, so that the next day of office hours is known of each.
        for from in last.iter_days().rev().take_while(|day| *day >= today) {
            if adopted.reach_people_on(calendar, from) {
                leaves = Some(from);
            }
            if new.reach_people_on(calendar, from) {
                would_leave = Some(from);
            }
            let (Some(leaves), Some(would_leave)) = (leaves, would_leave) else { continue };
            let found = Self { from, leaves, would_leave };
            // Of days that are put off alike the first is named.
            if found.is_far() && most.as_ref().is_none_or(|most| found.later() >= most.later()) {
                most = Some(found);
            }
        }
        most
    }

    fn later(&self) -> i64 {
        (self.would_leave - self.leaves).num_days()
    }

    fn is_far(&self) -> bool {
        self.later() > LATER_BY || (self.later() > 0 && self.closed() > HOLIDAY_DAYS)
    }

    /// Days without office hours.
    fn closed(&self) -> i64 {
        (self.would_leave - self.from).num_days()
    }

    /// That it would, in a sentence.
    pub(super) fn words(&self) -> Text {
        let (Self { from, leaves, would_leave }, later, closed) = (self, self.later(), self.closed());
        say!("effect-unreached", from, leaves, would_leave, closed, later)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::config::calendar::embedded;

    const USUAL: &str = "09:00-12:00,13:00-17:00";

    /// Days by which a letter is later by hours with these exceptions than by others, seen from a day of 2025.
    fn later(adopted: &str, new: &str, today: &str) -> Option<i64> {
        let hours = |more: &str| format!("{USUAL}{more}").parse::<OfficeHours>().unwrap();
        let today = format!("2025-{today}").parse().unwrap();
        Unreached::most(&hours(adopted), &hours(new), &embedded(), today).map(|it| it.later())
    }

    /// Two, three and four days later than before: one weekday beside a weekend is let pass, two are not.
    #[test]
    fn a_letter_may_leave_three_days_later_and_not_four() {
        for (closed, expected) in [
            // From Wednesday 16 July 2025 to that day, to Thursday, to Friday.
            ("2025-07-16", None),
            ("2025-07-16/2025-07-17", None),
            ("2025-07-16/2025-07-18", Some(5)),
            ("2025-07-18", None),
            ("2025-07-17/2025-07-18", Some(4)),
        ] {
            assert_eq!(later("", &format!("; {closed} closed"), "03-03"), expected, "{closed}");
        }
    }

    /// 春节 2026 takes nine days, to Monday 23 February. With one day behind it nobody is reached for ten, with two for eleven.
    #[test]
    fn nobody_is_away_for_longer_than_a_holiday() {
        let to = |day: u32| later("", &format!("; 2026-02-24/2026-02-{day} closed"), "12-01");
        assert_eq!([to(24), to(25), to(26)], [None, Some(2), Some(3)]);
    }

    /// What holds on days past keeps no letter back: the day before the last that does, that day, the day after.
    #[test]
    fn days_past_keep_no_letter_back() {
        let closed = "; 2025-03-17/2025-03-28 closed";
        assert_eq!(["03-27", "03-28", "03-29"].map(|today| later("", closed, today)), [Some(4), None, None]);
    }

    /// Away for eleven days as before, nobody is reached later. With a week of July and one of August closed, a letter is later by as much
    /// in both: the first day is named, the Saturday on which there may be a card.
    #[test]
    fn the_first_day_that_is_put_off_furthest_is_named_and_what_stays_is_not() {
        let away = "; 2026-02-24/2026-02-25 closed";
        assert_eq!(later(away, &format!("{away}; 2026-04-01 closed"), "12-01"), None);
        let hours = |text: &str| text.parse::<OfficeHours>().unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let two = hours(&format!("{USUAL}; 2025-07-14/2025-07-18 closed; 2025-08-11/2025-08-15 closed"));
        let found = Unreached::most(&hours(USUAL), &two, &embedded(), day("2025-03-03")).unwrap();
        assert_eq!(
            (found.from, found.leaves, found.would_leave),
            (day("2025-07-12"), day("2025-07-14"), day("2025-07-21"))
        );
    }

    /// However it is written: two weeks of every month, a season, weekdays that meet a holiday, a minute of the night, single days as far
    /// off as anybody names them. Shorter days, other hours of a season and more of them are reached as before.
    #[test]
    fn hours_are_measured_by_whom_they_reach() {
        let weeks: String =
            (3..=11).map(|month| format!("; 2025-{month:02}-15/2025-{month:02}-28 closed")).collect();
        for hours in [
            weeks.as_str(),
            "; 07-01/07-14 closed",
            "; Fri closed",
            "; 06-01/09-30 Mon-Thu closed",
            "; 2025-07-14/2025-07-18 03:00-03:01",
            "; 2150-07-13/2150-07-17 closed",
        ] {
            assert!(later("", hours, "03-03").is_some(), "{hours}");
        }
        for hours in [
            "",
            "; Fri 09:00-12:00",
            "; 06-01/09-30 08:30-12:00,15:00-18:00",
            "; 2025-07-14/2025-07-18 09:00-11:00",
        ] {
            assert_eq!(later("", hours, "03-03"), None, "{hours}");
            assert_eq!(later("; Fri closed", hours, "03-03"), None, "{hours}: nothing is later");
        }
    }

    /// Small steps are measured together, by the hours that a person last adopted, and what he adopted counts no more.
    #[test]
    fn small_steps_add_up() {
        let (one, two) = ("; 2025-07-18 closed", "; 2025-07-18 closed; 2025-07-21 closed");
        assert_eq!(
            [later("", one, "03-03"), later("", two, "03-03"), later(one, two, "03-03")],
            [None, Some(4), None]
        );
    }
}
