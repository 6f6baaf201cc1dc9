use super::*;

fn above(text: &str) -> ReviewAbove {
    text.parse().unwrap()
}

fn moving(raised: u64, withdrawn: u64, open: u64) -> Effect {
    Effect { raised, withdrawn, open, ..Effect::default() }
}

/// "More than a setting, default 5 cards or 5 %, whichever is more": 4, 5 and 6 of 100; 9, 10 and 11 of 200.
#[test]
fn more_than_five_cards_and_more_than_five_percent_wait() {
    let default = ReviewAbove::default();
    assert_eq!(default, above("5 or 5%"));
    let waits = |moved, open| moving(0, moved, open).waits(default, default);
    assert_eq!([4, 5, 6].map(|moved| waits(moved, 100)), [false, false, true]);
    assert_eq!([9, 10, 11].map(|moved| waits(moved, 200)), [false, false, true]);
    assert_eq!([5, 6].map(|moved| waits(moved, 0)), [false, true], "no share of nothing");
    // 5 % of 119 is 5.95: six are more.
    assert_eq!([(6, 119), (6, 120)].map(|(moved, open)| waits(moved, open)), [true, false]);
}

/// Whatever way a card moves, it counts.
#[test]
fn raised_withdrawn_higher_and_lower_count_alike() {
    let default = ReviewAbove::default();
    let effect = Effect { higher: 2, lower: 1, ..moving(1, 1, 100) };
    assert_eq!((effect.moved(), effect.waits(default, default)), (5, false));
    let effect = Effect { lower: 2, ..effect };
    assert!(effect.waits(default, default));
}

/// Small steps add up: what passed without a person's leave in the last days counts along, and what moves nothing passes.
#[test]
fn what_was_let_through_counts_along() {
    let default = ReviewAbove::default();
    let after = |let_through, moved| Effect { let_through, ..moving(0, moved, 20) }.waits(default, default);
    assert_eq!([after(3, 1), after(3, 2), after(3, 3)], [false, false, true]);
    assert_eq!([after(5, 0), after(5, 1), after(60, 0)], [false, true, false]);
}

/// Whoever has the file raises the bound in the same edit, or in one before it: the bound in force decides, and a laxer
/// one is itself for a person to adopt. A stricter one is not.
#[test]
fn the_bound_in_force_decides_on_a_laxer_one() {
    let (default, lax) = (ReviewAbove::default(), above("5 or 100%"));
    assert!(moving(0, 64, 64).waits(default, lax));
    assert!(moving(0, 0, 64).waits(default, lax));
    assert!(!moving(0, 0, 64).waits(default, above("4 or 5%")));
    assert!(!moving(0, 5, 64).waits(default, above("0")), "the old bound lets five pass once more");
    assert!(moving(0, 1, 64).waits(above("0"), above("0")));
}

#[test]
fn a_bound_is_a_number_a_share_or_both() {
    for (text, cards, percent) in [("5", 5, 0), ("5%", 0, 5), ("10 or 2%", 10, 2), ("0", 0, 0)] {
        assert_eq!(above(text), ReviewAbove { cards, percent }, "{text}");
        assert_eq!(above(text).to_string(), text);
    }
    for text in ["", "five", "-1", "101%", "5% or 5", "5 or", "5 or 5"] {
        assert!(text.parse::<ReviewAbove>().is_err(), "{text}");
    }
}

fn stand(card: Card, contested: bool, standing: Standing) -> Option<Stand> {
    Some(Stand { card, standing, contested })
}

