//! Reads the clocks of a case: what started, paused, extended and stopped each, and what follows.

use std::cmp::Ordering;

use super::threshold::{begins, reached};
use super::{Disregarded, Reading, State};
use crate::domain::count::{Asked, Due, Pause, passed_at};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::{ClockRule, Event, LimitSource, Policy};
use crate::domain::record::{Amount, Header, Trace, TraceKind};
use crate::domain::registry::Item;
use crate::domain::statute::Expiry;

/// Reads every clock that runs on a case. `traces` are in chronological order and hold no contradiction
/// (see `rules::data_fault`); `now` bounds what has happened.
pub fn read<'a>(
    policy: &'a Policy,
    item: &'a Item,
    header: &Header,
    traces: &[Trace],
    now: &Now,
) -> Vec<Reading<'a>> {
    let mut readings = Vec::with_capacity(policy.clocks.len());
    let deemed = deemed_accepted(policy, item, header, traces, now);
    for rule in policy.clocks.iter().filter(|rule| rule.runs_on(item)) {
        let mut started = first_of(traces, &rule.starts).map(|(moment, _)| moment);
        let mut deemed_by = None;
        if let Some((at, by)) = deemed
            && rule.starts_with_acceptance()
            && started.is_none_or(|recorded| recorded.order(&at) == Ordering::Greater)
        {
            (started, deemed_by) = (Some(at), Some(by));
        }
        if !rule.governs(started.map(|moment| moment.date())) {
            continue; // Another version of the law is in force.
        }
        if let Some((limit, basis)) = limit_of(rule, item, header) {
            let mut reading = Facts { policy, rule, header, traces, now }.read(limit, basis, started);
            reading.deemed = deemed_by;
            readings.push(reading);
        }
    }
    readings
}

/// Since when the case counts as accepted because nobody said in time what was missing, and by which clock: from
/// receipt by 《行政许可法》第三十二条, from the end of the examination by 《行政复议法》第三十条 of 2023.
fn deemed_accepted<'a>(
    policy: &'a Policy,
    item: &'a Item,
    header: &Header,
    traces: &[Trace],
    now: &Now,
) -> Option<(Moment, &'a ClockRule)> {
    let deems = |rule: &&ClockRule| {
        matches!(rule.on_expiry, Expiry::AcceptedFromReceipt | Expiry::AcceptedFromExpiry)
            && rule.runs_on(item)
    };
    policy.clocks.iter().filter(deems).find_map(|rule| {
        let (received, _) = first_of(traces, &rule.starts)?;
        if !rule.governs(Some(received.date())) {
            return None;
        }
        let (limit, basis) = limit_of(rule, item, header)?;
        let reading = Facts { policy, rule, header, traces, now }.read(limit, basis, Some(received));
        let since = if rule.on_expiry == Expiry::AcceptedFromReceipt { received } else { reading.due?.at };
        reading.late().then_some((since, rule))
    })
}

fn limit_of<'a>(rule: &'a ClockRule, item: &'a Item, header: &Header) -> Option<(Limit, &'a str)> {
    let own = item.basis.as_deref().unwrap_or(&rule.basis);
    match &rule.limit {
        LimitSource::Promised => Some((item.promised.clone()?, &rule.basis)),
        LimitSource::Statutory => Some((item.statutory.clone()?, own)),
        LimitSource::Fixed(Limit::RecordDate(name)) if !header.dates.iter().any(|(key, _)| key == name) => {
            None
        }
        LimitSource::Fixed(limit) => Some((limit.clone(), &rule.basis)),
    }
}

/// When an event happened, and by what.
fn first_of(traces: &[Trace], event: &Event) -> Option<(Moment, TraceKind)> {
    let found = match event {
        Event::First(kind) => traces.iter().find(|trace| kind.is_none_or(|kind| trace.kind == kind)),
        Event::Last(kind) => traces.iter().rfind(|trace| kind.is_none_or(|kind| trace.kind == kind)),
        Event::Marks(marks) => marks.iter().find_map(|mark| traces.iter().find(|trace| mark.is(trace))),
    };
    found.map(|trace| (trace.occurred, trace.kind))
}

struct Facts<'a, 'c> {
    policy: &'a Policy,
    rule: &'a ClockRule,
    header: &'c Header,
    traces: &'c [Trace],
    now: &'c Now,
}

