//! Counting: from a start, a limit, pauses and extensions to a due moment, with every step on request.

mod asked;
mod back;
mod cap;
mod hours;
mod measure;
mod settings;
mod steps;
#[cfg(test)]
mod tests;
mod threshold;
mod words;

use chrono::{Months, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use super::calendar::{Calendar, CalendarError, at, index};
use super::limit::{Limit, LimitUnit};
use super::moment::Moment;
pub use asked::{Asked, CountError, Due, Pause};
use hours::DAY;
pub use hours::OfficeHours;
use measure::{Kept, Measure, Pauses, Run, place};
pub use settings::{Counting, DayEnd, PauseEnds};
pub use steps::{Step, What};
pub use threshold::{after_due, passed_at, working_days_late};
pub use words::StepWords;

/// What the end of a count becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// A day, rolled if it is a limit that rolls.
    Day { rolls: bool },
    /// Closing time of a day.
    Closing,
    /// The instant itself.
    Instant,
}

impl Counting {
    /// Where the limit ends.
    ///
    /// # Errors
    /// See [`CountError`].
    pub fn due(&self, calendar: &Calendar, zone: Tz, asked: &Asked) -> Result<Due, CountError> {
        let (run, ending) = self.prepare(calendar, zone, asked)?;
        self.settle(calendar, zone, &run, ending)
    }

    fn settle(&self, calendar: &Calendar, zone: Tz, run: &Run, ending: Ending) -> Result<Due, CountError> {
        let end = run.end(run.need)?;
        let (moment, first, last) = match ending {
            Ending::Instant => {
                let (day, second) = (end.div_euclid(DAY), end.rem_euclid(DAY));
                let from = run.from.div_euclid(DAY);
                // A count that begins at closing time consults nothing of its first day.
                let hours = self.hours.at(calendar, from);
                let from = from + i64::from(hours.before(run.from.rem_euclid(DAY)) == hours.length());
                // Hours by the clock consult no calendar.
                let from = if matches!(run.measure, Measure::Elapsed) { day + 1 } else { from };
                (Moment::local(at(day).and_time(time(second)), zone), from, day)
            }
            Ending::Closing => {
                let day = self.open_day(calendar, run, end - 1)?;
                (self.closing(calendar, day, zone), run.from, day)
            }
            Ending::Day { rolls: false } => {
                let first = if matches!(run.measure, Measure::Civil) { end } else { run.from };
                (self.day_end(calendar, end - 1, zone), first, end - 1)
            }
            Ending::Day { rolls: true } => {
                let day = run.rolled(calendar, end - 1)?;
                (self.day_end(calendar, day, zone), end - 1, day)
            }
        };
        Ok(Due { at: moment, provisional: first <= last && !calendar.knows(first, last) })
    }

    fn day_end(&self, calendar: &Calendar, day: i64, zone: Tz) -> Moment {
        match self.day_end {
            // A day on which nobody is received has no closing time that could end it sooner.
            DayEnd::Closing if !self.hours.at(calendar, day).closed() => self.closing(calendar, day, zone),
            DayEnd::Midnight | DayEnd::Closing => Moment::day(at(day), zone),
        }
    }

    fn closing(&self, calendar: &Calendar, day: i64, zone: Tz) -> Moment {
        Moment::local(at(day).and_time(self.hours.at(calendar, day).closing()), zone)
    }

    /// The day itself if somebody is received on it, else the next day of the count on which somebody is.
    fn open_day(&self, calendar: &Calendar, run: &Run, mut day: i64) -> Result<i64, CalendarError> {
        while self.hours.at(calendar, day).closed() {
            day = run.rolled(calendar, day + 1)?;
        }
        Ok(day)
    }

