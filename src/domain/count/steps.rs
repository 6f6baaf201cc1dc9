//! The same count as a list that a person can count along, day by day, made only on request.

use chrono::{Datelike, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::hours::DAY;
use super::measure::{Measure, Run};
use super::{Asked, CountError, Counting, Due, Ending, hours::seconds, time};
use crate::domain::calendar::{Calendar, at};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;

/// A day of a count, or a run of days that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// First day.
    pub from: NaiveDate,
    /// Last day; the first day itself for most.
    pub to: NaiveDate,
    /// The holiday of these days, or the one a make-up day makes up for; an overlay's words for its days.
    pub name: Option<String>,
    /// The day is a make-up day (调休上班).
    pub make_up: bool,
    /// What the days are to the count.
    pub what: What,
}

/// What a day is to a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The count starts here.
    Start {
        /// The hour, where it is known and matters.
        time: Option<NaiveTime>,
        /// Whether the day is counted.
        counted: bool,
    },
    /// What came in then counts as come on this day (D2, D3).
    Received,
    /// The event from which a limit is counted back.
    Event,
    /// The limit that is counted: as given, and with its extensions.
    Length {
        /// The limit.
        limit: Limit,
        /// What is added to it.
        extensions: Vec<Limit>,
        /// All together, in what is counted: days, or hours of office time.
        total: i64,
        /// What is counted: days where the limit is in months or years.
        unit: LimitUnit,
    },
    /// Counted, as day `first` to `last` of `of`.
    Counted {
        /// Number of the first day.
        first: i64,
        /// Number of the last day.
        last: i64,
        /// Days in all.
        of: i64,
    },
    /// Office hours counted on the day.
    Worked {
        /// The spans counted.
        spans: Vec<(NaiveTime, NaiveTime)>,
        /// Seconds counted so far, these included.
        sum: i64,
        /// Seconds in all.
        of: i64,
    },
    /// No working day, so not counted.
    Off,
    /// A working day on which nobody is received: no office hours run on it.
    Closed,
    /// Left out by a pause.
    Paused,
    /// The limit has run out on a day off: the end moves past these days, and past those that are left out.
    Rolled,
    /// From here on the calendar is not known, and Monday to Friday are taken as worked.
    Unknown,
    /// Here the limit ends.
    Due {
        /// The last moment in time.
        at: Moment,
    },
}

impl Counting {
    /// The count as a list: the start, the length, each day, and at last the due moment, which is exactly that
    /// of [`Counting::due`]. The days are walked one by one, in another way than `due` finds its answer.
    ///
    /// # Errors
    /// See [`CountError`].
    pub fn steps(&self, calendar: &Calendar, zone: Tz, asked: &Asked) -> Result<Vec<Step>, CountError> {
        let (run, ending) = self.prepare(calendar, zone, asked)?;
        let due = self.settle(calendar, zone, &run, ending)?;
        let start = asked.start.wall(zone);
        let mut walk = Walk { calendar, steps: Vec::new(), warn: due.provisional };
        let received = self.received(calendar, &asked.start, zone)?.date();
        let hour = matches!(ending, Ending::Instant | Ending::Closing) && asked.start.hour_known();
        let counted = match ending {
            Ending::Day { .. } => self.start_day_counts,
            Ending::Closing => at(run.from) == start.date() && !self.hours.at(calendar, run.from).closed(),
            Ending::Instant => false,
        };
        let counted = counted && received == start.date();
        walk.push(start.date(), What::Start { time: hour.then(|| start.time()), counted });
        if received != start.date() {
            walk.push(received, What::Received);
        }
        walk.push(start.date(), length(asked, &run, ending));
        if matches!(run.measure, Measure::Elapsed) {
            // It runs through every day alike.
        } else if ending == Ending::Instant {
            walk.office(self, &run);
        } else {
            walk.days(self, &run, ending);
        }
        walk.end(due, zone);
        Ok(walk.steps)
    }
}

fn length(asked: &Asked, run: &Run, ending: Ending) -> What {
    let (total, unit) = match (ending, run.measure) {
        (Ending::Instant, Measure::Elapsed) => (run.need / 3600, LimitUnit::ClockHours),
        (Ending::Instant, _) if run.need % 3600 != 0 => (run.need / 60, LimitUnit::OfficeMinutes),
        (Ending::Instant, _) => (run.need / 3600, LimitUnit::OfficeHours),
        (_, Measure::Working(_)) => (run.need, LimitUnit::WorkingDays),
        _ => (run.need, LimitUnit::CalendarDays),
    };
    What::Length { limit: asked.limit.clone(), extensions: asked.extensions.to_vec(), total, unit }
}

struct Walk<'a> {
    calendar: &'a Calendar,
    steps: Vec<Step>,
    /// Whether the step that says where the calendar's knowledge ends is still to be written.
    warn: bool,
}

