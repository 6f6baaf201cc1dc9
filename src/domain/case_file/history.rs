//! Everything a source said of a case, and since when each word of it was on record.

use std::cmp::Ordering;

use super::revision::latest;
use crate::domain::moment::Moment;
use crate::domain::record::{Header, Trace, TraceKind, chronological};

/// What a source said of a thing, and since when that was on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version<T> {
    /// What it said; `None`: nothing any more.
    pub value: Option<T>,
    /// When it was entered; `None`: before anybody watched, or it is another reading of the same record.
    pub entered: Option<Moment>,
    /// When a round read it.
    pub seen: Moment,
    /// It may say something else only because the source is read by another mapping.
    pub remapped: bool,
}

/// Everything a source said of a case, version by version, in the order in which it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Of each slot of the case.
    pub slots: Vec<Vec<Version<Trace>>>,
    /// Of the case itself.
    pub headers: Vec<Version<Header>>,
}

/// When a fact was entered: by the source's own word (`recorded`), else when it was first read; and never before the last
/// reading in which it was not there (`unseen`), less the time by which the source lags behind. What the first reading of a
/// source brings has the benefit of the doubt.
pub fn entered(recorded: Option<Moment>, seen: Moment, unseen: Option<Moment>) -> Option<Moment> {
    match (recorded, unseen) {
        (Some(said), Some(unseen)) if said.order(&unseen) == Ordering::Less => Some(unseen),
        (Some(said), _) => Some(said),
        (None, unseen) => unseen.map(|_| seen),
    }
}

/// What was said of one thing when a card was told, and what is said of it now.
pub(in crate::domain) struct Changed<'h, T> {
    /// As the card was told.
    pub before: Option<&'h Version<T>>,
    /// As it is.
    pub now: &'h Version<T>,
}

impl History {
    /// The traces and the header of the case as they stood on record before a moment, with what happened since; and, where a supervisor was asked of it, with
    /// what was read only after that (`asked`) and never said before.
    pub(super) fn at(&self, moment: Moment, asked: Option<Moment>) -> (Vec<Trace>, Option<Header>) {
        let slot = |slot: &Vec<Version<Trace>>| {
            let new = asked.and_then(|asked| self.new_trace(slot, asked));
            new.or_else(|| as_of(slot, moment))?.value.clone()
        };
        let mut traces: Vec<Trace> = self.slots.iter().filter_map(slot).collect();
        chronological(&mut traces);
        let new = asked.and_then(|asked| self.new_header(asked));
        let header =
            new.or_else(|| standing(&self.headers, moment)).and_then(|version| version.value.clone());
        (traces, header)
    }

    /// Whether nothing is said otherwise than before a moment.
    pub(in crate::domain) fn is_as_told(&self, moment: Moment) -> bool {
        self.header_since(moment).is_none() && self.traces_since(moment).next().is_none()
    }

    /// The traces that say something else than they did before a moment.
    pub(in crate::domain) fn traces_since(&self, moment: Moment) -> impl Iterator<Item = Changed<'_, Trace>> {
        self.slots.iter().filter_map(move |slot| {
            let (before, now) = (told_by(slot, moment), slot.last()?);
            let same = match (before.and_then(|it| it.value.as_ref()), &now.value) {
                (Some(before), Some(now)) => says_the_same(before, now),
                (before, now) => before.is_none() && now.is_none(),
            };
            (!same).then_some(Changed { before, now })
        })
    }

    /// What the case's own row said before a moment and says now, where that is something else.
    pub(in crate::domain) fn header_since(&self, moment: Moment) -> Option<Changed<'_, Header>> {
        let (before, now) = (standing(&self.headers, moment), self.headers.last()?);
        before.is_none_or(|before| before.value != now.value).then_some(Changed { before, now })
    }

    /// What a slot says now, if that was first read after a moment and is nothing that had been said before, in whatever row: a
    /// fact that was taken out and typed again is no other fact.
    fn new_trace<'h>(&'h self, slot: &'h [Version<Trace>], asked: Moment) -> Option<&'h Version<Trace>> {
        let now = slot.last().filter(|now| now.seen.order(&asked) == Ordering::Greater)?;
        let known = |version: &Version<Trace>| version.seen.order(&asked) != Ordering::Greater;
        let said = match &now.value {
            Some(trace) => self
                .slots
                .iter()
                .flatten()
                .filter(|version| known(version))
                .any(|version| version.value.as_ref().is_some_and(|said| says_the_same(said, trace))),
            None => slot.iter().any(|version| known(version) && version.value.is_none()),
        };
        (!said).then_some(now)
    }

    fn new_header(&self, asked: Moment) -> Option<&Version<Header>> {
        let now = self.headers.last().filter(|now| now.seen.order(&asked) == Ordering::Greater)?;
        let what = |version: &Version<Header>| {
            version.value.as_ref().map(|it| (it.item.clone(), it.unit.clone(), it.dates.clone()))
        };
        let known = |version: &&Version<Header>| version.seen.order(&asked) != Ordering::Greater;
        let said = self.headers.iter().filter(known).any(|version| what(version) == what(now));
        (!said).then_some(now)
    }
}

/// Whether two traces mean the same for the days of a case. Of what moves a limit everything counts but when it was entered,
/// as a missing notice or approver makes it doubtful; of all else its note and who typed it do not.
fn says_the_same(one: &Trace, other: &Trace) -> bool {
    let plain = |trace: &Trace| {
        let mut trace = Trace { recorded: None, entry: Default::default(), ..trace.clone() };
        if !MOVES_A_LIMIT.contains(&trace.kind) {
            (trace.by, trace.note) = (None, None);
        }
        trace
    };
    one.kind == other.kind && one.occurred == other.occurred && plain(one) == plain(other)
}

