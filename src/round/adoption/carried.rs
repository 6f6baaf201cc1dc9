//! What the configuration wants, with what is known of before.

use std::collections::BTreeMap;

use crate::domain::adoption::Carried;
use crate::domain::now::Now;
use crate::domain::policy::{self, Policy};
use crate::domain::record::terms::SourceTerms;
use crate::domain::registry::{catalogue, dated_back};
use crate::edge::config;
use crate::edge::ledger::{Ledger, LedgerError};

/// A policy of the configuration with what the catalogue said before: what is in force says it. A change without days holds
/// from the day on which it was met.
pub fn carried(ledger: &Ledger, wanted: &Policy, now: &Now) -> Result<Carried, LedgerError> {
    let as_it_is = || Carried::as_it_is(wanted.clone());
    let Some(before) = ledger.in_force()?.filter(|version| *version != wanted.version) else {
        return Ok(as_it_is());
    };
    let kept = ledger.policy(&before)?.unwrap_or_default();
    let mut policy = wanted.clone();
    keep_sources(&mut policy, policy::sources(&kept));
    let Ok(known) = wanted.clone().judging_by(&before, &kept) else {
        policy.version = config::version(&policy);
        return Ok(Carried::as_it_is(policy));
    };
    let met = ledger.catalogue_met(&wanted.version, now)?;
    catalogue::carry(&mut policy.registry.items, &known.registry.items, met.day);
    let news = dated_back::keep(&mut policy.registry.items, &known.registry.items, met);
    policy.version = config::version(&policy);
    let backdated = policy.registry.items.values().any(|item| !item.as_met.is_empty()).then(|| {
        let mut all = policy.clone();
        all.registry.items.values_mut().for_each(|item| item.as_met.clear());
        all.version = config::version(&all);
        all
    });
    Ok(Carried { policy, backdated, news })
}

/// Keeps the terms of sources that are no longer configured, as those of removed ones: put in again, a source comes back on other
/// terms only as one that stayed would get them. What goes on under another name is not removed.
fn keep_sources(policy: &mut Policy, known: BTreeMap<String, SourceTerms>) {
    let went_on = |(name, was): &(&String, &String)| {
        !known.contains_key(*name) && policy.sources.contains_key(*name) && known.contains_key(*was)
    };
    let renamed: Vec<String> =
        policy.sources_were.iter().filter(went_on).map(|(_, was)| was.clone()).collect();
    for (name, terms) in known {
        if !renamed.contains(&name) {
            policy.sources.entry(name).or_insert(SourceTerms { removed: true, ..terms });
        }
    }
}
