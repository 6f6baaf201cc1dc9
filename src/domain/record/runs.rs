//! A case can live twice: decided, closed or withdrawn, and accepted again.

use std::cmp::Ordering;

use super::{Kinds, Trace, TraceKind};

/// The runs of a case, in order: each ends where the case is filed or accepted again after an end. `traces` are in
/// chronological order. A case without traces has one run, without any.
pub fn runs(traces: &[Trace]) -> Runs<'_> {
    Runs { rest: traces, first: true }
}

/// See [`runs`].
#[derive(Debug, Clone)]
pub struct Runs<'t> {
    rest: &'t [Trace],
    first: bool,
}

impl<'t> Iterator for Runs<'t> {
    type Item = &'t [Trace];

    fn next(&mut self) -> Option<&'t [Trace]> {
        if self.rest.is_empty() && !self.first {
            return None;
        }
        self.first = false;
        let (run, rest) = self.rest.split_at(length(self.rest));
        self.rest = rest;
        Some(run)
    }
}

/// How many traces the first run has. An end without a beginning is none, and neither is one on the bare day on which the
/// case is accepted: nobody knows which came first.
fn length(traces: &[Trace]) -> usize {
    let is_begun = |trace: &Trace| Kinds::BEGINNINGS.has(trace.kind);
    let Some(begun) = traces.iter().position(is_begun) else { return traces.len() };
    let Some(end) = traces[begun..].iter().position(|trace| trace.kind.ends_a_case()) else {
        return traces.len();
    };
    let end = begun + end;
    let again =
        |trace: &Trace| is_begun(trace) && traces[end].occurred.order(&trace.occurred) == Ordering::Less;
    traces[end..].iter().position(again).map_or(traces.len(), |at| end + at)
}

/// Whether a case has one run, as most have.
pub fn is_one_run(traces: &[Trace]) -> bool {
    length(traces) == traces.len()
}

/// Whether a case is over: the last of its runs.
pub fn is_over(traces: &[Trace]) -> bool {
    let ends = |trace: &Trace| trace.kind.ends_a_case();
    let Some(end) = traces.iter().rposition(ends) else { return false };
    // What stands behind every beginning is of the last run.
    let begins = |trace: &Trace| Kinds::BEGINNINGS.has(trace.kind);
    !traces[end..].iter().any(begins) || runs(traces).last().is_some_and(|run| run.iter().any(ends))
}

/// The day on which a run began: that of its acceptance, else of its first trace.
pub fn begun_on(run: &[Trace]) -> Option<chrono::NaiveDate> {
    let accepted = run.iter().find(|trace| trace.kind == TraceKind::Accepted);
    accepted.or(run.first()).map(|trace| trace.occurred.date())
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;
    use crate::domain::moment::Moment;
    use crate::domain::record::chronological;

    fn lengths(rows: &[(TraceKind, &str)]) -> Vec<usize> {
        let trace = |(kind, at): &(TraceKind, &str)| Trace::new(*kind, Moment::parse(at, Shanghai).unwrap());
        let mut traces: Vec<Trace> = rows.iter().map(trace).collect();
        chronological(&mut traces);
        runs(&traces).map(<[Trace]>::len).collect()
    }

    /// DESIGN section 5: a case may be accepted again after its end.
    #[test]
    fn accepted_again_after_its_end_is_a_second_run() {
        use TraceKind::{Accepted, Applied, Closed, Decided, Delivered, NotAccepted, Withdrawn};
        let (a, b, c) =
            ("2011-09-01T09:00:00+08:00", "2011-09-08T10:00:00+08:00", "2011-09-26T09:00:00+08:00");
        for end in [Decided, Closed, Withdrawn] {
            assert_eq!(lengths(&[(Accepted, a), (end, b), (Accepted, c)]), [2, 1], "{end}");
        }
        assert_eq!(lengths(&[(Applied, a), (NotAccepted, b), (Applied, c)]), [2, 1]);
        assert_eq!(lengths(&[(Accepted, a), (Decided, b), (Delivered, c)]), [3], "what follows a decision");
        assert_eq!(
            lengths(&[(Accepted, a), (Decided, b), (Closed, c)]),
            [3],
            "decided and closed is one end"
        );
        assert_eq!(lengths(&[(Accepted, a), (Accepted, b), (Decided, c)]), [3], "it had not ended");
        assert_eq!(lengths(&[(Decided, a), (Accepted, b)]), [2], "an end before the beginning is a mistake");
        assert_eq!(
            lengths(&[(Accepted, a), (Decided, "2011-09-26"), (Accepted, c)]),
            [3],
            "which came first?"
        );
        assert_eq!(
            lengths(&[(Accepted, a), (Decided, "2011-09-25"), (Accepted, c)]),
            [2, 1],
            "the day before"
        );
        assert_eq!(lengths(&[]), [0]);
    }

    /// DESIGN section 5: it is the end of the last run that a case is over by. Every row of five among four kinds.
    #[test]
    fn a_case_is_over_by_the_end_of_its_last_run() {
        use TraceKind::{Accepted, Applied, Decided, Step};
        let days = ["2011-09-26", "2011-09-27", "2011-09-27", "2011-09-28", "2011-09-29"];
        let days = days.map(|day| Moment::parse(day, Shanghai).unwrap());
        let mut met = [0, 0];
        for row in 0..4_usize.pow(5) {
            let kind = |at: usize| [Accepted, Applied, Decided, Step][row / 4_usize.pow(at as u32) % 4];
            let traces: Vec<Trace> = (0..5).map(|at| Trace::new(kind(at), days[at])).collect();
            let last = runs(&traces).last().unwrap();
            let over = last.iter().any(|trace| trace.kind.ends_a_case());
            assert_eq!(is_over(&traces), over, "{traces:?}");
            met[usize::from(over)] += 1;
        }
        assert!(met[0] > 0 && met[1] > 0 && !is_over(&[]));
    }
}
