//! A round, or less, on a thread of its own, while the signals are heard and the watchdog is fed.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use super::Signals;
use crate::domain::letter::ended::Cause;
use crate::domain::now::Now;
use crate::domain::text::say;
use crate::edge::ledger::{LedgerError, Tally};
use crate::edge::operator::words;
use crate::edge::systemd;
use crate::failure::{ExitCode, Failure};
use crate::round::{self, FOR_SLOW_SOURCES, Watch};
use crate::service::Service;
use crate::service::running::Run;

/// How long a stop waits for the running round to reach a safe point. What it then leaves is rolled back.
const PATIENCE: Duration = Duration::from_secs(8);

/// The round's pulse, and the wish that it stop.
#[derive(Default)]
struct Pulse {
    beats: AtomicU64,
    stop: AtomicBool,
}

impl Watch for Pulse {
    fn goes_on(&self, _rows: u64, _cases: u64) {
        self.beats.fetch_add(1, Ordering::Relaxed);
    }

    fn stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn patience(&self) -> Duration {
        FOR_SLOW_SOURCES
    }
}

/// What is done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    /// A round.
    Round,
    /// Letters that wait are sent.
    Letters,
    /// Slow sources are read on, for so long at most.
    Reading(Duration),
}

/// The service, and what came of a round; `None`: it was none.
type Done = (Service, Result<Option<Tally>, LedgerError>);

/// Runs a round, or less, on a thread of its own. The watchdog is fed while the round goes on, and starves with it; then that is noted for
/// the next run. `None`: we were told to stop.
///
/// # Errors
/// That it panicked.
pub(super) async fn attend(
    mut service: Service,
    work: Work,
    signals: &mut Signals,
    run: &Run,
) -> Result<Option<Done>, Failure> {
    let pulse = Arc::new(Pulse::default());
    let watched = Arc::clone(&pulse);
    match work {
        Work::Round => systemd::status(&words(&say!("journal-round_runs"))),
        Work::Letters => systemd::status(&words(&say!("journal-letters_sent"))),
        Work::Reading(_) => {}
    }
    let mut work: JoinHandle<Done> = tokio::task::spawn_blocking(move || {
        let now: Now = service.clock.now();
        let result = match work {
            Work::Round => round::run(&mut service, &now, watched.as_ref()).map(Some),
            Work::Letters => round::deliver(&mut service, watched.as_ref()).map(|_| None),
            Work::Reading(at_most) => round::read_on(&mut service, watched.as_ref(), at_most).map(|_| None),
        };
        (service, result)
    });
    let watchdog = systemd::watchdog_every();
    let every = watchdog.unwrap_or(Duration::from_secs(3600)).min(Duration::from_secs(10));
    let mut seen = (u64::MAX, Instant::now());
    let mut stands_still = false;
    loop {
        tokio::select! {
            biased;
            done = &mut work => {
                if stands_still {
                    run.goes_on();
                }
                return done.map(Some).map_err(|error| panicked(error.into_panic().as_ref()));
            }
            _ = signals.stop.recv() => break,
            _ = signals.interrupt.recv() => break,
            () = tokio::time::sleep(every) => {
                let beats = pulse.beats.load(Ordering::Relaxed);
                if beats != seen.0 {
                    systemd::alive();
                    seen = (beats, Instant::now());
                    if std::mem::take(&mut stands_still) {
                        run.goes_on();
                    }
                } else if !stands_still && watchdog.is_some_and(|most| seen.1.elapsed() >= most) {
                    run.ends(Cause::StoodStill, "");
                    stands_still = true;
                }
            }
        }
    }
    systemd::stopping();
    systemd::status(&words(&say!("journal-stopping_safely")));
    pulse.stop.store(true, Ordering::Relaxed);
    if timeout(PATIENCE, work).await.is_err() {
        tracing::warn!("{}", words(&say!("journal-abandoned")));
    }
    Ok(None)
}

/// A round that panicked: its transaction was rolled back, and what it said stands in the journal with its place.
fn panicked(payload: &(dyn Any + Send)) -> Failure {
    let said = payload.downcast_ref::<&str>().map(|it| (*it).to_owned());
    let said = said.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
    Failure::new(ExitCode::Software, say!("failure-panicked", said))
        .with_remedy(say!("failure-panicked_remedy"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::letter::{Letter, Mailer, Outcome};
    use crate::domain::now::Clock;
    use crate::domain::text::Language;

    struct Breaks;

    impl Mailer for Breaks {
        fn send(&mut self, letter: &Letter, _clock: &dyn Clock) -> Outcome {
            panic!("cannot count {}", letter.to.address.len())
        }
    }

    /// What panics in a round ends the daemon with what it said, and not with a second panic.
    #[tokio::test]
    async fn a_panic_is_a_failure_that_says_what_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let file =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config/examples/permits/jianchad.toml");
        let mut config = crate::service::load(&file).unwrap();
        config.ledger = folder.path().join("ledger.db");
        config.way = crate::domain::letter::relay::Way::Folder(folder.path().join("mail"));
        let mut service = Service::open(&config).unwrap();
        let noon = Now { instant: "2026-03-02T12:00:00+00:00".parse().unwrap(), replay: false };
        service.clock = Box::new(crate::edge::clock::SystemClock::set_to(noon, config.policy.zone));
        let run = Run::of(&service);
        run.goes_on();
        let told = run.before().unwrap();
        assert!(round::tell_end(&mut service, &told).unwrap() > 0);
        service.mailer = Some(Box::new(Breaks));
        let mut signals = Signals::caught().unwrap();
        let Err(failure) = attend(service, Work::Letters, &mut signals, &run).await else {
            panic!("nothing was sent")
        };
        let said = failure.in_one_line(Language::English);
        assert!(said.contains("cannot count"), "{said}");
        assert_eq!(failure.exit_code(), 70);
    }
}
