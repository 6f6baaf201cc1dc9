//! What a route of the configuration covers.

use super::*;

pub(super) fn route(unit: Option<&str>) -> Route {
    Route {
        unit: unit.map(str::to_owned),
        region: None,
        item: None,
        rule: None,
        card: None,
        to: vec![Role::Leader],
        instead: false,
    }
}

/// A route is gone by what fits all that it names: for each mark what it fits, and what it does not.
#[test]
fn a_route_covers_what_fits_all_of_its_marks() {
    let policy = policy();
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let news = News {
        unit: Some("U1".into()),
        item: Some("I".into()),
        rule: "time-limit".into(),
        card: Card::Yellow,
        ..example::piece(Event::Raised, at)
    };
    let covers = |change: &dyn Fn(&mut Route)| {
        let mut route = route(Some("U1"));
        (route.region, route.item) = (Some("431000".into()), Some("I".into()));
        (route.rule, route.card) = (Some("time-limit".into()), Some(Card::Yellow));
        change(&mut route);
        route.covers(&policy, &news)
    };
    assert!(covers(&|_| {}));
    assert!(covers(&|route| *route = self::route(None)));
    assert!(covers(&|route| route.region = Some("431001".into())));
    assert!(covers(&|route| route.card = Some(Card::Notice)));
    assert!(!covers(&|route| route.unit = Some("U2".into())));
    assert!(!covers(&|route| route.region = Some("431002".into())));
    assert!(!covers(&|route| route.item = Some("J".into())));
    assert!(!covers(&|route| route.rule = Some("fee".into())));
    assert!(!covers(&|route| route.card = Some(Card::Red)));
}
