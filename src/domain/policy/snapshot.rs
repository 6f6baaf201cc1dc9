//! What judged, kept whole: so that an old finding can be explained by the rules it was made with.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CardTable, ClockRule, Local, Policy, RuleSetting};
use crate::domain::calendar::{Calendar, Declared};
use crate::domain::count::Counting;
use crate::domain::registry::{Item, Region, Unit};

/// Everything of a policy that judges; whom it tells is no part of it.
#[derive(Serialize, Deserialize)]
struct Snapshot {
    zone: String,
    supervise_from: Option<NaiveDate>,
    counting: Counting,
    clocks: Vec<ClockRule>,
    cards: CardTable,
    rules: BTreeMap<String, RuleSetting>,
    calendar: Days,
    local_items: BTreeMap<String, Days>,
    local_units: BTreeMap<String, Days>,
    regions: BTreeMap<String, Region>,
    units: BTreeMap<String, Unit>,
    items: BTreeMap<String, Item>,
}

#[derive(Serialize, Deserialize)]
struct Days {
    version: String,
    declared: Declared,
}

impl Days {
    fn of(calendar: &Calendar) -> Self {
        Self { version: calendar.version().to_owned(), declared: calendar.declared().clone() }
    }

    fn calendar(self) -> Result<Calendar, String> {
        Calendar::new(self.declared, self.version).map_err(|error| error.to_string())
    }
}

impl Policy {
    /// What judges, as one text: the same text for the same policy, and for no other. Its hash is the version.
    pub fn snapshot(&self) -> String {
        let all = |map: &BTreeMap<String, Calendar>| {
            map.iter().map(|(code, calendar)| (code.clone(), Days::of(calendar))).collect()
        };
        let snapshot = Snapshot {
            zone: self.zone.name().to_owned(),
            supervise_from: self.supervise_from,
            counting: self.counting.clone(),
            clocks: self.clocks.clone(),
            cards: self.cards.clone(),
            rules: self.rules.clone(),
            calendar: Days::of(&self.calendar),
            local_items: all(&self.local.items),
            local_units: all(&self.local.units),
            regions: self.registry.regions.clone(),
            units: self.registry.units.clone(),
            items: self.registry.items.clone(),
        };
        serde_json::to_string(&snapshot).expect("a policy has no map but those keyed by texts and dates")
    }

    /// This policy judging by a snapshot instead.
    ///
    /// # Errors
    /// A sentence, if this program cannot read the snapshot.
    pub fn judging_by(mut self, version: &str, snapshot: &str) -> Result<Self, String> {
        let then: Snapshot = serde_json::from_str(snapshot).map_err(|error| error.to_string())?;
        let all = |map: BTreeMap<String, Days>| -> Result<BTreeMap<String, Calendar>, String> {
            map.into_iter().map(|(code, days)| Ok((code, days.calendar()?))).collect()
        };
        self.zone = then.zone.parse().map_err(|_| format!("there is no time zone `{}`", then.zone))?;
        self.supervise_from = then.supervise_from;
        self.counting = then.counting;
        self.clocks = then.clocks;
        self.cards = then.cards;
        self.rules = then.rules;
        self.calendar = then.calendar.calendar()?;
        self.local = Local { items: all(then.local_items)?, units: all(then.local_units)? };
        (self.registry.regions, self.registry.units, self.registry.items) =
            (then.regions, then.units, then.items);
        self.version = version.to_owned();
        Ok(self)
    }
}
