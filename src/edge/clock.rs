//! The only reader of the system's clock.

use std::time::{Duration, Instant};

use chrono::Utc;
use chrono_tz::Tz;

use crate::domain::now::{Clock, Now};

/// The system's clock, in the zone of the installation; or one that was set to another moment and goes on from there.
pub struct SystemClock {
    zone: Tz,
    since: Instant,
    set_to: Option<Now>,
}

impl SystemClock {
    /// A clock for `zone`.
    #[expect(clippy::disallowed_methods, reason = "the one reader of the clock")]
    pub fn new(zone: Tz) -> Self {
        Self { zone, since: Instant::now(), set_to: None }
    }

    /// A clock that shows this moment now.
    pub fn set_to(now: Now, zone: Tz) -> Self {
        Self { set_to: Some(now), ..Self::new(zone) }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one reader of the clock")]
    fn now(&self) -> Now {
        if let Some(now) = self.set_to {
            let gone = chrono::Duration::seconds(self.since.elapsed().as_secs().cast_signed());
            let instant = (now.instant + gone).with_timezone(&self.zone).fixed_offset();
            return Now { instant, ..now };
        }
        let instant = Utc::now().with_timezone(&self.zone).fixed_offset();
        let whole = instant - chrono::Duration::nanoseconds(i64::from(instant.timestamp_subsec_nanos()));
        Now { instant: whole, replay: false }
    }

    fn running(&self) -> Duration {
        self.since.elapsed()
    }
}
