//! What a record tells in an order in which it cannot have happened.

use super::fault::{Fault, fault};
use crate::domain::moment::Moment;
use crate::domain::record::runs::runs;
use crate::domain::record::{Kinds, Trace, TraceKind};
use crate::domain::text::say;

/// Kinds that cannot come before others: (earlier, later).
const ORDER: [(TraceKind, TraceKind); 7] = [
    (TraceKind::Applied, TraceKind::Accepted),
    (TraceKind::Applied, TraceKind::SupplementRequested),
    (TraceKind::Applied, TraceKind::Decided),
    (TraceKind::Applied, TraceKind::Closed),
    (TraceKind::Accepted, TraceKind::Decided),
    (TraceKind::Accepted, TraceKind::Closed),
    (TraceKind::Decided, TraceKind::Delivered),
];

/// Ends that cannot come before the case has begun at all: refused, withdrawn or passed on, and accepted later is lawful.
pub(super) const ENDS: [TraceKind; 3] = [TraceKind::NotAccepted, TraceKind::Withdrawn, TraceKind::Forwarded];

/// Kinds that cannot come before one, by that one, as far as the kinds alone tell.
const FOLLOWERS: [Kinds; TraceKind::ALL.len()] = {
    let mut followers = [Kinds::NONE; TraceKind::ALL.len()];
    let mut at = 0;
    while at < ORDER.len() {
        let (earlier, later) = ORDER[at];
        followers[earlier as usize] = followers[earlier as usize].with(later);
        at += 1;
    }
    let mut at = 0;
    while at < ENDS.len() {
        let (applied, accepted) = (TraceKind::Applied as usize, TraceKind::Accepted as usize);
        followers[applied] = followers[applied].with(ENDS[at]);
        followers[accepted] = followers[accepted].with(ENDS[at]);
        at += 1;
    }
    followers
};

/// What is out of order in the runs of a case. Most cases are in order, which one look shows.
pub(super) fn check(traces: &[Trace], faults: &mut Vec<Fault>) {
    if !is_in_order(traces) {
        runs(traces).for_each(|run| out_of_order(run, faults));
    }
}

/// Whether no kind stands before one that it cannot come before: then none does so in any run of a case either, and in
/// chronological order nothing lies before what stands before it.
fn is_in_order(traces: &[Trace]) -> bool {
    let mut before = Kinds::NONE;
    traces.iter().all(|trace| {
        let fits = !before.meets(FOLLOWERS[trace.kind as usize]);
        before = before.with(trace.kind);
        fits
    })
}

fn out_of_order(traces: &[Trace], faults: &mut Vec<Fault>) {
    const NONE: usize = usize::MAX;
    let mut first = [NONE; TraceKind::ALL.len()];
    for (place, trace) in traces.iter().enumerate() {
        let first = &mut first[trace.kind as usize];
        *first = (*first).min(place);
    }
    let begins =
        [TraceKind::Applied, TraceKind::Accepted].into_iter().min_by_key(|kind| first[*kind as usize]);
    let ends = begins.into_iter().flat_map(|begins| ENDS.map(|end| (begins, end)));
    for (earlier, later) in ORDER.into_iter().chain(ends) {
        // In chronological order nothing lies before what stands before it.
        let (begun, ended) = (first[earlier as usize], first[later as usize]);
        if begun == NONE || ended >= begun {
            continue;
        }
        let (begun, ended) = (traces[begun].occurred, traces[ended].occurred);
        if ended.is_surely_before(&begun) {
            let (earlier, later) = (earlier.text(), later.text());
            let (ended, begun) = Moment::told_apart(&ended, &begun);
            faults.push(fault(say!("data_fault-order", later, ended, earlier, begun)));
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;

    /// Two traces of every pair of kinds, and three where the first begins a case, on days in and out of order: what is passed over
    /// as plain has no fault, and what is not is looked at whole.
    #[test]
    fn what_is_passed_over_as_plain_has_no_fault() {
        let days = ["2011-09-26", "2011-09-27T09:00:00+08:00", "2011-09-28"];
        let days = days.map(|day| Moment::parse(day, Shanghai).unwrap());
        let mut faulty = 0;
        for (first, ..) in TraceKind::ALL {
            for (second, ..) in TraceKind::ALL {
                for third in [TraceKind::Applied, TraceKind::Accepted, TraceKind::Decided] {
                    let kinds = [first, second, third];
                    let traces = [0, 1, 2].map(|at| Trace::new(kinds[at], days[at]));
                    let mut faults = Vec::new();
                    out_of_order(&traces, &mut faults);
                    assert!(faults.is_empty() || !is_in_order(&traces), "{kinds:?}");
                    faulty += faults.len();
                }
            }
        }
        assert!(faulty > 0);
        for (earlier, later) in ORDER {
            let traces = |one, other| [Trace::new(one, days[0]), Trace::new(other, days[1])];
            assert!(is_in_order(&traces(earlier, later)), "{earlier} {later}");
            assert!(!is_in_order(&traces(later, earlier)), "{later} {earlier}");
        }
    }
}
