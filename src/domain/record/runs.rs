//! A case can live twice: decided, closed or withdrawn, and accepted again.

use std::cmp::Ordering;

use super::{Trace, TraceKind};

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
    let (mut begun, mut ended) = (false, None::<&Trace>);
    for (at, trace) in traces.iter().enumerate() {
        match trace.kind {
            TraceKind::Applied | TraceKind::Accepted => {
                if ended.is_some_and(|end| end.occurred.order(&trace.occurred) == Ordering::Less) {
                    return at;
                }
                begun = true;
            }
            kind if begun && kind.ends_a_case() => ended = ended.or(Some(trace)),
            _ => {}
        }
    }
    traces.len()
}

/// Whether a case is over: the last of its runs.
pub fn is_over(traces: &[Trace]) -> bool {
    runs(traces).last().is_some_and(|run| run.iter().any(|trace| trace.kind.ends_a_case()))
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
}
