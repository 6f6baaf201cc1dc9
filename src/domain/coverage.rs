//! Coverage (覆盖率): how much of the work is visible, with numerators, denominators, and who is missing.

mod awaited;
pub mod capture;
mod figure;
mod state;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::registry::{Item, Level, Registry, UnitKind};
use crate::domain::text::{Text, say};
pub use awaited::Awaited;
pub use figure::{Measure, Scope, Share};
pub use state::{Activity, ItemState};

/// What a figure is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureKey {
    /// What is divided by what.
    pub measure: Measure,
    /// For whom.
    pub scope: Scope,
    /// The code of the unit, region or category; empty for all.
    pub name: String,
}

/// The figures of a moment.
pub type Figures = BTreeMap<FigureKey, Share>;

/// Sums over the cases of an item, of [`Marks`](crate::domain::case_file::Marks).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    pub required: u64,
    pub present: u64,
    pub traces: u64,
    pub timed: u64,
    pub timely: u64,
    pub asked: u64,
    pub filled: u64,
}

/// Evidence of an item's or a unit's cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidenced {
    /// Code of the item, where the evidence says or its case does.
    pub item: Option<String>,
    /// Code of the unit likewise.
    pub unit: Option<String>,
    /// How much there is.
    pub all: u64,
    /// How much was matched to a case.
    pub matched: u64,
    /// How much may still be matched, as it is not long ago.
    pub waiting: u64,
}

/// What coverage is measured from.
#[derive(Debug, Clone, Default)]
pub struct Observed {
    /// By item.
    pub activity: BTreeMap<String, Activity>,
    /// By item.
    pub sums: BTreeMap<String, Sums>,
    /// By item and unit.
    pub evidence: Vec<Evidenced>,
    /// What could be shown of which nothing was read yet.
    pub awaited: Vec<Awaited>,
}

/// The coverage of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Every item with its state and why.
    pub items: BTreeMap<String, (ItemState, Text)>,
    /// The figures.
    pub figures: Figures,
}

/// Measures coverage as of `today`.
pub fn measure(
    registry: &Registry,
    observed: &Observed,
    today: NaiveDate,
    active_within_days: u32,
) -> Coverage {
    let kind = |item: &Item| registry.units.get(&item.unit).map(|unit| unit.kind);
    let state = |item: &Item| {
        let of = state::of(item, kind(item), observed.activity.get(&item.code), active_within_days, today);
        let awaited = || observed.awaited.iter().find(|awaited| awaited.may_show(item));
        match (of.0 == ItemState::Unconnected).then(awaited).flatten() {
            Some(Awaited { source, .. }) => (ItemState::Unknown, say!("coverage-awaited", source)),
            None => of,
        }
    };
    let items: BTreeMap<String, (ItemState, Text)> =
        registry.items.values().map(|item| (item.code.clone(), state(item))).collect();
    let mut figures = Figures::new();
    for item in registry.items.values() {
        let (state, _) = &items[&item.code];
        count_item(registry, item, *state, observed, &mut figures);
    }
    count_evidence(registry, &observed.evidence, &mut figures);
    count_units(registry, &items, observed, &mut figures);
    leave_open(&mut figures);
    count_places(registry, &mut figures);
    Coverage { items, figures }
}

/// Whatever an item's figures are part of: all, its unit, its category, its region and those above.
fn scopes(registry: &Registry, unit: Option<&str>, category: Option<&str>) -> Vec<(Scope, String)> {
    let mut scopes = vec![(Scope::All, String::new())];
    scopes.extend(unit.map(|unit| (Scope::Unit, unit.to_owned())));
    scopes.extend(category.map(|category| (Scope::Category, category.to_owned())));
    let region = unit.and_then(|unit| registry.units.get(unit)).map(|unit| unit.region.as_str());
    scopes.extend(upward(registry, region).map(|code| (Scope::Region, code)));
    scopes
}

