//! Which clocks run on an item, and on a case.

use chrono::NaiveDate;

use super::{ClockRule, PauseRule, Policy};
use crate::domain::limit::Limit;
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
        self.clocks_of(item, None, |_| true)
    }

    /// Those of them that can say something of a case with traces of these kinds.
    pub fn clocks_for<'p>(
        &'p self,
        item: &Item,
        kinds: Kinds,
    ) -> impl Iterator<Item = &'p ClockRule> + Clone {
        self.clocks_of(item, Some(kinds), |_| true)
    }

    /// How long a special procedure on an item may last by a clause that names its cause: the stage's goes before the note's.
    pub fn time_by_law(&self, item: &Item, begun: &Trace) -> Option<&PauseTime> {
        let named = |text: &String| {
            let mut times = self.pauses_on(item, begun, |it| !it.times.is_empty()).flat_map(|it| &it.times);
            times.find(|time| text.contains(&time.cause))
        };
        [&begun.stage, &begun.note].into_iter().flatten().find_map(named)
    }

    /// How much of the special procedures on an item is left out in all, where a clause says so.
    pub fn pause_cap(&self, item: &Item, begun: &Trace) -> Option<&Limit> {
        self.pauses_on(item, begun, |it| it.cap.is_some()).find_map(|it| it.cap.as_ref())
    }

    /// What the clocks on an item leave out, as the law is when a special procedure begins, where it says what is asked for.
    fn pauses_on<'p>(
        &'p self,
        item: &Item,
        begun: &Trace,
        says: impl Fn(&PauseRule) -> bool + Clone,
    ) -> impl Iterator<Item = &'p PauseRule> {
        let day = Some(begun.occurred.date());
        let clocks = self.clocks_of(item, None, move |rule| rule.pauses.as_ref().is_some_and(&says));
        clocks.filter(move |rule| rule.governs(day)).filter_map(|rule| rule.pauses.as_ref())
    }

    fn clocks_of<'p>(
        &'p self,
        item: &Item,
        kinds: Option<Kinds>,
        asked: impl Fn(&ClockRule) -> bool + Clone,
    ) -> impl Iterator<Item = &'p ClockRule> + Clone {
        let kind = ItemKind::of(&item.category);
        let runs = move |clock: &ClockRule| clock.runs_within(item, &self.registry);
        self.clocks.of((item.case_type, kind), kinds, asked, runs)
    }
}
