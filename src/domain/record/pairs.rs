//! Special procedures side by side: which end on record belongs to which beginning.

use std::cmp::Ordering;

pub use super::order::next_of;
use super::{Trace, TraceKind};

/// A beginning with its end, by the places of their traces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The beginning.
    pub begun: usize,
    /// The end, if it has one yet.
    pub ended: Option<usize>,
}

/// What belongs to nothing. It costs the procedure it speaks of, and no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// An end without a beginning.
    NoBeginning(usize),
    /// A beginning of what had begun already and had not ended: the first, and the one more.
    Twice(usize, usize),
    /// A beginning, without a number, of what had begun and not ended: one of both is left out, the later if it has an end.
    Again(usize, usize),
    /// A beginning with its end before it: of one number, row or name.
    Backwards(usize, usize),
}

/// Pairs, in the order of their beginnings, and what is left over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairs {
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// What belongs to none.
    pub odd: Vec<Odd>,
}

/// The special procedures of a case. `traces` are in chronological order.
pub fn procedures(traces: &[Trace]) -> Pairs {
    pairs(traces, |trace| trace.kind == TraceKind::Paused, |trace| trace.kind == TraceKind::Resumed)
}

/// Pairs beginnings with ends: by what they have in common (a serial number), else by the row that holds both, else by
/// stage, else in the order of time.
pub fn pairs(traces: &[Trace], begins: impl Fn(&Trace) -> bool, ends: impl Fn(&Trace) -> bool) -> Pairs {
    let places = |is: &dyn Fn(&Trace) -> bool| -> Vec<usize> {
        traces.iter().enumerate().filter(|(_, trace)| is(trace)).map(|(at, _)| at).collect()
    };
    let (by_next, begun): (Vec<_>, Vec<_>) = places(&begins)
        .into_iter()
        .map(|begun| Pair { begun, ended: None })
        .partition(|it| traces[it.begun].resumes_any);
    let mut pairing = Pairing { traces, begun, ends: places(&ends), odd: Vec::new() };
    pairing.match_all(|begun, end| begun.serial.is_some() && begun.serial == end.serial);
    pairing.drop_what_began_twice();
    pairing.match_all(|begun, end| begun.entry.row.is_some() && begun.entry.row == end.entry.row);
    pairing.drop_backwards();
    pairing.match_all(|begun, end| begun.stage.is_some() && begun.stage == end.stage);
    pairing.match_all(|begun, end| {
        // An end that bears the name of another procedure is not taken for this one's; a name of its own says nothing.
        let differ = begun.stage.is_some() && end.stage.is_some() && begun.stage != end.stage;
        let named =
            |it: &Trace| (begins(it) && it.stage == end.stage) || (ends(it) && it.stage == begun.stage);
        !(differ && traces.iter().any(named))
    });
    pairing.drop_what_began_again();
    pairing.drop_named_backwards();
    pairing.odd.extend(pairing.ends.iter().map(|at| Odd::NoBeginning(*at)));
    let Pairing { begun: mut pairs, mut odd, .. } = pairing;
    if !by_next.is_empty() {
        end_with_the_next(by_next, traces, &mut pairs, &mut odd);
    }
    Pairs { pairs, odd }
}

/// What ends with whatever comes next of the case needs no end of its own; one that comes all the same is nothing odd.
fn end_with_the_next(by_next: Vec<Pair>, traces: &[Trace], pairs: &mut Vec<Pair>, odd: &mut Vec<Odd>) {
    let began_before = |at: usize| by_next.iter().any(|it| it.begun < at);
    odd.retain(|it| !matches!(it, Odd::NoBeginning(at) if began_before(*at)));
    pairs.extend(by_next.iter().map(|it| Pair { ended: next_of(traces, it.begun), ..*it }));
    pairs.sort_by_key(|it| it.begun);
}

struct Pairing<'t> {
    traces: &'t [Trace],
    begun: Vec<Pair>,
    /// Those that belong to no beginning yet.
    ends: Vec<usize>,
    odd: Vec<Odd>,
}

