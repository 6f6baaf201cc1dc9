//! The program in ten lines.

use std::process::ExitCode;

fn main() -> ExitCode {
    match jianchad::cli::run(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprint!("{}", failure.for_operator(jianchad::edge::operator::language()));
            ExitCode::from(failure.exit_code())
        }
    }
}
