//! Moments around a due moment.

use chrono::Days;
use chrono_tz::Tz;

use super::hours::DAY;
use super::{Asked, CountError, Counting, Ending, time};
use crate::domain::calendar::{Calendar, CalendarError, at};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;

impl Counting {
    /// When a notice `n` working days ahead begins: the opening of the n-th working day before the due day,
    /// which itself is day 0, whether worked or not.
    ///
    /// # Errors
    /// If the calendar does not reach so far.
    pub fn notice_from(
        &self,
        calendar: &Calendar,
        zone: Tz,
        due: &Moment,
        n: u32,
    ) -> Result<Moment, CalendarError> {
        let day = calendar.before(due.wall(zone).date(), n)?;
        Ok(Moment::local(day.and_time(self.hours.on(calendar, day).opening()), zone))
    }

    /// When a share of the limit has run, in per cent: of days rounded up to whole days, and then the end of
    /// that day (90 % of 10 working days: midnight after day 9); of office hours rounded up to a second. From
    /// 100 on, and for a same-day limit, it is the moment the limit is passed.
    ///
    /// # Errors
    /// See [`CountError`].
    pub fn share(
        &self,
        calendar: &Calendar,
        zone: Tz,
        asked: &Asked,
        percent: u32,
    ) -> Result<Moment, CountError> {
        let (run, ending) = self.prepare(calendar, zone, asked)?;
        if percent >= 100 || ending == Ending::Closing || *asked.limit == Limit::SameDay {
            return Ok(passed_at(&self.settle(calendar, zone, &run, ending)?.at, zone));
        }
        let end = run.end((run.need * i64::from(percent) + 99) / 100)?;
        let wall = if ending == Ending::Instant {
            at(end.div_euclid(DAY)).and_time(time(end.rem_euclid(DAY)))
        } else {
            at(end).and_time(time(0))
        };
        Ok(Moment::local(wall, zone))
    }
}

/// The first instant at which a due moment is passed: the midnight that ends a due day, or one second after
/// an instant, for one second over is over.
pub fn passed_at(due: &Moment, zone: Tz) -> Moment {
    if due.hour_known() {
        return Moment::instant(due.at() + chrono::Duration::seconds(1));
    }
    let day = due.date().checked_add_days(Days::new(1)).unwrap_or(due.date());
    Moment::local(day.and_time(time(0)), zone)
}

/// The beginning of the n-th working day after the due day; for 0 the moment the limit is passed.
///
/// # Errors
/// If the calendar does not reach so far.
pub fn after_due(calendar: &Calendar, zone: Tz, due: &Moment, n: u32) -> Result<Moment, CalendarError> {
    if n == 0 {
        return Ok(passed_at(due, zone));
    }
    Ok(Moment::local(calendar.after(due.wall(zone).date(), n)?.and_time(time(0)), zone))
}

/// How many working days late a stop is: those after the due day, up to the day of the stop. 0 also for a
/// stop that is late by hours, or by rest days only.
///
/// # Errors
/// If the calendar does not reach so far.
pub fn working_days_late(
    calendar: &Calendar,
    zone: Tz,
    due: &Moment,
    stop: &Moment,
) -> Result<u32, CalendarError> {
    let (due, stop) = (due.wall(zone).date(), stop.wall(zone).date());
    if stop <= due {
        return Ok(0);
    }
    Ok(calendar.count(due, stop)? - u32::from(calendar.is_working(due)?))
}
