//! Which unit had a case when: a hand-over (交接) is an event.

use std::cmp::Ordering;

use super::{Trace, TraceKind};
use crate::domain::moment::Moment;

/// The units that had a case, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holders {
    /// The unit that had it first.
    first: Option<String>,
    /// Hand-overs in the order of time: since when, and who.
    later: Vec<(Moment, String)>,
}

/// A case passed to another unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HandOver<'a> {
    /// When.
    pub at: Moment,
    /// Who had it before, if anybody is known.
    pub from: Option<&'a str>,
    /// Who has it since.
    pub to: &'a str,
}

impl Holders {
    /// By the rows of its events where they name units, else by what the case's own row said: `former` are the units it
    /// named before, each with the moment at which another took its place, `now` the one it names. An event's unit holds from
    /// that event on; before the first of them the case was that of its own row, unless it began with that event. Units
    /// that are not `known` hold nothing.
    pub fn of(
        traces: &[Trace],
        known: impl Fn(&str) -> bool,
        former: &[(&str, Moment)],
        now: Option<&str>,
    ) -> Self {
        let named = |trace: &&Trace| trace.unit.as_deref().is_some_and(&known);
        if let Some(at) = traces.iter().position(|trace| named(&trace)) {
            let begins = at == 0 || matches!(traces[at].kind, TraceKind::Applied | TraceKind::Accepted);
            let by_row = former.first().map_or(now, |(unit, _)| Some(*unit)).filter(|_| !begins);
            let first = by_row.or(traces[at].unit.as_deref()).map(str::to_owned);
            let mut holders = Self { first, later: Vec::new() };
            for trace in traces[at..].iter().filter(named) {
                holders.hand_over(trace.occurred, trace.unit.as_deref().unwrap_or_default());
            }
            return holders;
        }
        let Some((((first, _), rest), now)) = former.split_first().zip(now) else {
            return Self { first: now.map(str::to_owned), later: Vec::new() };
        };
        let mut holders = Self { first: Some((*first).to_owned()), later: Vec::new() };
        let nexts = rest.iter().map(|(unit, _)| *unit).chain([now]);
        for ((_, at), unit) in former.iter().zip(nexts) {
            holders.hand_over(*at, unit);
        }
        holders
    }

    fn hand_over(&mut self, at: Moment, unit: &str) {
        if self.last() != Some(unit) {
            self.later.push((at, unit.to_owned()));
        }
    }

    /// Who has it now.
    pub fn last(&self) -> Option<&str> {
        self.later.last().map(|(_, unit)| unit.as_str()).or(self.first.as_deref())
    }

    /// Who had it at a moment: of the day of a hand-over the one who had it before, where no hour is known.
    pub fn at(&self, moment: Moment) -> Option<&str> {
        let before = |(at, _): &&(Moment, String)| at.order(&moment) == Ordering::Less;
        self.later.iter().rev().find(before).map(|(_, unit)| unit.as_str()).or(self.first.as_deref())
    }

    /// Each hand-over.
    pub fn hand_overs(&self) -> impl Iterator<Item = HandOver<'_>> {
        let from = std::iter::once(self.first.as_deref())
            .chain(self.later.iter().map(|(_, unit)| Some(unit.as_str())));
        self.later.iter().zip(from).map(|((at, to), from)| HandOver { at: *at, from, to })
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text, Shanghai).unwrap()
    }

    /// DESIGN section 5: a run's lateness belongs to the unit that had it when it fell due.
    #[test]
    fn a_case_is_its_holders_of_the_moment() {
        let step = |when, unit: Option<&str>| Trace {
            unit: unit.map(str::to_owned),
            ..Trace::new(TraceKind::Step, at(when))
        };
        let traces = [
            step("2011-09-26", None),
            step("2011-09-27", Some("A")),
            step("2011-09-28", Some("A")),
            step("2011-10-14", Some("B")),
            step("2011-10-15", None),
        ];
        let holders = Holders::of(&traces, |_| true, &[], Some("X"));
        for (day, unit) in [
            ("2011-09-26", "X"),
            ("2011-09-27", "X"),
            ("2011-09-28", "A"),
            ("2011-10-13", "A"),
            ("2011-10-14", "A"),
            ("2011-10-15", "B"),
        ] {
            assert_eq!(holders.at(at(day)), Some(unit), "{day}");
        }
        assert_eq!(holders.last(), Some("B"));
        let handed = [("2011-09-27", "X", "A"), ("2011-10-14", "A", "B")].map(|(day, from, to)| HandOver {
            at: at(day),
            from: Some(from),
            to,
        });
        assert_eq!(holders.hand_overs().collect::<Vec<_>>(), handed);
        let begun = Holders::of(&traces[1..], |_| true, &[], Some("X"));
        assert_eq!(begun.at(at("2011-09-26")), Some("A"), "it began with the event that names A");
        let known = Holders::of(&traces, |unit| unit == "A", &[], Some("A"));
        assert_eq!((known.last(), known.hand_overs().count()), (Some("A"), 0), "nobody knows B");
    }

    #[test]
    fn without_units_on_its_events_its_own_row_says_who_had_it() {
        let former = [("A", at("2011-10-12")), ("B", at("2011-10-14"))];
        let holders = Holders::of(&[], |_| true, &former, Some("A"));
        for (day, unit) in [("2011-10-11", "A"), ("2011-10-13", "B"), ("2011-10-15", "A")] {
            assert_eq!(holders.at(at(day)), Some(unit), "{day}");
        }
        assert_eq!(Holders::of(&[], |_| true, &[], Some("A")).hand_overs().count(), 0);
        assert_eq!(Holders::of(&[], |_| true, &former[..1], None).last(), None, "the row names nobody");
    }
}
