//! The traces of a case together: which kinds there are, and in which order they stand.

use super::{Kinds, Trace};

impl Kinds {
    /// Those of some traces.
    pub fn of(traces: &[Trace]) -> Self {
        traces.iter().map(|trace| trace.kind).collect()
    }
}

/// Puts traces in chronological order. Where hours are unknown, a day's traces follow the order of a case's life.
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
}
