//! Coverage (覆盖率): how much of the work is visible, with numerators, denominators, and who is missing.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::registry::{Channel, Item, Level, Registry, UnitKind, words};
use super::rules::Sentence;

/// Where an item stands, decided from its traces and never from a flag alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemState {
    /// 活跃: traces within the window.
    Active,
    /// 静默: connected, no trace within the window.
    Silent,
    /// 未接入: never left a trace.
    Unconnected,
    /// 豁免: never left a trace, and has leave not to.
    Exempt,
}

words!(ItemState {
    Active = "active", "活跃";
    Silent = "silent", "静默";
    Unconnected = "unconnected", "未接入";
    Exempt = "exempt", "豁免";
});

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// 事项覆盖率: items connected (active or silent) / items in the catalogue.
    Items,
    /// 事项覆盖率（不含豁免）: items connected / items in the catalogue less the exempt ones.
    ItemsNotExempt,
    /// 活跃事项率: items active / items in the catalogue.
    ItemsActive,
    /// 单位覆盖率: units with an active item / units with windows, the seasonal ones left out.
    Units,
    /// 乡镇覆盖率: townships with a service centre / townships.
    Places,
}

words!(Measure {
    Items = "items", "事项覆盖率";
    ItemsNotExempt = "items_not_exempt", "事项覆盖率（不含豁免）";
    ItemsActive = "items_active", "活跃事项率";
    Units = "units", "单位覆盖率";
    Places = "places", "乡镇服务中心覆盖率";
});

/// What a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Scope {
    All,
    Unit,
    Region,
    Category,
}

words!(Scope { All = "all", "全部"; Unit = "unit", "单位"; Region = "region", "区划"; Category = "category", "事项类别"; });

/// A numerator and its denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// How many are.
    pub numerator: u32,
    /// Of how many.
    pub denominator: u32,
}

impl Share {
    fn count(&mut self, is: bool) {
        self.denominator += 1;
        self.numerator += u32::from(is);
    }

    /// Per cent with one decimal; `None` of nothing.
    pub fn percent(&self) -> Option<f64> {
        (self.denominator > 0)
            .then(|| (f64::from(self.numerator) * 1000.0 / f64::from(self.denominator)).round() / 10.0)
    }
}

/// One figure: measure, scope, and the code of the unit, region or category (empty for all).
pub type Figures = BTreeMap<(Measure, Scope, String), Share>;

/// The coverage of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Every item with its state and why.
    pub items: BTreeMap<String, (ItemState, Sentence)>,
    /// The figures.
    pub figures: Figures,
}

/// Measures coverage as of `today`. `activity` holds, by item, the first and last day with a trace.
pub fn measure(
    registry: &Registry,
    activity: &BTreeMap<String, (NaiveDate, NaiveDate)>,
    today: NaiveDate,
    active_within_days: u32,
) -> Coverage {
    let since = today.checked_sub_days(Days::new(active_within_days.into())).unwrap_or(today);
    let state = |item: &Item| state_of(item, activity.get(&item.code).map(|(_, last)| *last), since, today);
    let items: BTreeMap<String, (ItemState, Sentence)> =
        registry.items.values().map(|item| (item.code.clone(), state(item))).collect();
    let mut figures = Figures::new();
    for item in registry.items.values() {
        let (state, _) = &items[&item.code];
        count_item(registry, item, *state, &mut figures);
    }
    count_units(registry, &items, &mut figures);
    count_places(registry, &mut figures);
    Coverage { items, figures }
}

fn state_of(
    item: &Item,
    last: Option<NaiveDate>,
    since: NaiveDate,
    today: NaiveDate,
) -> (ItemState, Sentence) {
    if let Some(last) = last {
        let (state, zh, en) = if last >= since {
            (ItemState::Active, "近期有办理痕迹".to_owned(), "has recent traces".to_owned())
        } else {
            let zh = format!("曾有办理痕迹，{last}之后再无痕迹");
            (ItemState::Silent, zh, format!("left traces once, none since {last}"))
        };
        return (state, Sentence { zh, en });
    }
    let valid = item.exemption.as_ref().filter(|leave| leave.until.is_none_or(|until| until >= today));
    if let Some(leave) = valid {
        let zh_until = leave.until.map_or(String::new(), |until| format!("，至{until}"));
        let en_until = leave.until.map_or(String::new(), |until| format!(", until {until}"));
        let zh = format!("{}（{}批准{zh_until}）", leave.reason, leave.granted_by);
        let en = format!("{} (granted by {}{en_until})", leave.reason, leave.granted_by);
        return (ItemState::Exempt, Sentence { zh, en });
    }
    let (zh, en) = match (item.channel, &item.exemption) {
        (_, Some(_)) => ("豁免已到期，从未有办理痕迹", "its exemption has run out; never left a trace"),
        (Channel::System, None) => (
            "目录标为在审批系统办理，但从未有办理痕迹",
            "declared as handled in the system, never left a trace",
        ),
        (Channel::Vertical, None) => {
            ("在垂管部门自有系统办理", "handled in the vertical agency's own system")
        }
        (Channel::Offline, None) => ("线下办理", "handled offline"),
    };
    (ItemState::Unconnected, Sentence { zh: zh.into(), en: en.into() })
}

fn count_item(registry: &Registry, item: &Item, state: ItemState, figures: &mut Figures) {
    let connected = matches!(state, ItemState::Active | ItemState::Silent);
    let mut scopes = vec![
        (Scope::All, String::new()),
        (Scope::Unit, item.unit.clone()),
        (Scope::Category, item.category.clone()),
    ];
    let unit = registry.units.get(&item.unit);
    scopes.extend(upward(registry, unit.map(|unit| unit.region.as_str())).map(|code| (Scope::Region, code)));
    for (scope, name) in scopes {
        let mut count = |measure, is| figures.entry((measure, scope, name.clone())).or_default().count(is);
        count(Measure::Items, connected);
        count(Measure::ItemsActive, state == ItemState::Active);
        if state != ItemState::Exempt {
            count(Measure::ItemsNotExempt, connected);
        }
    }
}

fn count_units(registry: &Registry, items: &BTreeMap<String, (ItemState, Sentence)>, figures: &mut Figures) {
    let active = |item: &&Item| items.get(&item.code).is_some_and(|(state, _)| *state == ItemState::Active);
    let with_active: std::collections::BTreeSet<&str> =
        registry.items.values().filter(active).map(|item| item.unit.as_str()).collect();
    for unit in registry.units.values().filter(|unit| unit.kind != UnitKind::Seasonal) {
        let is = with_active.contains(unit.code.as_str());
        figures.entry((Measure::Units, Scope::All, String::new())).or_default().count(is);
        for code in upward(registry, Some(&unit.region)) {
            figures.entry((Measure::Units, Scope::Region, code)).or_default().count(is);
        }
    }
}

fn count_places(registry: &Registry, figures: &mut Figures) {
    for township in registry.regions.values().filter(|region| region.level == Level::Township) {
        let Some(is) = township.service_centre else { continue };
        figures.entry((Measure::Places, Scope::All, String::new())).or_default().count(is);
        for code in upward(registry, township.parent.as_deref()) {
            figures.entry((Measure::Places, Scope::Region, code)).or_default().count(is);
        }
    }
}

/// A region and all above it. The registry was checked to hold no cycle.
pub fn upward<'a>(registry: &'a Registry, from: Option<&'a str>) -> impl Iterator<Item = String> + use<'a> {
    let parent = |code: &&'a str| registry.regions.get(*code).and_then(|region| region.parent.as_deref());
    std::iter::successors(from, move |code| parent(code)).map(str::to_owned)
}
