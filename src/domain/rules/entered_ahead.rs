//! A row was there before what it says had happened.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::{Kinds, Trace};
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "entered-ahead",
    meaning: "An act (acceptance, request for corrections and their receipt, extension, decision, completion, delivery, withdrawal, \
              refusal to accept, forwarding) was read more than a quarter of an hour before the time at which it says to have \
              happened: nobody can have recorded it. Until that time it is a `data-fault`, ends no clock and can be mended; from \
              then on it counts by its record, and a supervisor is told, as waiting makes no record true. Put right, the \
              finding ends by itself; once its own time has come, a change of that time by less than a day is no correction. \
              What is lawfully planned is left out, and no fault up to 60 days ahead: an application by appointment, a stage (a \
              hearing), beginning and end of a special procedure, a payment. It counts from its time on.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::NeedsWitness, Property::ToldToReview],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let ahead = |trace: &&Trace| trace.entry.read_ahead.is_some() && Kinds::ACTS.has(trace.kind);
    let Some(trace) = matter.traces.iter().find(ahead) else { return Vec::new() };
    let Some(read) = trace.entry.read_ahead else { return Vec::new() };
    let (kind, when) = (trace.kind.text(), trace.occurred.to_the_minute());
    let why = say!("entered_ahead", kind, when, read = read.to_the_minute());
    matter.found_at(&RULE, trace, why)
}
