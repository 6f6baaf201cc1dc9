//! Who is told of what, from the file.

use super::written::Table;
use crate::domain::card::Card;
use crate::domain::policy::{Route, Routing};
use crate::domain::registry::{Registry, Role};
use crate::domain::rules::{OWN, RULES};
use crate::domain::text::say;

/// Who is told of what.
pub(super) fn read(written: &Table<'_>) -> Routing {
    let table = written.table("routing");
    let roles = |key, default: &[Role]| {
        let given = table.as_ref().and_then(|table| table.parsed_list(key));
        given.unwrap_or_else(|| default.to_vec())
    };
    let routing = Routing {
        notice: roles("notice", &[Role::Handler]),
        yellow: roles("yellow", &[Role::UnitLead]),
        red: roles("red", &[Role::Supervisor]),
        unanswered: roles("unanswered", &[Role::Supervisor, Role::Leader]),
        digest: roles("digest", &[Role::Supervisor, Role::Admin]),
        bulletin: roles("bulletin", &[Role::Supervisor, Role::Leader]),
        routes: written.list("route").iter().filter_map(route).collect(),
    };
    if let Some(table) = &table {
        table.nothing_else();
    }
    routing
}

fn route(table: &Table<'_>) -> Option<Route> {
    let text = |key| table.text(key).map(|at| at.value);
    let to = table.parsed_list("to");
    if to.is_none() {
        table.required("to");
    }
    let rule = table.text("rule");
    let known = |id: &str| RULES.iter().map(|rule| rule.id).chain(OWN).any(|other| other == id);
    if let Some(at) = rule.as_ref().filter(|at| !known(&at.value)) {
        table.wrong(at, say!("config-no_rule", rule = &at.value));
    }
    let route = Route {
        unit: text("unit"),
        region: text("region"),
        item: text("item"),
        rule: rule.map(|at| at.value),
        card: table.parsed::<Card>("card").map(|at| at.value),
        instead: table.truth("instead").is_some_and(|at| at.value),
        to: to.unwrap_or_default(),
    };
    table.nothing_else();
    Some(route)
}

/// A route that names what the registry does not have would tell nobody.
pub(super) fn check(written: &Table<'_>, registry: &Registry) {
    for table in written.list("route") {
        let unit = table.text("unit").filter(|at| !registry.units.contains_key(&at.value));
        let region = table.text("region").filter(|at| !registry.regions.contains_key(&at.value));
        let item = table.text("item").filter(|at| !registry.items.contains_key(&at.value));
        if let Some(at) = unit {
            table.wrong(&at, say!("config-no_unit", code = &at.value));
        }
        if let Some(at) = region {
            table.wrong(&at, say!("config-no_region", code = &at.value));
        }
        if let Some(at) = item {
            table.wrong(&at, say!("config-no_item", code = &at.value));
        }
    }
}
