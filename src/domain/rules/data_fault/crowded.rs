//! One thing done to one case hundreds of times: a mapping that takes every click for it, or rows typed to drown the rest.

use super::fault::{Fault, fault};
use crate::domain::record::{Trace, TraceKind};
use crate::domain::text::say;

/// Traces of one kind by which a case is timed, steps aside: those of a kind are held against one another.
const MOST: usize = 300;

fn counts(kind: TraceKind, met: &mut [usize; TraceKind::ALL.len()]) -> bool {
    let met = &mut met[kind as usize];
    *met += 1;
    kind == TraceKind::Step || *met <= MOST
}

/// Names each kind of which there are too many.
pub(super) fn check(traces: &[Trace], faults: &mut Vec<Fault>) {
    if traces.len() <= MOST {
        return;
    }
    let mut met = [0; TraceKind::ALL.len()];
    for trace in traces {
        counts(trace.kind, &mut met);
    }
    for (kind, ..) in TraceKind::ALL {
        let (count, most) = (met[kind as usize], MOST);
        if kind != TraceKind::Step && count > MOST {
            // Their number grows while it stays the same fault.
            let known_by = say!("data_fault-crowded_kind", kind = kind.text());
            faults.push(Fault {
                known_by,
                ..fault(say!("data_fault-crowded", kind = kind.text(), count, most))
            });
        }
    }
}

/// Keeps of each kind the first that happened. `traces` are in chronological order.
pub(super) fn keep_the_first(traces: &mut Vec<Trace>) {
    if traces.len() > MOST {
        let mut met = [0; TraceKind::ALL.len()];
        traces.retain(|trace| counts(trace.kind, &mut met));
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::moment::Moment;

    fn of(kind: TraceKind, count: usize) -> Vec<Trace> {
        let first: chrono::DateTime<chrono::FixedOffset> = "2011-10-10T09:00:00+08:00".parse().unwrap();
        let at = |minutes: usize| Moment::instant(first + TimeDelta::minutes(minutes as i64));
        (0..count).map(|minutes| Trace::new(kind, at(minutes))).collect()
    }

    /// Issue 14.4: 299 and 300 of a kind count and are no fault, of 301 the last does not count and is named; steps are without bound.
    #[test]
    fn of_a_kind_three_hundred_count() {
        for (count, named) in [(299, 0), (300, 0), (301, 1)] {
            let mut traces = of(TraceKind::Charged, count);
            traces.extend(of(TraceKind::Step, 400));
            let mut faults = Vec::new();
            check(&traces, &mut faults);
            assert_eq!(faults.len(), named, "{count}");
            keep_the_first(&mut traces);
            assert_eq!(traces.len(), count.min(300) + 400);
            assert_eq!(traces[299.min(count - 1)], of(TraceKind::Charged, count)[299.min(count - 1)]);
        }
    }

    /// One more of them is the same fault.
    #[test]
    fn one_more_is_the_same_fault() {
        let known_by = |count| {
            let mut faults = Vec::new();
            check(&of(TraceKind::Charged, count), &mut faults);
            faults.remove(0).known_by
        };
        assert_eq!(known_by(301), known_by(302));
    }
}
