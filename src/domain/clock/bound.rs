//! How much of special procedures a clause leaves out of a limit in all.

use super::believed::LAST;
use super::excess::Excess;
use super::pauses::{Found, Pauses};
use crate::domain::count::Pause;
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;

impl Pauses<'_, '_> {
    /// Cuts special procedures where together they have left out what the clause allows: what is beyond counts again, for
    /// sure. One that goes on is looked at again on the day on which it reaches the bound.
    pub fn keep_within(&self, found: &mut Vec<Found>, cap: &Limit) -> Option<Excess> {
        let zone = self.case.policy.zone;
        let last = |pauses: &[Pause]| self.counting.last_left_out(self.case.calendar, zone, pauses, cap);
        let until_now: Vec<Pause> = found.iter().map(|it| it.pause).collect();
        let for_ever = Moment::day(LAST, zone);
        let going_on = |it: &Found| if it.open { Pause { to: for_ever, ..it.pause } } else { it.pause };
        let in_future: Vec<Pause> = found.iter().map(going_on).collect();
        let over = last(&until_now);
        let day = over.or_else(|| last(&in_future))?;
        let (first, end) = self.counting.cut_after(day, zone);
        if over.is_none() {
            for it in found.iter_mut().filter(|it| it.open) {
                it.until =
                    Some(it.until.map_or(end, |until| if until.at() < end.at() { until } else { end }));
            }
            return None;
        }
        found.retain(|it| it.pause.from.date() <= first);
        let cut =
            |pause: Pause| if pause.to.date() > end.date() { Pause { to: end, ..pause } } else { pause };
        for it in found {
            let whole = it.pause;
            (it.pause, it.sure) = (cut(whole), it.sure.map(cut));
            if it.pause != whole {
                (it.open, it.until) = (false, None);
            }
        }
        Some(Excess::Clause { cap: cap.clone(), last: day })
    }
}
