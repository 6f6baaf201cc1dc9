//! Laws that every count obeys, whatever the dates.

use chrono::Days;
use chrono_tz::Asia::Shanghai;
use proptest::collection::vec;
use proptest::prelude::*;

use super::super::*;
use crate::edge::config::calendar::embedded;

/// A question with its settings.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub counting: Counting,
    pub start: Moment,
    pub limit: Limit,
    pub extensions: Vec<Limit>,
    pub pauses: Vec<Pause>,
}

impl Question {
    pub(super) fn asked(&self) -> Asked<'_> {
        Asked { start: self.start, limit: &self.limit, extensions: &self.extensions, pauses: &self.pauses }
    }

    pub(super) fn due(&self) -> Moment {
        self.counting.due(&embedded(), Shanghai, &self.asked()).unwrap().at
    }

    fn office(&self) -> bool {
        self.limit.is_in_hours()
    }
}

/// A day from 2004 to 2027, often near a long break.
fn date() -> impl Strategy<Value = NaiveDate> {
    let any = (0..8700_u64).prop_map(|day| NaiveDate::from_ymd_opt(2004, 1, 1).unwrap() + Days::new(day));
    let october = (2004..2027, 0..40_u64)
        .prop_map(|(year, day)| NaiveDate::from_ymd_opt(year, 9, 10).unwrap() + Days::new(day));
    let ultimo = (2004..2027, 1..13_u32).prop_map(|(year, month)| last_day(year, month));
    prop_oneof![3 => any, 2 => october, 1 => ultimo]
}

fn last_day(year: i32, month: u32) -> NaiveDate {
    (28..=31).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day)).unwrap()
}

fn moment(date: NaiveDate, minute: Option<u32>) -> Moment {
    let at = |minute| date.and_hms_opt(minute / 60, minute % 60, 0).unwrap();
    minute.map_or(Moment::day(date, Shanghai), |minute| Moment::local(at(minute), Shanghai))
}

fn minute() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![Just(None), (0..1440_u32).prop_map(Some), (8 * 60..18 * 60_u32).prop_map(Some)]
}

fn pause_near(start: NaiveDate) -> impl Strategy<Value = Pause> {
    (0..70_i64, 0..15_u64, minute(), minute()).prop_map(move |(after, days, from, to)| {
        let first = start + chrono::Duration::days(after - 10);
        let last = first + Days::new(days);
        // Within one day the hours must not run backwards.
        let to = if days == 0 { from.zip(to).map(|(from, to)| from.max(to)) } else { to };
        let from = if days == 0 && to.is_none() { None } else { from };
        Pause { from: moment(first, from), to: moment(last, to) }
    })
}

fn limit() -> impl Strategy<Value = (Limit, Vec<Limit>)> {
    use LimitUnit::*;
    let of = |unit, most| {
        let one = move |most| (1..most).prop_map(move |amount| Limit::Span { amount, unit });
        (one(most), vec(one(most / 2 + 2), 0..2))
    };
    prop_oneof![
        3 => of(WorkingDays, 60_u32),
        2 => of(CalendarDays, 120),
        2 => of(Months, 20),
        1 => of(Years, 3),
        2 => of(OfficeHours, 24),
        1 => Just((Limit::SameDay, Vec::new())),
    ]
}

