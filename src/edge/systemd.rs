//! What the service manager is told: READY, STATUS, WATCHDOG, STOPPING, RELOADING.

use std::time::Duration;

use sd_notify::NotifyState;

use super::operator::{why, words};
use crate::domain::text::say;

/// Whether a service manager looks on.
pub fn is_there() -> bool {
    std::env::var_os("NOTIFY_SOCKET").is_some()
}

/// The service is up.
pub fn ready() {
    tell(&[NotifyState::Ready]);
}

/// One line for `systemctl status`.
pub fn status(line: &str) {
    tell(&[NotifyState::Status(line)]);
}

/// The service is alive.
pub fn alive() {
    tell(&[NotifyState::Watchdog]);
}

/// The service is going down.
pub fn stopping() {
    tell(&[NotifyState::Stopping]);
}

/// The configuration is being read again; `ready` follows.
pub fn reloading() {
    match NotifyState::monotonic_usec_now() {
        Ok(at) => tell(&[NotifyState::Reloading, at]),
        Err(error) => tracing::warn!("{}", words(&say!("journal-no_monotonic", why = why(&error)))),
    }
}

/// How often the service manager wants to hear that the service is alive, if at all: half its limit.
pub fn watchdog_every() -> Option<Duration> {
    sd_notify::watchdog_enabled().map(|limit| limit / 2)
}

/// Without a service manager there is nobody to tell, and that is no fault.
fn tell(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!("{}", words(&say!("journal-no_manager", why = why(&error))));
    }
}