impl<'a> Facts<'a, '_> {
    fn read(&self, limit: Limit, basis: &'a str, started: Option<Moment>) -> Reading<'a> {
        let mut reading = Reading {
            rule: self.rule,
            limit,
            basis,
            state: State::NotStarted,
            started,
            deemed: None,
            stopped: None,
            due: None,
            pauses: Vec::new(),
            paused_since: None,
            extensions: Vec::new(),
            disregarded: Vec::new(),
            card: None,
            next_change_at: None,
        };
        let Some(start) = started else { return reading };
        reading.stopped = first_of(self.traces, &self.rule.stops);
        if self.rule.pauses {
            self.pair_pauses(&mut reading);
        }
        self.extend(&mut reading, start);
        reading.due = self.due(&reading.limit, start, &reading.extensions, &reading.pauses);
        if let Some(due) = reading.due {
            self.settle(&mut reading, start, due);
        }
        reading
    }

    /// Special procedures come as pairs of traces; one without an end runs until the clock stops, or now.
    fn pair_pauses(&self, reading: &mut Reading<'_>) {
        let mut open: Option<Moment> = None;
        for trace in self.traces {
            match (trace.kind, open) {
                (TraceKind::Paused, None) => open = Some(trace.occurred),
                (TraceKind::Resumed, Some(from)) => {
                    reading.pauses.push(Pause { from, to: trace.occurred });
                    open = None;
                }
                _ => {}
            }
        }
        let Some(from) = open else { return };
        let to = match reading.stopped {
            Some((stop, _)) if stop.order(&from) == Ordering::Less => return,
            Some((stop, _)) => stop,
            None => {
                reading.paused_since = Some(from);
                Moment::instant(self.now.instant)
            }
        };
        reading.pauses.push(Pause { from, to });
    }

    fn extend(&self, reading: &mut Reading<'_>, start: Moment) {
        let Some(allowed) = &self.rule.extends else { return };
        for trace in self.traces.iter().filter(|trace| trace.kind == TraceKind::Extended) {
            let when = trace.occurred;
            let length = match &trace.amount {
                Some(Amount::Limit(length)) => Some(length.clone()),
                Some(Amount::Bare(amount)) => in_unit_of(&reading.limit, *amount),
                None => Some(allowed.by.clone()),
            };
            let Some(length) = length.filter(|length| addable(&reading.limit, length)) else {
                reading.disregarded.push(Disregarded::NoLength(when));
                continue;
            };
            if reading.extensions.len() >= allowed.times as usize {
                reading.disregarded.push(Disregarded::TooMany(when));
                continue;
            }
            let due = self.due(&reading.limit, start, &reading.extensions, &reading.pauses);
            if due.is_some_and(|due| when.order(&due.at) == Ordering::Greater) {
                reading.disregarded.push(Disregarded::TooLate(when));
                continue;
            }
            reading.extensions.push(length);
        }
    }

    fn due(&self, limit: &Limit, start: Moment, extensions: &[Limit], pauses: &[Pause]) -> Option<Due> {
        if let Limit::RecordDate(name) = limit {
            let (_, date) = self.header.dates.iter().find(|(key, _)| key == name)?;
            return Some(Due::on(date, self.policy.zone));
        }
        let asked = Asked { start, limit, extensions, pauses };
        // What fails here (a date outside the tables) was refused when the record was read.
        self.rule.counting.due(&self.policy.calendar, self.policy.zone, &asked).ok()
    }

    /// State, card and next change, from the due moment and what has happened until now.
    fn settle(&self, reading: &mut Reading<'_>, start: Moment, due: Due) {
        let now = Moment::instant(self.now.instant);
        let until = reading.stopped.map(|(stop, _)| stop).or(reading.paused_since).unwrap_or(now);
        let late = until.order(&due.at) == Ordering::Greater;
        reading.state = match (reading.stopped, late, reading.paused_since) {
            (Some(_), true, _) => State::MetLate,
            (Some((_, TraceKind::Withdrawn)), false, _) => State::Void,
            (Some(_), false, _) => State::Met,
            (None, true, _) => State::Overdue,
            (None, false, Some(_)) => State::Paused,
            (None, false, None) => State::Running,
        };
        if matches!(reading.state, State::Met | State::Void) {
            return; // Closed in time: no notice, and nothing that time could change.
        }
        let running = reading.stopped.is_none() && reading.paused_since.is_none();
        for line in self.policy.cards.lines.iter().filter(|line| line.clock == self.rule.id) {
            let (limit, extensions, pauses) = (&reading.limit, &reading.extensions[..], &reading.pauses[..]);
            let asked = Asked { start, limit, extensions, pauses };
            let Some(begins) = begins(line.when, self.rule, self.policy, &asked, due) else { continue };
            if reached(begins, until) {
                reading.card = reading.card.max(Some(line.card));
            } else if running {
                reading.next_change_at =
                    Some(reading.next_change_at.map_or(begins, |earlier| earlier.min(begins)));
            }
        }
        // A table need not have a line for the due moment, yet the state changes there.
        let passed = passed_at(&due.at, self.policy.zone).at();
        if running && passed > self.now.instant {
            reading.next_change_at = Some(reading.next_change_at.map_or(passed, |at| at.min(passed)));
        }
    }
}

fn in_unit_of(limit: &Limit, amount: u32) -> Option<Limit> {
    match limit {
        Limit::Span { unit, .. } if amount > 0 => Some(Limit::Span { amount, unit: *unit }),
        _ => None,
    }
}

/// An extension is added to the limit, so it must be counted in the same way.
fn addable(limit: &Limit, length: &Limit) -> bool {
    let family = |limit: &Limit| match limit {
        Limit::Span { unit: LimitUnit::Years, .. } => Some(LimitUnit::Months),
        Limit::Span { unit, .. } => Some(*unit),
        _ => None,
    };
    family(limit).is_some() && family(limit) == family(length)
}