/// Every setting, the usual one most often.
fn counting() -> impl Strategy<Value = Counting> {
    let ends =
        prop_oneof![4 => Just(PauseEnds::Both), 1 => Just(PauseEnds::First), 1 => Just(PauseEnds::Last)];
    let seasons = "09:00-12:00,13:00-17:00; 06-01/09-30 08:30-12:00,15:00-18:00; 12-15/02-29 09:30-16:00";
    let winter = "09:00-12:00,13:00-17:00; 12-15/02-29 09:30-16:00";
    let week = "09:00-12:00,13:00-17:00; Fri 09:00-12:00; Wed closed; 06-01/09-30 08:30-12:00,15:00-18:00; \
                06-01/09-30 Mon,Tue 08:00-11:30; Sat-Sun 09:30-10:15; 2011-09-10/2011-10-20 10:00-12:00; 2012-10-15 closed";
    let days = "09:00-12:00,13:00-17:00; 2011-10-14 09:00-12:00; 2010-09-13/2010-10-29 closed";
    let hours = prop_oneof![
        1 => Just(week.parse().unwrap()),
        1 => Just(days.parse().unwrap()),
        3 => Just(OfficeHours::default()),
        1 => Just(seasons.parse().unwrap()),
        1 => Just(winter.parse().unwrap()),
    ];
    let truth = || prop::bool::weighted(0.2);
    (any::<bool>(), any::<bool>(), truth(), truth(), ends, hours).prop_map(
        |(start_day_counts, roll_last_day, rest_day_moves, after_hours_moves, pause_ends, hours)| Counting {
            start_day_counts,
            roll_last_day,
            rest_day_moves,
            after_hours_moves,
            pause_ends,
            hours,
            ..Counting::default()
        },
    )
}

pub(super) fn question() -> impl Strategy<Value = Question> {
    (date(), minute(), limit(), counting()).prop_flat_map(|(day, minute, limit, counting)| {
        vec(pause_near(day), 0..6).prop_map(move |pauses| Question {
            counting: counting.clone(),
            start: moment(day, minute),
            limit: limit.0.clone(),
            extensions: limit.1.clone(),
            pauses,
        })
    })
}

