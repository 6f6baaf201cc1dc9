//! What is said in the journal, as the daemon starts, of the servers that it reads.

use std::thread;
use std::time::Duration;

use crate::domain::now::Clock;
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::operator::words;
use crate::edge::source::looked_at;

/// A server that does not answer for so long is left to the rounds.
const AT_MOST: Duration = Duration::from_secs(30);

/// Looks at each server on a thread of its own, so that nothing waits for it: what it is, whether its login could write, whose clock is
/// right, what slows reading down. That one cannot be read the round says.
pub(super) fn look(config: &Config) {
    for spec in config.sources.iter().filter(|spec| spec.connection.kind().is_server()).cloned() {
        let zone = config.policy.zone;
        thread::spawn(move || {
            // Their clock is compared with this machine's, also in a rehearsal.
            let remarks = looked_at(&spec, AT_MOST, &|| SystemClock::new(zone).now());
            for remark in remarks.into_iter().flatten() {
                match remark.warning {
                    true => tracing::warn!(source = spec.name, "{}", words(&remark.text)),
                    false => tracing::info!(source = spec.name, "{}", words(&remark.text)),
                }
            }
        });
    }
}
