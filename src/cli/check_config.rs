//! `jianchad check-config`: every mistake at once, and what the file would change.

use std::io::Write;

use super::{Common, effect, progress::Progress};
use crate::domain::now::Clock;
use crate::domain::policy::{ClockRule, LimitSource, Policy};
use crate::domain::registry::Item;
use crate::domain::statute::Keeper;
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
    unsupervised(&config.policy, out)?;
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

/// Which items no clock with a card runs on, whatever is put on record: the catalogue gives them no limit, and no law that is
/// known here does.
fn unsupervised(policy: &Policy, out: &mut dyn Write) -> Result<(), Failure> {
    let gives = |item: &Item, clock: &ClockRule| {
        let staged = || item.stages.iter().any(|stage| stage.limit.is_some());
        let own = clock.by_law.keeper == Keeper::Unit && !clock.by_law.conditional && !clock.repeats;
        own && (clock.limit != LimitSource::Stage || staged()) && !policy.cards.of(&clock.id).is_empty()
    };
    let nothing =
        policy.registry.items.values().filter(|item| !policy.clocks_on(item).any(|clock| gives(item, clock)));
    let codes: Vec<&str> = nothing.map(|item| item.code.as_str()).collect();
    if codes.is_empty() {
        return Ok(());
    }
    let shown = codes[..codes.len().min(SHOWN)].join(", ");
    let more = if codes.len() > SHOWN { ", …" } else { "" };
    let count = codes.len();
    Ok(writeln!(
        out,
        "warning: no time limit can ever be late on {count} item(s), by the catalogue or by law: {shown}{more}"
    )?)
}

/// How many items are named.
const SHOWN: usize = 20;

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
