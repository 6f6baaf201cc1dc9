//! One thing done to one case hundreds of times: a mapping that takes every click for it, or rows typed to drown the rest.

use super::fault::{Fault, fault};
use crate::domain::record::pairs::{next_of, procedures};
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

/// Keeps of each kind the first that happened, and what ends of them what is kept. `traces` are in chronological order.
pub(super) fn keep_the_first(traces: &mut Vec<Trace>) {
    if traces.len() <= MOST {
        return;
    }
    let (mut met, mut asked) = ([0; TraceKind::ALL.len()], false);
    let mut kept: Vec<bool> = Vec::with_capacity(traces.len());
    for trace in &*traces {
        let answers = asked && trace.kind == TraceKind::SupplementReceived;
        let keeps = counts(trace.kind, &mut met) || answers;
        match trace.kind {
            TraceKind::SupplementRequested if keeps => asked = true,
            TraceKind::SupplementReceived if keeps => asked = false,
            _ => {}
        }
        kept.push(keeps);
    }
    if met.iter().any(|met| *met > MOST) {
        leave_none_open(traces, &mut kept);
        let mut kept = kept.into_iter();
        traces.retain(|_| kept.next().unwrap_or_default());
    }
}

/// No special procedure goes on because its end is beyond what is kept: its end is kept too, or where that would be another beginning,
/// it leaves nothing out.
fn leave_none_open(traces: &[Trace], kept: &mut [bool]) {
    for begun in 0..traces.len() {
        if kept[begun] && traces[begun].resumes_any {
            kept[begun] = next_of(traces, begun).is_none_or(|next| kept[next]);
        }
    }
    let places: Vec<usize> = (0..traces.len()).filter(|at| kept[*at]).collect();
    let left: Vec<Trace> = places.iter().map(|at| traces[*at].clone()).collect();
    let open = procedures(&left).pairs.into_iter().filter(|pair| pair.ended.is_none());
    for begun in open.map(|pair| &left[pair.begun]).filter(|begun| !begun.resumes_any) {
        let ends = |at: &usize| {
            let end = &traces[*at];
            let serials = begun.serial.is_some() && end.serial.is_some() && begun.serial != end.serial;
            !kept[*at]
                && !serials
                && end.kind == TraceKind::Resumed
                && begun.occurred.order(&end.occurred).is_le()
        };
        if let Some(end) = (0..traces.len()).find(ends) {
            kept[end] = true;
        }
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

    /// M9: what is kept leaves no special procedure and no correction open whose end the record has: not the last of hundreds that each
    /// end with what comes next, nor one whose end stands behind ends without beginning. One without an end goes on all the same.
    #[test]
    fn no_pause_comes_of_the_cut() {
        use TraceKind::{Paused, Resumed, SupplementReceived, SupplementRequested};
        let sound = |mut traces: Vec<Trace>| {
            traces.sort_by_key(|trace| trace.occurred.at());
            keep_the_first(&mut traces);
            traces
        };
        let open = |traces: &[Trace]| procedures(traces).pairs.iter().filter(|it| it.ended.is_none()).count();
        let later = |kind, minutes: i64| {
            let first = of(kind, 1).remove(0).occurred.at();
            Trace::new(kind, Moment::instant(first + TimeDelta::minutes(minutes)))
        };
        let any = |count| of(Paused, count).into_iter().map(|it| Trace { resumes_any: true, ..it });
        let kept = sound(any(400).chain([later(TraceKind::Step, 500)]).collect());
        assert_eq!((kept.len(), open(&kept)), (300, 0), "299 of them, and the step");
        assert_eq!(open(&sound(any(300).collect())), 1, "the last goes on");
        let end = [later(Paused, 1_000), later(Resumed, 1_001)];
        let kept = sound(of(Resumed, 400).into_iter().chain(end.clone()).collect());
        assert_eq!((kept.len(), open(&kept)), (302, 0));
        let kept = sound(of(Resumed, 400).into_iter().chain(end[..1].to_vec()).collect());
        assert_eq!(open(&kept), 1);
        let asked = [later(SupplementRequested, 1_000), later(SupplementReceived, 1_001)];
        let kept = sound(of(SupplementReceived, 400).into_iter().chain(asked.clone()).collect());
        assert_eq!(kept[300..], asked);
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
