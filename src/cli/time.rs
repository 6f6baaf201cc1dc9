//! `jianchad time`: what a person says of the machine's clock.

use std::io::Write;

use clap::{Args, Subcommand};

use super::{Common, Tongue, not_found};
use crate::domain::now::Clock;
use crate::domain::text::say;
use crate::edge::clock::SystemClock;
use crate::edge::ledger::Ledger;
use crate::failure::Failure;
use crate::service;

/// The machine's clock.
#[derive(Debug, Args)]
pub(crate) struct TimeCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Says that the machine's clock is right after a step that is held: rounds go on from the moment that it shows now.
    Accept(Accept),
}

#[derive(Debug, Args)]
struct Accept {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    tongue: Tongue,
    /// Who says so.
    #[arg(long, value_name = "NAME", value_parser = super::said)]
    by: String,
    /// Why it is right.
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    why: String,
}

impl TimeCommand {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.what {
            What::Accept(accept) => accept.run(out),
        }
    }
}

impl Accept {
    fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = service::load(&self.common.config)?;
        let now = SystemClock::new(config.policy.zone).now();
        let language = self.tongue.language();
        let mut ledger = Ledger::at_keyboard(&config.ledger, config.policy.zone)?;
        let Some(held) = ledger.accept_time(&self.by, &self.why, &now)? else {
            let remedy = say!("time-nothing_remedy").words(language);
            return Err(not_found(say!("time-nothing").words(language)).with_remedy(remedy));
        };
        let at = now.instant.format("%Y-%m-%d %H:%M").to_string();
        let accepted = say!("time-accepted", at, last = held.last_round, by = &self.by);
        Ok(writeln!(out, "{}", accepted.words(language))?)
    }
}
