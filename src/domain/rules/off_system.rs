//! Evidence shows cases that the approval system does not have.

use super::Rule;
use crate::domain::card::{Card, Mode};
use crate::domain::rules::Across;
use crate::domain::stock::Unmatched;
use crate::domain::text::{Text, say};

pub(in crate::domain) const RULE: Rule = Rule {
    id: "off-system",
    meaning: "Evidence from outside (queue tickets, fee receipts, a licence register) has found no case in the time it may \
              wait: what it stands for was handled outside the approval system. One finding for each list, item and unit, \
              over the last ninety days; the pieces stand in the view `evidence_matches`.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[],
    judge: None,
};

pub(in crate::domain) fn across(unmatched: &[Unmatched]) -> Vec<Across> {
    unmatched
        .iter()
        .map(|Unmatched { list, item, unit, pieces, from, to, examples }| {
            let code = item.as_deref().or(unit.as_deref()).unwrap_or_default();
            let examples = Text::list(examples.iter().map(Text::from), "list-comma");
            let why = say!("off_system", from, to, list, pieces = *pieces, examples);
            let subject = format!("{list} {code}").trim_end().to_owned();
            Across { subject, unit: unit.clone(), item: item.clone(), weight: *pieces, why }
        })
        .collect()
}
