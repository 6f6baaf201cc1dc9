//! Who is told of what, from pure values: for each reader who is told one who is not.

mod routes;

use std::collections::BTreeMap;

use super::*;
use crate::domain::clock::tests::policy as plain;
use crate::domain::finding::Event;
use crate::domain::letter::example;
use crate::domain::plan::question::{Asks, Question};
use crate::domain::registry::{Level, Region, Unit, UnitKind};
use crate::domain::text::Language;
use routes::route;

/// A unit in 431001, with its people, those of another unit, the supervisors of its place, of the city and of another place, a
/// leader and an administrator.
pub fn policy() -> Policy {
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

fn told_of(policy: &Policy, event: Event, asks: Option<Asks>) -> Vec<String> {
    told_of_handed(policy, event, asks, None)
}

fn told_of_handed(policy: &Policy, event: Event, asks: Option<Asks>, holder: Option<&str>) -> Vec<String> {
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
    assert_eq!(told_of(&policy, Event::Contested, asks), ["handler", "lead", "place", "city"]);
    assert_eq!(told_of(&policy, Event::Reminded, asks), ["place", "city"]);
    assert_eq!(told_of(&policy, Event::Unanswered, asks), ["place", "city", "leader"]);
}

/// Where nobody leads the unit, or whoever does takes no letters, the clerk is not left alone with the card.
#[test]
fn a_card_of_a_unit_that_nobody_leads_goes_to_the_administrators_too() {
    let mut policy = policy();
    assert_eq!(told_of(&policy, Event::Reminded, None), ["handler", "lead"]);
    policy.registry.contacts.retain(|contact| contact.address != "lead");
    assert_eq!(
        told_of(&policy, Event::Reminded, None),
        ["handler", "admin"],
        "and not the lead of another unit"
    );
    assert_eq!(told_of(&policy, Event::Appealed, Some(Asks::Objection)), ["place", "city"]);
    policy.routing.yellow = vec![Role::Handler];
    assert_eq!(told_of(&policy, Event::Reminded, None), ["handler"], "no lead is to be told");
}

/// 申诉 is told to those who decide alone: the unit knows that it objects.
#[test]
fn an_objection_is_told_to_the_supervisors_of_the_unit_alone() {
    let (mut policy, asks) = (policy(), Some(Asks::Objection));
    assert_eq!(told_of(&policy, Event::Appealed, asks), ["place", "city"]);
    assert_eq!(told_of(&policy, Event::Unanswered, asks), ["place", "city", "leader"]);
    policy.registry.contacts.retain(|contact| contact.role != Role::Supervisor);
    assert_eq!(told_of(&policy, Event::Appealed, asks), ["admin"], "nobody else can be told");
}

/// A card that is not answered goes to its readers and one level up, as before.
#[test]
fn a_card_that_is_not_answered_goes_to_its_readers_and_one_level_up() {
    let policy = policy();
    assert_eq!(told_of(&policy, Event::Reminded, None), ["handler", "lead"]);
    assert_eq!(told_of(&policy, Event::Unanswered, None), ["handler", "lead", "place", "city", "leader"]);
}

/// 提请督促: a fault that is in the way of a verdict is told to who supervises the unit, and neither to the unit, which was told of the
/// fault itself, nor to a leader, nor by a way round that an office set up.
#[test]
fn a_fault_in_the_way_of_a_verdict_is_told_to_the_supervisors_of_the_unit_alone() {
    let mut policy = policy();
    assert_eq!(told_of(&policy, Event::Referred, None), ["place", "city"]);
    let instead = Route {
        unit: Some("U1".into()),
        region: None,
        item: None,
        rule: None,
        card: None,
        to: vec![Role::Handler],
        instead: true,
    };
    policy.routing.routes = vec![instead];
    assert_eq!(told_of(&policy, Event::Referred, None), ["place", "city"]);
    policy.registry.contacts.retain(|contact| contact.role != Role::Supervisor);
    assert_eq!(told_of(&policy, Event::Referred, None), ["admin"], "nobody else can be told");
}

/// So many of one source are a matter of the source: of all who supervise, and of who looks after it.
#[test]
fn faults_of_a_source_are_told_to_all_who_supervise_and_to_the_administrators() {
    let policy = policy();
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let news = News { unit: None, together: Some(21), ..example::piece(Event::Referred, at) };
    let nobody = BTreeMap::new();
    let reach = Reach { today: at.date_naive(), suspended: &nobody };
    let told: Vec<_> =
        recipients(&policy, &news, &reach).into_iter().map(|contact| contact.address.clone()).collect();
    assert_eq!(told, ["place", "city", "elsewhere", "admin"]);
}

/// An address that takes no letters and has no stand-in: what nobody beside or above gets goes to the administrator, who learns why, and
/// what somebody does get does not.
#[test]
fn what_only_a_lost_reader_would_get_goes_to_the_administrator() {
    let policy = policy();
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let today = at.date_naive();
    let suspended = |lost: &[&str]| -> BTreeMap<String, String> {
        lost.iter().map(|address| ((*address).to_owned(), "550".to_owned())).collect()
    };
    let addresses = |told: Vec<&Contact>| told.into_iter().map(|it| it.address.clone()).collect::<Vec<_>>();
    let told = |policy: &Policy, event, lost: &[&str]| {
        let news = News { unit: Some("U1".into()), ..example::piece(event, at) };
        addresses(recipients(policy, &news, &Reach { today, suspended: &suspended(lost) }))
    };
    for (event, lost, expected) in [
        (Event::Reminded, &["handler"][..], &["lead"][..]),
        (Event::Reminded, &["lead"], &["handler", "admin"]),
        (Event::Reminded, &["handler", "lead"], &["admin"]),
        (Event::Reminded, &["elsewhere", "others"], &["handler", "lead"]),
        (Event::Unanswered, &["place"], &["handler", "lead", "city", "leader"]),
        (Event::Unanswered, &["city"], &["handler", "lead", "place", "leader"]),
        (Event::Unanswered, &["city", "leader"], &["handler", "lead", "place", "admin"]),
    ] {
        assert_eq!(told(&policy, event, lost), expected, "{event:?} {lost:?}");
    }
    let mut helped = policy.clone();
    helped.registry.contacts[1].stand_in = Some("others".into());
    assert_eq!(told(&helped, Event::Reminded, &["lead"]), ["handler", "others"]);
    let all = |lost: &[&str]| {
        addresses(readers_or_admins(
            &policy,
            &[Role::Supervisor],
            &Reach { today, suspended: &suspended(lost) },
        ))
    };
    assert_eq!(all(&["city"]), ["place", "elsewhere", "admin"]);
    assert_eq!(all(&["place"]), ["city", "elsewhere"], "the city is above the place");
    let why = |lost: &[&str]| {
        let news = News { unit: Some("U1".into()), ..example::piece(Event::Reminded, at) };
        let admin = policy.registry.contacts.last().unwrap();
        why_told(&policy, admin, &news, &Reach { today, suspended: &suspended(lost) })
            .words(Language::English)
    };
    assert!(why(&["lead"]).contains("lead takes no letters"), "{}", why(&["lead"]));
    assert!(!why(&[]).contains("takes no letters"));
}

/// An order to finish a case is told to the unit that has it, too, and to nobody else of that place; what else is told of a card is
/// told to the unit whose card it is.
#[test]
fn an_order_reaches_the_unit_that_is_to_finish() {
    let policy = policy();
    let handed = |event, holder| told_of_handed(&policy, event, None, holder);
    assert_eq!(handed(Event::Ordered, Some("U2")), ["handler", "lead", "others"]);
    assert_eq!(handed(Event::Ordered, Some("U1")), ["handler", "lead"]);
    assert_eq!(handed(Event::Ordered, None), ["handler", "lead"]);
    assert_eq!(handed(Event::Reminded, Some("U2")), ["handler", "lead"]);
    let asks = told_of_handed(&policy, Event::Contested, Some(Asks::Withdrawal), Some("U2"));
    assert_eq!(asks, ["handler", "lead", "place", "city"]);
}

/// A letter says by which role its reader is told, and what of: for each reason the reader who is told for it, and one who is not.
#[test]
fn a_letter_says_why_its_reader_is_told() {
    let mut policy = policy();
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let reader = |policy: &Policy, role| {
        policy.registry.contacts.iter().find(|contact| contact.role == role).cloned().unwrap()
    };
    let of = |event, card| News { unit: Some("U1".into()), card, ..example::piece(event, at) };
    let card = |role: Role, card: Card| say!("told-card", role = role.text(), card = card.text());
    let nobody = BTreeMap::new();
    let reach = Reach { today: at.date_naive(), suspended: &nobody };
    let why = |policy: &Policy, role, news: &News| why_told(policy, &reader(policy, role), news, &reach);
    let yellow = of(Event::Raised, Card::Yellow);
    assert_eq!(why(&policy, Role::Handler, &yellow), card(Role::Handler, Card::Yellow));
    assert_eq!(why(&policy, Role::UnitLead, &yellow), card(Role::UnitLead, Card::Yellow));
    assert_eq!(why(&policy, Role::Supervisor, &yellow), say!("told-stand_in"));
    assert_eq!(why(&policy, Role::Admin, &yellow), say!("told-nobody_else"));
    let own = News { rule: OWN[0].into(), ..yellow.clone() };
    assert_eq!(why(&policy, Role::Handler, &own), say!("told-own"));
    let referred = of(Event::Referred, Card::Yellow);
    assert_eq!(
        why(&policy, Role::Supervisor, &referred),
        say!("told-referred", role = Role::Supervisor.text())
    );
    assert_eq!(why(&policy, Role::Handler, &referred), card(Role::Handler, Card::Yellow));
    let grown = of(Event::Grown, Card::Yellow);
    assert_eq!(why(&policy, Role::Supervisor, &grown), say!("told-grown", role = Role::Supervisor.text()));
    assert_eq!(why(&policy, Role::Leader, &grown), say!("told-stand_in"));
    let since = crate::domain::moment::Moment::instant(at);
    let asked = |asks| News { question: Some(Question { asks, since, told: None }), ..yellow.clone() };
    let role = Role::Supervisor.text();
    assert_eq!(
        why(&policy, Role::Supervisor, &asked(Asks::Withdrawal)),
        say!("told-withdrawal", role = role.clone())
    );
    assert_eq!(why(&policy, Role::Supervisor, &asked(Asks::Objection)), say!("told-objection", role));
    assert_eq!(why(&policy, Role::Leader, &asked(Asks::Objection)), say!("told-stand_in"));
    let unanswered = |asks| News { asks, ..of(Event::Unanswered, Card::Yellow) };
    let role = Role::Leader.text();
    assert_eq!(
        why(&policy, Role::Leader, &unanswered(false)),
        say!("told-not_answered", role = role.clone())
    );
    assert_eq!(why(&policy, Role::Leader, &unanswered(true)), say!("told-not_decided", role = role.clone()));
    assert_eq!(why(&policy, Role::Leader, &yellow), say!("told-stand_in"));
    policy.routing.routes = vec![route(Some("U2"))];
    assert_eq!(why(&policy, Role::Leader, &yellow), say!("told-stand_in"), "of another unit");
    policy.routing.routes = vec![route(Some("U1"))];
    assert_eq!(why(&policy, Role::Leader, &yellow), say!("told-route", role));
    assert_eq!(why(&policy, Role::Supervisor, &yellow), say!("told-stand_in"));
}

/// What waits for review is told to those who supervise, of the rules that are told so, and of nothing else that waits; what fell due
/// unseen likewise, while it stands.
#[test]
fn what_waits_for_review_is_told_to_supervisors() {
    let policy = policy();
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let nobody = BTreeMap::new();
    let reach = Reach { today: at.date_naive(), suspended: &nobody };
    let told = |rule: &str, standing, event| {
        let news = News { unit: Some("U1".into()), rule: rule.into(), standing, ..example::piece(event, at) };
        recipients(&policy, &news, &reach).into_iter().map(|it| it.address.clone()).collect::<Vec<_>>()
    };
    let supervisors = ["place", "city", "elsewhere"];
    let of_unit = told("time-limit", Standing::Open, Event::Raised);
    assert!(!of_unit.is_empty() && of_unit != supervisors);
    assert_eq!(told("entered-ahead", Standing::Pending, Event::Raised), supervisors);
    assert_eq!(told("time-limit", Standing::Pending, Event::Raised), of_unit);
    assert_ne!(told("entered-ahead", Standing::Open, Event::Raised), supervisors);
    assert_eq!(told(met_unseen::ID, Standing::Open, Event::Raised), supervisors);
    assert_ne!(told(met_unseen::ID, Standing::Revoked, Event::Revoked), supervisors);
}