fn count_item(
    registry: &Registry,
    item: &Item,
    state: ItemState,
    observed: &Observed,
    figures: &mut Figures,
) {
    let connected =
        matches!(state, ItemState::Active | ItemState::Silent | ItemState::Unknown | ItemState::OutOfSeason);
    // Of what was never seen nobody knows whether it is connected, so it is no part of the share yet.
    let unseen = state == ItemState::Unknown && !observed.activity.contains_key(&item.code);
    let of = u64::from(!unseen);
    let Sums { required, present, traces, timed, timely, asked, filled } =
        observed.sums.get(&item.code).copied().unwrap_or_default();
    let sums = [
        (Measure::Traces, present, required, 0),
        (Measure::Timely, timely, timed, traces.saturating_sub(timed)),
        (Measure::Fields, filled, asked, 0),
    ];
    for (scope, name) in scopes(registry, Some(&item.unit), Some(&item.category)) {
        let mut add = |measure, numerator, denominator, unknown| {
            if denominator + unknown > 0 {
                let figure = figures.entry(FigureKey { measure, scope, name: name.clone() }).or_default();
                figure.add(numerator, denominator, unknown);
            }
        };
        let (active, unknown) = (state == ItemState::Active, state == ItemState::Unknown);
        let (offered, in_season) = (state != ItemState::OutOfForce, state != ItemState::OutOfSeason);
        if offered {
            add(Measure::Items, u64::from(connected) * of, of, 1 - of);
        }
        if offered && in_season {
            add(Measure::ItemsActive, u64::from(active), of, u64::from(unknown));
        }
        if offered && state != ItemState::Exempt {
            add(Measure::ItemsNotExempt, u64::from(connected) * of, of, 1 - of);
        }
        for (measure, numerator, denominator, unknown) in sums {
            add(measure, numerator, denominator, unknown);
        }
    }
}

/// Where no item is known to be seen, and of some nobody knows yet, the shares of items and units are not known: that is no nought.
fn leave_open(figures: &mut Figures) {
    let is_open = |share: &Share| share.numerator == 0 && share.unknown > 0;
    let items = figures.iter().filter(|(key, share)| key.measure == Measure::Items && is_open(share));
    let open: Vec<FigureKey> = items.map(|(key, _)| key.clone()).collect();
    for of in open {
        for measure in [Measure::Items, Measure::ItemsNotExempt, Measure::ItemsActive, Measure::Units] {
            if let Some(share) = figures.get_mut(&FigureKey { measure, ..of.clone() }) {
                *share = Share { numerator: 0, denominator: 0, unknown: share.unknown + share.denominator };
            }
        }
    }
}

fn count_evidence(registry: &Registry, evidence: &[Evidenced], figures: &mut Figures) {
    for Evidenced { item, unit, all, matched, waiting } in evidence {
        let item = item.as_ref().and_then(|code| registry.items.get(code));
        let unit = unit.as_deref().or(item.map(|item| item.unit.as_str()));
        for (scope, name) in scopes(registry, unit, item.map(|item| item.category.as_str())) {
            // What may still be matched is no part of the share yet.
            let key = FigureKey { measure: Measure::Cases, scope, name };
            figures.entry(key).or_default().add(*matched, all - waiting, *waiting);
        }
    }
}

fn count_units(
    registry: &Registry,
    items: &BTreeMap<String, (ItemState, Text)>,
    observed: &Observed,
    figures: &mut Figures,
) {
    let seen: BTreeSet<&str> = registry
        .items
        .values()
        .filter(|item| observed.activity.contains_key(&item.code))
        .map(|item| item.unit.as_str())
        .collect();
    let with = |wanted: ItemState| -> BTreeSet<&str> {
        let is = |item: &&Item| items.get(&item.code).is_some_and(|(state, _)| *state == wanted);
        registry.items.values().filter(is).map(|item| item.unit.as_str()).collect()
    };
    let (active, unknown) = (with(ItemState::Active), with(ItemState::Unknown));
    for unit in registry.units.values().filter(|unit| unit.kind != UnitKind::Seasonal) {
        let is = active.contains(unit.code.as_str());
        let unknown = !is && unknown.contains(unit.code.as_str());
        let all = std::iter::once((Scope::All, String::new()));
        for (scope, name) in all.chain(upward(registry, Some(&unit.region)).map(|code| (Scope::Region, code)))
        {
            let figure = figures.entry(FigureKey { measure: Measure::Units, scope, name }).or_default();
            // A unit that was never seen is no part of the share while nobody knows.
            let of = u64::from(!unknown || seen.contains(unit.code.as_str()));
            figure.add(u64::from(is), of, u64::from(unknown));
        }
    }
}

fn count_places(registry: &Registry, figures: &mut Figures) {
    for township in registry.regions.values().filter(|region| region.level == Level::Township) {
        let Some(is) = township.service_centre else { continue };
        let all = std::iter::once((Scope::All, String::new()));
        let above = upward(registry, township.parent.as_deref()).map(|code| (Scope::Region, code));
        for (scope, name) in all.chain(above) {
            let key = FigureKey { measure: Measure::Places, scope, name };
            figures.entry(key).or_default().count(u64::from(is));
        }
    }
}

/// A region and all above it. The registry was checked to hold no cycle.
pub fn upward<'a>(registry: &'a Registry, from: Option<&'a str>) -> impl Iterator<Item = String> + use<'a> {
    let parent = |code: &&'a str| registry.regions.get(*code).and_then(|region| region.parent.as_deref());
    std::iter::successors(from, move |code| parent(code)).map(str::to_owned)
}
