//! `jianchad ledger`: what a person says of a ledger that was put in the place of another.

use std::io::Write;

use clap::{Args, Subcommand};

use super::deed::{self, Deed};
use super::{Common, Tongue, not_found};
use crate::domain::now::Clock;
use crate::domain::text::say;
use crate::edge::clock::SystemClock;
use crate::failure::Failure;
use crate::service;

/// The ledger.
#[derive(Debug, Args)]
pub(crate) struct LedgerCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Says that the ledger is the right one: the letters that wait for that leave, also those on cards that may have been told before.
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

impl LedgerCommand {
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
            let remedy = say!("held_mail-nothing_remedy").words(language);
            not_found(say!("held_mail-nothing").words(language)).with_remedy(remedy)
        };
        let held = ledger.held_mail()?.filter(|held| held.holds(&now)).ok_or_else(nothing)?;
        if let Some(said) = held.said(&now) {
            self.deed.asked.agreed(&said, language)?;
        }
        let Deed { by, why, .. } = &self.deed;
        ledger.release_mail(by, why, &now)?.ok_or_else(nothing)?;
        Ok(writeln!(out, "{}", say!("held_mail-released", by).words(language))?)
    }
}
