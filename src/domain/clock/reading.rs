//! Reads the clocks of a case: what started, paused, extended and stopped each, and what follows.

use std::cmp::Ordering;

use super::by_law::deemed_accepted;
use super::case::{Case, Span};
use super::pauses::{Found, Pauses};
use super::threshold::{begins, reached};
use super::{Doubt, Reading, State};
use crate::domain::card::Card;
use crate::domain::count::{Asked, Due, Pause, passed_at};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::{CardLine, ClockRule, Policy};
use crate::domain::record::runs::{begun_on, runs};
use crate::domain::record::{Header, Kinds, Trace, TraceKind};
use crate::domain::registry::Item;
use crate::domain::statute::{Correction, Keeper};

/// Clocks of a plain case: the office's promise and the law's limit. More memory than two take at once is dear.
const USUAL: usize = 2;

/// Reads every clock that runs on a case. `traces` are in chronological order and hold no contradiction
/// (see `rules::data_fault`); `now` bounds what has happened.
pub fn read<'a>(
    policy: &'a Policy,
    item: &'a Item,
    header: &Header,
    traces: &[Trace],
    now: &Now,
) -> Vec<Reading<'a>> {
    let mut readings = Vec::with_capacity(USUAL);
    let kinds = Kinds::of(traces);
    for (number, run) in (1..).zip(runs(traces)) {
        let item = item.on(|| begun_on(run));
        let calendar = policy.calendar_of(item, header.unit.as_deref());
        let mut case = Case {
            policy,
            item,
            header,
            traces: run,
            kinds,
            whole: traces,
            run: number,
            calendar,
            now,
            given_up: None,
        };
        case.read_all(&mut readings);
    }
    readings
}

