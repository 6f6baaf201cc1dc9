//! The clocks that may run on a case, at hand by what they are meant for.

use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use super::{ClockRule, PauseRule, Trigger};
use crate::domain::limit::LimitSource;
use crate::domain::record::{Kinds, TraceKind};
use crate::domain::registry::{CaseType, ItemKind};
use crate::domain::statute::Mark;

/// Types of cases by kinds of items.
const MATTERS: usize = CaseType::ALL.len() * ItemKind::ALL.len();

/// Declarations of clocks in their order. Several of one id are the versions of one clock.
#[derive(Debug, Clone, Default)]
pub struct Clocks {
    rules: Vec<ClockRule>,
    /// Those for one matter; made when they are first asked for, and made anew after a change.
    by_matter: OnceLock<[Vec<Place>; MATTERS]>,
}

/// A clock of one matter, with what decides most often that it has nothing to say of a case.
#[derive(Debug, Clone)]
struct Place {
    rule: usize,
    /// Kinds of traces without which it never begins, and then says nothing; `None`: it always says something.
    begins: Option<Kinds>,
    /// The clocks before which it gives way.
    yields_to: Vec<usize>,
}

impl Clocks {
    /// Every cause of a special procedure that one of them looks for in stages and notes.
    pub fn causes(&self) -> Vec<String> {
        let pauses = self.rules.iter().filter_map(|rule| rule.pauses.as_ref());
        let of = |rule: &PauseRule| {
            rule.causes.iter().chain(rule.times.iter().map(|time| &time.cause)).cloned().collect::<Vec<_>>()
        };
        let causes: BTreeSet<String> = pauses.flat_map(of).collect();
        causes.into_iter().collect()
    }

    /// Those of which something is `asked` that are meant for a type of case and a kind of item, and run by what `runs` says of one
    /// besides. With the kinds of traces of a case: without those that say nothing of it.
    pub(super) fn of<A, R>(
        &self,
        matter: (CaseType, ItemKind),
        kinds: Option<Kinds>,
        asked: A,
        runs: R,
    ) -> impl Iterator<Item = &ClockRule> + Clone
    where
        A: Fn(&ClockRule) -> bool + Clone,
        R: Fn(&ClockRule) -> bool + Clone,
    {
        let places = &self.by_matter.get_or_init(|| self.by_matter())[place_of(matter)];
        let says = move |place: &&Place| match (place.begins, kinds) {
            (Some(begins), Some(kinds)) => begins.meets(kinds),
            _ => true,
        };
        places.iter().filter(says).filter_map(move |place| {
            let rule = Some(&self.rules[place.rule]).filter(|rule| asked(rule))?;
            let gives_way = || place.yields_to.iter().any(|other| runs(&self.rules[*other]));
            (runs(rule) && !gives_way()).then_some(rule)
        })
    }

    fn by_matter(&self) -> [Vec<Place>; MATTERS] {
        let mut by_matter = [const { Vec::new() }; MATTERS];
        for (place, rule) in self.rules.iter().enumerate() {
            let yields = |(_, other): &(usize, &ClockRule)| rule.by_law.yields_to.contains(&other.id);
            let yields_to = self.rules.iter().enumerate().filter(yields).map(|(place, _)| place);
            let place = Place { rule: place, begins: begins(rule), yields_to: yields_to.collect() };
            let kinds = ItemKind::ALL.iter().map(|(kind, ..)| *kind);
            for kind in kinds.filter(|kind| rule.is_for_kind(*kind)) {
                for case_type in &rule.case_types {
                    by_matter[place_of((*case_type, kind))].push(place.clone());
                }
            }
        }
        by_matter
    }
}

fn place_of((case_type, kind): (CaseType, ItemKind)) -> usize {
    case_type as usize * ItemKind::ALL.len() + kind as usize
}

/// Kinds of traces that begin a clock of the law, or one that begins anew by itself; `None` for one that is shown though it never
/// began, and where the kind of a trace does not tell.
fn begins(rule: &ClockRule) -> Option<Kinds> {
    let (Trigger::Marks(marks) | Trigger::Earliest(marks)) = &rule.starts else { return None };
    let of_law = rule.by_law.rule.is_some() && !rule.starts_with_acceptance();
    let anew = rule.repeats && rule.limit != LimitSource::Stage;
    if !(of_law || anew) {
        return None;
    }
    let kind = |mark: &Mark| match mark {
        Mark::Date(_) => None,
        mark => Some(mark.kind().unwrap_or(TraceKind::Step)),
    };
    marks.iter().map(kind).collect()
}

impl From<Vec<ClockRule>> for Clocks {
    fn from(rules: Vec<ClockRule>) -> Self {
        Self { rules, by_matter: OnceLock::new() }
    }
}

impl PartialEq for Clocks {
    fn eq(&self, other: &Self) -> bool {
        self.rules == other.rules
    }
}

impl Deref for Clocks {
    type Target = Vec<ClockRule>;

    fn deref(&self) -> &Vec<ClockRule> {
        &self.rules
    }
}

impl DerefMut for Clocks {
    fn deref_mut(&mut self) -> &mut Vec<ClockRule> {
        self.by_matter.take();
        &mut self.rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::tests::policy;

    /// A clock that is added, or whose matter is another one, is found from then on.
    #[test]
    fn a_change_is_seen() {
        let mut clocks = policy(&[]).clocks;
        let found =
            |clocks: &Clocks, kind| clocks.of((CaseType::Promised, kind), None, |_| true, |_| true).count();
        assert_eq!((found(&clocks, ItemKind::Licence), found(&clocks, ItemKind::Petition)), (1, 1));
        clocks[0].kinds = vec![ItemKind::Licence];
        assert_eq!((found(&clocks, ItemKind::Licence), found(&clocks, ItemKind::Petition)), (1, 0));
        let again = clocks[0].clone();
        clocks.push(again);
        assert_eq!((found(&clocks, ItemKind::Licence), found(&clocks, ItemKind::Petition)), (2, 0));
    }

    /// Where nothing began it, a clock that begins anew by itself says nothing; one of stages may begin with a later stage.
    #[test]
    fn a_clock_that_nothing_began_is_passed_over() {
        let mut clocks = policy(&[]).clocks;
        clocks[0].starts = Trigger::Marks(vec![Mark::Kind(TraceKind::Paused)]);
        let found = |clocks: &Clocks, kind: TraceKind| {
            let kinds = Kinds::NONE.with(TraceKind::Accepted).with(kind);
            clocks.of((CaseType::Promised, ItemKind::Licence), Some(kinds), |_| true, |_| true).count()
        };
        assert_eq!(found(&clocks, TraceKind::Step), 1, "it is shown as not started");
        clocks[0].repeats = true;
        assert_eq!((found(&clocks, TraceKind::Step), found(&clocks, TraceKind::Paused)), (0, 1));
        clocks[0].limit = LimitSource::Stage;
        assert_eq!(found(&clocks, TraceKind::Step), 1);
    }
}
