//! The daemon waits, starts rounds, and answers systemd. Only waiting is asynchronous.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};

use crate::domain::now::Now;
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::ledger::{LedgerError, Tally};
use crate::edge::systemd;
use crate::failure::{ExitCode, Failure};
use crate::round::{self, Watch};
use crate::service::Service;

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
}

/// Runs until SIGTERM or SIGINT. `config` has been checked; SIGHUP reads it again. `begins`: what the clock shows at the
/// start, in a rehearsal.
pub fn run(config: Config, begins: Option<Now>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(serve(config, begins));
    // A round that would not stop is left behind: its transaction rolls back when the process ends.
    runtime.shutdown_background();
    result
}

enum Wake {
    Round,
    Reload,
    Stop,
}

struct Signals {
    stop: Signal,
    interrupt: Signal,
    reload: Signal,
}

async fn serve(config: Config, begins: Option<Now>) -> Result<(), Failure> {
    let mut signals = Signals {
        stop: signal(SignalKind::terminate())?,
        interrupt: signal(SignalKind::interrupt())?,
        reload: signal(SignalKind::hangup())?,
    };
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let mut service = Service::open(&config)?;
    if let Some(now) = begins {
        service.clock = Box::new(SystemClock::set_to(now, config.policy.zone));
    }
    let mut board = Board::default();
    systemd::ready();
    let mut next = Instant::now();
    let mut round_due = next;
    loop {
        match wait(next, &mut signals).await {
            Wake::Stop => break,
            Wake::Reload => {
                if reload(&config.file, &mut service, &mut board) {
                    round_due = Instant::now();
                    next = round_due;
                }
                board.show(&service, round_due);
            }
            Wake::Round => {
                let full = Instant::now() >= round_due;
                let Some((returned, result)) = attend(service, full, &mut signals).await else { break };
                service = returned;
                if full {
                    round_due = Instant::now() + service.poll_every;
                }
                // After a fault of the ledger everything waits for the next round.
                next = if result.is_ok() { round_due.min(next_try(&service)) } else { round_due };
                board.enter(&result);
                board.show(&service, round_due);
            }
        }
    }
    systemd::stopping();
    systemd::status("stopping");
    Ok(())
}

/// Waits for the next round or a signal, and tells systemd that we are alive.
async fn wait(next: Instant, signals: &mut Signals) -> Wake {
    let every = systemd::watchdog_every().unwrap_or(Duration::from_secs(3600));
    loop {
        systemd::alive();
        tokio::select! {
            biased;
            _ = signals.stop.recv() => return Wake::Stop,
            _ = signals.interrupt.recv() => return Wake::Stop,
            _ = signals.reload.recv() => return Wake::Reload,
            () = sleep_until(next) => return Wake::Round,
            () = tokio::time::sleep(every) => {}
        }
    }
}

/// The service, and what came of a round; `None`: only letters were sent.
type Done = (Service, Result<Option<Tally>, LedgerError>);

/// Runs a round (or only a delivery) on a thread of its own. The watchdog is fed while the round goes on, and
/// starves with it. `None`: we were told to stop.
async fn attend(mut service: Service, full: bool, signals: &mut Signals) -> Option<Done> {
    let pulse = Arc::new(Pulse::default());
    let watched = Arc::clone(&pulse);
    systemd::status(if full { "a round is running" } else { "letters are being sent" });
    let mut work: JoinHandle<Done> = tokio::task::spawn_blocking(move || {
        let now: Now = service.clock.now();
        let result = if full {
            round::run(&mut service, &now, watched.as_ref()).map(Some)
        } else {
            round::deliver(&mut service, watched.as_ref()).map(|_| None)
        };
        (service, result)
    });
    let every = systemd::watchdog_every().unwrap_or(Duration::from_secs(3600));
    let mut seen = u64::MAX;
    loop {
        tokio::select! {
            biased;
            done = &mut work => return Some(done.expect("a round does not panic")),
            _ = signals.stop.recv() => break,
            _ = signals.interrupt.recv() => break,
            () = tokio::time::sleep(every.min(Duration::from_secs(10))) => {
                let beats = pulse.beats.load(Ordering::Relaxed);
                if beats != seen {
                    systemd::alive();
                }
                seen = beats;
            }
        }
    }
    systemd::stopping();
    systemd::status("stopping: the running round comes to a safe point");
    pulse.stop.store(true, Ordering::Relaxed);
    if timeout(PATIENCE, work).await.is_err() {
        tracing::warn!(
            "the running round did not reach a safe point in time and is abandoned; the next one takes it up"
        );
    }
    None
}

