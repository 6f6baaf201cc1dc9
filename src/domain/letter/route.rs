//! Who is told what (发送对象): roles by card, contacts by unit and region.

use super::news::News;
use crate::domain::coverage::upward;
use crate::domain::finding::Card;
use crate::domain::policy::{Policy, Routing};
use crate::domain::registry::{Contact, Role};
use crate::domain::rules::OWN;

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

/// Contacts to be told of a piece of news. Matters of our own running go to the administrators; where nobody of
/// the right role answers for the unit, they are told too, so that no card falls silent.
pub fn recipients<'p>(policy: &'p Policy, news: &News) -> Vec<&'p Contact> {
    let admins = || policy.registry.contacts.iter().filter(|contact| contact.role == Role::Admin);
    if OWN.contains(&news.rule.as_str()) {
        return admins().collect();
    }
    let mut roles = roles(&policy.routing, news.card);
    if news.event == "unanswered" {
        roles.extend(&policy.routing.unanswered);
    }
    let told: Vec<&Contact> = policy
        .registry
        .contacts
        .iter()
        .filter(|contact| roles.contains(&contact.role) && answers_for(policy, contact, news.unit.as_deref()))
        .collect();
    if told.is_empty() { admins().collect() } else { told }
}

/// Whether a contact is told the matters of a unit: its own, or any in its region or below.
fn answers_for(policy: &Policy, contact: &Contact, unit: Option<&str>) -> bool {
    let region = unit.and_then(|code| policy.registry.units.get(code)).map(|unit| unit.region.as_str());
    match (&contact.unit, &contact.region) {
        (Some(own), _) => unit == Some(own),
        (None, Some(own)) => upward(&policy.registry, region).any(|code| code == *own),
        (None, None) => true,
    }
}
