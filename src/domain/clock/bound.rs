//! Special procedures have an end: how long each may last, and how much is left out of a limit in all.

use chrono::NaiveDate;

use super::case::Case;
use super::excess::Excess;
use super::pauses::{Found, Pauses, granted_length};
use crate::domain::count::Pause;
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::record::Trace;

/// Later than any day of the calendar.
const LAST: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day that exists");

impl Case<'_, '_> {
    /// How long a special procedure may last: as it was granted, else as a clause that runs on the case says, else the
    /// setting.
    pub(super) fn bound(&self, begun: &Trace) -> Limit {
        let clause = || {
            let mut clocks = self.policy.clocks_on(self.item);
            clocks.find_map(|rule| {
                let cap = rule.pauses.as_ref()?.cap.as_ref()?;
                rule.governs(Some(begun.occurred.date())).then(|| cap.clone())
            })
        };
        granted_length(begun).or_else(clause).unwrap_or_else(|| self.policy.pause_limit.clone())
    }
}

impl Pauses<'_> {
    /// Cuts special procedures where together they have left out what the clause allows: what is beyond counts again, for
    /// sure. One that goes on is looked at again on the day on which it reaches the bound.
    pub fn keep_within(&self, found: &mut Vec<Found>, cap: &Limit) -> Option<Excess> {
        let last = |pauses: &[Pause]| self.counting.last_left_out(self.calendar, self.zone, pauses, cap);
        let until_now: Vec<Pause> = found.iter().map(|it| it.pause).collect();
        let for_ever = Moment::day(LAST, self.zone);
        let going_on = |it: &Found| if it.open { Pause { to: for_ever, ..it.pause } } else { it.pause };
        let in_future: Vec<Pause> = found.iter().map(going_on).collect();
        let over = last(&until_now);
        let day = over.or_else(|| last(&in_future))?;
        let (first, end) = self.counting.cut_after(day, self.zone);
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
        Some(Excess { cap: cap.clone(), last: day })
    }
}
