//! The strict count: where a clock ends if every doubt counts against the office.

use std::cmp::Ordering;

use chrono::TimeDelta;

use super::case::Case;
use super::pauses::Found;
use super::{Doubt, Doubtful, Reading};
use crate::domain::count::{Pause, passed_at};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;

/// How a clock is counted if every doubt counts against the office.
pub(super) struct Strict {
    pub start: Moment,
    pub pauses: Vec<Pause>,
    pub extensions: Vec<Limit>,
    pub paused: bool,
}

impl<'a> Case<'a, '_> {
    /// What is counted if every doubt counts against the office.
    pub(super) fn strict(&self, reading: &Reading<'a>, start: Moment, found: &[Found]) -> Strict {
        let hour = reading.limit.is_in_hours() && !start.hour_known();
        let opening = || {
            let opening = reading.rule.counting.hours.on(self.calendar, start.date()).opening();
            Moment::local(start.date().and_time(opening), self.policy.zone)
        };
        Strict {
            start: if hour { opening() } else { start },
            pauses: found.iter().filter_map(|it| it.sure).collect(),
            extensions: Vec::new(),
            paused: found.iter().any(|it| it.open && it.sure == Some(it.pause)),
        }
    }

    /// Where the clock ends by the strict count, if that is earlier. While a doubtful pause is open the two move apart
    /// with the days that are counted, so where they do not differ yet they may tomorrow, or in an hour.
    pub(super) fn doubt(&self, reading: &mut Reading<'a>, strict: Strict, reasons: Vec<Doubt>) {
        let Strict { start, pauses, extensions, paused } = strict;
        let Some(earliest) = self.due(reading, start, &extensions, &pauses) else { return };
        if reading.due.is_some_and(|due| earliest.at.order(&due.at) == Ordering::Less) {
            reading.doubt = Some(Box::new(Doubtful { reasons, earliest, start, pauses, extensions, paused }));
        } else if reading.paused_since.is_some() && !matches!(reading.limit, Limit::RecordDate(_)) {
            let now = self.now.instant;
            let today = Moment::day(self.now.today(), self.policy.zone);
            let again = if reading.limit.is_in_hours() {
                now + TimeDelta::hours(1)
            } else {
                passed_at(&today, self.policy.zone).at()
            };
            reading.next_change_at = Some(reading.next_change_at.map_or(again, |next| next.min(again)));
        }
    }
}
