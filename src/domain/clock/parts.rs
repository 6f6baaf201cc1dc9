//! What a due moment is made of besides start and limit, so that it can be counted along: what is left out, what is added.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::Reading;
use crate::domain::calendar::Calendar;
use crate::domain::count::{Asked, Counting, Pause, What};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::record::{Trace, TraceKind};

/// What makes a due day besides start and limit: the same that was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// What is left out, in order.
    pub left_out: Vec<LeftOut>,
    /// Extensions counted in.
    pub extensions: Vec<Limit>,
}

/// Time that a limit does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// From when to when; of one that goes on, up to where it was counted.
    pub pause: Pause,
    /// It is a special procedure (特别程序), and no correction (补正).
    pub special: bool,
    /// It goes on.
    pub open: bool,
}

/// How a limit was counted up to its due day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Whether working days were counted; otherwise days.
    pub working: bool,
    /// All that was counted, extensions included.
    pub total: i64,
    /// Days left out by each pause, working days where those are counted; a day that lies in two is the first's.
    pub left_out: Vec<i64>,
}

impl Parts {
    /// What a reading left out and added, on a case with these traces.
    pub fn of(reading: &Reading<'_>, traces: &[Trace]) -> Self {
        let last = reading.pauses.iter().map(|pause| pause.from).max_by(Moment::order);
        let left_out = |pause: &Pause| {
            let begins = |trace: &Trace| trace.kind == TraceKind::Paused && trace.occurred == pause.from;
            let open = reading.paused_since.is_some() && last == Some(pause.from);
            LeftOut { pause: *pause, special: traces.iter().any(begins), open }
        };
        let left_out = reading.pauses.iter().map(left_out).collect();
        Self { left_out, extensions: reading.extensions.clone() }
    }

    /// The count in numbers; `None` of a limit that is not counted in days.
    pub fn sum(
        &self,
        counting: &Counting,
        calendar: &Calendar,
        zone: Tz,
        start: Moment,
        limit: &Limit,
    ) -> Option<Sum> {
        let pauses: Vec<Pause> = self.left_out.iter().map(|it| it.pause).collect();
        let asked = Asked { start, limit, extensions: &self.extensions, pauses: &pauses };
        let steps = counting.steps(calendar, zone, &asked).ok()?;
        let (total, working) = steps.iter().find_map(|step| match step.what {
            What::Length { total, unit: LimitUnit::WorkingDays, .. } => Some((total, true)),
            What::Length { total, unit: LimitUnit::CalendarDays, .. } => Some((total, false)),
            _ => None,
        })?;
        let paused = steps.iter().filter(|step| step.what == What::Paused);
        let days = paused.flat_map(|step| step.from.iter_days().take_while(|day| *day <= step.to));
        let mut days: BTreeSet<NaiveDate> =
            days.filter(|day| !working || calendar.day(*day).working).collect();
        let of = |pause: &Pause| {
            let before = days.len();
            days.retain(|day| *day < pause.from.date() || *day > pause.to.date());
            (before - days.len()) as i64
        };
        let left_out = pauses.iter().map(of).collect();
        Some(Sum { working, total, left_out })
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;
    use crate::edge::config::calendar::embedded;

    fn at(text: &str) -> Moment {
        Moment::parse(text, Shanghai).unwrap()
    }

    fn left_out(from: &str, to: &str) -> LeftOut {
        LeftOut { pause: Pause { from: at(from), to: at(to) }, special: true, open: false }
    }

    /// From the day behind the start to the due day every day is one of rest, one left out or one counted: the sum of a letter
    /// comes out (《行政许可法》第四十五条, 第八十二条), with and without a pause, an extension, make-up days and overlaps.
    #[test]
    fn the_days_of_a_count_come_out() {
        let (counting, calendar) = (Counting::default(), embedded());
        let start = at("2024-03-05T09:30:00+08:00");
        let pauses = [
            vec![],
            vec![left_out("2024-03-06T09:00:00+08:00", "2024-03-15T09:00:00+08:00")],
            vec![left_out("2024-03-06", "2024-03-12"), left_out("2024-03-11", "2024-03-20")],
            vec![left_out("2024-03-08", "2024-03-08"), left_out("2024-04-03", "2024-04-10")],
        ];
        for left_out in pauses {
            for extensions in [vec![], vec!["10wd".parse().unwrap()]] {
                let parts = Parts { left_out: left_out.clone(), extensions };
                for limit in ["1wd", "7wd", "20wd"] {
                    let limit: Limit = limit.parse().unwrap();
                    let sum = parts.sum(&counting, &calendar, Shanghai, start, &limit).unwrap();
                    let pauses: Vec<Pause> = left_out.iter().map(|it| it.pause).collect();
                    let asked =
                        Asked { start, limit: &limit, extensions: &parts.extensions, pauses: &pauses };
                    let due = counting.due(&calendar, Shanghai, &asked).unwrap().at.date();
                    let days = start.date().iter_days().skip(1).take_while(|day| *day <= due);
                    let worked = days.filter(|day| calendar.day(*day).working).count() as i64;
                    assert_eq!(worked, sum.total + sum.left_out.iter().sum::<i64>(), "{parts:?} {limit}");
                }
            }
        }
    }

    /// 7 working days from 2024-03-05 with a special procedure from 03-06 to 03-15: its eight working days are left out.
    #[test]
    fn each_pause_has_its_own_days() {
        let parts = Parts {
            left_out: vec![left_out("2024-03-06", "2024-03-15"), left_out("2024-03-14", "2024-03-18")],
            extensions: Vec::new(),
        };
        let sum = |limit: &str| {
            let limit = limit.parse().unwrap();
            parts.sum(&Counting::default(), &embedded(), Shanghai, at("2024-03-05"), &limit)
        };
        assert_eq!(sum("7wd"), Some(Sum { working: true, total: 7, left_out: vec![8, 1] }));
        assert_eq!(sum("30d"), Some(Sum { working: false, total: 30, left_out: vec![10, 3] }));
        assert_eq!(sum("8oh"), None);
    }
}
