//! Withdrawn or voided just before the limit: a way to stop a clock.

use super::{CaseView, Rule};
use crate::domain::calendar::Calendar;
use crate::domain::card::{Card, Mode};
use crate::domain::clock::State;
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::record::TraceKind;
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "withdrawn-at-limit",
    meaning: "A case was withdrawn, returned or voided on the last working day of its limit or the one before; or its withdrawal, \
              whatever day it names, was entered then: it was not there when the source was read before.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge: Some(judge),
};

/// Whether a moment lies on the day a limit ends, on the working day before, or after it.
pub(super) fn is_near(calendar: &Calendar, when: Moment, due: Moment) -> bool {
    calendar.before(due.date(), 1).is_ok_and(|from| when.date() >= from)
}

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let Some(withdrawn) = matter.first(TraceKind::Withdrawn) else { return Vec::new() };
    let near = matter.clocks.iter().filter(|clock| clock.state == State::Void).find_map(|clock| {
        let due = clock.due?.at;
        let long = clock.started?.date() < clock.calendar.before(due.date(), 1).ok()?;
        (long && is_near(clock.calendar, matter.bears_from(withdrawn), due)).then_some((clock, due))
    });
    let Some((clock, due)) = near else { return Vec::new() };
    let entry = matter.entry_words(withdrawn);
    let why = say!("withdrawn_at_limit", when = withdrawn.occurred, entry, name = clock.name(), due);
    matter.found_at_end(&RULE, why)
}
