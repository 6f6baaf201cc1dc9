//! The trace that a row tells: what happened and when, and what is said of it.

use super::super::bind::{Place, TraceCells};
use super::super::doubt::TracePart;
use super::super::value::Row;
use super::super::{Meaning, Trace, TraceKind};
use super::Bound;
use super::seen::{Fault, Seen};
use crate::domain::moment::Moment;

impl Bound {
    /// What happened and when; `Some(None)`: nothing. `None`: it cannot be said.
    fn event<R: Row + ?Sized>(
        &self,
        cells: &TraceCells,
        row: &R,
        seen: &mut Seen,
    ) -> Option<Option<(Meaning, Moment)>> {
        let occurred = self.moment(row, cells.at, seen);
        let meaning = match self.meaning(cells, row, occurred.as_ref().ok().copied().flatten()) {
            Ok(None) => {
                // Without a code it is the time that is in doubt; a code that leaves no trace leaves none at any time.
                let fault = occurred.err().filter(|_| self.is_code_missing(cells, row));
                let in_doubt = fault.is_some();
                seen.cells.extend(fault);
                return (!in_doubt).then_some(None);
            }
            Ok(meaning) => meaning,
            Err(fault) => {
                seen.cells.push(fault);
                None
            }
        };
        let occurred = match occurred {
            // A code that is unknown is never passed over.
            Ok(None) => return meaning.map(|_| None),
            Ok(Some(at)) => Some(at),
            Err(fault) => {
                seen.cells.push(fault);
                None
            }
        };
        let (meaning, occurred) = (meaning?, occurred?);
        let kind = match self.in_lifecycle(cells, row, meaning.kind) {
            Ok(Some(kind)) => kind,
            Ok(None) => return Some(None),
            Err(fault) => {
                seen.cells.push(fault);
                return None;
            }
        };
        Some(Some((Meaning { kind, ..meaning }, occurred)))
    }

    /// What a row of an activity with a start and an end is: a special procedure begins with the one and ends with the other; anything else
    /// has happened when it is complete. What says nothing of the sort is an end, as of a log that notes nothing else; whatever
    /// comes in between leaves no trace. What was broken off is over, and not complete.
    fn in_lifecycle<R: Row + ?Sized>(
        &self,
        cells: &TraceCells,
        row: &R,
        kind: TraceKind,
    ) -> Result<Option<TraceKind>, Fault> {
        let Some(column) = cells.lifecycle else { return Ok(Some(kind)) };
        let said = self.text(row, column)?.map(|said| said.to_lowercase());
        Ok(match (said.as_deref(), kind) {
            (Some("start" | "开始"), TraceKind::Paused) | (None, _) => Some(kind),
            (
                Some("complete" | "完成" | "结束" | "ate_abort" | "pi_abort" | "withdraw" | "中止"),
                TraceKind::Paused,
            ) => Some(TraceKind::Resumed),
            (Some("complete" | "完成" | "结束"), _) => Some(kind),
            (Some(_), _) => None,
        })
    }

    /// The due days of other steps that it names, in the order of their names.
    fn step_dues<R: Row + ?Sized>(
        &self,
        cells: &TraceCells,
        row: &R,
        place: usize,
        seen: &mut Seen,
    ) -> Vec<(String, Moment)> {
        let mut dues = Vec::new();
        for (step, column) in &cells.step_dues {
            let due = self.second(row, *column, seen);
            dues.extend(seen.part(place, TracePart::StepDues, due).map(|due| (step.clone(), due)));
        }
        dues.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        dues
    }

    /// A trace of the row, `Some(None)` where it has none; `None`: it cannot be said what happened or when, or what that comes to.
    pub(super) fn trace<R: Row + ?Sized>(
        &self,
        cells: &TraceCells,
        row: &R,
        place: usize,
        seen: &mut Seen,
    ) -> Option<Option<Trace>> {
        let Some((meaning, occurred)) = self.event(cells, row, seen)? else { return Some(None) };
        let kind = meaning.kind;
        let recorded = cells.recorded.map_or(Ok(None), |column| self.second(row, column, seen));
        let asked = cells.asked.map_or(Ok(None), |column| self.second(row, column, seen));
        let stage = match &cells.stage {
            Some(Place::Always(stage)) => Ok(Some(stage.clone())),
            Some(Place::Column(column)) => self.kept(row, Some(*column)),
            None => Ok(None),
        };
        let amount = cells.amount.map_or(Ok(None), |column| self.amount(row, column));
        // For how long is what these say.
        let hollow = amount.is_err() && matches!(kind, TraceKind::Extended | TraceKind::Paused);
        let before = seen.in_doubt.traces.len();
        let recorded = seen.part(place, TracePart::Recorded, recorded);
        let stage = seen.part(place, TracePart::Stage, stage);
        let by = self.readable(row, cells.by, seen);
        let by = seen.part(place, TracePart::By, by);
        let note = self.readable(row, cells.note, seen);
        let note = seen.part(place, TracePart::Note, note);
        let amount = seen.part(place, TracePart::Amount, amount);
        let outcome = seen.part(place, TracePart::Outcome, self.outcome(cells, row));
        let outcome = outcome.or(meaning.outcome).filter(|_| kind.ends_a_case());
        let unit = cells.unit.map_or(Ok(None), |column| self.code(row, column));
        let unit = seen.part(place, TracePart::Unit, unit);
        let asked = seen.part(place, TracePart::Asked, asked);
        let serial = seen.part(place, TracePart::Serial, self.kept(row, cells.serial));
        let due = cells.due.map_or(Ok(None), |column| self.second(row, column, seen));
        let due = seen.part(place, TracePart::Due, due);
        let step_dues = self.step_dues(cells, row, place, seen);
        if hollow {
            seen.in_doubt.traces.truncate(before);
            return None;
        }
        let told = Trace {
            stage,
            recorded,
            by,
            note,
            amount,
            outcome,
            unit,
            asked,
            serial,
            due,
            step_dues,
            resumes_any: cells.resumes_any && kind == TraceKind::Paused,
            ..Trace::new(kind, occurred)
        };
        Some(Some(told))
    }
}
