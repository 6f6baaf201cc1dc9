//! Another unit has the case now: it is told that it has it, and until when.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::clock::Reading;
use crate::domain::finding::Breach;
use crate::domain::record::holders::HandOver;
use crate::domain::text::{Text, say};

/// Id of the rule.
pub const ID: &str = "handed-over";

pub(super) const RULE: Rule = Rule {
    id: ID,
    meaning: "A case that is still open has passed to another unit, by the unit on its events or on its own row. The unit that has \
              it now is told so, with the days on which its limits end. No breach: it counts against nobody, and what fell \
              due before stays with the unit that had the case then.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[Property::Uncounted, Property::NamesClockOfCase],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let Some(HandOver { at: when, from, to }) = matter.holders.hand_overs().last() else { return Vec::new() };
    if matter.is_over() {
        return Vec::new();
    }
    let name = |code: &str| {
        matter.policy.registry.units.get(code).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
    };
    let (from, unit) = (from.map(name).unwrap_or_default(), name(to));
    let running = matter.clocks.iter().filter(|clock| clock.stopped.is_none());
    let due = |clock: &Reading<'_>| Some(say!("meanwhile-due", name = clock.name(), day = clock.due?.at));
    let days: Vec<Text> = running.filter_map(due).collect();
    let why = if days.is_empty() {
        say!("handed_over", when, from, unit)
    } else {
        say!("handed_over-due", when, from, unit, days = Text::list(days, "list-clause"))
    };
    let mut found = matter.found(&RULE, why);
    for breach in &mut found {
        (breach.unit, breach.passed) = (Some(to.to_owned()), false);
    }
    found
}
