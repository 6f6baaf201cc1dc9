//! `jianchad check-config`: every mistake at once.

use std::io::Write;

use super::Common;
use crate::failure::Failure;

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
    Ok(())
}
