//! The law takes silence for a yes: a renewal that was not decided before the licence expired is granted.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::statute::Expiry;
use crate::domain::text::say;

/// Id of the rule.
pub const ID: &str = "deemed-granted";

pub(super) const RULE: Rule = Rule {
    id: ID,
    meaning: "A limit passed without a decision, and by law the application counts as granted (a clock whose rule \
              says so, such as XK15): the office is bound by it, whatever it decides later.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[Property::OfClocks],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let granted =
        matter.clocks.iter().filter(|clock| clock.rule.on_expiry == Expiry::Granted && clock.late());
    let card = matter.policy.rules.get(RULE.id).map_or(Card::Notice, |setting| setting.card);
    granted
        .filter_map(|clock| {
            let due = clock.due?.at;
            let unit = matter.holders.at(due).map(str::to_owned);
            let why = say!("deemed_granted", due, basis = clock.basis);
            let ongoing = clock.stopped.is_none();
            Some(Breach { rule: RULE.id, clock: clock.key(), card, ongoing, passed: true, unit, why })
        })
        .collect()
}
