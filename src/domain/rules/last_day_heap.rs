//! Closings heaped on the last day.

use super::Rule;
use crate::domain::card::{Card, Mode};
use crate::domain::rules::Across;
use crate::domain::stock::{Decided, Stock};
use crate::domain::text::say;

pub(in crate::domain) const RULE: Rule = Rule {
    id: "last-day-heap",
    meaning: "Of the cases that a unit decided within ninety days, twenty or more, half were decided on the very day they \
              were due; it passes when it is fewer than two fifths. A hint that dates are fitted to limits, or that limits are the only thing that moves work.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[],
    judge: None,
};

/// Of fewer cases nothing is said.
const ENOUGH: u64 = 20;

pub(in crate::domain) fn across(stock: &Stock) -> Vec<Across> {
    let heaped = |it: &&Decided| match stock.stands(RULE.id, &it.unit) {
        None => it.all >= ENOUGH && it.on_last_day * 2 >= it.all,
        Some(_) => it.all >= ENOUGH / 2 && it.on_last_day * 5 >= it.all * 2,
    };
    stock
        .decided
        .iter()
        .filter(heaped)
        .map(|Decided { unit, all, on_last_day }| Across {
            subject: unit.clone(),
            unit: Some(unit.clone()),
            item: None,
            weight: *on_last_day,
            why: say!("last_day_heap", all = *all, on_last_day = *on_last_day),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(all: u64, on_last_day: u64, stands: bool) -> bool {
        let mut stock =
            Stock { decided: vec![Decided { unit: "U1".into(), all, on_last_day }], ..Stock::default() };
        if stands {
            stock.standing.insert((RULE.id.into(), "U1".into()), 10);
        }
        !across(&stock).is_empty()
    }

    /// Nineteen cases, twenty; fewer than half of them, half. One that was found stands from ten cases and two fifths of them on.
    #[test]
    fn half_of_twenty_is_a_heap_and_two_fifths_of_ten_still_are() {
        assert_eq!([found(19, 19, false), found(20, 10, false), found(21, 11, false)], [false, true, true]);
        assert_eq!([found(20, 9, false), found(21, 10, false)], [false, false]);
        assert_eq!([found(9, 9, true), found(10, 4, true), found(11, 5, true)], [false, true, true]);
        assert_eq!([found(10, 3, true), found(20, 8, true), found(20, 7, true)], [false, true, false]);
    }
}
