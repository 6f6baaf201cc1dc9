//! Who can be reached, and for which units.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::card::Card;
use crate::domain::coverage::upward;
use crate::domain::policy::{Policy, Routing};
use crate::domain::registry::{Contact, Registry, Role};

/// Roles told of a card: its own and those of every card below it.
pub fn roles(routing: &Routing, card: Card) -> Vec<Role> {
    let mut roles = routing.notice.clone();
    if card >= Card::Yellow {
        roles.extend(&routing.yellow);
    }
    if card >= Card::Red {
        roles.extend(&routing.red);
    }
    roles
}

/// Who can be reached: on which day, and which addresses take no letters.
#[derive(Debug, Clone, Copy)]
pub struct Reach<'r> {
    /// The day.
    pub today: NaiveDate,
    /// Addresses that mail servers refused for good, with their words.
    pub suspended: &'r BTreeMap<String, String>,
}

impl Reach<'_> {
    fn holds(&self, contact: &Contact) -> bool {
        contact.serves(self.today) && !self.suspended.contains_key(&contact.address)
    }

    /// The contact, whether or not they hold the role today, or who stands in.
    pub(super) fn whoever_knows<'p>(
        &self,
        registry: &'p Registry,
        contact: &'p Contact,
    ) -> Option<&'p Contact> {
        let takes_letters = |contact: &&Contact| !self.suspended.contains_key(&contact.address);
        Some(contact).filter(takes_letters).or_else(|| self.reader(registry, contact))
    }

    /// The contact, or who stands in. Whoever does not hold the role on this day has no stand-in: somebody else holds it.
    pub fn reader<'p>(&self, registry: &'p Registry, contact: &'p Contact) -> Option<&'p Contact> {
        if !contact.serves(self.today) {
            return None;
        }
        let stand_in = || {
            let address = contact.stand_in.as_ref()?;
            registry.contacts.iter().find(|other| other.address == *address && self.holds(other))
        };
        Some(contact).filter(|contact| self.holds(contact)).or_else(stand_in)
    }
}

/// Those meant by a letter, or who stands in for them, each address once. Where one of them is reached by no letter, and nobody beside or
/// above gets it either, the administrators get it: nothing that is to be told goes to nobody.
pub(super) fn reached<'p>(policy: &'p Policy, meant: &[&'p Contact], reach: &Reach<'_>) -> Vec<&'p Contact> {
    let told = meant.iter().filter_map(|contact| reach.reader(&policy.registry, contact));
    let lost = !lost(policy, meant, reach).is_empty();
    each_once(told.chain(lost.then(|| admins(policy, reach)).into_iter().flatten()))
}

/// Those meant by a letter whose address takes none, for whom nobody stands in, and beside or above whom nobody gets it.
pub(super) fn lost<'p>(policy: &Policy, meant: &[&'p Contact], reach: &Reach<'_>) -> Vec<&'p Contact> {
    let registry = &policy.registry;
    let gets = |contact: &Contact| reach.reader(registry, contact).is_some();
    let beside_or_above = |lost: &Contact, other: &Contact| {
        let covers = |region: &String| upward(registry, lost.region.as_deref()).any(|code| code == *region);
        let of_it = match &other.unit {
            Some(_) => other.unit == lost.unit,
            None => lost.unit.is_some() || other.region.as_ref().is_none_or(covers),
        };
        of_it && other.role >= lost.role
    };
    let known = |lost: &Contact| meant.iter().any(|other| beside_or_above(lost, other) && gets(other));
    let serve = meant.iter().filter(|contact| contact.serves(reach.today));
    serve.filter(|contact| !gets(contact) && !known(contact)).copied().collect()
}

/// The administrators, or who stands in for them.
pub fn admins<'p>(policy: &'p Policy, reach: &Reach<'_>) -> Vec<&'p Contact> {
    let registry = &policy.registry;
    let admins = registry.contacts.iter().filter(|contact| contact.role == Role::Admin);
    admins.filter_map(|admin| reach.reader(registry, admin)).collect()
}

/// Contacts, each address once.
pub(super) fn each_once<'p>(contacts: impl Iterator<Item = &'p Contact>) -> Vec<&'p Contact> {
    let mut once: Vec<&Contact> = Vec::new();
    for contact in contacts {
        if !once.iter().any(|known| known.address == contact.address) {
            once.push(contact);
        }
    }
    once
}

/// Whether somebody supervises a unit on a day, by the contacts.
pub fn is_supervised(policy: &Policy, unit: &str, day: NaiveDate) -> bool {
    let supervises = |contact: &Contact| contact.role == Role::Supervisor && contact.serves(day);
    let mut contacts = policy.registry.contacts.iter();
    contacts.any(|contact| supervises(contact) && answers_for(policy, contact, Some(unit)))
}

/// Whether a contact is told the matters of a unit: its own, or any in its region or below.
pub(super) fn answers_for(policy: &Policy, contact: &Contact, unit: Option<&str>) -> bool {
    let region = unit.and_then(|code| policy.registry.units.get(code)).map(|unit| unit.region.as_str());
    match (&contact.unit, &contact.region) {
        (Some(own), _) => unit == Some(own),
        (None, Some(own)) => upward(&policy.registry, region).any(|code| code == *own),
        (None, None) => true,
    }
}
