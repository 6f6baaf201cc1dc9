//! More was paused than the clause leaves out of its limit.

use super::{Matter, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::text::Sentence;

/// Id of the rule.
pub const ID: &str = "special-excess";

pub(super) const RULE: Rule = Rule {
    id: ID,
    zh: "特别程序超限",
    en: "special procedures beyond the bound",
    meaning: "Special procedures took more time together than the clause leaves out of its limit (`pause_limit`: \
              fifteen working days for asking third parties in disclosure). What is beyond counts again.",
    basis: "《政府信息公开条例》第三十二条、第三十三条第三款",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    judge: Some(judge),
};

fn judge(matter: &Matter<'_>) -> Vec<Breach> {
    let mut over = matter.clocks.iter().filter_map(|clock| clock.excess.as_ref());
    let Some(excess) = over.next() else { return Vec::new() };
    let why = Sentence { zh: excess.words(true), en: excess.words(false) };
    matter.found_with(&RULE, TraceKind::Paused, why)
}