impl Walk<'_> {
    fn push(&mut self, date: NaiveDate, what: What) {
        let day = self.calendar.day(date);
        let (name, make_up) = (day.name.map(str::to_owned), day.make_up);
        let name = if what == What::Paused { None } else { name };
        let make_up = make_up && what != What::Paused;
        if let Some(last) = self.steps.last_mut()
            && last.name == name
            && last.to.succ_opt() == Some(date)
        {
            let joined = matches!(
                (&last.what, &what),
                (What::Off, What::Off)
                    | (What::Closed, What::Closed)
                    | (What::Paused, What::Paused)
                    | (What::Rolled, What::Rolled)
            );
            if joined {
                last.to = date;
                return;
            }
        }
        self.steps.push(Step { from: date, to: date, name, make_up, what });
    }

    /// Calendar days are told month by month: nobody needs a line for each.
    fn civil(&mut self, date: NaiveDate, number: i64, of: i64) {
        if let Some(Step { from, to, what: What::Counted { last, .. }, .. }) = self.steps.last_mut()
            && to.succ_opt() == Some(date)
            && from.month() == date.month()
        {
            (*to, *last) = (date, number);
            return;
        }
        let what = What::Counted { first: number, last: number, of };
        self.steps.push(Step { from: date, to: date, name: None, make_up: false, what });
    }

    /// Before the first day that is not known, once.
    fn unknown(&mut self, date: NaiveDate) {
        if self.warn && !self.calendar.known().contains(&date) {
            self.warn = false;
            self.steps.push(Step { from: date, to: date, name: None, make_up: false, what: What::Unknown });
        }
    }

    fn days(&mut self, counting: &Counting, run: &Run, ending: Ending) {
        let civil = matches!(run.measure, Measure::Civil);
        let (mut place, mut number) = (run.from, 0);
        let mut date = at(place);
        while number < run.need {
            date = at(place);
            if !civil {
                self.unknown(date);
            }
            if run.is_paused(place) {
                self.push(date, What::Paused);
            } else if civil {
                number += 1;
                self.civil(date, number, run.need);
            } else if ending == Ending::Closing && self.closed(counting, date) {
                self.push(date, What::Closed);
            } else if self.calendar.day(date).working {
                number += 1;
                self.push(date, What::Counted { first: number, last: number, of: run.need });
            } else {
                self.push(date, What::Off);
            }
            place += 1;
        }
        let rolls = ending == Ending::Day { rolls: true };
        loop {
            let paused = run.is_paused(place - 1);
            if !rolls || (self.calendar.day(date).working && !paused) {
                break;
            }
            self.unknown(date);
            self.push(date, if paused { What::Paused } else { What::Rolled });
            date = at(place);
            place += 1;
        }
    }

    /// Whether the day is worked and nobody is received.
    fn closed(&self, counting: &Counting, date: NaiveDate) -> bool {
        self.calendar.day(date).working && counting.hours.on(self.calendar, date).closed()
    }

    fn office(&mut self, counting: &Counting, run: &Run) {
        let (mut place, mut sum) = (run.from, 0);
        while sum < run.need {
            let (day, date) = (place.div_euclid(DAY), at(place.div_euclid(DAY)));
            self.unknown(date);
            if self.calendar.day(date).working {
                let spans = counting.spans_of(self.calendar, run, place, run.need - sum);
                sum += spans.iter().map(|(from, to)| seconds(*to) - seconds(*from)).sum::<i64>();
                let hours = counting.hours.at(self.calendar, day);
                let over = seconds(hours.closing()) <= place.rem_euclid(DAY);
                if hours.closed() {
                    self.push(date, What::Closed);
                } else if !spans.is_empty() {
                    self.push(date, What::Worked { spans, sum, of: run.need });
                } else if !over {
                    self.push(date, What::Paused);
                }
            } else {
                self.push(date, What::Off);
            }
            place = (day + 1) * DAY;
        }
    }

    fn end(&mut self, due: Due, zone: Tz) {
        let date = due.at.wall(zone).date();
        // Only a roll consults a day behind the last one counted without walking over it.
        self.unknown(date);
        self.push(date, What::Due { at: due.at });
    }
}

impl Counting {
    /// The spans of a day's office hours that are counted from a place of it on, `rest` seconds at most.
    fn spans_of(
        &self,
        calendar: &Calendar,
        run: &Run,
        from: i64,
        mut rest: i64,
    ) -> Vec<(NaiveTime, NaiveTime)> {
        let midnight = from.div_euclid(DAY) * DAY;
        let mut counted = Vec::new();
        for (opens, closes) in self.hours.at(calendar, from.div_euclid(DAY)).spans() {
            let (mut open, close) = ((midnight + seconds(*opens)).max(from), midnight + seconds(*closes));
            for &(pause, resume) in run.pauses.spans().iter().chain(&[(i64::MAX, i64::MAX)]) {
                let until = pause.min(close).min(open + rest);
                if until > open {
                    rest -= until - open;
                    counted.push((time(open - midnight), time(until - midnight)));
                }
                open = open.max(resume.min(close));
            }
        }
        counted
    }
}
