//! The instant and the civil day of a round: time enters the domain here, as a value.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate};

/// The moment as of which a round is judged, in the zone of the installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The instant, to the second, with the zone's offset at that instant.
    pub instant: DateTime<FixedOffset>,
    /// The moment was given by hand (`--at`): what lies after it is not yet there.
    pub replay: bool,
}

impl Now {
    /// The civil day of the installation's zone.
    pub fn today(&self) -> NaiveDate {
        self.instant.date_naive()
    }
}

/// A counter of the machine that no step of its clock moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uptime {
    /// Which start of the machine it counts from.
    pub boot: String,
    /// How long ago that was, standstill of the whole machine included.
    pub up: Duration,
}

/// What a clock goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeBase {
    /// The machine, with its counter where that can be read.
    Machine(Option<Uptime>),
    /// A moment that a person gave.
    Person,
}

/// Where time comes from. The system's clock is in `edge/clock.rs`; tests and the demo bring their own.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Now;
    /// Time since some fixed start, unmoved by a wall clock that jumps: for time limits on waiting.
    fn running(&self) -> Duration;
    /// What it goes by.
    fn base(&self) -> TimeBase {
        TimeBase::Machine(None)
    }
}
