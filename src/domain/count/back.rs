//! Counting back from an event to come: a notice so long before a hearing.

use chrono::{Days, Months};
use chrono_tz::Tz;

use super::{CountError, Counting, Due, Step, What};
use crate::domain::calendar::{Calendar, CalendarError, index};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;

impl Counting {
    /// The last day on which something may be done that is to be done so long before an event. The day of the event is
    /// day 0; working days are counted back one by one, calendar days and months by date, and nothing rolls: a day off
    /// at that end shortens nobody's time.
    ///
    /// # Errors
    /// If the limit is no length in days, or leads out of the calendar.
    pub fn due_before(
        &self,
        calendar: &Calendar,
        zone: Tz,
        event: &Moment,
        limit: &Limit,
    ) -> Result<Due, CountError> {
        let outside = || CountError::Calendar(CalendarError::LeadsOutside);
        let day = event.wall(zone).date();
        let Limit::Span { amount, unit } = *limit else {
            return Err(CountError::NotBack { limit: limit.clone() });
        };
        let first = match unit {
            LimitUnit::WorkingDays => calendar.before(day, amount)?,
            LimitUnit::CalendarDays => day.checked_sub_days(Days::new(amount.into())).ok_or_else(outside)?,
            LimitUnit::Months => day.checked_sub_months(Months::new(amount)).ok_or_else(outside)?,
            LimitUnit::Years => day.checked_sub_months(Months::new(amount * 12)).ok_or_else(outside)?,
            LimitUnit::OfficeHours
            | LimitUnit::OfficeMinutes
            | LimitUnit::HalfDays
            | LimitUnit::ClockHours => {
                return Err(CountError::NotBack { limit: limit.clone() });
            }
        };
        let (from, to) = (index(first)?, index(day)?);
        let consulted = unit == LimitUnit::WorkingDays;
        let at = self.day_end(calendar, from, zone);
        Ok(Due { at, provisional: consulted && !calendar.knows(from, to) })
    }

    /// The same count as a list, from the event back to the last day in time.
    ///
    /// # Errors
    /// As [`Counting::due_before`].
    pub fn steps_before(
        &self,
        calendar: &Calendar,
        zone: Tz,
        event: &Moment,
        limit: &Limit,
    ) -> Result<Vec<Step>, CountError> {
        let due = self.due_before(calendar, zone, event, limit)?;
        let (last, event) = (due.at.wall(zone).date(), event.wall(zone).date());
        let working = matches!(limit, Limit::Span { unit: LimitUnit::WorkingDays, .. });
        let of = match limit {
            Limit::Span { amount, .. } if working => i64::from(*amount),
            _ => (event - last).num_days(),
        };
        let step = |date, what| {
            let day = calendar.day(date);
            let name = day.name.map(str::to_owned).filter(|_| working);
            Step { from: date, to: date, name, make_up: working && day.make_up, what }
        };
        let mut steps = vec![step(event, What::Event)];
        if working {
            let mut number = 0;
            let mut date = event;
            while let Some(before) = date.pred_opt().filter(|before| *before >= last) {
                date = before;
                let counted = calendar.day(date).working;
                number += i64::from(counted);
                let what = What::Counted { first: number, last: number, of };
                steps.push(step(date, if counted { what } else { What::Off }));
            }
        } else if let Some(before) = event.pred_opt().filter(|before| *before >= last) {
            let what = What::Counted { first: 1, last: of, of };
            steps.push(Step { to: before, ..step(last, what) });
        }
        steps.push(step(last, What::Due { at: due.at }));
        Ok(steps)
    }
}