impl Pairing<'_> {
    /// Gives each end, in the order of time, the first open beginning that lies before it and that it fits. Two serial
    /// numbers never fit each other.
    fn match_all(&mut self, fits: impl Fn(&Trace, &Trace) -> bool) {
        let Self { traces, begun, ends, .. } = self;
        ends.retain(|at| {
            let end = &traces[*at];
            let open = begun.iter_mut().find(|pair| {
                let begun = &traces[pair.begun];
                let serials = begun.serial.is_some() && end.serial.is_some() && begun.serial != end.serial;
                pair.ended.is_none()
                    && !serials
                    && fits(begun, end)
                    && begun.occurred.order(&end.occurred) != Ordering::Greater
            });
            let found = open.map(|pair| pair.ended = Some(*at));
            found.is_none()
        });
    }

    /// Of one serial number nothing begins before what had begun has ended. The same beginning once more says nothing.
    fn drop_what_began_twice(&mut self) {
        let Self { traces, begun, odd, .. } = self;
        let serial = |pair: &Pair| traces[pair.begun].serial.as_ref();
        let mut dropped = vec![false; begun.len()];
        for (later, pair) in begun.iter().enumerate().filter(|(_, pair)| serial(pair).is_some()) {
            let earlier = begun[..later].iter().rposition(|it| serial(it) == serial(pair));
            let Some(earlier) = earlier else { continue };
            let (first, again) = (begun[earlier], traces[pair.begun].occurred);
            let over = first.ended.is_some_and(|at| traces[at].occurred.order(&again) != Ordering::Greater);
            if over {
                continue;
            }
            dropped[later] = true;
            if traces[first.begun].occurred != again {
                dropped[earlier] = true;
                odd.push(Odd::Twice(first.begun, pair.begun));
            }
        }
        let mut dropped = dropped.into_iter();
        begun.retain(|_| !dropped.next().unwrap_or_default());
    }

    /// Without a number: what bears one name (or none) does not begin before it has ended. Where a beginning is left without an
    /// end, the end belongs to the last of them, as nobody knows that it went on from the first; and where none has ended, it
    /// goes on from the first, so that to begin again gives no more time. A row that holds both says what is its own.
    fn drop_what_began_again(&mut self) {
        let Self { traces, begun, odd, .. } = self;
        let mut later = 0;
        while later < begun.len() {
            let again = &traces[begun[later].begun];
            let same = |it: &Pair| {
                let first = &traces[it.begun];
                let goes_on = |at: usize| traces[at].occurred.order(&again.occurred) == Ordering::Greater;
                let by_row = |at: usize| first.entry.row.is_some() && first.entry.row == traces[at].entry.row;
                first.serial.is_none()
                    && first.stage == again.stage
                    && it.ended.map_or(again.stage.is_some(), |at| goes_on(at) && !by_row(at))
            };
            let open = begun[later].ended.is_none() && again.serial.is_none();
            let Some(earlier) = begun[..later].iter().rposition(same).filter(|_| open) else {
                later += 1;
                continue;
            };
            odd.push(Odd::Again(begun[earlier].begun, begun[later].begun));
            if let Some(end) = begun[earlier].ended {
                begun[later].ended = Some(end);
                begun.remove(earlier);
            } else {
                begun.remove(later);
            }
        }
    }

    /// Where serial number or row say that an end belongs to a beginning, and it lies before it, neither counts.
    fn drop_backwards(&mut self) {
        let Self { traces, begun, ends, odd } = self;
        begun.retain(|pair| {
            let it = &traces[pair.begun];
            let same = |at: &usize| {
                let end = &traces[*at];
                let serial = it.serial.is_some() && it.serial == end.serial;
                serial || (it.entry.row.is_some() && it.entry.row == end.entry.row)
            };
            let before = ends.iter().position(same).filter(|_| pair.ended.is_none());
            let end = before.map(|place| ends.remove(place));
            odd.extend(end.map(|at| Odd::Backwards(pair.begun, at)));
            end.is_none()
        });
    }

    /// Special procedures of one name: an end that is left over lies before a beginning that has none, and behind no other that it
    /// could be the end of. Neither counts.
    fn drop_named_backwards(&mut self) {
        let Self { traces, begun, ends, odd } = self;
        begun.retain(|pair| {
            let it = &traces[pair.begun];
            let of_it = |at: &usize| {
                let end = &traces[*at];
                let serials = it.serial.is_some() && end.serial.is_some();
                let procedure = (it.kind, end.kind) == (TraceKind::Paused, TraceKind::Resumed);
                let another = |other: &Trace| {
                    other.kind == it.kind
                        && other.stage == end.stage
                        && other.occurred.order(&end.occurred) != Ordering::Greater
                };
                let same = procedure && it.stage.is_some() && it.stage == end.stage && !serials;
                same && !traces.iter().any(another)
            };
            let before = ends.iter().rposition(of_it).filter(|_| pair.ended.is_none());
            let end = before.map(|place| ends.remove(place));
            odd.extend(end.map(|at| Odd::Backwards(pair.begun, at)));
            end.is_none()
        });
    }
}

#[cfg(test)]
mod tests;
