//! The daemon waits, starts rounds, and answers systemd. Only waiting is asynchronous.

mod attend;
mod board;
mod servers;

use std::path::Path;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{Instant, sleep_until};

use crate::domain::letter::ended::{Cause, Ended};
use crate::domain::now::Now;
use crate::domain::text::{Language, Text, say};
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::operator::{self, words};
use crate::edge::systemd;
use crate::failure::Failure;
use crate::round;
use crate::service::lane::Lane;
use crate::service::running::Run;
use crate::service::{self, Service};

use attend::{Work, attend};
use board::Board;

/// Time between two tries to open a ledger, at first and at last.
const FIRST_TRY: Duration = Duration::from_secs(1);
const LAST_TRY: Duration = Duration::from_secs(60);

/// How long slow sources are read between two looks at signals, letters and the next round.
const READ_ON: Duration = Duration::from_secs(2);

/// Runs until SIGTERM or SIGINT. `config` has been checked; SIGHUP reads it again. `begins`: what the clock shows at the
/// start, in a rehearsal. `language`: that of the journal; by default that of the configuration.
pub fn run(config: Config, begins: Option<Now>, language: Option<Language>) -> Result<(), Failure> {
    operator::speak(language.unwrap_or(config.policy.language));
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
    let opened = open(&mut config, &mut signals).await;
    if let Err(failure) = opened.as_ref()
        && systemd::is_there()
    {
        Run::cannot_begin(&config, &failure.in_one_line(operator::language()));
    }
    let Some(mut service) = opened? else {
        systemd::stopping();
        return Ok(());
    };
    if let Some(now) = begins {
        service.clock = Box::new(SystemClock::set_to(now, config.policy.zone));
    }
    service::keep(&config, &service.clock.now());
    systemd::ready();
    servers::look(&config);
    let (run, told) = begin(&mut service);
    // How the last run ended is told before a round, which might end this one in the same way.
    let first = told.then_some(Work::Letters);
    let ended = work_on(service, &config, signals, run, first).await;
    systemd::stopping();
    systemd::status("stopping");
    ended
}

/// Rounds, letters and reloads until we are told to stop; `first`: what is done before them.
async fn work_on(
    mut service: Service,
    config: &Config,
    mut signals: Signals,
    mut run: Run,
    mut first: Option<Work>,
) -> Result<(), Failure> {
    let mut board = Board::default();
    let mut next = Instant::now();
    let (mut round_due, mut letters_due) = (next, next);
    loop {
        match wait(next, &mut signals).await {
            Wake::Stop => break,
            Wake::Reload => {
                if reload(&config.file, &mut service, &mut board) {
                    run = on_its_ledger(run, &service);
                    round_due = Instant::now();
                    next = round_due;
                }
                board.show(&service, round_due);
            }
            Wake::Round => {
                let work = match Instant::now() {
                    _ if let Some(work) = first.take() => work,
                    now if now >= round_due => Work::Round,
                    now if now >= letters_due => Work::Letters,
                    now => Work::Reading(READ_ON.min(round_due.min(letters_due) - now)),
                };
                let attended = attend(service, work, &mut signals, &run).await;
                if let Err(failure) = &attended {
                    run.ends(Cause::Panicked, &failure.in_one_line(operator::language()));
                }
                let Some((returned, result)) = attended? else { break };
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
    run.is_over();
    Ok(())
}

/// A run of the daemon begins: how the last one ended is told, if it was not stopped, and that this one runs is noted. Gives whether
/// there are letters on that.
fn begin(service: &mut Service) -> (Run, bool) {
    let run = Run::of(service);
    let mut told = false;
    if let Some(ended) = run.before() {
        let Ended { cause, began, why, .. } = &ended;
        tracing::warn!("{}", words(&say!("journal-last_run", began, cause = cause.text(), why)));
        match round::tell_end(service, &ended) {
            Ok(letters) => told = letters > 0,
            Err(error) => {
                let why = error.said();
                tracing::error!("{}", words(&say!("journal-end_untold", why)));
                // What was noted stays for the next start.
                return (run, false);
            }
        }
    }
    run.goes_on();
    (run, told)
}

/// A reload may have named another ledger: the note goes along.
fn on_its_ledger(run: Run, service: &Service) -> Run {
    let now = Run::of(service);
    if now.is_beside(&run) {
        return run;
    }
    run.is_over();
    now.goes_on();
    now
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
        let why = failure.in_one_line(operator::language());
        if told != why {
            tracing::error!("{}", above(&say!("journal-ledger_awaited"), &failure));
            systemd::ready();
        }
        systemd::status(&words(&say!("journal-ledger_awaited_status", why = &why)));
        told = why;
        match wait(Instant::now() + delay, signals).await {
            Wake::Stop => return Ok(None),
            Wake::Reload => {
                systemd::reloading();
                match service::load(&config.file) {
                    Ok(read) => *config = read,
                    Err(failure) => {
                        tracing::error!("{}", above(&say!("journal-config_stays"), &failure));
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

/// Reads the configuration again; gives whether it is in force. A bad file, or a ledger that cannot be opened,
/// leaves the old configuration in force.
fn reload(file: &Path, running: &mut Service, board: &mut Board) -> bool {
    systemd::reloading();
    let loaded = service::load(file).and_then(|config| {
        running.reconfigure(&config)?;
        service::keep(&config, &running.clock.now());
        Ok(())
    });
    board.refused = loaded.as_ref().err().map(|failure| failure.in_one_line(operator::language()));
    systemd::ready();
    match loaded {
        Ok(()) => {
            tracing::info!(policy = %running.wanted.version, "{}", words(&say!("journal-config_read")));
            true
        }
        Err(failure) => {
            tracing::error!("{}", above(&say!("journal-config_stays"), &failure));
            false
        }
    }
}

/// A failure below what comes of it.
fn above(what: &Text, failure: &Failure) -> String {
    format!("{}\n{}", words(what), failure.for_operator(operator::language()))
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