    fn prepare<'a>(
        &'a self,
        calendar: &'a Calendar,
        zone: Tz,
        asked: &Asked,
    ) -> Result<(Run<'a>, Ending), CountError> {
        let start = self.received(calendar, &asked.start, zone)?;
        let amount = total(asked)?;
        let unit = match asked.limit {
            Limit::Span { unit, .. } => *unit,
            Limit::SameDay => {
                let over = asked.start.hour_known()
                    && start.time() >= self.hours.on(calendar, start.date()).closing();
                let from = index(start.date())? + i64::from(over);
                let pauses = Pauses::new(asked.pauses, Kept::Days(self.pause_ends), zone)?;
                return Ok((
                    Run { measure: Measure::Working(calendar), from, need: 1, pauses },
                    Ending::Closing,
                ));
            }
            Limit::RecordDate(name) => return Err(CountError::RecordDate { name: name.clone() }),
        };
        let first = index(start.date())?;
        let from = first + i64::from(!self.start_day_counts);
        let civil = Ending::Day { rolls: self.roll_last_day };
        let (measure, from, need, ending) = match unit {
            LimitUnit::WorkingDays => {
                (Measure::Working(calendar), from, amount, Ending::Day { rolls: false })
            }
            LimitUnit::CalendarDays => (Measure::Civil, from, amount, civil),
            LimitUnit::Months | LimitUnit::Years => {
                let last = self.corresponding(start.date(), amount)?;
                (Measure::Civil, from, index(last)? + 1 - from, civil)
            }
            LimitUnit::OfficeHours | LimitUnit::OfficeMinutes | LimitUnit::HalfDays => {
                // Nobody recorded the hour, so nothing of that day is held against the office.
                let time = if asked.start.hour_known() {
                    start.time()
                } else {
                    self.hours.at(calendar, first).closing()
                };
                let from = place(start.date().and_time(time))?;
                let need = match unit {
                    LimitUnit::OfficeMinutes => amount * 60,
                    LimitUnit::HalfDays => amount * self.hours.usual_length() / 2,
                    _ => amount * 3600,
                };
                (Measure::Office(calendar, &self.hours, first), from, need, Ending::Instant)
            }
            LimitUnit::ClockHours => {
                // Likewise nothing of a day whose hour nobody recorded.
                let from = if asked.start.hour_known() { place(start)? } else { (first + 1) * DAY };
                (Measure::Elapsed, from, amount * 3600, Ending::Instant)
            }
        };
        let kept = if !unit.is_in_days() { Kept::Instants } else { Kept::Days(self.pause_ends) };
        let pauses = Pauses::new(asked.pauses, kept, zone)?;
        Ok((Run { measure, from, need, pauses }, ending))
    }

    /// When what starts the limit counts as come, on the wall clock: as recorded, unless it came on no working day or
    /// after closing time and the setting moves it to the next working day (D2, D3).
    fn received(&self, calendar: &Calendar, start: &Moment, zone: Tz) -> Result<NaiveDateTime, CountError> {
        let mut received = start.wall(zone);
        let day = received.date();
        if self.after_hours_moves
            && start.hour_known()
            && received.time() >= self.hours.on(calendar, day).closing()
        {
            received = calendar.after(day, 1)?.and_time(NaiveTime::MIN);
        }
        if self.rest_day_moves && !calendar.is_working(received.date())? {
            received = calendar.on_or_after(received.date())?.and_time(NaiveTime::MIN);
        }
        Ok(received)
    }

    /// The last day of so many months: the corresponding day, or the month's last where it has none (G4). If
    /// the start day counts, the day before the corresponding day.
    fn corresponding(&self, start: NaiveDate, months: i64) -> Result<NaiveDate, CalendarError> {
        use chrono::Datelike;
        let months = u32::try_from(months).map_err(|_| CalendarError::LeadsOutside)?;
        let last = start.checked_add_months(Months::new(months)).ok_or(CalendarError::LeadsOutside)?;
        let before = self.start_day_counts && last.day() == start.day();
        if before { last.pred_opt().ok_or(CalendarError::LeadsOutside) } else { Ok(last) }
    }
}

/// The whole amount with its extensions; years as months; 1 for a limit without an amount.
fn total(asked: &Asked) -> Result<i64, CountError> {
    let months = |unit: LimitUnit| if unit == LimitUnit::Years { LimitUnit::Months } else { unit };
    let amount = |limit: &Limit| match *limit {
        Limit::Span { amount, unit: LimitUnit::Years } => i64::from(amount) * 12,
        Limit::Span { amount, .. } => i64::from(amount),
        Limit::SameDay | Limit::RecordDate(_) => 1,
    };
    let mut sum = amount(asked.limit);
    for extension in asked.extensions {
        match (asked.limit, extension) {
            (Limit::Span { unit, .. }, Limit::Span { unit: other, .. })
                if months(*unit) == months(*other) =>
            {
                sum += amount(extension);
            }
            (limit, extension) => {
                return Err(CountError::OtherUnit { limit: limit.clone(), extension: extension.clone() });
            }
        }
    }
    Ok(sum)
}

/// The time of day at a second of it.
fn time(second: i64) -> NaiveTime {
    let second = u32::try_from(second).ok();
    let time = second.and_then(|second| NaiveTime::from_num_seconds_from_midnight_opt(second, 0));
    time.expect("a second of a day lies between 0 and 86399")
}
