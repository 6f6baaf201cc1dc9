//! `jianchad check-config`: every mistake at once, and what the file would change.

use std::io::Write;

use super::{Common, effect, progress::Progress};
use crate::domain::now::Clock;
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::ledger::{Ledger, LedgerError};
use crate::failure::Failure;
use crate::round;

pub(super) fn run(common: &Common, out: &mut dyn Write) -> Result<(), Failure> {
    let config = crate::house::load(&common.config)?;
    for warning in &config.warnings {
        writeln!(out, "{warning}")?;
    }
    let registry = &config.policy.registry;
    writeln!(
        out,
        "{}: in order\n  registry    {} regions, {} units, {} items, {} contacts\n  sources     {}\n  card table  {}\n  \
         calendar    {} to {}\n  ledger      {}\n  letters     {}\n  version     {}",
        common.config.display(),
        registry.regions.len(),
        registry.units.len(),
        registry.items.len(),
        registry.contacts.len(),
        config.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>().join(", "),
        config.policy.cards.name,
        config.policy.calendar.known().start(),
        config.policy.calendar.known().end(),
        config.ledger.display(),
        crate::edge::notify::describe(&config.way),
        config.policy.version,
    )?;
    match change(&config, out) {
        // The file is in order all the same: whoever checks it need not be able to read the ledger.
        Err(Unseen::Ledger(error)) => {
            writeln!(out, "  change      not known: {error}; try: {}", error.remedy())?;
            Ok(())
        }
        Err(Unseen::Output(failure)) => Err(failure),
        Ok(()) => Ok(()),
    }
}

/// Why it cannot be said what the file would change.
enum Unseen {
    Ledger(LedgerError),
    Output(Failure),
}

impl From<LedgerError> for Unseen {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<std::io::Error> for Unseen {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error.into())
    }
}

/// What would come and go among the open cards, with a ledger at hand.
fn change(config: &Config, out: &mut dyn Write) -> Result<(), Unseen> {
    let ledger = match Ledger::at_hand(&config.ledger, config.policy.zone) {
        Err(LedgerError::Missing { .. }) => return Ok(()),
        opened => opened?,
    };
    let now = SystemClock::new(config.policy.zone).now();
    let progress = Progress::new("change");
    let wanted = round::carried(&ledger, &config.policy, &now)?;
    let proposal = round::propose(&ledger, &wanted, &now, &progress)?;
    progress.clear();
    let Some(proposal) = proposal else {
        return Ok(writeln!(out, "  change      none: this judges already")?);
    };
    let what = if proposal.waits {
        "waits for `jianchad adopt --by NAME --why TEXT`"
    } else {
        "is adopted by the next round"
    };
    writeln!(out, "  change      {} judges now; this one {what}", proposal.before)?;
    effect::write(&proposal.effect, false, out).map_err(Unseen::Output)
}
