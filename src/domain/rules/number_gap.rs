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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(all: u64, missing: u64, stands: bool) -> bool {
        let (pattern, from, to) = ("2011-##".to_owned(), "2011-01".to_owned(), "2011-99".to_owned());
        let sequence = Sequence { pattern: pattern.clone(), from, to, all, missing, examples: Vec::new() };
        let mut stock = Stock { sequences: vec![sequence], ..Stock::default() };
        if stands {
            stock.standing.insert((RULE.id.into(), pattern), 1);
        }
        !across(&stock).is_empty()
    }

    /// One of twenty numbers is missing; of nineteen nothing is said, nor where two of thirty-nine are, and of forty they are. One in ten
    /// is enough for a finding that stands.
    #[test]
    fn one_number_of_twenty_is_a_gap() {
        assert_eq!([found(19, 1, false), found(20, 1, false), found(21, 1, false)], [false, true, true]);
        assert_eq!([found(39, 2, false), found(40, 2, false), found(41, 2, false)], [false, true, true]);
        assert_eq!(
            [found(20, 0, false), found(20, 2, false), found(20, 2, true), found(20, 3, true)],
            [false, false, true, false]
        );
        assert_eq!([found(19, 1, true), found(29, 3, true), found(30, 3, true)], [false, false, true]);
    }
}
