//! A run of the daemon, noted beside its ledger so that the next one can tell how it ended.

use std::io;
use std::path::Path;

use chrono_tz::Tz;

use crate::domain::letter::ended::{Cause, Ended};
use crate::domain::now::{Clock, TimeBase, Uptime};
use crate::domain::text::say;
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::last_run::RunNote;
use crate::edge::operator;
use crate::service::Service;

/// A run of the daemon on one ledger.
pub struct Run {
    note: RunNote,
    clock: SystemClock,
}

impl Run {
    /// One that begins now.
    pub fn of(service: &Service) -> Self {
        Self::on(service.ledger.path(), service.clock.as_ref(), service.policy.zone)
    }

    /// One that wants to begin on a ledger which cannot be opened: by that it ended. What the one before left stays the first thing to tell.
    pub fn cannot_begin(config: &Config, why: &str) {
        let run = Self::on(&config.ledger, &SystemClock::new(config.policy.zone), config.policy.zone);
        if run.before().is_none() {
            run.ends(Cause::Failed, why);
        }
    }

    fn on(ledger: &Path, clock: &dyn Clock, zone: Tz) -> Self {
        let boot = match clock.base() {
            TimeBase::Machine(Some(Uptime { boot, .. })) => boot,
            _ => String::new(),
        };
        Self { note: RunNote::of(ledger, to_the_minute(clock), boot), clock: SystemClock::new(zone) }
    }

    /// How the run before it ended, if it was not stopped.
    pub fn before(&self) -> Option<Ended> {
        self.note.before()
    }

    /// Whether both are noted beside the same ledger.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.note.is_at(&other.note)
    }

    /// It runs.
    pub fn goes_on(&self) {
        told(self.note.runs());
    }

    /// It is about to end, by this.
    pub fn ends(&self, cause: Cause, why: &str) {
        told(self.note.ends(cause, &to_the_minute(&self.clock), why));
    }

    /// It was stopped.
    pub fn is_over(&self) {
        told(self.note.is_over());
    }
}

fn to_the_minute(clock: &dyn Clock) -> String {
    clock.now().instant.format("%Y-%m-%d %H:%M").to_string()
}

/// A full disk, or a folder that cannot be written to, keeps nobody from going on.
fn told(done: io::Result<()>) {
    if let Err(error) = done {
        let why = operator::why(&error);
        tracing::warn!("{}", operator::words(&say!("journal-run_not_noted", why)));
    }
}
