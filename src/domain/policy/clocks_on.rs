//! Which clocks run on an item, and on a case.

use chrono::NaiveDate;

use super::{ClockRule, Policy};
use crate::domain::record::{Kinds, Trace};
use crate::domain::registry::{Item, ItemKind};
use crate::domain::statute::PauseTime;

impl Policy {
    /// The declaration of a clock by the key of one of its runs, on an item and in the version of the day on which it
    /// started.
    pub fn clock(&self, key: &str, started: Option<NaiveDate>, item: Option<&Item>) -> Option<&ClockRule> {
        let id = key.split('#').next().unwrap_or(key);
        let versions = || self.clocks.iter().filter(|clock| clock.id == id);
        let on_item = item.and_then(|item| {
            let mut versions = self.clocks_on(item).filter(|clock| clock.id == id);
            versions.clone().find(|clock| clock.governs(started)).or_else(|| versions.next())
        });
        on_item.or_else(|| versions().find(|clock| clock.governs(started))).or_else(|| versions().next_back())
    }

    /// The clocks that run on an item, those of one id side by side: the first of them that governs a case does so alone.
    pub fn clocks_on<'p>(&'p self, item: &Item) -> impl Iterator<Item = &'p ClockRule> + Clone {
        self.clocks_of(item, None)
    }

    /// Those of them that can say something of a case with traces of these kinds.
    pub fn clocks_for<'p>(
        &'p self,
        item: &Item,
        kinds: Kinds,
    ) -> impl Iterator<Item = &'p ClockRule> + Clone {
        self.clocks_of(item, Some(kinds))
    }

    /// How long a special procedure on an item may last by a clause that names its cause: the stage's goes before the note's.
    pub fn time_by_law(&self, item: &Item, begun: &Trace) -> Option<&PauseTime> {
        let day = Some(begun.occurred.date());
        let named = |text: &String| {
            let clocks = self.clocks_on(item).filter(|rule| rule.governs(day));
            let mut times = clocks.filter_map(|rule| rule.pauses.as_ref()).flat_map(|it| &it.times);
            times.find(|time| text.contains(&time.cause))
        };
        [&begun.stage, &begun.note].into_iter().flatten().find_map(named)
    }

    fn clocks_of<'p>(
        &'p self,
        item: &Item,
        kinds: Option<Kinds>,
    ) -> impl Iterator<Item = &'p ClockRule> + Clone {
        let kind = ItemKind::of(&item.category);
        let runs = move |clock: &ClockRule| clock.runs_within(item, &self.registry);
        self.clocks.of((item.case_type, kind), kinds, runs)
    }
}