impl<'a> Case<'a, '_> {
    /// Reads every clock of one run of the case. Where one of them shows that the case counts as accepted or as given up, that
    /// bears on the others, and they are read anew.
    fn read_all(&mut self, readings: &mut Vec<Reading<'a>>) {
        let from = readings.len();
        self.read_by(None, readings);
        let mut deemed = deemed_accepted(&readings[from..]);
        if deemed.is_some() {
            readings.truncate(from);
            self.read_by(deemed, readings);
        }
        // A clock that begins anew by itself is counted through all runs: what was given up is the run in which it began.
        let begun_here = |started: Moment| self.traces.iter().any(|trace| trace.occurred == started);
        let here = |reading: &&Reading<'_>| {
            if reading.rule.repeats {
                reading.started.is_some_and(begun_here)
            } else {
                reading.run == self.run
            }
        };
        self.given_up = readings.iter().filter(here).find_map(|reading| reading.given_up(self.traces));
        if self.given_up.is_none() {
            return;
        }
        // What was given up in time was not to be examined any more.
        if deemed.is_some() {
            readings.truncate(from);
            self.read_by(None, readings);
            deemed = deemed_accepted(&readings[from..]);
        }
        readings.truncate(from);
        self.read_by(deemed, readings);
    }

    fn read_by(&self, deemed: Option<(Moment, &'a ClockRule)>, readings: &mut Vec<Reading<'a>>) {
        for rule in self.policy.clocks_for(self.item, self.kinds) {
            // Several declarations of one id are its versions, and what they are for different matters: one of them runs.
            let same = |reading: &Reading<'_>| reading.rule.id == rule.id && reading.run == self.run;
            if rule.repeats || !readings.last().is_some_and(same) {
                self.runs(rule, deemed, readings);
            }
        }
    }

    /// Reads one run of a clock.
    pub(super) fn read(&self, rule: &'a ClockRule, span: Span<'a>, readings: &mut Vec<Reading<'a>>) {
        let Span { part, limit, basis, keeper, started, deemed, stopped } = span;
        let reading = readings.push_mut(Reading {
            rule,
            part,
            run: self.run,
            limit,
            basis,
            keeper,
            calendar: self.calendar,
            state: State::NotStarted,
            started,
            deemed,
            stopped,
            due: None,
            doubt: None,
            pauses: Vec::new(),
            paused_since: None,
            extensions: Vec::new(),
            extended: Vec::new(),
            disregarded: Vec::new(),
            excess: Vec::new(),
            vain_correction: None,
            card: None,
            gives_from: [None; 3],
            next_change_at: None,
        });
        let Some(start) = started else { return };
        if rule.is_counted_back() {
            // As below: a date outside the tables was refused when the record was read.
            reading.due =
                rule.counting.due_before(self.calendar, self.policy.zone, &start, &reading.limit).ok();
        } else {
            self.count(reading, start);
        }
        if let Some(due) = reading.due {
            self.settle(reading, due);
        }
    }

    /// Pauses, extensions and due moment of a clock from a start; two of them where facts are doubtful.
    pub(super) fn count_from(&self, reading: &mut Reading<'a>, start: Moment, correction: Correction) {
        let (mut doubts, mut found) = (Vec::new(), Vec::new());
        let special = reading.rule.pauses.is_some() && self.kinds.has(TraceKind::Paused);
        let asked = correction != Correction::Nothing && self.kinds.has(TraceKind::SupplementRequested);
        let hour = reading.limit.is_in_hours() && !start.hour_known();
        if !(special || asked || hour || self.kinds.has(TraceKind::Extended)) {
            // A plain case: nothing is left out or added, and nothing is doubtful.
            reading.due = self.due(reading, start, &[], &[]);
            return;
        }
        if special || asked {
            found = self.pauses(reading, correction, &mut doubts);
            reading.pauses.extend(found.iter().map(|it| it.pause));
            reading.paused_since = found.iter().find(|it| it.open).map(|it| it.pause.from);
            let until = found.iter().filter_map(|it| it.until).min_by_key(Moment::at);
            reading.next_change_at = until.map(|until| passed_at(&until, self.policy.zone).at());
        }
        let mut strict = self.strict(reading, start, &found);
        if strict.start != start {
            doubts.push(Doubt::Hour { day: start });
        }
        self.extend(reading, start, &mut strict, &mut doubts);
        reading.due = self.due(reading, start, &reading.extensions, &reading.pauses);
        if !doubts.is_empty() {
            self.doubt(reading, strict, doubts);
        }
    }

    fn pauses(
        &self,
        reading: &mut Reading<'a>,
        correction: Correction,
        doubts: &mut Vec<Doubt>,
    ) -> Vec<Found> {
        let none = Default::default();
        let pauses = Pauses {
            case: self,
            rule: reading.rule.pauses.as_ref().unwrap_or(&none),
            counting: &reading.rule.counting,
            stopped: reading.stopped.map(|(stop, _)| stop),
        };
        let mut found = Vec::new();
        if reading.rule.pauses.is_some() {
            found = pauses.special(self.traces, doubts, &mut reading.excess);
        }
        if let Some(cap) = pauses.rule.cap.as_ref().filter(|_| !found.is_empty()) {
            reading.excess.extend(pauses.keep_within(&mut found, cap));
        }
        let (answered, mut unanswered) = match correction {
            Correction::Nothing => (Vec::new(), None),
            _ => pauses.corrections(self.traces),
        };
        // What was received has begun the clock anew; only what is still waited for stops it.
        let waits = if correction.restarts() { Vec::new() } else { answered };
        if correction.restarts() && reading.stopped.is_some_and(|(_, kind)| kind == TraceKind::Decided) {
            let decided = unanswered.as_mut().map(|it| {
                it.sure = None;
                Doubt::Unreceived { from: it.pause.from }
            });
            doubts.extend(decided);
        }
        found.extend(unanswered);
        found.extend(waits);
        found
    }

    pub(super) fn due(
        &self,
        reading: &Reading<'_>,
        start: Moment,
        extensions: &[Limit],
        pauses: &[Pause],
    ) -> Option<Due> {
        if let Limit::RecordDate(name) = &reading.limit {
            let due = if reading.rule.to_the_hour { Due::to_the_hour } else { Due::on };
            return Some(due(&self.header.date(name)?, self.policy.zone));
        }
        let asked = Asked { start, limit: &reading.limit, extensions, pauses };
        // What fails here (a date outside the tables) was refused when the record was read.
        reading.rule.counting.due(self.calendar, self.policy.zone, &asked).ok()
    }

    /// State, card and next change, from the due moment and what has happened until now. Notices go by the earliest
    /// defensible moment, cards by the latest.
    fn settle(&self, reading: &mut Reading<'_>, due: Due) {
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
        let mut next = reading.next_change_at;
        let mut later = |at| next = Some(next.map_or(at, |earlier: chrono::DateTime<_>| earlier.min(at)));
        let running = reading.stopped.is_none() && reading.paused_since.is_none();
        for line in self.lines_of(reading.rule, reading.keeper, reading.started) {
            let strict = reading.doubt.as_deref().filter(|_| line.card == Card::Notice);
            let running = strict.map_or(running, |it| reading.stopped.is_none() && !it.paused);
            let until = if strict.is_some() && running { now } else { until };
            let due = strict.map_or(due, |it| it.earliest);
            let Some(begins) = begins(line.when, reading, self.policy.zone, strict, due) else { continue };
            reading.awaits(line.card, begins);
            if reached(begins, until) {
                reading.card = reading.card.max(Some(line.card));
                continue;
            }
            if running {
                later(begins);
            }
        }
        // A table need not have a line for the due moment, yet the state changes there.
        let passed = passed_at(&due.at, self.policy.zone).at();
        if running && passed > self.now.instant {
            later(passed);
        }
        // What is counted back ends when the event comes, whether it was done or not.
        if let Some(event) = reading.started.filter(|_| reading.rule.is_counted_back() && running) {
            later(passed_at(&event, self.policy.zone).at());
        }
        if let (Some(doubt), None) = (&reading.doubt, reading.stopped) {
            let passed = passed_at(&doubt.earliest.at, self.policy.zone).at();
            if passed > self.now.instant {
                later(passed);
            }
        }
        reading.next_change_at = next;
    }
}

impl Case<'_, '_> {
    /// The lines of the card table for a clock on this item: none for a limit that somebody else must keep.
    fn lines_of(
        &self,
        rule: &ClockRule,
        keeper: Keeper,
        started: Option<Moment>,
    ) -> impl Iterator<Item = &CardLine> {
        let clocks = || self.policy.clocks_on(self.item);
        let runs = |id: &String| self.policy.clocks_on(self.item).any(|clock| clock.id == *id);
        let day = started.map(|moment| moment.date());
        // Of the declarations of one id the first that governs the case runs, and no other.
        let goes_before = |it: &ClockRule| {
            let mut before = clocks().take_while(|other| !std::ptr::eq(*other, it));
            before.any(|other| other.id == it.id && other.governs(day))
        };
        let same = |law: &String| {
            clocks().any(|it| it.id != rule.id && it.by_law.rule.as_ref() == Some(law) && !goes_before(it))
        };
        let gives = keeper == Keeper::Unit && !rule.by_law.covered_by.as_ref().is_some_and(same);
        let lines = if gives { self.policy.cards.of(&rule.id) } else { &[] };
        lines.iter().filter(move |line| line.without.as_ref().is_none_or(|id| !runs(id)))
    }
}
