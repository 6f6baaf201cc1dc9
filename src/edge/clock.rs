//! The only reader of the system's clock.

use std::time::{Duration, Instant};

use chrono::Utc;
use chrono_tz::Tz;

use crate::domain::now::{Clock, Now, TimeBase, Uptime};

/// Which start of the machine this is, where the unit says so: its sandbox hides the kernel's file.
const BOOT_ID: &str = "JIANCHAD_BOOT_ID";

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

    fn base(&self) -> TimeBase {
        if self.set_to.is_some() { TimeBase::Person } else { TimeBase::Machine(uptime()) }
    }
}

fn uptime() -> Option<Uptime> {
    let boot = std::env::var(BOOT_ID)
        .or_else(|_| std::fs::read_to_string("/proc/sys/kernel/random/boot_id"))
        .ok()?;
    let up = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let up = Duration::new(up.tv_sec.try_into().ok()?, up.tv_nsec.try_into().ok()?);
    Some(Uptime { boot: boot.trim().to_owned(), up })
}
