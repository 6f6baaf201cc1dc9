//! One clock on the page of a case: what it left out and why, where it ends, day by day.

use super::dispute::{colour, to_decide};
use super::page::{Case, ClockPart, Line};
use crate::domain::clock::{Doubtful, Reading};
use crate::domain::count::{Asked, Step};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::rules::time_limit::{days_late, further_correction, lateness};
use crate::domain::text::{Text, say};

impl Case<'_> {
    pub(super) fn steps(&self, clock: &Reading<'_>) -> Vec<Step> {
        let Some(asked) = clock.asked().filter(|it| !matches!(it.limit, Limit::RecordDate(_))) else {
            return Vec::new();
        };
        let (counting, zone) = (&clock.rule.counting, self.policy.zone);
        let steps = if clock.rule.is_counted_back() {
            counting.steps_before(clock.calendar, zone, &asked.start, asked.limit)
        } else {
            counting.steps(clock.calendar, zone, &asked)
        };
        steps.unwrap_or_default() // What cannot be counted has no due moment either, and the page says so.
    }

    pub(super) fn strict_steps(&self, clock: &Reading<'_>, doubt: &Doubtful) -> Vec<Step> {
        let asked = Asked {
            start: doubt.start,
            limit: &clock.limit,
            extensions: &doubt.extensions,
            pauses: &doubt.pauses,
        };
        clock.rule.counting.steps(clock.calendar, self.policy.zone, &asked).unwrap_or_default()
    }

    pub(super) fn clock(&self, clock: &Reading<'_>) -> ClockPart {
        let mut lines = vec![self.line(say!("explain-basis"), clock.basis)];
        if let (Some(by), Some(start)) = (clock.deemed, clock.started) {
            let deemed = say!("explain-deemed", day = start.date(), basis = &by.basis);
            lines.push(self.line(say!("explain-started"), deemed));
        } else if let Some(start) = clock.started {
            lines.push(self.line(say!("explain-started"), start.to_the_minute()));
        }
        lines.extend(self.left_out(clock));
        if !matches!(clock.limit, Limit::RecordDate(_)) && !clock.rule.is_counted_back() {
            lines.push(self.line(say!("explain-counted"), clock.rule.counting.text(&clock.limit)));
        }
        if let Some(due) = clock.due {
            let at = due.at.to_the_minute();
            let words = if due.provisional { say!("explain-provisional", due = at) } else { at.into() };
            lines.push(self.line(say!("explain-due"), words));
        }
        if let Some((stop, kind)) = clock.stopped {
            lines.push(self.line(kind.text(), stop.to_the_minute()));
        }
        let until = clock.stopped.map(|(stop, _)| stop).or(clock.paused_since);
        let until = until.unwrap_or(Moment::instant(self.now.instant));
        let days = days_late(clock, self.policy.zone, until);
        if let Some(due_at) = clock.due.map(|due| due.at).filter(|_| days > 0) {
            lines.push(self.line(say!("explain-late"), lateness(days, due_at, until)));
        }
        let mut warnings: Vec<Text> = clock.disregarded.iter().map(|it| it.text()).collect();
        warnings.extend(clock.vain_correction.map(further_correction));
        warnings.extend(clock.excess.iter().map(|excess| excess.text()));
        let mut steps: Vec<Text> = self.steps(clock).iter().map(Step::text).collect();
        if let Some(doubt) = &clock.doubt {
            warnings.extend(doubt.reasons.iter().map(|reason| reason.text()));
            let due = doubt.earliest.at.to_the_minute();
            steps.push(say!("explain-steps_strictly", due = &due));
            lines.push(self.line(say!("explain-due_strictly"), say!("explain-due_of_notices", due)));
            steps.extend(self.strict_steps(clock, doubt).iter().map(Step::text));
        }
        let dispute = self.dispute_of(clock);
        let card = dispute.map(|dispute| dispute.card).or(clock.card);
        lines.extend(dispute.into_iter().flat_map(|dispute| self.disputed(dispute)));
        warnings.extend(dispute.map(to_decide));
        ClockPart {
            name: self.words(clock.name()),
            limit: self.words(clock.limit.text()),
            state: if dispute.is_some() { self.waits() } else { self.words(clock.state.text()) },
            card: card.map(|card| self.words(card.text())),
            colour: card.map_or("", colour),
            lines,
            warnings: self.all(warnings),
            steps: self.all(steps),
        }
    }

    /// The special procedures with their causes and notices, and the extensions with their approvers.
    fn left_out(&self, clock: &Reading<'_>) -> Vec<Line> {
        let said = |trace: &Trace| {
            let parts = [&trace.stage, &trace.note, &trace.by];
            self.words(Text::list(parts.into_iter().flatten().map(Text::from), "list-clause"))
        };
        let at = |from: Moment, kind: TraceKind| {
            self.file.traces.iter().find(|trace| trace.kind == kind && trace.occurred == from)
        };
        let mut lines = Vec::new();
        for pause in &clock.pauses {
            let begun = at(pause.from, TraceKind::Paused).map(said).unwrap_or_default();
            let to = if clock.paused_since.is_some() && pause.to == Moment::instant(self.now.instant) {
                self.words(say!("explain-goes_on"))
            } else {
                pause.to.to_the_minute()
            };
            let special = at(pause.from, TraceKind::Paused).is_some();
            let name = if special { say!("explain-special") } else { say!("explain-correction") };
            let from = pause.from.to_the_minute();
            lines.push(self.line(name, format!("{from} – {to} {begun}").trim_end()));
        }
        let traces = self.counted();
        for (length, at) in clock.extensions.iter().zip(&clock.extended) {
            let trace = &traces[*at];
            let text =
                format!("{} {} {}", self.words(length.text()), trace.occurred.to_the_minute(), said(trace));
            lines.push(self.line(say!("explain-extended"), text.trim_end()));
        }
        lines
    }
}
