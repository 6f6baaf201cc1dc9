//! What ends a clock, and what is over before it has anything to say.

use std::cmp::Ordering;

use super::case::Case;
use crate::domain::moment::Moment;
use crate::domain::policy::{ClockRule, Trigger};
use crate::domain::record::{Kinds, Trace, TraceKind};
use crate::domain::statute::{Correction, Mark};

impl Case<'_, '_> {
    /// The trace that ended it. What ends with its case also ends where the case was not accepted after all, and what only counts
    /// as accepted where it was passed on: 《行政许可法》第三十二条 makes a late answer no less late, but then nothing is left to
    /// decide. So it is with what runs from receipt (a renewal, 第五十条第二款): an acceptance after it is another run.
    pub(super) fn end_of(&self, rule: &ClockRule, started: Option<Moment>) -> Option<(Moment, TraceKind)> {
        let stopped = self.first_of(self.traces, &rule.stops);
        let left = self.kinds.has(TraceKind::NotAccepted) || self.kinds.has(TraceKind::Forwarded);
        let Some(start) = started.filter(|_| left && ends_with_its_case(rule)) else { return stopped };
        let only_deemed = || {
            let accepted = self.traces.iter().any(|trace| trace.kind == TraceKind::Accepted);
            rule.starts_with_acceptance() && !accepted
        };
        let turned_away = |kind| match kind {
            TraceKind::NotAccepted => true,
            TraceKind::Forwarded => only_deemed(),
            _ => false,
        };
        let answered = self
            .traces
            .iter()
            .find(|trace| turned_away(trace.kind) && trace.occurred.order(&start) != Ordering::Less);
        let answered = answered.map(|trace| (trace.occurred, trace.kind));
        stopped.into_iter().chain(answered).min_by(|(one, _), (other, _)| one.order(other))
    }

    /// When an event happened, and by what, among some traces of the case.
    pub(super) fn first_of(&self, traces: &[Trace], event: &Trigger) -> Option<(Moment, TraceKind)> {
        if self.may_have(event) { first_where(traces, event, |_| true) } else { None }
    }

    /// What ended it. A hearing that was held without notice ended the time to give it.
    pub(super) fn stop_of(&self, rule: &ClockRule, started: Option<Moment>) -> Option<(Moment, TraceKind)> {
        let stopped = self.end_of(rule, started);
        if rule.is_counted_back() && stopped.is_none() {
            let held =
                started.filter(|start| start.order(&Moment::instant(self.now.instant)) == Ordering::Less);
            return held.map(|held| (held, TraceKind::Step));
        }
        stopped.or_else(|| self.end_by_giving_up(rule))
    }
}

/// Whether a clock of the law has nothing to say of a case: it ended before it began, or what it asks for was done on the
/// spot.
pub(super) fn says_nothing(
    rule: &ClockRule,
    started: Option<Moment>,
    stopped: Option<(Moment, TraceKind)>,
) -> bool {
    let (Some(start), Some((stop, _))) = (started, stopped) else { return false };
    let forward = !rule.is_counted_back();
    let on_the_spot = rule.is_beside() && within_an_hour(start, stop);
    forward && (on_the_spot || stop.is_surely_before(&start) && rule.correction == Correction::Nothing)
}

/// Whether two moments lie within an hour, or on one day where an hour is not known.
fn within_an_hour(one: Moment, other: Moment) -> bool {
    let known = one.hour_known() && other.hour_known();
    one.date() == other.date() && (!known || (other.at() - one.at()).abs() <= chrono::TimeDelta::hours(1))
}

/// The kind of the traces that bear a mark, if there are any.
pub(super) fn kind_of(mark: &Mark) -> TraceKind {
    mark.kind().unwrap_or(TraceKind::Step)
}

/// When an event happened, and by what, among the traces of which something holds.
pub(super) fn first_where(
    traces: &[Trace],
    event: &Trigger,
    holds: impl Fn(&Trace) -> bool,
) -> Option<(Moment, TraceKind)> {
    let of = |kind: Option<TraceKind>, trace: &Trace| kind.is_none_or(|kind| trace.kind == kind);
    let found = match event {
        Trigger::First(kind) => traces.iter().find(|trace| of(*kind, trace) && holds(trace)),
        Trigger::Last(kind) => traces.iter().rfind(|trace| of(*kind, trace) && holds(trace)),
        Trigger::Marks(marks) => {
            marks.iter().find_map(|mark| traces.iter().find(|trace| mark.is(trace) && holds(trace)))
        }
        Trigger::Earliest(marks) => {
            let kinds: Kinds = marks.iter().map(kind_of).collect();
            let is = |trace: &Trace| kinds.has(trace.kind) && marks.iter().any(|mark| mark.is(trace));
            traces.iter().find(|trace| is(trace) && holds(trace))
        }
    };
    found.map(|trace| (trace.occurred, trace.kind))
}

/// Whether the end of its case ends a clock, among other things.
fn ends_with_its_case(rule: &ClockRule) -> bool {
    marks(&rule.stops).iter().any(ends_a_case)
}

/// Whether a clock is the limit of the matter itself: nothing ends it but the end of its case, or its leaving the office.
pub(super) fn is_of_the_whole(rule: &ClockRule) -> bool {
    let forwarded = Mark::Kind(TraceKind::Forwarded);
    ends_with_its_case(rule) && marks(&rule.stops).iter().all(|mark| ends_a_case(mark) || *mark == forwarded)
}

fn ends_a_case(mark: &Mark) -> bool {
    mark.kind().is_some_and(TraceKind::ends_a_case)
}

fn marks(event: &Trigger) -> &[Mark] {
    match event {
        Trigger::Marks(marks) | Trigger::Earliest(marks) => marks,
        Trigger::First(_) | Trigger::Last(_) => &[],
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;

    /// An hour apart is within an hour, a second more is not; where one hour is not known, the day counts.
    #[test]
    fn an_hour_apart_is_on_the_spot() {
        let at = |text: &str| Moment::parse(text, Shanghai).unwrap();
        let within = |one: &str, other: &str| within_an_hour(at(one), at(other));
        let nine = "2011-10-12T09:00:00+08:00";
        let apart = ["2011-10-12T09:59:59+08:00", "2011-10-12T10:00:00+08:00", "2011-10-12T10:00:01+08:00"];
        assert_eq!(apart.map(|other| within(nine, other)), [true, true, false]);
        assert_eq!(apart.map(|other| within(other, nine)), [true, true, false]);
        assert!(within("2011-10-12", "2011-10-12T15:00:00+08:00") && within(apart[2], "2011-10-12"));
        assert!(!within("2011-10-12", "2011-10-13T00:10:00+08:00"));
        assert!(!within("2011-10-12T23:50:00+08:00", "2011-10-13T00:10:00+08:00"));
    }
}
