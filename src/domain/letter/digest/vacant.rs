//! Units without anybody who leads them, by the contacts: their cards go to the administrators besides the clerk.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::letter::page::phrase;
use crate::domain::policy::Policy;
use crate::domain::registry::Role;
use crate::domain::text::{Language, Text};

/// Units that are named.
const NAMED: usize = 10;

/// That units with items have no lead on a day who could be told of their cards; nothing where all have, and where leads are told
/// nothing.
pub(super) fn vacant(language: Language, policy: &Policy, day: NaiveDate) -> Option<String> {
    let routing = &policy.routing;
    let told = [&routing.notice, &routing.yellow, &routing.red].into_iter().flatten();
    if !told.clone().any(|role| *role == Role::UnitLead) {
        return None;
    }
    let registry = &policy.registry;
    let leads = registry.contacts.iter().filter(|it| it.role == Role::UnitLead && it.serves(day));
    let led: BTreeSet<&str> = leads.filter_map(|contact| contact.unit.as_deref()).collect();
    let with_items: BTreeSet<&str> = registry.items.values().map(|item| item.unit.as_str()).collect();
    let vacant: Vec<&str> = with_items.difference(&led).copied().collect();
    let name = |code: &&str| Text::from(registry.units.get(*code).map_or(*code, |unit| &unit.name));
    let names = Text::list(vacant.iter().take(NAMED).map(name), "list-comma").words(language);
    let words = if vacant.len() > NAMED { "no_lead_first" } else { "no_lead" };
    let values = [("names", names.as_str()), ("count", &vacant.len().to_string())];
    (!vacant.is_empty()).then(|| phrase(language, "digest", words, &values))
}
