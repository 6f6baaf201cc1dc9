//! A second count, day by day and second by second, written from the words of DESIGN section 3 and from
//! nothing in the module it tests; both must agree on thousands of random questions.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDateTime, Timelike};
use chrono_tz::Asia::Shanghai;
use proptest::prelude::*;

use super::super::*;
use super::laws::{Question, question};
use crate::edge::config::calendar::embedded;

fn tomorrow(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap()
}

/// The days of all pauses, with the end days that the setting leaves out.
fn paused_days(counting: &Counting, pauses: &[Pause]) -> BTreeSet<NaiveDate> {
    let mut days = BTreeSet::new();
    for pause in pauses {
        let mut day = pause.from.date();
        while day <= pause.to.date() {
            let first_runs = counting.pause_ends == PauseEnds::Last && day == pause.from.date();
            let last_runs = counting.pause_ends == PauseEnds::First && day == pause.to.date();
            if !first_runs && !last_runs {
                days.insert(day);
            }
            day = tomorrow(day);
        }
    }
    days
}

/// When the start counts as come: D2 and D3, day by day.
fn received(counting: &Counting, asked: &Asked, calendar: &Calendar) -> (NaiveDate, Option<NaiveTime>) {
    let works = |date| calendar.day(date).working;
    let (mut day, mut time) = (asked.start.date(), asked.start.time());
    if counting.after_hours_moves && time.is_some_and(|time| time >= closing(counting, calendar, day)) {
        day = tomorrow(day);
        while !works(day) {
            day = tomorrow(day);
        }
        time = Some(NaiveTime::MIN);
    }
    if counting.rest_day_moves && !works(day) {
        while !works(day) {
            day = tomorrow(day);
        }
        time = time.map(|_| NaiveTime::MIN);
    }
    (day, time)
}

fn closing(counting: &Counting, calendar: &Calendar, day: NaiveDate) -> NaiveTime {
    counting.hours.on(calendar, day).spans().last().map_or(NaiveTime::MIN, |(_, closes)| *closes)
}

/// So many months on: the same day number, or the last day of that month.
fn months_on(date: NaiveDate, months: u32) -> (NaiveDate, bool) {
    let month = date.year() * 12 + date.month0() as i32 + months as i32;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) as u32 + 1);
    match NaiveDate::from_ymd_opt(year, month, date.day()) {
        Some(same) => (same, true),
        None => ((28..=31).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day)).unwrap(), false),
    }
}

/// The answer by walking: the due moment on the wall clock, midnight for a day without an hour.
fn walk(counting: &Counting, asked: &Asked, calendar: &Calendar) -> NaiveDateTime {
    let works = |date| calendar.day(date).working;
    let (start, _) = received(counting, asked, calendar);
    let amount: u32 = std::iter::once(asked.limit)
        .chain(asked.extensions)
        .map(|limit| match limit {
            Limit::Span { amount, unit: LimitUnit::Years } => amount * 12,
            Limit::Span { amount, .. } => *amount,
            _ => 0,
        })
        .sum();
    let unit = match asked.limit {
        Limit::Span { unit, .. } => *unit,
        _ => return same_day(counting, asked, calendar),
    };
    if unit == LimitUnit::OfficeHours {
        return minutes(counting, asked, calendar, i64::from(amount) * 60);
    }
    let paused = paused_days(counting, asked.pauses);
    let mut left = match unit {
        LimitUnit::Months | LimitUnit::Years => {
            let (last, same) = months_on(start, amount);
            let mut days = (last - start).num_days();
            if counting.start_day_counts && !same {
                days += 1;
            }
            days
        }
        _ => i64::from(amount),
    };
    let mut day = start;
    if !counting.start_day_counts {
        day = tomorrow(day);
    }
    loop {
        let counts = !paused.contains(&day) && (unit != LimitUnit::WorkingDays || works(day));
        left -= i64::from(counts);
        if left == 0 {
            break;
        }
        day = tomorrow(day);
    }
    let ends = |day: NaiveDate| works(day) && !paused.contains(&day);
    while unit != LimitUnit::WorkingDays && counting.roll_last_day && !ends(day) {
        day = tomorrow(day);
    }
    day.and_time(NaiveTime::MIN)
}

fn same_day(counting: &Counting, asked: &Asked, calendar: &Calendar) -> NaiveDateTime {
    let paused = paused_days(counting, asked.pauses);
    let (mut day, time) = received(counting, asked, calendar);
    if time.is_some_and(|time| time >= closing(counting, calendar, day)) {
        day = tomorrow(day);
    }
    let open = |day| !counting.hours.on(calendar, day).spans().is_empty();
    while !calendar.day(day).working || paused.contains(&day) || !open(day) {
        day = tomorrow(day);
    }
    day.and_time(closing(counting, calendar, day))
}

/// Minute by minute; the questions are asked in whole minutes.
fn minutes(counting: &Counting, asked: &Asked, calendar: &Calendar, mut left: i64) -> NaiveDateTime {
    let (day, time) = received(counting, asked, calendar);
    let mut now = day.and_time(time.unwrap_or_else(|| closing(counting, calendar, day)));
    let spans: Vec<_> = asked
        .pauses
        .iter()
        .map(|pause| {
            let to = if pause.to.hour_known() { pause.to.date() } else { tomorrow(pause.to.date()) };
            (pause.from.at().naive_local(), to.and_time(pause.to.time().unwrap_or(NaiveTime::MIN)))
        })
        .collect();
    let mut known = (now.date(), calendar.day(now.date()).working);
    while left > 0 {
        if known.0 != now.date() {
            known = (now.date(), calendar.day(now.date()).working);
        }
        if !known.1 {
            now = tomorrow(now.date()).and_time(NaiveTime::MIN);
            continue;
        }
        let open = counting
            .hours
            .on(calendar, now.date())
            .spans()
            .iter()
            .any(|(opens, closes)| (*opens..*closes).contains(&now.time()));
        let paused = spans.iter().any(|(from, to)| (*from..*to).contains(&now));
        left -= i64::from(open && !paused);
        now += chrono::Duration::minutes(1);
    }
    now
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    /// DESIGN 3, all of its semantics at once.
    #[test]
    fn the_fast_count_agrees_with_the_slow_one(question in question()) {
        let calendar = embedded();
        let Question { counting, .. } = &question;
        let asked = question.asked();
        let due = counting.due(&calendar, Shanghai, &asked).unwrap();
        let slow = walk(counting, &asked, &calendar);
        prop_assert_eq!(due.at.at().naive_local(), slow);
        let instant = matches!(asked.limit, Limit::SameDay | Limit::Span { unit: LimitUnit::OfficeHours, .. });
        prop_assert_eq!(due.at.hour_known(), instant);
        prop_assert_eq!(slow.second(), 0);
    }
}
