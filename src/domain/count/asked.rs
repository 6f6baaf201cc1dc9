//! What is counted, what comes of it, and why it cannot be.

use chrono_tz::Tz;
use thiserror::Error;

use crate::domain::calendar::CalendarError;
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::text::{Text, say};

/// Time that a limit does not run.
///
/// For limits in days the days between and the end days that [`super::PauseEnds`] names are left out; for office hours the
/// half-open span of instants. There a bare day stands for its beginning as `from` and for its end as `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// Where it begins.
    pub from: Moment,
    /// Where it ends.
    pub to: Moment,
}

/// What is to be counted.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What the limit runs from.
    pub start: Moment,
    /// How long it runs.
    pub limit: &'a Limit,
    /// What is added to it: in the same unit, months and years together.
    pub extensions: &'a [Limit],
    /// What is left out, in any order; overlaps count once.
    pub pauses: &'a [Pause],
}

/// Where a limit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The last moment that is in time. A bare day is in time until it ends; an instant includes itself.
    pub at: Moment,
    /// Whether a day was consulted that the calendar does not know, so that the answer may yet change.
    pub provisional: bool,
}

impl Due {
    /// A date that the record itself carries: due on that civil day, whatever day it is.
    pub fn on(date: &Moment, zone: Tz) -> Self {
        Self { at: Moment::day(date.wall(zone).date(), zone), provisional: false }
    }

    /// The same where an hour counts: where it has one, at that moment.
    pub fn to_the_hour(date: &Moment, zone: Tz) -> Self {
        let hour = date.hour_known().then(|| Self { at: date.told_in(zone), provisional: false });
        hour.unwrap_or_else(|| Self::on(date, zone))
    }
}

/// Why a count cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CountError {
    /// The calendar does not reach so far.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// An extension is in another unit.
    #[error("the limit {limit} cannot be extended by {extension}: give both in the same unit")]
    OtherUnit {
        /// The limit.
        limit: Limit,
        /// The extension.
        extension: Limit,
    },
    /// A pause is the wrong way round.
    #[error("the pause from {from} to {to} ends before it begins")]
    PauseEnds {
        /// Its beginning.
        from: Moment,
        /// Its end.
        to: Moment,
    },
    /// The limit cannot be counted back.
    #[error(
        "the limit {limit} cannot be counted back from an event: use working days, calendar days, months or years"
    )]
    NotBack {
        /// The limit.
        limit: Limit,
    },
    /// The limit is no length.
    #[error("the limit date:{name} is a date of the record and cannot be counted: look the date up first")]
    RecordDate {
        /// The name of the date.
        name: String,
    },
}

impl From<CountError> for Text {
    fn from(error: CountError) -> Self {
        match error {
            CountError::Calendar(error) => error.into(),
            CountError::OtherUnit { limit, extension } => {
                say!("wrong-other_unit", limit = limit.to_string(), extension = extension.to_string())
            }
            CountError::PauseEnds { from, to } => {
                say!("wrong-pause_ends", from = from.to_string(), to = to.to_string())
            }
            CountError::NotBack { limit } => say!("wrong-not_back", limit = limit.to_string()),
            CountError::RecordDate { name } => say!("wrong-record_date", name),
        }
    }
}
