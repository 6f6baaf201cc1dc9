//! The daemon waits, starts rounds, and answers systemd. Only waiting is asynchronous.

mod board;

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
use crate::failure::Failure;
use crate::round::{self, FOR_SLOW_SOURCES, Watch};
use crate::service::lane::Lane;
use crate::service::{self, Service};

use board::Board;

/// How long a stop waits for the running round to reach a safe point. What it then leaves is rolled back.
const PATIENCE: Duration = Duration::from_secs(8);

/// Time between two tries to open a ledger, at first and at last.
const FIRST_TRY: Duration = Duration::from_secs(1);
const LAST_TRY: Duration = Duration::from_secs(60);

/// How long slow sources are read between two looks at signals, letters and the next round.
const READ_ON: Duration = Duration::from_secs(2);

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

impl Signals {
    fn caught() -> std::io::Result<Self> {
        Ok(Self {
            stop: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            reload: signal(SignalKind::hangup())?,
        })
    }
}

async fn serve(mut config: Config, begins: Option<Now>) -> Result<(), Failure> {
    let mut signals = Signals::caught()?;
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let Some(mut service) = open(&mut config, &mut signals).await? else {
        systemd::stopping();
        return Ok(());
    };
    if let Some(now) = begins {
        service.clock = Box::new(SystemClock::set_to(now, config.policy.zone));
    }
    service::keep(&config, &service.clock.now());
    let mut board = Board::default();
    systemd::ready();
    let mut next = Instant::now();
    let (mut round_due, mut letters_due) = (next, next);
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
                let work = match Instant::now() {
                    now if now >= round_due => Work::Round,
                    now if now >= letters_due => Work::Letters,
                    now => Work::Reading(READ_ON.min(round_due.min(letters_due) - now)),
                };
                let Some((returned, result)) = attend(service, work, &mut signals).await else { break };
                service = returned;
                if work == Work::Round {
                    round_due = Instant::now() + service.poll_every;
                }
                if !matches!(work, Work::Reading(_)) {
                    letters_due = next_try(&service);
                }
                // After a fault of the ledger everything waits for the next round.
                next = match &result {
                    Err(_) => round_due,
                    Ok(_) if service.sources.iter().any(Lane::wants_round) => {
                        round_due = Instant::now();
                        round_due
                    }
                    Ok(_) if service.sources.iter().any(Lane::is_going) => Instant::now(),
                    Ok(_) => round_due.min(letters_due),
                };
                board.enter(&result);
                board.show(&service, round_due);
            }
        }
    }
    systemd::stopping();
    systemd::status("stopping");
    Ok(())
}

/// Opens the service; `None`: we were told to stop. Where a service manager looks on, a ledger that cannot be written to (its disk is full,
/// read-only or away, another process holds it) is waited for, with a try at least each minute; at a keyboard it is said at once.
async fn open(config: &mut Config, signals: &mut Signals) -> Result<Option<Service>, Failure> {
    let (mut delay, mut told) = (FIRST_TRY, String::new());
    loop {
        let failure = match Service::open(config) {
            Ok(service) => return Ok(Some(service)),
            Err(failure) if failure.may_mend_itself() && systemd::is_there() => failure,
            Err(failure) => return Err(failure),
        };
        let why = failure.in_one_line();
        if told != why {
            tracing::error!("waits for its ledger:\n{}", failure.for_operator());
            systemd::ready();
        }
        systemd::status(&format!("waits for its ledger, nothing is supervised: {why}"));
        told = why;
        match wait(Instant::now() + delay, signals).await {
            Wake::Stop => return Ok(None),
            Wake::Reload => {
                systemd::reloading();
                match service::load(&config.file) {
                    Ok(read) => *config = read,
                    Err(failure) => {
                        tracing::error!("the configuration in force stays:\n{}", failure.for_operator());
                    }
                }
                systemd::ready();
            }
            Wake::Round => delay = (delay * 2).min(LAST_TRY),
        }
    }
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

/// What is done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    /// A round.
    Round,
    /// Letters that wait are sent.
    Letters,
    /// Slow sources are read on, for so long at most.
    Reading(Duration),
}

/// The service, and what came of a round; `None`: it was none.
type Done = (Service, Result<Option<Tally>, LedgerError>);

/// Runs a round, or less, on a thread of its own. The watchdog is fed while the round goes on, and
/// starves with it. `None`: we were told to stop.
async fn attend(mut service: Service, work: Work, signals: &mut Signals) -> Option<Done> {
    let pulse = Arc::new(Pulse::default());
    let watched = Arc::clone(&pulse);
    match work {
        Work::Round => systemd::status("a round is running"),
        Work::Letters => systemd::status("letters are being sent"),
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
fn reload(file: &Path, running: &mut Service, board: &mut Board) -> bool {
    systemd::reloading();
    let loaded = service::load(file).and_then(|config| {
        running.reconfigure(&config)?;
        service::keep(&config, &running.clock.now());
        Ok(())
    });
    board.refused = loaded.as_ref().err().map(Failure::in_one_line);
    systemd::ready();
    match loaded {
        Ok(()) => {
            tracing::info!(policy = %running.wanted.version, "the configuration was read again");
            true
        }
        Err(failure) => {
            tracing::error!("the configuration in force stays:\n{}", failure.for_operator());
            false
        }
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
