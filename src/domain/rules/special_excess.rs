//! More was paused than the clause leaves out of its limit.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::clock::Excess;
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::text::Text;

/// Id of the rule.
pub const ID: &str = "special-excess";

pub(super) const RULE: Rule = Rule {
    id: ID,
    meaning: "Special procedures took more time together than the clause leaves out of its limit (`pause_limit`: \
              fifteen working days for asking third parties in disclosure): what is beyond counts again. Or one was granted for \
              longer than its record is believed (`pause_at_most`, sixty working days), and goes on or went on for longer: what \
              is beyond is doubtful. Or one began when those of its kind had taken all that time: it leaves nothing out.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[Property::OfClocks],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let mut over: Vec<&Excess> = Vec::new();
    for excess in matter.clocks.iter().flat_map(|clock| &clock.excess) {
        if !over.contains(&excess) {
            over.push(excess);
        }
    }
    if over.is_empty() {
        return Vec::new();
    }
    let why = Text::list(over.into_iter().map(Excess::text), "list-semicolon");
    matter.found_with(&RULE, TraceKind::Paused, why)
}
