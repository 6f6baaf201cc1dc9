//! Whether a stretch in which a source was not read is longer than ordinary: a limit that passes between two ordinary readings falls
//! due every day, and nobody looked away.

use std::time::Duration;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeDelta};

use crate::domain::calendar::Calendar;

/// A restart, an upgrade, a copy of the machine, a file that is exchanged: nobody need explain an hour.
const AN_HOUR: TimeDelta = TimeDelta::hours(1);

/// However far apart the configuration wants rounds: who sets it shortly before a stretch is not to gain by it.
const AT_MOST: TimeDelta = TimeDelta::hours(2);

/// Who read a source twice within so long reads it more than once a day.
const HALF_A_DAY: TimeDelta = TimeDelta::hours(12);

/// Rounds that are further apart are judged by the working days between them, and by no habit.
const A_DAY: TimeDelta = TimeDelta::days(1);

/// A program that is started again, or was killed, begins another round at once: who looks twice within a minute has looked once.
const A_MINUTE: TimeDelta = TimeDelta::minutes(1);

/// Days before a stretch by which it is known how often rounds ran: one lazy day shows nothing, and a week has its weekend.
const DAYS: u64 = 7;

/// The longest time between two readings that is ordinary by the configuration: two rounds, as one may fail; an hour at least, and two
/// hours at most.
pub fn ordinary_gap(poll_every: Duration) -> TimeDelta {
    let two = TimeDelta::from_std(poll_every.saturating_mul(2)).unwrap_or(TimeDelta::MAX);
    two.clamp(AN_HOUR, AT_MOST)
}

/// Whether two rounds are so near one another that nothing lies between them: a source in whose reading the program ended is left out of
/// the first round after it, and read by the next, that follows at once.
pub fn are_one_look(one: DateTime<FixedOffset>, other: DateTime<FixedOffset>) -> bool {
    (one - other).abs() < A_MINUTE
}

/// How often rounds ran over the seven days before a stretch, or since the ledger began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habit {
    /// No more rounds than one a day.
    once_a_day: bool,
    /// How far apart three of four were at least; `None`: fewer than two ran.
    apart: Option<TimeDelta>,
}

impl Habit {
    /// Of the rounds before a stretch by when they began, the last first: the whole of them, or more than would be one a day.
    pub fn of(began: &[DateTime<FixedOffset>]) -> Self {
        let mut looks: Vec<DateTime<FixedOffset>> = Vec::with_capacity(began.len());
        for at in began {
            if looks.last().is_none_or(|next| !are_one_look(*at, *next)) {
                looks.push(*at);
            }
        }
        let Some(last) = looks.first() else { return Self { once_a_day: true, apart: None } };
        let week = last.date_naive() - Days::new(DAYS - 1);
        let of_week: Vec<_> = looks.iter().take_while(|at| at.date_naive() >= week).collect();
        let ledger: Option<NaiveDate> = looks.iter().map(DateTime::date_naive).min();
        let first = ledger.map_or(week, |day| day.max(week));
        let days = (last.date_naive() - first).num_days() + 1;
        let mut gaps: Vec<TimeDelta> =
            of_week.windows(2).map(|pair| pair[0].signed_duration_since(pair[1])).collect();
        let often = gaps.first().is_some_and(|gap| *gap <= HALF_A_DAY);
        gaps.sort_unstable();
        let once_a_day = !often && i64::try_from(of_week.len()).is_ok_and(|rounds| rounds <= days);
        Self { once_a_day, apart: gaps.get(gaps.len().saturating_sub(1) / 4).copied() }
    }

    /// Whether rounds so far apart are nothing new. A tenth more is left to how long a round takes.
    fn knows(&self, gap: TimeDelta) -> bool {
        self.apart.is_some_and(|apart| {
            let apart = apart.min(A_DAY);
            gap <= apart + apart / 10
        })
    }

    /// Whether a part of a day without a round, of more than the configuration allows, is new.
    pub fn misses(&self, gap: TimeDelta) -> bool {
        !self.once_a_day && !self.knows(gap)
    }
}

/// The rounds around a stretch in which a source was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// When the last round began that had read it.
    pub from: DateTime<FixedOffset>,
    /// When the first began that read it again.
    pub until: DateTime<FixedOffset>,
    /// The rounds up to the former.
    pub habit: Habit,
    /// A round ran in between, more than a moment before it was read again, and could not read it.
    pub looked: bool,
}

impl Stretch {
    /// Whether it is no longer than ordinary. Where no round ran in between, rounds may be as far apart as they were all week; and
    /// where no more ran than one a day (a timer that reads once each morning, on working days alone or on all), one reading follows
    /// the other as ever until a working day went by without any.
    pub fn is_ordinary(&self, poll_every: Duration, calendar: &Calendar) -> bool {
        let gap = self.until - self.from;
        if gap <= ordinary_gap(poll_every) || (!self.looked && self.habit.knows(gap)) {
            return true;
        }
        let last = self.until.date_naive();
        let between = self.from.date_naive().iter_days().skip(1).take_while(|day| *day < last);
        !self.looked && self.habit.once_a_day && !{ between }.any(|day| calendar.day(day).working)
    }
}
