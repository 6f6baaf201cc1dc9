//! `jianchad time`: what a person says of the machine's clock.

use std::io::Write;

use clap::{Args, Subcommand};

use super::deed::{self, Deed};
use super::{Common, Tongue, not_found};
use crate::domain::now::Clock;
use crate::domain::text::say;
use crate::edge::clock::SystemClock;
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
    #[command(flatten)]
    deed: Deed,
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
        let mut ledger = deed::ledger(&config, &self.common, language)?;
        let nothing = || {
            let remedy = say!("time-nothing_remedy").words(language);
            not_found(say!("time-nothing").words(language)).with_remedy(remedy)
        };
        let held = ledger.held_time()?.ok_or_else(nothing)?;
        let step = held.step();
        self.deed.asked.agreed(&step, language)?;
        let Deed { by, why, .. } = &self.deed;
        let held = ledger.accept_time(by, why, &now)?.ok_or_else(nothing)?;
        let at = now.instant.format("%Y-%m-%d %H:%M").to_string();
        let accepted = say!("time-accepted", at, last = held.after(), by);
        Ok(writeln!(out, "{}", accepted.words(language))?)
    }
}