/// A card that is asked of, and one that is asked of no more, count as that, where the card stays as high; what goes, comes, rises and falls
/// besides counts as that.
#[test]
fn a_card_counts_by_what_becomes_of_it() {
    use Card::{Red, Yellow};
    use Standing::{Open, Resolved};
    let counted = |before, after| {
        let mut effect = Effect::default();
        effect.count(before, after);
        let Effect { raised, withdrawn, higher, lower, contested, uncontested, .. } = effect;
        let all = [raised, withdrawn, higher, lower, contested, uncontested];
        assert_eq!(all.iter().sum::<u64>(), 1);
        all.iter().position(|count| *count == 1)
    };
    assert_eq!(counted(None, stand(Yellow, false, Open)), Some(0));
    assert_eq!(counted(stand(Yellow, false, Resolved), stand(Yellow, false, Open)), Some(0));
    assert_eq!(counted(stand(Yellow, false, Open), None), Some(1));
    assert_eq!(counted(stand(Yellow, false, Open), stand(Yellow, false, Resolved)), Some(1));
    assert_eq!(counted(stand(Yellow, false, Open), stand(Red, false, Open)), Some(2));
    assert_eq!(counted(stand(Red, false, Open), stand(Yellow, false, Open)), Some(3));
    assert_eq!(counted(stand(Yellow, false, Open), stand(Yellow, true, Open)), Some(4));
    assert_eq!(counted(None, stand(Yellow, true, Open)), Some(4));
    assert_eq!(counted(stand(Yellow, true, Open), stand(Yellow, false, Open)), Some(5));
    assert_eq!(counted(stand(Yellow, true, Open), stand(Red, false, Open)), Some(2));
    assert_eq!(counted(stand(Red, true, Open), stand(Yellow, false, Open)), Some(3));
    assert_eq!(counted(stand(Yellow, true, Open), stand(Red, true, Open)), Some(2));
}

/// Nineteen cards are kept one by one, and twenty; of twenty-one the first twenty, of those of a case and of those of a rule.
#[test]
fn the_first_twenty_cards_are_kept() {
    let card = || CardMove {
        rule: "fee".into(),
        clock: String::new(),
        before: stand(Card::Notice, false, Standing::Open),
        after: None,
        withheld: false,
    };
    let of_case = |count: usize| {
        let mut effect = Effect::default();
        let cards = (0..count).map(|_| card()).collect();
        effect.take("A", &Preview { moves: Vec::new(), cards, lost: None }, &[]);
        (effect.withdrawn, effect.first.len())
    };
    assert_eq!([19, 20, 21].map(of_case), [(19, 19), (20, 20), (21, 20)]);
    let of_rule = |count: u64| {
        let mut effect = Effect::default();
        (0..count).for_each(|_| effect.give_up("fee", Card::Notice, "U1"));
        (effect.withdrawn, effect.first.len())
    };
    assert_eq!([19, 20, 21].map(of_rule), [(19, 19), (20, 20), (21, 20)]);
}

/// A source on which nothing rests is not named.
#[test]
fn a_source_on_which_nothing_rests_is_not_at_stake() {
    let named = |at_stake| {
        let mut effect = Effect::default();
        effect.stake(at_stake);
        effect.at_stake.len()
    };
    assert_eq!(named(AtStake::default()), 0);
    for at_stake in [
        AtStake { cases: 1, ..AtStake::default() },
        AtStake { unwatched: 1, ..AtStake::default() },
        AtStake { set_aside: 1, ..AtStake::default() },
        AtStake { evidence: 1, ..AtStake::default() },
        AtStake { trial: Some(Trial::default()), ..AtStake::default() },
    ] {
        assert_eq!(named(at_stake), 1);
    }
}

/// As many cases as are named of a trial, and no more.
#[test]
fn the_first_cases_of_a_trial_are_named() {
    let mut trial = Trial::default();
    let lengths: Vec<usize> = (0..20)
        .map(|case| {
            trial.name(&case.to_string());
            trial.named.len()
        })
        .collect();
    let most = *lengths.last().unwrap();
    assert!(
        most < 20 && lengths.iter().enumerate().all(|(at, named)| *named == most.min(at + 1)),
        "{lengths:?}"
    );
    assert_eq!(most, trial::NAMED);
}
