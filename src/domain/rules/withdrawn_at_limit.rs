//! Withdrawn or voided just before the limit: a way to stop a clock.

use super::{CaseView, Property, Rule};
use crate::domain::calendar::Calendar;
use crate::domain::card::{Card, Mode};
use crate::domain::clock::{Reading, State};
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "withdrawn-at-limit",
    meaning: "A case was withdrawn, returned or voided, or not accepted after it had been accepted, on the last working day of its \
              limit or the one before; or that end, whatever day it names, was entered then: it was not there when the source was \
              read before.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::PerRun],
    judge: Some(judge),
};

/// Whether a moment lies on the day a limit ends, on the working day before, or after it.
pub(super) fn is_near(calendar: &Calendar, when: Moment, due: Moment) -> bool {
    calendar.before(due.date(), 1).is_ok_and(|from| when.date() >= from)
}

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let ends = [matter.first(TraceKind::Withdrawn), turned_away(matter)];
    let near = ends.into_iter().flatten().find_map(|end| {
        let of_end = |clock: &&Reading<'_>| {
            clock.state == State::Void && end.kind == TraceKind::Withdrawn
                || clock.state == State::Met && clock.stopped == Some((end.occurred, TraceKind::NotAccepted))
        };
        matter.clocks.iter().filter(of_end).find_map(|clock| {
            let due = clock.due?.at;
            let long = clock.started?.date() < clock.calendar.before(due.date(), 1).ok()?;
            (long && is_near(clock.calendar, matter.bears_from(end), due)).then_some((end, clock, due))
        })
    });
    let Some((end, clock, due)) = near else { return Vec::new() };
    let (when, entry, name) = (end.occurred, matter.entry_words(end), clock.name());
    let why = match end.kind {
        TraceKind::NotAccepted => say!("withdrawn_at_limit-not_accepted", when, entry, name, due),
        _ => say!("withdrawn_at_limit", when, entry, name, due),
    };
    matter.found_at_end(&RULE, why)
}

/// That a case was not accepted after it had been: what was accepted is to be decided, so this stops its clock as a withdrawal does.
fn turned_away<'m>(matter: &'m CaseView<'_>) -> Option<&'m Trace> {
    let (accepted, end) = (matter.first(TraceKind::Accepted)?, matter.first(TraceKind::NotAccepted)?);
    accepted.occurred.order(&end.occurred).is_le().then_some(end)
}
