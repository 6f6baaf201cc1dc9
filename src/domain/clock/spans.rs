//! Where a clock begins and ends on a case: once, on each special procedure, or stage by stage.

use std::cell::LazyCell;
use std::cmp::Ordering;

use super::believed::{Believed, Taken, granted_length};
use super::case::{Case, Span};
use super::ends::{kind_of, says_nothing};
use super::{Part, Reading};
use crate::domain::limit::{Limit, LimitSource};
use crate::domain::moment::Moment;
use crate::domain::policy::{ClockRule, Trigger};
use crate::domain::record::pairs::{Pair, pairs};
use crate::domain::record::runs::runs;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::statute::{Expiry, Keeper, Mark};

impl<'a> Case<'a, '_> {
    /// Reads every run of a clock.
    pub fn runs(
        &self,
        rule: &'a ClockRule,
        deemed: Option<(Moment, &'a ClockRule)>,
        readings: &mut Vec<Reading<'a>>,
    ) {
        match &rule.limit {
            LimitSource::Stage => self.stages(rule, readings),
            // A clock that begins anew by itself is counted through all runs.
            _ if rule.repeats && self.run > 1 => {}
            _ if rule.repeats => self.each(rule, readings),
            _ => {
                if let Some(span) = self.once(rule, deemed) {
                    self.read(rule, span, readings);
                }
            }
        }
    }

    /// A clock that runs once on a case.
    pub(super) fn once(
        &self,
        rule: &'a ClockRule,
        deemed: Option<(Moment, &'a ClockRule)>,
    ) -> Option<Span<'a>> {
        let mut started = self.start_of(rule);
        if started.is_none() && rule.by_law.rule.is_some() && !rule.starts_with_acceptance() {
            return None; // A clock of the law has nothing to say of a case in which it never began.
        }
        let mut deemed_by = None;
        if let Some((at, by)) = deemed
            && rule.starts_with_acceptance()
            && started.is_none_or(|recorded| recorded.order(&at) == Ordering::Greater)
        {
            (started, deemed_by) = (Some(at), Some(by));
        }
        if !rule.governs_from(started) {
            return None; // Another version of the law is in force.
        }
        let (limit, basis) = self.limit_of(rule)?;
        if let (Limit::RecordDate(name), Some(begun), 2..) = (&limit, started, self.run)
            && self.header.date(name).is_some_and(|date| date.order(&begun) == Ordering::Less)
        {
            return None; // A date that the record had before the case was accepted again was that of the run before.
        }
        if rule.on_expiry == Expiry::Granted && self.begun_too_late(&limit, started) {
            return None;
        }
        if rule.on_expiry == Expiry::GivenUp
            && deemed.zip(started).is_some_and(|((at, _), start)| start.order(&at) == Ordering::Greater)
        {
            return None; // What counts as accepted already is not asked for in vain.
        }
        if rule.by_law.conditional && !self.did(rule) {
            return None;
        }
        let stopped = self.stop_of(rule, started);
        if rule.by_law.rule.is_some() && says_nothing(rule, started, stopped) {
            return None;
        }
        let part = if self.run > 1 { Part::Run(self.run) } else { Part::Whole };
        let keeper = rule.by_law.keeper;
        Some(Span { part, limit, basis, keeper, started, deemed: deemed_by, stopped })
    }

    /// A clock that begins anew with each of its starts: each run ends with the stop that belongs to it, or with the case.
    fn each(&self, rule: &'a ClockRule, readings: &mut Vec<Reading<'a>>) {
        let is = |event: &Trigger, trace: &Trace| match event {
            Trigger::Marks(marks) | Trigger::Earliest(marks) => marks.iter().any(|mark| mark.is(trace)),
            Trigger::First(kind) | Trigger::Last(kind) => kind.is_none_or(|kind| trace.kind == kind),
        };
        if !self.may_have(&rule.starts) || !self.whole.iter().any(|trace| is(&rule.starts, trace)) {
            return;
        }
        let runs = pairs(self.whole, |trace| is(&rule.starts, trace), |trace| is(&rule.stops, trace)).pairs;
        let believed = LazyCell::new(|| self.believed_of(rule, &runs));
        for (place, run) in runs.iter().enumerate() {
            let (begun, number) = (&self.whole[run.begun], place as u32 + 1);
            if self.is_over_before(run.begun) {
                continue; // What begins after the end of a case has nothing to hold up.
            }
            let same = |it: &Reading<'_>| it.rule.id == rule.id && it.part == Part::Run(number);
            if readings.iter().any(same) {
                continue; // An earlier declaration governs it.
            }
            let started = Some(begun.occurred);
            let limit = match &rule.limit {
                LimitSource::Granted => self.granted(rule, begun, believed[place].as_ref()),
                _ => self.limit_of(rule),
            };
            let Some((limit, basis)) = limit.filter(|_| rule.governs_from(started)) else {
                continue;
            };
            // The end of the case, unless the run has ended before it.
            let mut after = self.whole[run.begun..].iter();
            let over = after.find(|trace| trace.kind.ends_a_case());
            let stopped = run.ended.map(|at| &self.whole[at]).into_iter().chain(over);
            let stopped = stopped.min_by(|one, other| one.occurred.order(&other.occurred));
            let stopped = stopped.map(|trace| (trace.occurred, trace.kind));
            let stopped = stopped.or_else(|| self.end_by_giving_up(rule));
            let (part, keeper) = (Part::Run(number), self.keeper_of(rule, begun));
            let span = Span { part, limit, basis, keeper, started, deemed: None, stopped };
            self.read(rule, span, readings);
        }
    }

    /// Whose a run is: a special procedure that a clause leaves out as somebody else's time is not the unit's.
    fn keeper_of(&self, rule: &ClockRule, begun: &Trace) -> Keeper {
        let theirs = |clock: &'a ClockRule| {
            let pauses = clock.pauses.as_ref()?;
            (pauses.keeper != Keeper::Unit && pauses.names(begun)).then_some(pauses.keeper)
        };
        let special = begun.kind == TraceKind::Paused && rule.by_law.keeper == Keeper::Unit;
        let theirs = special.then(|| self.policy.clocks_on(self.item).find_map(theirs));
        theirs.flatten().unwrap_or(rule.by_law.keeper)
    }

    /// Whether the case had ended, and not begun again, when something happened.
    fn is_over_before(&self, place: usize) -> bool {
        let bears = |trace: &&Trace| trace.kind.ends_a_case() || trace.kind == TraceKind::Accepted;
        if self.whole[place].kind == TraceKind::Accepted {
            return false;
        }
        let last = self.whole[..place].iter().rfind(bears);
        last.is_some_and(|trace| {
            trace.kind.ends_a_case() && trace.occurred.order(&self.whole[place].occurred) == Ordering::Less
        })
    }

    /// How far each special procedure is believed that begins a clock by what was granted; nothing of what else begins it.
    fn believed_of(&self, rule: &ClockRule, pairs: &[Pair]) -> Vec<Option<Believed>> {
        let special = |pair: &&Pair| {
            rule.limit == LimitSource::Granted && self.whole[pair.begun].kind == TraceKind::Paused
        };
        let ends = runs(self.whole).scan(0, |end, run| {
            *end += run.len();
            Some(*end)
        });
        let ends: Vec<usize> = ends.collect();
        let now = Moment::instant(self.now.instant);
        let taken = |pair: &Pair| {
            let begun = &self.whole[pair.begun];
            let run = ends.partition_point(|end| *end <= pair.begun);
            let over = || self.whole[pair.begun..].iter().find(|trace| trace.kind.ends_a_case());
            let end = pair.ended.map(|at| &self.whole[at]).or_else(over);
            let to = end.map_or(now, |trace| trace.occurred);
            let early = to.order(&begun.occurred) == Ordering::Less;
            Taken { run, begun, to: if early { begun.occurred } else { to } }
        };
        let taken: Vec<Taken<'_>> = pairs.iter().filter(special).map(taken).collect();
        let mut believed = self.believed(&rule.counting, &taken).into_iter();
        let next = |pair: &Pair| special(&pair).then(|| believed.next()).flatten();
        pairs.iter().map(next).collect()
    }

    /// How long something was granted for, and by what clause; a special procedure has a length where that is not said, and a
    /// bound where it is.
    fn granted(
        &self,
        rule: &'a ClockRule,
        begun: &Trace,
        believed: Option<&Believed>,
    ) -> Option<(Limit, &'a str)> {
        let Some(believed) = believed else { return Some((granted_length(begun)?, &rule.basis)) };
        let (limit, basis) = self.limit_of_special(&rule.counting, begun, believed);
        Some((limit, basis.unwrap_or(&rule.basis)))
    }

    /// A clock for every stage that has a limit of its own: the first begins with the clock's start, each further one
    /// when the stage before it has left its trace. The end of the case ends the stage.
    fn stages(&self, rule: &'a ClockRule, readings: &mut Vec<Reading<'a>>) {
        let mut started = self.start_of(rule);
        let end = self.end_of(rule, started).or_else(|| self.end_by_giving_up(rule));
        for stage in &self.item.stages {
            let left = self.traces.iter().find(|trace| stage.left(trace));
            let left = left.map(|trace| (trace.occurred, trace.kind));
            if left.is_none() && stage.optional {
                continue; // Whether it is taken at all is not known, and the next stage does not wait for it.
            }
            if let Some(limit) = stage.limit.as_ref().filter(|_| started.is_some())
                && rule.governs_from(started)
            {
                let (limit, basis, stopped) = (limit.clone(), &rule.basis[..], left.or(end));
                let part = Part::Stage(stage.names[0].as_str());
                let keeper = rule.by_law.keeper;
                let span = Span { part, limit, basis, keeper, started, deemed: None, stopped };
                self.read(rule, span, readings);
            }
            started = left.map(|(moment, _)| moment);
        }
    }

    /// Whether a matter with an end of its own was begun only after it: a renewal asked for when the licence had expired.
    fn begun_too_late(&self, limit: &Limit, started: Option<Moment>) -> bool {
        let Limit::RecordDate(name) = limit else { return false };
        let end = self.header.date(name);
        started.zip(end).is_some_and(|(start, end)| start.date() > end.date())
    }

    fn limit_of(&self, rule: &'a ClockRule) -> Option<(Limit, &'a str)> {
        let item = self.item;
        if let Some(name) = rule.date_by_notice.as_ref().filter(|name| self.header.date(name).is_some()) {
            return Some((Limit::RecordDate(name.clone()), &rule.basis));
        }
        match &rule.limit {
            LimitSource::Promised => Some((item.promised.clone()?, &rule.basis)),
            LimitSource::Statutory => {
                let limit = item.statutory.as_ref().or_else(|| rule.law_limit(item))?;
                Some((limit.clone(), rule.basis_on(item)))
            }
            LimitSource::Fixed(Limit::RecordDate(name)) => {
                self.header.date(name).map(|_| (Limit::RecordDate(name.clone()), &rule.basis[..]))
            }
            LimitSource::Fixed(limit) => Some((limit.clone(), &rule.basis)),
            LimitSource::Granted => {
                let begun = self.traces.iter().find(|trace| starts(&rule.starts, trace))?;
                let alone = Taken { run: 0, begun, to: begun.occurred };
                let special = begun.kind == TraceKind::Paused;
                let believed = if special { self.believed(&rule.counting, &[alone]) } else { Vec::new() };
                self.granted(rule, begun, believed.first())
            }
            LimitSource::Stage => None,
        }
    }

    /// What a clock runs from: the first of its marks that the case has, be it a trace or a date of the record.
    pub fn start_of(&self, rule: &ClockRule) -> Option<Moment> {
        match &rule.starts {
            Trigger::Marks(marks) => marks.iter().find_map(|mark| match mark {
                Mark::Date(name) => self.header.date(name),
                mark if !self.has(mark) => None,
                _ => self.traces.iter().find(|trace| mark.is(trace)).map(|trace| trace.occurred),
            }),
            event => self.first_of(self.traces, event).map(|(moment, _)| moment),
        }
    }

    /// Whether the case can have a trace that bears a mark, by the kinds of its traces.
    fn has(&self, mark: &Mark) -> bool {
        self.kinds.has(kind_of(mark))
    }

    /// Whether the case can have an event, by the kinds of its traces.
    pub(super) fn may_have(&self, event: &Trigger) -> bool {
        match event {
            Trigger::Marks(marks) | Trigger::Earliest(marks) => marks.iter().any(|mark| self.has(mark)),
            Trigger::First(_) | Trigger::Last(_) => true,
        }
    }
}

fn starts(event: &Trigger, trace: &Trace) -> bool {
    matches!(event, Trigger::Marks(marks) | Trigger::Earliest(marks) if marks.iter().any(|mark| mark.is(trace)))
}
