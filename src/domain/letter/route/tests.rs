//! Who is told of what, from pure values: for each reader who is told one who is not.

use super::*;
use crate::domain::clock::tests::policy as plain;
use crate::domain::letter::example;
use crate::domain::letter::news::Informed;
use crate::domain::plan::question::{Asks, Question};
use crate::domain::registry::{Language, Level, Region, Unit, UnitKind};

/// A unit in 431001, with its people, those of another unit, the supervisors of its place, of the city and of another place, a
/// leader and an administrator.
fn policy() -> Policy {
    let mut policy = plain(&[]);
    let registry = &mut policy.registry;
    for (code, parent) in [("431000", None), ("431001", Some("431000")), ("431002", Some("431000"))] {
        let (name, parent) = (code.to_owned(), parent.map(str::to_owned));
        let region = Region { code: code.into(), name, level: Level::Township, parent, service_centre: None };
        registry.regions.insert(code.into(), region);
    }
    for (code, place) in [("U1", "431001"), ("U2", "431002")] {
        let (name, region) = (code.to_owned(), place.to_owned());
        let unit = Unit { code: code.into(), name, region, kind: UnitKind::Municipal, order: 0 };
        registry.units.insert(code.into(), unit);
    }
    let contact = |address: &str, role, unit: Option<&str>, region: Option<&str>| Contact {
        unit: unit.map(str::to_owned),
        region: region.map(str::to_owned),
        role,
        name: address.into(),
        address: address.into(),
        ..example::reader(Language::Chinese)
    };
    registry.contacts = vec![
        contact("handler", Role::Handler, Some("U1"), None),
        contact("lead", Role::UnitLead, Some("U1"), None),
        contact("others", Role::UnitLead, Some("U2"), None),
        contact("place", Role::Supervisor, None, Some("431001")),
        contact("city", Role::Supervisor, None, Some("431000")),
        contact("elsewhere", Role::Supervisor, None, Some("431002")),
        contact("leader", Role::Leader, None, Some("431000")),
        contact("admin", Role::Admin, None, None),
    ];
    policy.routing.notice = vec![Role::Handler];
    policy.routing.yellow = vec![Role::UnitLead];
    policy.routing.red = vec![Role::Supervisor];
    policy.routing.unanswered = vec![Role::Supervisor, Role::Leader];
    policy
}

fn told_of(policy: &Policy, event: &str, asks: Option<Asks>) -> Vec<String> {
    told_of_handed(policy, event, asks, None)
}

fn told_of_handed(policy: &Policy, event: &str, asks: Option<Asks>, holder: Option<&str>) -> Vec<String> {
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let since = crate::domain::moment::Moment::instant(at);
    let news = News {
        unit: Some("U1".into()),
        holder: holder.map(str::to_owned),
        asks: asks.is_some(),
        question: asks.map(|asks| Question { asks, since, told: None }),
        ..example::piece(event, at)
    };
    let nobody = BTreeMap::new();
    let reach = Reach { today: at.date_naive(), suspended: &nobody };
    recipients(policy, &news, &reach).into_iter().map(|contact| contact.address.clone()).collect()
}

/// 待核撤 is told to the readers of the card and to those who decide; that nobody decided, to those who decide and one level up.
#[test]
fn whether_a_card_falls_is_asked_of_the_supervisors_of_the_unit() {
    let (policy, asks) = (policy(), Some(Asks::Withdrawal));
    assert_eq!(told_of(&policy, "contested", asks), ["handler", "lead", "place", "city"]);
    assert_eq!(told_of(&policy, "reminded", asks), ["place", "city"]);
    assert_eq!(told_of(&policy, "unanswered", asks), ["place", "city", "leader"]);
}

/// 申诉 is told to those who decide alone: the unit knows that it objects.
#[test]
fn an_objection_is_told_to_the_supervisors_of_the_unit_alone() {
    let (mut policy, asks) = (policy(), Some(Asks::Objection));
    assert_eq!(told_of(&policy, "appealed", asks), ["place", "city"]);
    assert_eq!(told_of(&policy, "unanswered", asks), ["place", "city", "leader"]);
    policy.registry.contacts.retain(|contact| contact.role != Role::Supervisor);
    assert_eq!(told_of(&policy, "appealed", asks), ["admin"], "nobody else can be told");
}

/// A card that is not answered goes to its readers and one level up, as before.
#[test]
fn a_card_that_is_not_answered_goes_to_its_readers_and_one_level_up() {
    let policy = policy();
    assert_eq!(told_of(&policy, "reminded", None), ["handler", "lead"]);
    assert_eq!(told_of(&policy, "unanswered", None), ["handler", "lead", "place", "city", "leader"]);
}

/// An order to finish a case is told to the unit that has it, too, and to nobody else of that place; what else is told of a card is
/// told to the unit whose card it is.
#[test]
fn an_order_reaches_the_unit_that_is_to_finish() {
    let policy = policy();
    let handed = |event, holder| told_of_handed(&policy, event, None, holder);
    assert_eq!(handed("ordered", Some("U2")), ["handler", "lead", "others"]);
    assert_eq!(handed("ordered", Some("U1")), ["handler", "lead"]);
    assert_eq!(handed("ordered", None), ["handler", "lead"]);
    assert_eq!(handed("reminded", Some("U2")), ["handler", "lead"]);
    let asks = told_of_handed(&policy, "contested", Some(Asks::Withdrawal), Some("U2"));
    assert_eq!(asks, ["handler", "lead", "place", "city"]);
}

/// Who is told that a card of U1 is withdrawn which these addresses were told, each with the contacts it stood for then.
fn taken_back(policy: &Policy, before: &Policy, told: &[&str]) -> Vec<String> {
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let nobody = BTreeMap::new();
    let reach = Reach { today: at.date_naive(), suspended: &nobody };
    let mut news = News { unit: Some("U1".into()), ..example::piece("revoked", at) };
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
    let news = News { unit: Some("U1".into()), ..example::piece("raised", at) };
    let others = policy.registry.contacts.iter().find(|it| it.address == "others").unwrap();
    let units = |suspended: &BTreeMap<String, String>| {
        let reach = Reach { today: at.date_naive(), suspended };
        let capacities = capacities(&policy, others, &[&news], &reach);
        capacities.into_iter().filter_map(|it| it.unit).collect::<Vec<_>>()
    };
    assert_eq!(units(&BTreeMap::from([("lead".into(), "550".into())])), ["U1"]);
    assert_eq!(units(&BTreeMap::new()), [""; 0]);
}
