//! Corrections of the papers (补正): which of them begin a clock anew or stop it, and which do nothing.

use std::cmp::Ordering;

use super::Reading;
use super::case::Case;
use super::ends::first_where;
use crate::domain::moment::Moment;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::statute::Correction;

impl<'a> Case<'a, '_> {
    /// Counts a clock from its start, and anew from each correction that begins it anew: one that was asked for while it still
    /// ran. To ask when the limit had passed undoes nothing (D7), and where all that is missing is to be said at one time
    /// (《政府信息公开条例》第三十条, 《行政复议法》第三十一条), to ask a second time undoes nothing either.
    pub(super) fn count(&self, reading: &mut Reading<'a>, start: Moment) {
        let correction = self.correction_of(reading);
        let anew = correction.restarts() && self.kinds.has(TraceKind::SupplementReceived);
        let uncounted = anew.then(|| reading.clone());
        self.count_from(reading, start, correction);
        let (Some(uncounted), mut start, mut after) = (uncounted, start, 0) else { return };
        let once = correction == Correction::RestartOnce;
        while let Some(at) = self.begun_anew_at(reading, start, after) {
            (start, after) = (self.traces[at].occurred, at + 1);
            let rest = &self.traces[after..];
            let stops = |trace: &Trace| !once || trace.kind != TraceKind::SupplementRequested;
            let stopped = first_where(rest, &reading.rule.stops, stops);
            *reading = Reading { started: Some(start), stopped, ..uncounted.clone() };
            if once {
                reading.vain_correction = self.asked_once_more(reading, rest);
                return self.count_from(reading, start, Correction::Nothing);
            }
            self.count_from(reading, start, correction);
        }
    }

    /// What a correction does to a clock: nothing to one that runs by law from an acceptance, as what is missing is to be said
    /// before it (D4).
    fn correction_of(&self, reading: &Reading<'_>) -> Correction {
        let correction = reading.rule.correction;
        let accepted = |trace: &Trace| trace.kind == TraceKind::Accepted;
        let from_acceptance = || {
            reading.rule.by_law.rule.is_some()
                && reading.rule.starts_with_acceptance()
                && (reading.deemed.is_some() || self.traces.iter().any(accepted))
        };
        if correction.restarts() && from_acceptance() { Correction::Nothing } else { correction }
    }

    /// The next correction, from a place on, that begins a clock anew which has run since `start`: received before the clock
    /// was stopped, and asked for before its limit had passed.
    fn begun_anew_at(&self, reading: &Reading<'_>, start: Moment, after: usize) -> Option<usize> {
        // To ask for what is missing may itself be a stop of it, and is the one that a correction undoes.
        let ends =
            |trace: &Trace| trace.kind != TraceKind::SupplementRequested && reading.rule.stops_with(trace);
        let end = self.traces.iter().position(ends).unwrap_or(self.traces.len());
        let is = |trace: &Trace, kind| trace.kind == kind && trace.occurred.order(&start) != Ordering::Less;
        let mut traces = self.traces.iter().enumerate().take(end).skip(after);
        let (at, received) = traces.find(|(_, trace)| is(trace, TraceKind::SupplementReceived))?;
        let mut before = self.traces[after..at].iter();
        let asked = before.find(|trace| is(trace, TraceKind::SupplementRequested)).unwrap_or(received);
        let due = reading.due?.at;
        (asked.occurred.order(&due) != Ordering::Greater).then_some(at)
    }

    /// When something was asked for once more, or brought, while the clock ran that had begun anew already.
    fn asked_once_more(&self, reading: &Reading<'_>, rest: &[Trace]) -> Option<Moment> {
        let end = reading.stopped.map(|(stop, _)| stop);
        let running = |trace: &&Trace| end.is_none_or(|end| trace.occurred.order(&end) != Ordering::Greater);
        let more = |trace: &&Trace| {
            matches!(trace.kind, TraceKind::SupplementRequested | TraceKind::SupplementReceived)
        };
        rest.iter().take_while(running).find(more).map(|trace| trace.occurred)
    }
}
