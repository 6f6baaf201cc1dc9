//! Who is told that a card is withdrawn, from pure values: for each reader who is told one who is not.

use std::collections::BTreeMap;

use super::*;
use crate::domain::finding::Event;
use crate::domain::letter::example;
use crate::domain::letter::route::recipients;
use crate::domain::letter::route::tests::policy;

/// Who is told that a card of U1 is withdrawn which these addresses were told, each with the contacts it stood for then.
fn taken_back(policy: &Policy, before: &Policy, told: &[&str]) -> Vec<String> {
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let nobody = BTreeMap::new();
    let reach = Reach { today: at.date_naive(), suspended: &nobody };
    let mut news = News { unit: Some("U1".into()), ..example::piece(Event::Revoked, at) };
    let informed = |address: &&str| {
        let contact = before.registry.contacts.iter().find(|it| it.address == **address);
        let capacities = contact.map(|it| capacities(before, it, &[&news], &reach)).unwrap_or_default();
        Informed { address: (*address).to_owned(), capacities }
    };
    news.told = told.iter().map(informed).collect();
    recipients(policy, &news, &reach).into_iter().map(|contact| contact.address.clone()).collect()
}

/// The policy after somebody's address was replaced.
fn replaced(before: &Policy, address: &str, by: &str) -> Policy {
    let mut policy = before.clone();
    let contacts = policy.registry.contacts.iter_mut();
    contacts.filter(|contact| contact.address == address).for_each(|contact| contact.address = by.into());
    policy
}

/// DESIGN section 5: everybody who was told is told again. At the address they were told at, while it stands; where it is gone, in
/// that role for that unit, and nobody of another role or unit; where nobody stands in it, by the administrators.
#[test]
fn a_withdrawal_reaches_who_stands_in_the_role_by_now() {
    let before = policy();
    let told = ["handler", "lead"];
    assert_eq!(taken_back(&before, &before, &told), ["handler", "lead"]);
    let after = replaced(&before, "lead", "new lead");
    assert_eq!(taken_back(&after, &before, &told), ["handler", "new lead"]);
    assert_eq!(taken_back(&after, &before, &["handler"]), ["handler"], "the lead was never told");
    let mut after = before.clone();
    after.registry.contacts.retain(|contact| contact.address != "lead");
    assert_eq!(taken_back(&after, &before, &told), ["handler", "admin"]);
    let moved = |contact: &mut Contact| contact.unit = Some("U2".into());
    let mut after = replaced(&before, "others", "new others");
    after.registry.contacts.iter_mut().filter(|it| it.address == "lead").for_each(moved);
    assert_eq!(taken_back(&after, &before, &told), ["handler", "lead"], "the address stands");
    // Of another place by now, and of an old letter that does not say in which role.
    let mut after = replaced(&before, "place", "new place");
    let place = after.registry.contacts.iter_mut().find(|it| it.address == "new place").unwrap();
    place.region = Some("431000".into());
    assert_eq!(taken_back(&after, &before, &["place"]), ["new place", "city"]);
    assert_eq!(taken_back(&before, &before, &["unknown"]), ["handler", "lead"]);
}

/// One address in two roles is told in the one that concerns the unit, and whoever stands in for somebody in that one's.
#[test]
fn an_address_is_told_in_the_capacities_that_concern_the_unit() {
    let mut before = policy();
    let contacts = &mut before.registry.contacts;
    contacts.iter_mut().filter(|it| it.address == "others").for_each(|it| it.address = "handler".into());
    let mut after = replaced(&before, "handler", "new handler");
    let others = after.registry.contacts.iter_mut().find(|it| it.unit.as_deref() == Some("U2")).unwrap();
    others.address = "new others".into();
    assert_eq!(taken_back(&after, &before, &["handler"]), ["new handler"]);
    let mut policy = policy();
    let lead = policy.registry.contacts.iter_mut().find(|it| it.address == "lead").unwrap();
    lead.stand_in = Some("others".into());
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let news = News { unit: Some("U1".into()), ..example::piece(Event::Raised, at) };
    let others = policy.registry.contacts.iter().find(|it| it.address == "others").unwrap();
    let units = |suspended: &BTreeMap<String, String>| {
        let reach = Reach { today: at.date_naive(), suspended };
        let capacities = capacities(&policy, others, &[&news], &reach);
        capacities.into_iter().filter_map(|it| it.unit).collect::<Vec<_>>()
    };
    assert_eq!(units(&BTreeMap::from([("lead".into(), "550".into())])), ["U1"]);
    assert_eq!(units(&BTreeMap::new()), [""; 0]);
}
