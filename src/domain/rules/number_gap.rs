//! Numbers are missing where case numbers run on.

use super::Rule;
use crate::domain::card::{Card, Mode};
use crate::domain::rules::Across;
use crate::domain::stock::{Sequence, Stock};
use crate::domain::text::{Text, say};

pub(in crate::domain) const RULE: Rule = Rule {
    id: "number-gap",
    meaning: "Case numbers run on without a break but for a few (one in twenty at most, one in ten for a finding that stands) that no case has, a week after \
              the numbers behind them were seen: cases that were begun and never shown, or taken out.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[],
    judge: None,
};

/// With more missing than one in so many, the numbers do not run on at all.
const ONE_IN: u64 = 20;

/// Of fewer numbers nothing is said.
const ENOUGH: u64 = 20;

pub(in crate::domain) fn across(stock: &Stock) -> Vec<Across> {
    let broken = |it: &&Sequence| {
        let stands = stock.stands(RULE.id, &it.pattern).is_some();
        let one_in = if stands { ONE_IN / 2 } else { ONE_IN };
        it.missing > 0 && it.all >= ENOUGH && it.missing * one_in <= it.all
    };
    stock
        .sequences
        .iter()
        .filter(broken)
        .map(|Sequence { pattern, from, to, all, missing, examples }| Across {
            subject: pattern.clone(),
            unit: None,
            item: None,
            weight: *missing,
            why: {
                let examples = Text::list(examples.iter().map(Text::from), "list-comma");
                say!("number_gap", from, to, all = *all, missing = *missing, examples)
            },
        })
        .collect()
}
