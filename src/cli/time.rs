//! `jianchad time`: what a person says of the machine's clock.

use std::io::Write;

use clap::{Args, Subcommand};

use super::attribution::{Acceptance, Attribution, Entry};
use super::not_found;
use crate::domain::text::say;
use crate::failure::Failure;

/// The machine's clock.
#[derive(Debug, Args)]
pub(crate) struct TimeCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Says that the machine's clock is right after a step that is held: rounds go on from the moment that it shows now.
    Accept(Acceptance),
}

impl TimeCommand {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.what {
            What::Accept(says) => accept(says, out),
        }
    }
}

fn accept(says: &Acceptance, out: &mut dyn Write) -> Result<(), Failure> {
    let Entry { mut ledger, now, language, .. } = says.entry_on_clock()?;
    let nothing = || {
        let remedy = say!("time-nothing_remedy").words(language);
        not_found(say!("time-nothing").words(language)).with_remedy(remedy)
    };
    let held = ledger.held_time()?.ok_or_else(nothing)?;
    let step = held.step();
    says.attribution.asked.agreed(&step, language)?;
    let Attribution { by, why, .. } = &says.attribution;
    let held = ledger.accept_time(by, why, &now)?.ok_or_else(nothing)?;
    let at = now.instant.format("%Y-%m-%d %H:%M").to_string();
    let accepted = say!("time-accepted", at, last = held.after(), by);
    Ok(writeln!(out, "{}", accepted.words(language))?)
}
