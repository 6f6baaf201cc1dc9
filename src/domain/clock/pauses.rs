//! What a clock leaves out: special procedures, and the time for a correction.

use std::cmp::Ordering;

use super::believed::{Taken, granted_length};
use super::case::Case;
use super::{Doubt, Excess};
use crate::domain::count::{Asked, Counting, Pause};
use crate::domain::moment::Moment;
use crate::domain::policy::PauseRule;
use crate::domain::record::pairs::{Pair, procedures};
use crate::domain::record::{Trace, TraceKind, says_something};

/// A pause, and how much of it stands beyond doubt.
pub(super) struct Found {
    pub pause: Pause,
    pub sure: Option<Pause>,
    pub open: bool,
    /// While it goes on: the end of the time that was granted, from which on it is doubtful.
    pub until: Option<Moment>,
}

impl Found {
    /// Lets it stand beyond doubt no longer than until a moment, and says so where that takes something away.
    fn keep_until(&mut self, until: Moment, doubt: impl FnOnce()) {
        let later = |moment: Moment| moment.order(&until) == Ordering::Greater;
        if self.open && self.sure == Some(self.pause) && !later(self.pause.to) {
            self.until = Some(self.until.filter(|earlier| !later(*earlier)).unwrap_or(until));
        }
        if let Some(sure) = self.sure.as_mut().filter(|sure| later(sure.to)) {
            sure.to = until;
            doubt();
        }
    }
}

/// What pauses are looked at by.
pub(super) struct Pauses<'p, 'a> {
    pub case: &'p Case<'a, 'p>,
    pub rule: &'p PauseRule,
    pub counting: &'p Counting,
    /// When the clock stopped.
    pub stopped: Option<Moment>,
}

impl Pauses<'_, '_> {
    /// Special procedures, each with an end of its own; one without, or with an end that came only after the clock's, runs
    /// until the clock stops, or now. What belongs to no procedure leaves nothing out.
    pub fn special(&self, traces: &[Trace], doubts: &mut Vec<Doubt>, excess: &mut Vec<Excess>) -> Vec<Found> {
        if !traces.iter().any(|trace| trace.kind == TraceKind::Paused) {
            return Vec::new();
        }
        let mut found: Vec<(&Trace, Found)> = Vec::new();
        for Pair { begun, ended } in procedures(traces).pairs {
            let begun = &traces[begun];
            let before = |end: &usize| {
                self.stopped.is_none_or(|stop| traces[*end].occurred.order(&stop) != Ordering::Greater)
            };
            let from = begun.occurred;
            // An end that stands there came after the clock's.
            let doubt = if ended.is_some() { Doubt::EndAfter { from } } else { Doubt::End { from } };
            let Some(ended) = ended.filter(before) else {
                found.extend(self.unended(begun, doubt, doubts).map(|it| (begun, it)));
                continue;
            };
            let pause = Pause { from, to: traces[ended].occurred };
            let sure = self.shown(begun, doubts).then_some(pause);
            found.push((begun, Found { pause, sure, open: false, until: None }));
        }
        // What a clause leaves out in all is the bound of each, and of all together.
        if self.rule.cap.is_none() {
            self.believe(&mut found, doubts, excess);
        }
        found.into_iter().map(|(_, it)| it).collect()
    }

    /// Takes each procedure for no longer than its record is believed: what is beyond is doubtful, and what began when the time
    /// was used up leaves nothing out.
    fn believe<'t>(
        &self,
        found: &mut Vec<(&'t Trace, Found)>,
        doubts: &mut Vec<Doubt>,
        excess: &mut Vec<Excess>,
    ) {
        let taken = |(begun, it): &(&'t Trace, Found)| Taken { run: 0, begun, to: it.pause.to };
        let taken: Vec<Taken<'t>> = found.iter().map(taken).collect();
        let mut believed = self.case.believed(self.counting, &taken).into_iter();
        found.retain_mut(|(begun, it)| {
            let from = it.pause.from;
            let Some(believed) = believed.next() else { return true };
            if !it.open && believed.covers(&it.pause) {
                return true;
            }
            let until = self.case.believed_until(self.counting, from, &believed);
            let at_most = believed.at_most;
            if let Some(at) = until {
                excess.extend(self.granted_beyond(begun, it, at));
                it.keep_until(at, || doubts.push(Doubt::Beyond { from, at_most }));
            } else if !excess.iter().any(|it| matches!(it, Excess::UsedUp { .. })) {
                // The first says it of all that follow.
                excess.push(Excess::UsedUp { from, at_most });
            }
            until.is_some()
        });
    }

    /// That a procedure which goes on, or went on for longer than is believed, was granted for longer too.
    fn granted_beyond(&self, begun: &Trace, it: &Found, believed: Moment) -> Option<Excess> {
        let (granted, at_most) = (granted_length(begun)?, self.case.at_most(begun));
        let bears = it.open || it.pause.to.order(&believed) == Ordering::Greater;
        let longer = granted.rough_days() > at_most.rough_days();
        (bears && longer).then_some(Excess::Granted { from: it.pause.from, granted, at_most })
    }

    /// A pause that goes on, or went on after the clock's end: `doubt` says which. One that the clock's end cut off has no end on record, and one that goes on longer than
    /// it was granted, or than the clause or the setting allows, should have one; what was granted is beyond doubt.
    fn unended(&self, begun: &Trace, doubt: Doubt, doubts: &mut Vec<Doubt>) -> Option<Found> {
        let from = begun.occurred;
        let pause = self.pause_since(from)?;
        let open = self.stopped.is_none();
        let end = self.bound(begun);
        let ran_out = end.filter(|end| end.order(&pause.to) == Ordering::Less);
        let mut sure = self.shown(begun, doubts).then_some(pause);
        if ran_out.is_some() || (end.is_none() && !open) {
            doubts.push(doubt);
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
            None => {
                let now = Moment::instant(self.case.now.instant);
                Some(Pause { from, to: if before(now) { from } else { now } })
            }
        }
    }

    /// The end of the time that it may take: as granted, and while it goes on by clause or setting.
    fn bound(&self, begun: &Trace) -> Option<Moment> {
        let usual = || self.rule.cap.clone().unwrap_or_else(|| self.case.usual(begun).0);
        let limit = granted_length(begun).or_else(|| self.stopped.is_none().then(usual))?;
        let asked = Asked { start: begun.occurred, limit: &limit, extensions: &[], pauses: &[] };
        self.counting.due(self.case.calendar, self.case.policy.zone, &asked).ok().map(|due| due.at)
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
