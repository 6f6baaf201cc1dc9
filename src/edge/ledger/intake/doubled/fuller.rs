//! The same row of a case twice in one reading, of which nothing says that one is the later: what only one of them says counts.

use std::borrow::Cow;

use super::super::Intake;
use crate::domain::record::doubt::{HeaderPart, InDoubt};
use crate::domain::record::{Fact, Header, Slot, Trace, Written};

/// Files that were written within this time of one another do not say by it which is the later, in nanoseconds: whoever copies many at
/// once writes them so.
const AT_ONCE: i64 = 60 * 1_000_000_000;

impl Intake<'_> {
    /// A row of a case of which this reading has met one that is as old: it stands in the same file, in one that was written at the
    /// same time, or in one of which nobody knows when; or a row of such a file. What is empty in it then takes nothing away.
    pub(super) fn as_full_as_known<'f>(
        &mut self,
        read: u16,
        case: i64,
        fact: Cow<'f, Fact>,
    ) -> Cow<'f, Fact> {
        let as_old = self.rows().has_met(read, case) && self.is_as_old(&fact);
        if !as_old && self.written != Written::Unknown {
            return fact;
        }
        let mut fuller = fact.into_owned();
        if let Some(in_doubt) = &mut fuller.in_doubt {
            in_doubt.header.extend(fuller.header.iter().flat_map(empty_parts));
        } else if let Some(parts) = fuller.header.as_ref().map(empty_parts).filter(|parts| !parts.is_empty())
        {
            fuller.in_doubt = Some(Box::new(InDoubt { header: parts, ..InDoubt::default() }));
        }
        without_empty(&mut fuller);
        Cow::Owned(fuller)
    }

    fn is_as_old(&mut self, fact: &Fact) -> bool {
        let written = self.written;
        let Some(known) = self.met().cases.get(&fact.case) else { return false };
        let at_once = match (known.written, written) {
            (Written::At(one), Written::At(other)) => one.abs_diff(other) <= AT_ONCE as u64,
            (Written::Unknown, _) => true,
            _ => false,
        };
        known.place.file == fact.place.file || at_once
    }
}

/// The parts of a header in which nothing stands: they stay as they are known.
fn empty_parts(header: &Header) -> Vec<HeaderPart> {
    let parts = [
        (HeaderPart::Unit, header.unit.is_none()),
        (HeaderPart::Display, header.display.is_none()),
        (HeaderPart::Earlier, header.earlier.is_none()),
    ];
    parts.into_iter().filter(|(_, is_empty)| *is_empty).map(|(part, _)| part).collect()
}

/// Takes the empty slots out of a row. What is in doubt of the others is told by their new places.
fn without_empty(fact: &mut Fact) {
    let mut kept = Vec::with_capacity(fact.traces.len());
    let traces: Vec<(Slot, Option<Trace>)> = std::mem::take(&mut fact.traces);
    for (place, slot) in traces.into_iter().enumerate() {
        if slot.1.is_some() {
            kept.push(place);
            fact.traces.push(slot);
        }
    }
    if let Some(in_doubt) = &mut fact.in_doubt {
        in_doubt.traces.retain_mut(|(place, _)| match kept.binary_search(place) {
            Ok(now) => {
                *place = now;
                true
            }
            Err(_) => false,
        });
    }
}
