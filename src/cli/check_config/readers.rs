//! Regions of which no supervisor would read a card.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::SHOWN;
use crate::domain::letter::reach::is_supervised;
use crate::domain::policy::Policy;
use crate::domain::registry::Role;
use crate::domain::text::{Text, say};

/// A warning where the contacts name no supervisor at all, or none for a unit of a region.
pub(super) fn warning(policy: &Policy, today: NaiveDate) -> Option<Text> {
    let registry = &policy.registry;
    let supervises = |role: Role| role == Role::Supervisor;
    if !registry.contacts.iter().any(|contact| supervises(contact.role) && contact.serves(today)) {
        return Some(say!("check-no_supervisor"));
    }
    let alone = registry.units.values().filter(|unit| !is_supervised(policy, &unit.code, today));
    let codes: BTreeSet<&str> = alone.map(|unit| unit.region.as_str()).collect();
    let name =
        |code: &&str| Text::from(registry.regions.get(*code).map_or(*code, |region| region.name.as_str()));
    let mut regions = Text::list(codes.iter().take(SHOWN).map(name), "list-comma");
    if codes.len() > SHOWN {
        regions = say!("list-comma_and_more", items = regions);
    }
    (!codes.is_empty()).then(|| say!("check-regions_alone", count = codes.len(), regions))
}
