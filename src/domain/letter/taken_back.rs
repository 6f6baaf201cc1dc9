//! Who is told in the place of an address that was told before: itself while it stands in the contacts, else whoever stands in the
//! same role for the same unit by now.

use super::news::{Informed, News};
use super::reach::{Reach, answers_for, each_once, roles};
use crate::domain::policy::Policy;
use crate::domain::registry::Contact;
use crate::domain::registry::capacity::Capacity;

/// The contacts that a withdrawal reaches, each once, and whether it reaches nobody of some address that was told.
pub(super) fn of_withdrawal<'p>(
    policy: &'p Policy,
    news: &News,
    reach: &Reach<'_>,
) -> (Vec<&'p Contact>, bool) {
    let in_place: Vec<_> = news.told.iter().map(|told| in_place_of(policy, told, news, reach)).collect();
    let lost = in_place.is_empty() || in_place.iter().any(Vec::is_empty);
    (each_once(in_place.into_iter().flatten()), lost)
}

/// Who is told in the place of an address, or nobody. Nothing goes to an address that stands in no list any more: it may be
/// somebody else's by now, and whoever took it out said that it is not to be written to.
pub fn in_place_of<'p>(
    policy: &'p Policy,
    told: &Informed,
    news: &News,
    reach: &Reach<'_>,
) -> Vec<&'p Contact> {
    let registry = &policy.registry;
    let mut itself = registry.contacts.iter().filter(|contact| contact.address == told.address).peekable();
    if itself.peek().is_some() {
        return itself.filter_map(|contact| reach.whoever_knows(registry, contact)).collect();
    }
    let found = |stands: &dyn Fn(&Contact) -> bool| -> Vec<&'p Contact> {
        let meant = registry.contacts.iter().filter(|contact| stands(contact));
        meant.filter_map(|contact| reach.reader(registry, contact)).collect()
    };
    let same = found(&|contact| told.capacities.contains(&Capacity::of(contact)));
    if !same.is_empty() {
        return same;
    }
    // The role may be for another region by now; and a letter from before says no role: then those of the card.
    let known = told.capacities.iter().map(|capacity| capacity.role).collect::<Vec<_>>();
    let roles = if known.is_empty() { roles(&policy.routing, news.card) } else { known };
    found(&|contact| roles.contains(&contact.role) && answers_for(policy, contact, news.unit.as_deref()))
}

/// In which capacities an address reads some news: its own, and those of the contacts for whom it stands in.
pub fn capacities(policy: &Policy, contact: &Contact, news: &[&News], reach: &Reach<'_>) -> Vec<Capacity> {
    let address = Some(&contact.address);
    let reads = |other: &&Contact| {
        let stands_in = other.stand_in.as_ref() == address && reach.suspended.contains_key(&other.address);
        Some(&other.address) == address || stands_in
    };
    let concerns = |other: &&Contact| {
        let of = |piece: &&News| {
            let finishes = piece.ordered_elsewhere().is_some_and(|unit| other.unit.as_deref() == Some(unit));
            finishes || answers_for(policy, other, piece.unit.as_deref())
        };
        news.iter().any(of)
    };
    let mut capacities: Vec<Capacity> = Vec::new();
    let rows = policy.registry.contacts.iter().filter(reads).filter(concerns);
    for capacity in rows.map(Capacity::of) {
        if !capacities.contains(&capacity) {
            capacities.push(capacity);
        }
    }
    capacities
}

#[cfg(test)]
mod tests;
