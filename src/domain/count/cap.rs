//! How far pauses may go, where all that is left out has a bound.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::measure::{Kept, Pauses};
use super::{Counting, Pause, PauseEnds};
use crate::domain::calendar::{Calendar, at};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;

impl Counting {
    /// Where pauses are cut whose last day left out is `last`: the last first day of one, and the end of all.
    pub fn cut_after(&self, last: NaiveDate, zone: Tz) -> (NaiveDate, Moment) {
        let first = last - Days::new(u64::from(self.pause_ends == PauseEnds::Last));
        (first, Moment::day(last + Days::new(u64::from(self.pause_ends == PauseEnds::First)), zone))
    }

    /// Cuts pauses that end where together they have left out `cap`, and says the last day that they still do.
    pub fn keep_within(
        &self,
        calendar: &Calendar,
        zone: Tz,
        pauses: &mut Vec<Pause>,
        cap: &Limit,
    ) -> Option<NaiveDate> {
        let last = self.last_left_out(calendar, zone, pauses, cap)?;
        let (first, end) = self.cut_after(last, zone);
        pauses.retain(|pause| pause.from.date() <= first);
        for pause in pauses.iter_mut().filter(|pause| pause.to.date() > end.date()) {
            pause.to = end;
        }
        Some(last)
    }

    /// The last day that pauses leave out together if they may leave out no more than `cap`, in working days or calendar
    /// days; `None` where they keep within it. Days that are left out twice count once, as in any count.
    pub fn last_left_out(
        &self,
        calendar: &Calendar,
        zone: Tz,
        pauses: &[Pause],
        cap: &Limit,
    ) -> Option<NaiveDate> {
        let Limit::Span { amount, unit } = cap else { return None };
        let mut left = i64::from(*amount);
        let worked = *unit == LimitUnit::WorkingDays;
        // A pause that ends before it begins was refused when the record was read.
        for &(first, end) in Pauses::new(pauses, Kept::Days(self.pause_ends), zone).ok()?.spans() {
            let before = calendar.worked_before(first);
            let units = if worked { calendar.worked_before(end) - before } else { (end - first).max(0) };
            if units > left {
                // The first day too many; days off before it are nobody's.
                let over = if worked { calendar.reach(before + left + 1).ok()? - 1 } else { first + left };
                return Some(at(over - 1));
            }
            left -= units;
        }
        None
    }
}