/// The same pauses, the one at `place` cut in two.
fn split(question: &Question, place: usize, after: u64) -> Question {
    let mut split = question.clone();
    if let Some(pause) = question.pauses.get(place) {
        let (from, to) = (pause.from, pause.to);
        let cut = (from.date() + Days::new(after)).min(to.date());
        let halves = if question.office() {
            // At an instant inside the pause.
            let cut = moment(cut, Some(12 * 60));
            let inside = cut.order(&from).is_gt() && cut.order(&to).is_lt();
            inside.then_some((cut, cut))
        } else {
            (cut < to.date()).then(|| (Moment::day(cut, Shanghai), Moment::day(cut + Days::new(1), Shanghai)))
        };
        if let Some((end, begin)) = halves {
            split.pauses[place] = Pause { from, to: end };
            split.pauses.push(Pause { from: begin, to });
        }
    }
    split
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn splitting_a_pause_in_two_changes_nothing(mut question in question(), place in 0..6_usize, after in 0..15_u64) {
        question.counting.pause_ends = PauseEnds::Both; // Otherwise a day of the cut runs.
        prop_assert_eq!(split(&question, place, after).due(), question.due());
    }

    #[test]
    fn the_order_of_pauses_changes_nothing(question in question(), turn in 0..6_usize) {
        let mut turned = question.clone();
        if !turned.pauses.is_empty() {
            let turn = turn % turned.pauses.len();
            turned.pauses.rotate_left(turn);
            turned.pauses.extend(question.pauses.first().copied());
        }
        prop_assert_eq!(turned.due(), question.due());
    }

    #[test]
    fn one_pause_more_never_makes_a_deadline_earlier(
        (question, pause) in question().prop_flat_map(|it| { let day = it.start.date(); (Just(it), pause_near(day)) })
    ) {
        let mut more = question.clone();
        more.pauses.push(pause);
        prop_assert!(more.due().order(&question.due()).is_ge());
    }

    #[test]
    fn a_longer_limit_never_ends_earlier(question in question(), more in 1..40_u32) {
        let mut longer = question.clone();
        if let Limit::Span { amount, .. } = &mut longer.limit {
            *amount += more;
        }
        prop_assert!(longer.due().order(&question.due()).is_ge());
    }

    #[test]
    fn counting_forward_and_back_meet(day in date(), n in 1..400_u32) {
        let calendar = embedded();
        let from = calendar.on_or_after(day).unwrap();
        let to = calendar.after(from, n).unwrap();
        prop_assert_eq!(calendar.before(to, n).unwrap(), from);
        prop_assert_eq!(calendar.count(from, to).unwrap(), n + 1);
    }

    /// Due days of working-day limits are worked, and so are those of limits that roll; between start and due
    /// lie the limit's days and those left out.
    #[test]
    fn a_due_day_is_worked_and_nothing_is_lost_on_the_way(question in question()) {
        let calendar = embedded();
        let due = question.due();
        let days = matches!(question.limit, Limit::Span { unit: LimitUnit::WorkingDays, .. });
        if days || question.counting.roll_last_day || due.hour_known() {
            prop_assert!(calendar.is_working(due.date()).unwrap());
        }
        let Counting { rest_day_moves, after_hours_moves, pause_ends, .. } = question.counting;
        if days && !rest_day_moves && !after_hours_moves {
            let first = question.start.date() + Days::new(u64::from(!question.counting.start_day_counts));
            let amount = |limit: &Limit| if let Limit::Span { amount, .. } = limit { *amount } else { 0 };
            let asked = amount(&question.limit) + question.extensions.iter().map(amount).sum::<u32>();
            let paused = first.iter_days().take_while(|day| *day <= due.date()).filter(|day| {
                let inside = |pause: &Pause| match pause_ends {
                    PauseEnds::Both => (pause.from.date()..=pause.to.date()).contains(day),
                    PauseEnds::First => (pause.from.date()..pause.to.date()).contains(day),
                    PauseEnds::Last => pause.from.date() < *day && *day <= pause.to.date(),
                };
                calendar.day(*day).working && question.pauses.iter().any(inside)
            });
            prop_assert_eq!(calendar.count(first, due.date()).unwrap() as usize, asked as usize + paused.count());
        }
    }

    /// The list that a person counts along ends where the count ends, with the last number used.
    #[test]
    fn the_steps_end_at_the_due_moment(question in question()) {
        let (calendar, asked) = (embedded(), question.asked());
        let due = question.counting.due(&calendar, Shanghai, &asked).unwrap();
        let steps = question.counting.steps(&calendar, Shanghai, &asked).unwrap();
        let last = steps.last().unwrap();
        prop_assert_eq!(&last.what, &What::Due { at: due.at });
        let day_before = steps[..steps.len() - 1].iter().map(|step| step.to).max().unwrap();
        prop_assert!(day_before <= last.from, "{:?}", steps);
        let reached = steps.iter().rev().find_map(|step| match &step.what {
            What::Counted { last, of, .. } => Some((*last, *of, step.to.and_time(NaiveTime::MIN))),
            What::Worked { sum, of, spans } => Some((*sum, *of, step.to.and_time(spans.last().unwrap().1))),
            _ => None,
        });
        let (last_number, of, when) = reached.unwrap();
        prop_assert_eq!(last_number, of);
        if question.office() {
            prop_assert_eq!(when, due.at.at().naive_local());
        } else if !steps.iter().any(|step| step.what == What::Rolled) {
            prop_assert_eq!(when.date(), due.at.date());
        }
        prop_assert_eq!(steps.iter().filter(|step| step.what == What::Unknown).count(), usize::from(due.provisional));
        let numbers = steps.iter().filter_map(|step| match step.what {
            What::Counted { first, last, .. } => Some((first, last)),
            _ => None,
        });
        let mut next = 1;
        for (first, last) in numbers {
            prop_assert_eq!(first, next);
            next = last + 1;
        }
    }

    #[test]
    fn what_has_run_at_the_end_is_the_limit(question in question()) {
        let (calendar, asked) = (embedded(), question.asked());
        let due = question.due();
        let progress = super::used::used(&question.counting, &calendar, &asked, &due);
        // A same-day matter may wait for a day with office hours.
        let moves = question.limit == Limit::SameDay
            || question.counting.roll_last_day && progress.unit == LimitUnit::CalendarDays;
        if moves {
            prop_assert!(progress.used >= progress.total);
        } else {
            prop_assert_eq!(progress.used, progress.total);
        }
    }
}
