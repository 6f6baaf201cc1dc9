//! The traces of a case together: which kinds there are, and in which order they stand.

use super::{Kinds, Trace, TraceKind};

impl Kinds {
    /// Those of some traces.
    pub fn of(traces: &[Trace]) -> Self {
        traces.iter().map(|trace| trace.kind).collect()
    }
}

/// Puts traces in chronological order. Where hours are unknown, a day's traces follow the order of a case's life; where they are
/// known, what happened at one moment on the way of a case follows the order in which it was told.
pub fn chronological(traces: &mut [Trace]) {
    // The usual case first: of one offset, so that instants order the days too.
    let offset = |trace: &Trace| *trace.occurred.at().offset();
    if traces.windows(2).all(|pair| offset(&pair[0]) == offset(&pair[1])) {
        let place = |trace: &Trace| (trace.occurred.at().naive_utc(), trace.kind);
        if !traces.is_sorted_by_key(place) {
            traces.sort_by_key(place);
        }
    } else {
        traces.sort_by_key(|trace| (trace.occurred.date(), trace.occurred.at(), trace.kind));
    }
    as_told(traces);
}

/// Which way the rows of a case go in their reads, by what happened at different times: forward, backward. Both, or neither, says
/// nothing.
fn ways(traces: &[Trace], place: impl Fn(&Trace) -> Option<(u16, i64)>) -> (bool, bool) {
    let apart = |pair: &&[Trace]| pair[0].occurred.at() != pair[1].occurred.at();
    let goes = |pair: &[Trace]| {
        let (one, other) = (place(&pair[0])?, place(&pair[1])?);
        (one.0 == other.0).then(|| one.1.cmp(&other.1))
    };
    let steps: Vec<_> = traces.windows(2).filter(apart).filter_map(goes).collect();
    (steps.iter().any(|step| step.is_lt()), steps.iter().any(|step| step.is_gt()))
}

/// The place of what comes next of a case after one of its traces. What happened on the way at the same time, as far as that is known,
/// comes after it where it was told later: read later, else further on in the same read.
pub fn next_of(traces: &[Trace], begun: usize) -> Option<usize> {
    let it = &traces[begun];
    let same_time = |at: &usize| traces[*at].occurred.order(&it.occurred).is_eq();
    let first = begun - (0..begun).rev().take_while(same_time).count();
    let told_later = |other: &Trace| {
        let both = it.entry.place.zip(other.entry.place).filter(|(own, other)| own.0 == other.0);
        let at = |trace: &Trace| trace.entry.unseen_at.map(|at| at.at());
        let read = both.map(|_| at(other).cmp(&at(it))).filter(|order| order.is_ne());
        let back = || matches!(ways(traces, |trace| trace.entry.place), (false, true));
        let further = || both.map(|(own, other)| if back() { own.cmp(&other) } else { other.cmp(&own) });
        read.or_else(further)
    };
    (first..traces.len()).filter(|at| *at != begun).find(|at| {
        let by_told = same_time(at) && is_on_the_way(traces[*at].kind);
        let told = by_told.then(|| told_later(&traces[*at])).flatten();
        told.map_or(*at > begun, |told| told.is_gt())
    })
}

/// Whether a kind is one of what happens on the way, between the beginning and the end of a case.
fn is_on_the_way(kind: TraceKind) -> bool {
    (TraceKind::Step..=TraceKind::Extended).contains(&kind)
}

/// What happened at one moment on the way of a case stands as the read that told of it has it. Where a case's rows go back in time, the
/// last comes first; where they go both ways, only what is of one kind keeps their order.
fn as_told(traces: &mut [Trace]) {
    let place = |trace: &Trace| trace.entry.place.filter(|_| trace.occurred.hour_known());
    let alike = |a: &Trace, b: &Trace| {
        a.occurred.at() == b.occurred.at()
            && is_on_the_way(a.kind)
            && is_on_the_way(b.kind)
            && place(a).zip(place(b)).is_some_and(|((one, _), (other, _))| one == other)
    };
    if !traces.windows(2).any(|pair| alike(&pair[0], &pair[1])) {
        return;
    }
    let (on, back) = ways(traces, place);
    for run in traces.chunk_by_mut(alike) {
        match (on, back) {
            (true, false) => run.sort_by_key(place),
            (false, true) => run.sort_by_key(|trace| std::cmp::Reverse(place(trace))),
            _ => run.sort_by_key(|trace| (trace.kind, place(trace))),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;
    use crate::domain::moment::Moment;

    fn trace(kind: TraceKind, at: &str, line: i64) -> Trace {
        let mut trace = Trace::new(kind, Moment::parse(at, Shanghai).unwrap());
        trace.entry.place = Some((0, line));
        trace.note = Some(line.to_string());
        trace
    }

    fn told(mut traces: Vec<Trace>) -> String {
        chronological(&mut traces);
        traces.iter().filter_map(|trace| trace.note.as_deref()).collect::<Vec<_>>().join(" ")
    }

    /// Issue 13: events of one moment keep the order of the file, also of one that has the newest first; a bare day has no such moment.
    /// Beginning and end of a case stand where a case's life has them.
    #[test]
    fn what_happened_at_one_moment_stands_as_it_was_told() {
        use TraceKind::{Accepted, Decided, Paused, Resumed, Step};
        let (one, two) = ("2011-09-26T09:00:00+08:00", "2011-09-26T10:00:00+08:00");
        let on =
            vec![trace(Accepted, one, 1), trace(Paused, two, 4), trace(Resumed, two, 2), trace(Step, two, 3)];
        assert_eq!(told(on), "1 2 3 4");
        let back =
            vec![trace(Accepted, one, 9), trace(Paused, two, 4), trace(Resumed, two, 5), trace(Step, two, 3)];
        assert_eq!(told(back), "9 5 4 3");
        let one_moment = vec![trace(Paused, two, 3), trace(Resumed, two, 1), trace(Paused, two, 2)];
        assert_eq!(told(one_moment), "2 3 1", "nothing says which way the rows go");
        let ends =
            vec![trace(Step, one, 1), trace(Decided, two, 2), trace(Step, two, 3), trace(Accepted, two, 4)];
        assert_eq!(told(ends), "1 4 3 2");
        let day = vec![trace(Step, one, 1), trace(Resumed, "2011-09-27", 2), trace(Paused, "2011-09-27", 3)];
        assert_eq!(told(day), "1 3 2");
    }
}
