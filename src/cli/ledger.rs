//! `jianchad ledger`: what a person says of a ledger that was put in the place of another.

use std::io::Write;

use clap::{Args, Subcommand};

use super::attribution::{Acceptance, Attribution, Entry};
use super::not_found;
use crate::domain::text::say;
use crate::failure::Failure;

/// The ledger.
#[derive(Debug, Args)]
pub(crate) struct LedgerCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Says that the ledger is the right one: the letters that wait for that leave, also those on cards that may have been told before.
    Accept(Acceptance),
}

impl LedgerCommand {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.what {
            What::Accept(says) => accept(says, out),
        }
    }
}

fn accept(says: &Acceptance, out: &mut dyn Write) -> Result<(), Failure> {
    let Entry { mut ledger, now, language, .. } = says.entry()?;
    let nothing = || {
        let remedy = say!("held_mail-nothing_remedy").words(language);
        not_found(say!("held_mail-nothing").words(language)).with_remedy(remedy)
    };
    let held = ledger.held_mail()?.filter(|held| held.holds(&now)).ok_or_else(nothing)?;
    if let Some(said) = held.said(&now) {
        says.attribution.asked.agreed(&said, language)?;
    }
    let Attribution { by, why, .. } = &says.attribution;
    ledger.release_mail(by, why, &now)?.ok_or_else(nothing)?;
    Ok(writeln!(out, "{}", say!("held_mail-released", by).words(language))?)
}
