//! Where log lines go: to the journal under systemd, to the terminal otherwise.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// As what the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// For good, under systemd.
    Daemon,
    /// For one answer, at the keyboard.
    Command,
}

/// Starts logging. `JIANCHAD_LOG` sets the level (`warn`, `info`, `debug`), `info` for the daemon and `warn` for
/// commands unless set. The record is the ledger; these lines are for whoever looks after the machine.
pub fn start(program: Program) {
    let default = match program {
        Program::Daemon => "info",
        Program::Command => "warn",
    };
    let filter = EnvFilter::try_from_env("JIANCHAD_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let registry = tracing_subscriber::registry().with(filter);
    let under_systemd = std::env::var_os("JOURNAL_STREAM").is_some();
    let journal = if under_systemd { tracing_journald::layer().ok() } else { None };
    let started = match journal {
        Some(journal) => registry.with(journal).try_init(),
        None => {
            let terminal = std::io::stderr().is_terminal();
            let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(terminal);
            if terminal {
                registry.with(lines.without_time().with_target(false)).try_init()
            } else {
                registry.with(lines.with_target(false)).try_init()
            }
        }
    };
    if let Err(error) = started {
        eprintln!("jianchad: logging was started twice: {error}");
    }
}