/// The last version that was on record before a moment; what had been read by then was.
fn standing<T>(versions: &[Version<T>], moment: Moment) -> Option<&Version<T>> {
    let by_then = |version: &&Version<T>| {
        version.entered.is_none_or(|at| at.order(&moment) == Ordering::Less)
            || version.seen.order(&moment) != Ordering::Greater
    };
    versions.iter().rfind(by_then)
}

/// What puts off the day on which a case is due, also where it happened after a letter.
pub(in crate::domain) const MOVES_A_LIMIT: [TraceKind; 5] = [
    TraceKind::Extended,
    TraceKind::Paused,
    TraceKind::Resumed,
    TraceKind::SupplementRequested,
    TraceKind::SupplementReceived,
];

/// What a slot said by a moment that could count by then: of a time that lay in the future, what had been said before. It comes true
/// by waiting, on a day that whoever typed it chose.
fn told_by(slot: &[Version<Trace>], moment: Moment) -> Option<&Version<Trace>> {
    let latest = latest(moment.at());
    let past =
        |version: &&Version<Trace>| version.value.as_ref().is_some_and(|trace| trace.occurred.at() <= latest);
    let to_come = standing(slot, moment).filter(|version| version.value.is_some() && !past(version));
    let before = to_come.and_then(|to_come| {
        slot.iter().rev().skip_while(|version| !std::ptr::eq(*version, to_come)).find(past)
    });
    before.or_else(|| as_of(slot, moment))
}

/// What a slot said by a moment. What is said to have happened since could not be entered before: where the slot was empty, it
/// counts as it was said last; but for what moves a limit, as that is what lifts a card.
fn as_of(slot: &[Version<Trace>], moment: Moment) -> Option<&Version<Trace>> {
    let by_then = standing(slot, moment).filter(|version| version.value.is_some());
    let since = |version: &&Version<Trace>| {
        version.value.as_ref().is_some_and(|trace| {
            !MOVES_A_LIMIT.contains(&trace.kind) && trace.occurred.order(&moment) != Ordering::Less
        })
    };
    by_then.or_else(|| slot.last().filter(since))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn at(text: &str) -> Moment {
        Moment::instant(format!("2011-10-{text}:00:00+08:00").parse().unwrap())
    }

    fn version(value: Option<Trace>, seen: Moment) -> Version<Trace> {
        Version { value, entered: Some(seen), seen, remapped: false }
    }

    /// What a slot said by a moment of a time no later than clocks may differ counts by then; of a later time, what it had said before.
    #[test]
    fn a_time_that_lay_in_the_future_counts_as_it_was_said_before() {
        let moment = at("12T09");
        let bound = latest(moment.at());
        let told = |second: i64| {
            let first = Trace::new(TraceKind::Step, at("10T09"));
            let put_off = Trace::new(TraceKind::Step, Moment::instant(bound + TimeDelta::seconds(second)));
            let slot = [version(Some(first), at("10T10")), version(Some(put_off.clone()), at("11T10"))];
            told_by(&slot, moment).and_then(|it| it.value.clone()) == Some(put_off)
        };
        assert_eq!([-1, 0, 1].map(told), [true, true, false]);
    }

    /// A fact that was emptied after the question was asked is new; one that had been empty before is not.
    #[test]
    fn what_was_emptied_after_the_question_is_new() {
        let step = || Some(Trace::new(TraceKind::Step, at("10T09")));
        let asked = at("12T09");
        let is_new = |versions: &[(Option<Trace>, &str)]| {
            let slot: Vec<_> =
                versions.iter().map(|(value, seen)| version(value.clone(), at(seen))).collect();
            let history = History { slots: vec![slot], headers: Vec::new() };
            history.new_trace(&history.slots[0], asked).is_some()
        };
        assert!(is_new(&[(step(), "10T10"), (None, "12T10")]));
        assert!(!is_new(&[(step(), "10T10"), (None, "12T09")]), "read by then");
        assert!(!is_new(&[(step(), "10T10"), (None, "11T10"), (step(), "12T10"), (None, "12T11")]));
        assert!(!is_new(&[(step(), "10T10"), (None, "11T10"), (step(), "12T10")]), "it had been said");
        assert!(is_new(&[(None, "10T10"), (step(), "12T10")]));
    }

    /// Of what moves a limit the note and who typed it count, of a step neither does; kind, time and stage count of all, and when it was
    /// entered of none.
    #[test]
    fn a_note_counts_where_it_moves_a_limit() {
        let same = |kind, change: &dyn Fn(&mut Trace)| {
            let one = Trace::new(kind, at("10T09"));
            let mut other = one.clone();
            change(&mut other);
            says_the_same(&one, &other) && says_the_same(&other, &one)
        };
        let both = |change: &dyn Fn(&mut Trace)| {
            [TraceKind::Step, TraceKind::Extended].map(|kind| same(kind, change))
        };
        assert_eq!(both(&|_| {}), [true, true]);
        assert_eq!(both(&|it| it.recorded = Some(at("11T09"))), [true, true]);
        assert_eq!(both(&|it| it.note = Some("特告26号".into())), [true, false]);
        assert_eq!(both(&|it| it.by = Some("0731".into())), [true, false]);
        assert_eq!(both(&|it| it.stage = Some("审查".into())), [false, false]);
        assert_eq!(both(&|it| it.occurred = at("10T10")), [false, false]);
        assert_eq!(both(&|it| it.kind = TraceKind::Paused), [false, false]);
    }
}
