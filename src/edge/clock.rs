//! The only reader of the system's clock.

use std::time::{Duration, Instant};

use chrono::Utc;
use chrono_tz::Tz;

use crate::domain::now::{Clock, Now};

/// The system's clock, in the zone of the installation.
pub struct SystemClock {
    zone: Tz,
    since: Instant,
}

impl SystemClock {
    /// A clock for `zone`.
    #[expect(clippy::disallowed_methods, reason = "the one reader of the clock")]
    pub fn new(zone: Tz) -> Self {
        Self { zone, since: Instant::now() }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one reader of the clock")]
    fn now(&self) -> Now {
        let instant = Utc::now().with_timezone(&self.zone).fixed_offset();
        let whole = instant - chrono::Duration::nanoseconds(i64::from(instant.timestamp_subsec_nanos()));
        Now { instant: whole, replay: false }
    }

    fn running(&self) -> Duration {
        self.since.elapsed()
    }
}
