//! What a count runs on: places on a line, the units before each place, and the pauses left out of it.

use crate::domain::calendar::{self, Calendar, CalendarError, DAYS, index};
use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::asked::{CountError, Pause};
use super::hours::{DAY, OfficeHours, seconds};
use super::settings::PauseEnds;

/// What is counted. Places are days of the calendar's table, or seconds since its beginning for office hours;
/// spans are half-open, so a due day is the last place before the end of its count.
#[derive(Clone, Copy)]
pub(super) enum Measure<'a> {
    Working(&'a Calendar),
    Civil,
    /// Office seconds since the beginning of a day.
    Office(&'a Calendar, &'a OfficeHours, i64),
    /// Seconds by the clock.
    Elapsed,
}

impl Measure<'_> {
    /// Units before a place.
    pub(super) fn before(self, place: i64) -> i64 {
        match self {
            Self::Working(calendar) => calendar.worked_before(place),
            Self::Civil | Self::Elapsed => place,
            Self::Office(calendar, hours, origin) => {
                let (day, second) = (place.div_euclid(DAY), place.rem_euclid(DAY));
                let today = calendar.worked_before(day + 1) - calendar.worked_before(day);
                hours.between(calendar, origin, day) + today * hours.at(calendar, day).before(second)
            }
        }
    }

    /// The first place before which there are `units`, which is at least 1.
    pub(super) fn reach(self, units: i64) -> Result<i64, CalendarError> {
        match self {
            Self::Working(calendar) => calendar.reach(units),
            Self::Civil if units <= DAYS => Ok(units),
            Self::Elapsed if units <= DAYS * DAY => Ok(units),
            Self::Civil | Self::Elapsed => Err(CalendarError::LeadsOutside),
            Self::Office(calendar, hours, origin) => hours.reach(calendar, origin, units),
        }
    }
}

/// A count ready to run: from a place, so many units, without the pauses.
pub(super) struct Run<'a> {
    pub measure: Measure<'a>,
    pub from: i64,
    pub need: i64,
    pub pauses: Pauses,
}

impl Run<'_> {
    /// The place at which `units` of the count have run; its beginning for 0.
    pub(super) fn end(&self, units: i64) -> Result<i64, CalendarError> {
        if units <= 0 {
            return Ok(self.from);
        }
        let mut target = self.measure.before(self.from) + units;
        let mut end = self.measure.reach(target)?;
        for &(pause, resume) in self.pauses.spans() {
            if pause >= end {
                break;
            }
            let pause = pause.max(self.from);
            if resume > pause {
                target += self.measure.before(resume) - self.measure.before(pause);
                end = self.measure.reach(target)?;
            }
        }
        Ok(end)
    }

    /// A day itself if it is worked and not left out, else the next that is: no limit ends inside a pause.
    pub(super) fn rolled(&self, calendar: &Calendar, mut day: i64) -> Result<i64, CalendarError> {
        for &(pause, resume) in self.pauses.spans().iter().chain(&[(i64::MAX, i64::MAX)]) {
            day = calendar.reach(calendar.worked_before(day) + 1)? - 1;
            if day < pause {
                break;
            }
            day = day.max(resume);
        }
        Ok(day)
    }

    /// Whether a day, or an office second, is left out.
    pub(super) fn is_paused(&self, place: i64) -> bool {
        self.pauses.spans().iter().any(|(pause, resume)| (*pause..*resume).contains(&place))
    }
}

/// Pauses as half-open spans of places, in order and apart. Up to four need no memory of their own: a round
/// counts millions of deadlines.
pub(super) enum Pauses {
    Few([(i64, i64); 4], usize),
    Many(Vec<(i64, i64)>),
}

impl Pauses {
    /// Merges pauses: whole days for days (D6), instants for office hours.
    pub(super) fn new(pauses: &[Pause], kept: Kept, zone: Tz) -> Result<Self, CountError> {
        let mut few = [(0, 0); 4];
        if pauses.is_empty() {
            return Ok(Self::Few(few, 0));
        }
        if let Some(room) = few.get_mut(..pauses.len()) {
            for (place, pause) in room.iter_mut().zip(pauses) {
                *place = span(pause, kept, zone)?;
            }
            let length = merge(room);
            return Ok(Self::Few(few, length));
        }
        let mut many = pauses.iter().map(|pause| span(pause, kept, zone)).collect::<Result<Vec<_>, _>>()?;
        let length = merge(&mut many);
        many.truncate(length);
        Ok(Self::Many(many))
    }

    pub(super) fn spans(&self) -> &[(i64, i64)] {
        match self {
            Self::Few(spans, length) => &spans[..*length],
            Self::Many(spans) => spans,
        }
    }
}

/// Puts spans in order and joins those that touch; returns how many remain, at the front.
fn merge(spans: &mut [(i64, i64)]) -> usize {
    spans.sort_unstable();
    let mut last = 0;
    for number in 1..spans.len() {
        if spans[number].0 <= spans[last].1 {
            spans[last].1 = spans[last].1.max(spans[number].1);
        } else {
            last += 1;
            spans[last] = spans[number];
        }
    }
    spans.len().min(last + 1)
}

/// What of a pause is left out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// Its days, with the ends that the setting says.
    Days(PauseEnds),
    /// The time between its instants.
    Instants,
}

fn span(pause: &Pause, kept: Kept, zone: Tz) -> Result<(i64, i64), CountError> {
    let (from, to) = (pause.from.wall(zone), pause.to.wall(zone));
    let backwards =
        if kept == Kept::Instants { pause.to.order(&pause.from).is_lt() } else { to.date() < from.date() };
    if backwards {
        return Err(CountError::PauseEnds { from: pause.from, to: pause.to });
    }
    // A pause may reach out of the table (`9999-12-31` for one without an end): it leaves out what is inside.
    let day = calendar::place;
    let (first, last) = (day(from.date()), day(to.date()) + 1);
    Ok(match kept {
        Kept::Days(PauseEnds::Both) => (first, last),
        Kept::Days(PauseEnds::First) => (first, last - 1),
        Kept::Days(PauseEnds::Last) => (first + 1, last),
        Kept::Instants => {
            // A bare day as the end of a pause is left out whole, like the days of any other pause.
            let rest = if pause.to.hour_known() { seconds(to.time()) } else { DAY };
            (first * DAY + seconds(from.time()), (last - 1) * DAY + rest)
        }
    })
}

/// The second of the table at which a local time lies.
pub(super) fn place(wall: NaiveDateTime) -> Result<i64, CalendarError> {
    Ok(index(wall.date())? * DAY + seconds(wall.time()))
}