/// Reads the configuration again; gives whether it is in force. A bad file, or a ledger that cannot be opened,
/// leaves the old configuration in force.
fn reload(file: &Path, service: &mut Service, board: &mut Board) -> bool {
    systemd::reloading();
    let loaded = crate::service::load(file).and_then(|config| service.reconfigure(&config));
    board.refused = loaded.as_ref().err().map(Failure::in_one_line);
    systemd::ready();
    match loaded {
        Ok(()) => {
            tracing::info!(policy = %service.wanted.version, "the configuration was read again");
            true
        }
        Err(failure) => {
            tracing::error!("the configuration in force stays:\n{}", failure.for_operator());
            false
        }
    }
}

/// What stands beside the service in `systemctl status`.
#[derive(Default)]
struct Board {
    /// What the last round did.
    round: String,
    /// Why the configuration as it now stands in its file is not in force.
    refused: Option<String>,
}

impl Board {
    fn enter(&mut self, result: &Result<Option<Tally>, LedgerError>) {
        match result {
            Ok(Some(tally)) => {
                let Tally { rows_read, cases_judged, raised, escalated, letters, .. } = tally;
                self.round = format!(
                    "{rows_read} rows, {cases_judged} cases judged, {raised} findings raised, {escalated} \
                     escalated, {letters} letters"
                );
                tracing::info!("{}", self.round);
            }
            Ok(None) => {}
            Err(error) => {
                let failure = Failure::caused(ExitCode::Unavailable, error).with_remedy(error.remedy());
                tracing::error!(
                    "a round failed; nothing was lost, the next one begins again:\n{}",
                    failure.for_operator()
                );
                self.round = format!("the last round failed: {}", failure.in_one_line());
            }
        }
    }

    fn show(&self, service: &Service, round_due: Instant) {
        let until = round_due.saturating_duration_since(Instant::now());
        let at = service.clock.now().instant + until;
        let mut line = format!("{}; next round {}", self.round, at.format("%H:%M:%S"));
        // A ledger that cannot be read has been told of already.
        if let Some(waiting) = service.ledger.waiting().ok().filter(|waiting| waiting.letters > 0) {
            line.push_str(&format!("; {} letters wait to be sent", waiting.letters));
        }
        if service.ledger.held_time().is_ok_and(|held| held.is_some()) {
            line.push_str(
                "; the machine's clock stepped and is not believed: `jianchad status` says what to do",
            );
        }
        if service.waits {
            line.push_str("; a change of what judges waits for `jianchad adopt`");
        }
        if let Some(why) = &self.refused {
            line.push_str(&format!("; reload refused, the configuration of before stays in force: {why}"));
        }
        systemd::status(&line);
    }
}

/// When the outbox wants to be looked at, in the runtime's own time: not at once, for what could leave just left.
fn next_try(service: &Service) -> Instant {
    let far = Duration::from_secs(24 * 3600);
    // A ledger that cannot be read is reported by the round itself; until then only the next round counts.
    let delay = service
        .ledger
        .waiting()
        .ok()
        .and_then(|waiting| waiting.next_try_at)
        .map_or(far, |at| (at - service.clock.now().instant).to_std().unwrap_or(Duration::from_secs(60)));
    Instant::now() + delay
}
