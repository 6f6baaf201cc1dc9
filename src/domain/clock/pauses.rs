//! What a clock leaves out: special procedures, and the time for a correction.

use std::cmp::Ordering;

use super::Doubt;
use crate::domain::calendar::Calendar;
use crate::domain::count::{Asked, Counting, Pause};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::policy::PauseRule;
use crate::domain::record::pairs::{Pair, procedures};
use crate::domain::record::{Amount, Trace, TraceKind, says_something};

/// A pause, and how much of it stands beyond doubt.
pub(super) struct Found {
    pub pause: Pause,
    pub sure: Option<Pause>,
    pub open: bool,
    /// While it goes on: the end of the time that was granted, from which on it is doubtful.
    pub until: Option<Moment>,
}

/// What pauses are looked at by.
pub(super) struct Pauses<'a> {
    pub rule: &'a PauseRule,
    /// How long a special procedure may last where nothing else says so.
    pub limit: &'a Limit,
    pub counting: &'a Counting,
    pub calendar: &'a Calendar,
    pub zone: chrono_tz::Tz,
    /// When the clock stopped.
    pub stopped: Option<Moment>,
    pub now: Moment,
}

impl Pauses<'_> {
    /// Special procedures, each with an end of its own; one without, or with an end that came only after the clock's, runs
    /// until the clock stops, or now. What belongs to no procedure leaves nothing out.
    pub fn special(&self, traces: &[Trace], doubts: &mut Vec<Doubt>) -> Vec<Found> {
        if !traces.iter().any(|trace| trace.kind == TraceKind::Paused) {
            return Vec::new();
        }
        let found = |Pair { begun, ended }: Pair| {
            let begun = &traces[begun];
            let before = |end: &usize| {
                self.stopped.is_none_or(|stop| traces[*end].occurred.order(&stop) != Ordering::Greater)
            };
            let late = ended.is_some_and(|end| !before(&end));
            let Some(ended) = ended.filter(before) else { return self.unended(begun, late, doubts) };
            let pause = Pause { from: begun.occurred, to: traces[ended].occurred };
            let sure = self.shown(begun, doubts).then_some(pause);
            Some(Found { pause, sure, open: false, until: None })
        };
        procedures(traces).pairs.into_iter().filter_map(found).collect()
    }

    /// A pause that goes on, or (`late`) went on after the clock's end. One that the clock's end cut off has no end on record, and one that goes on longer than
    /// it was granted, or than the clause or the setting allows, should have one; what was granted is beyond doubt.
    fn unended(&self, begun: &Trace, late: bool, doubts: &mut Vec<Doubt>) -> Option<Found> {
        let from = begun.occurred;
        let pause = self.pause_since(from)?;
        let open = self.stopped.is_none();
        let end = self.bound(begun, open);
        let ran_out = end.filter(|end| end.order(&pause.to) == Ordering::Less);
        let mut sure = self.shown(begun, doubts).then_some(pause);
        if ran_out.is_some() || (end.is_none() && !open) {
            doubts.push(if late { Doubt::EndAfter { from } } else { Doubt::End { from } });
            sure = sure.and(ran_out).map(|to| Pause { from, to });
        }
        Some(Found { pause, sure, open, until: end.filter(|_| open && ran_out.is_none()) })
    }

    /// From a moment until the clock stopped, or now; nothing of a clock that had stopped before. A source whose clock
    /// runs some minutes ahead of ours begins a pause that has no length yet.
    fn pause_since(&self, from: Moment) -> Option<Pause> {
        let before = |other: Moment| other.order(&from) == Ordering::Less;
        match self.stopped {
            Some(stop) if before(stop) => None,
            Some(stop) => Some(Pause { from, to: stop }),
            None => Some(Pause { from, to: if before(self.now) { from } else { self.now } }),
        }
    }

    /// The end of the time that it may take: as granted, and while it goes on by clause or setting.
    fn bound(&self, begun: &Trace, open: bool) -> Option<Moment> {
        let granted = granted_length(begun);
        let limit =
            granted.as_ref().or_else(|| open.then(|| self.rule.cap.as_ref().unwrap_or(self.limit)))?;
        let asked = Asked { start: begun.occurred, limit, extensions: &[], pauses: &[] };
        self.counting.due(self.calendar, self.zone, &asked).ok().map(|due| due.at)
    }

    /// Whether the record shows what the clause asks for (D19). What is missing is doubtful, not void.
    fn shown(&self, begun: &Trace, doubts: &mut Vec<Doubt>) -> bool {
        let before = doubts.len();
        let from = begun.occurred;
        let (stage, note) = (begun.stage.as_deref(), begun.note.as_deref());
        let causes = &self.rule.causes;
        if !causes.is_empty() && !self.rule.names(begun) {
            let given =
                stage.filter(|text| says_something(text)).or(note.filter(|text| says_something(text)));
            doubts.push(Doubt::Cause { from, given: given.map(str::to_owned) });
        }
        if self.rule.notice_required {
            // Beside the cause there must be something more: a number, a date, a document.
            let rest =
                note.map(|note| causes.iter().fold(note.to_owned(), |rest, cause| rest.replace(cause, "")));
            if !rest.is_some_and(|rest| says_something(&rest)) {
                doubts.push(Doubt::Notice { from });
            }
        }
        doubts.len() == before
    }

    /// The times from asking for a correction to getting it, and the one that nothing was got for: until the clock stopped, or
    /// now.
    pub fn corrections(&self, traces: &[Trace]) -> (Vec<Found>, Option<Found>) {
        let mut found = Vec::new();
        let mut open: Option<Moment> = None;
        for trace in traces {
            match (trace.kind, open) {
                (TraceKind::SupplementRequested, None) => open = Some(trace.occurred),
                (TraceKind::SupplementReceived, Some(from)) => {
                    let pause = Pause { from, to: trace.occurred };
                    found.push(Found { pause, sure: Some(pause), open: false, until: None });
                    open = None;
                }
                _ => {}
            }
        }
        // To ask may itself be what stops the clock: then nothing is waited for.
        let waits =
            |pause: &Pause| self.stopped.is_none() || pause.to.order(&pause.from) == Ordering::Greater;
        let pause = open.and_then(|from| self.pause_since(from)).filter(waits);
        let open = self.stopped.is_none();
        (found, pause.map(|pause| Found { pause, sure: Some(pause), open, until: None }))
    }
}

/// How long a special procedure or a delay was granted for; a bare number is working days, as in the licensing law.
pub fn granted_length(begun: &Trace) -> Option<Limit> {
    match begun.amount.as_ref()? {
        Amount::Limit(limit @ (Limit::Span { .. } | Limit::SameDay)) => Some(limit.clone()),
        Amount::Bare(amount) if *amount > 0 => {
            Some(Limit::Span { amount: *amount, unit: LimitUnit::WorkingDays })
        }
        Amount::Limit(_) | Amount::Bare(_) => None,
    }
}
