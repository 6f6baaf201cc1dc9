//! The program in ten lines.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match jianchad::cli::run(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Whoever read it may be gone (`2>&1 | head`): the exit code still says what happened.
            let _ = write!(std::io::stderr(), "{}", failure.for_whoever_runs_it());
            ExitCode::from(failure.exit_code())
        }
    }
}
