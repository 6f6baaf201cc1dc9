//! Another unit has the case now: it is told that it has it, and until when.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::clock::Reading;
use crate::domain::finding::Breach;
use crate::domain::text::Sentence;

/// Id of the rule.
pub const ID: &str = "handed-over";

pub(super) const RULE: Rule = Rule {
    id: ID,
    zh: "办件移交",
    en: "handed over",
    meaning: "A case that is still open has passed to another unit, by the unit on its events or on its own row. The unit that has \
              it now is told so, with the days on which its limits end. No breach: it counts against nobody, and what fell \
              due before stays with the unit that had the case then.",
    basis: "一次转办即一次交接，时限按办理单位分段承担（工单转办）",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let Some((when, from, to)) = matter.holders.hand_overs().last() else { return Vec::new() };
    if matter.is_over() {
        return Vec::new();
    }
    let name = |code: &str| {
        matter.policy.registry.units.get(code).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
    };
    let (from, unit) = (from.map(name).unwrap_or_default(), name(to));
    let running = matter.clocks.iter().filter(|clock| clock.stopped.is_none());
    let due = |clock: &Reading<'_>, zh: bool| Some((clock.name(zh), (clock.due?.at).to_the_minute()));
    let days = |zh: bool| {
        let one = |(name, due): (String, String)| {
            if zh { format!("{name} {due} 到期") } else { format!("{name} due {due}") }
        };
        running.clone().filter_map(|clock| due(clock, zh)).map(one).collect::<Vec<_>>()
    };
    let (zh, en, when) = (days(true).join("，"), days(false).join(", "), when.to_the_minute());
    let why = Sentence {
        zh: format!("{when} 由{from}移交{unit}办理{}{zh}", if zh.is_empty() { "" } else { "，" }),
        en: format!(
            "handed over at {when} from {from} to {unit}{}{en}",
            if en.is_empty() { "" } else { ": " }
        ),
    };
    let mut found = matter.found(&RULE, why);
    for breach in &mut found {
        (breach.unit, breach.passed) = (Some(to.to_owned()), false);
    }
    found
}
