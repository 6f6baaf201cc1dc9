//! One clock on the page of a case: what it left out and why, where it ends, day by day.

use super::dispute::colour;
use super::page::{Case, ClockPart, Line};
use crate::domain::clock::{Doubtful, Reading};
use crate::domain::count::{Asked, Step};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::rules::time_limit::{days_late, further_correction, lateness};
use crate::domain::text::Language;

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
        let language = Language::of(self.chinese);
        let mut lines = vec![self.line("依据", "basis", clock.basis)];
        if let (Some(by), Some(start)) = (clock.deemed, clock.started) {
            let (day, basis) = (start.date(), &by.basis);
            let zh = format!("逾期未告知补正内容，自 {day} 起视为受理（{basis}）");
            let en =
                format!("nobody said in time what was missing: it counts as accepted since {day} ({basis})");
            lines.push(self.line("起算", "started", if self.chinese { zh } else { en }));
        } else if let Some(start) = clock.started {
            lines.push(self.line("起算", "started", start.to_the_minute()));
        }
        lines.extend(self.left_out(clock));
        if !matches!(clock.limit, Limit::RecordDate(_)) && !clock.rule.is_counted_back() {
            lines.push(self.line("算法", "counted", clock.rule.counting.text(&clock.limit).words(language)));
        }
        if let Some(due) = clock.due {
            let mark = if due.provisional { self.say("（暂定）", " (provisional)") } else { "" };
            lines.push(self.line("到期", "due", format!("{}{mark}", due.at.to_the_minute())));
        }
        if let Some((stop, kind)) = clock.stopped {
            lines.push((if self.chinese { kind.zh() } else { kind.word() }.to_owned(), stop.to_the_minute()));
        }
        let until = clock.stopped.map(|(stop, _)| stop).or(clock.paused_since);
        let until = until.unwrap_or(Moment::instant(self.now.instant));
        let days = days_late(clock, self.policy.zone, until);
        if let Some(due_at) = clock.due.map(|due| due.at).filter(|_| days > 0) {
            lines.push(self.line("超期", "late", lateness(days, due_at, until).words(language)));
        }
        let mut warnings: Vec<String> =
            clock.disregarded.iter().map(|it| it.text().words(language)).collect();
        warnings.extend(clock.vain_correction.map(|again| further_correction(again).words(language)));
        warnings.extend(clock.excess.iter().map(|excess| excess.text().words(language)));
        let mut steps: Vec<String> =
            self.steps(clock).iter().map(|step| step.text().words(language)).collect();
        if let Some(doubt) = &clock.doubt {
            warnings.extend(doubt.reasons.iter().map(|reason| reason.text().words(language)));
            let earliest = doubt.earliest.at.to_the_minute();
            let name = self.say("从严计算到期", "due, read strictly");
            lines.push((
                name.to_owned(),
                format!("{earliest} {}", self.say("（预警依此）", "(notices go by it)")),
            ));
            steps.push(format!("— {name} {earliest} —"));
            steps.extend(self.strict_steps(clock, doubt).iter().map(|step| step.text().words(language)));
        }
        let dispute = self.dispute_of(clock);
        let card = dispute.map(|dispute| dispute.card).or(clock.card);
        lines.extend(dispute.into_iter().flat_map(|dispute| self.disputed(dispute)));
        warnings.extend(dispute.map(|dispute| self.to_decide(dispute)));
        let as_read = if self.chinese { clock.state.zh() } else { clock.state.word() };
        ClockPart {
            name: clock.name().words(language),
            limit: clock.limit.text().words(language),
            state: if dispute.is_some() { self.waits() } else { as_read },
            card: card.map(|card| if self.chinese { card.zh() } else { card.word() }),
            colour: card.map_or("", colour),
            lines,
            warnings,
            steps,
        }
    }

    /// The special procedures with their causes and notices, and the extensions with their approvers.
    fn left_out(&self, clock: &Reading<'_>) -> Vec<Line> {
        let said = |trace: &Trace| {
            let parts = [&trace.stage, &trace.note, &trace.by];
            parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(self.say("，", ", "))
        };
        let at = |from: Moment, kind: TraceKind| {
            self.file.traces.iter().find(|trace| trace.kind == kind && trace.occurred == from)
        };
        let mut lines = Vec::new();
        for pause in &clock.pauses {
            let begun = at(pause.from, TraceKind::Paused).map(said).unwrap_or_default();
            let to = if clock.paused_since.is_some() && pause.to == Moment::instant(self.now.instant) {
                self.say("（未结束）", "(goes on)").to_owned()
            } else {
                pause.to.to_the_minute()
            };
            let special = at(pause.from, TraceKind::Paused).is_some();
            let name = if special {
                self.say("特别程序（不计入）", "special procedure, left out")
            } else {
                self.say("补正（不计入）", "correction, left out")
            };
            lines.push((
                name.to_owned(),
                format!("{} – {to} {begun}", pause.from.to_the_minute()).trim_end().to_owned(),
            ));
        }
        let traces = self.counted();
        for (length, at) in clock.extensions.iter().zip(&clock.extended) {
            let trace = &traces[*at];
            let text = format!(
                "{} {} {}",
                length.text().words(Language::of(self.chinese)),
                trace.occurred.to_the_minute(),
                said(trace)
            );
            lines.push(self.line("延期", "extended by", text.trim_end()));
        }
        lines
    }
}
