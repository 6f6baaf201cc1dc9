//! A change of what judges: what it would do to the open cards, and whether it waits until a person adopts it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::finding::Card;
use super::plan::Preview;
use super::policy::Policy;
use super::registry::as_text;
use super::rules::{self, Sentence, time_limit::short};

/// Version of the judging code, a part of every policy's version: it is raised whenever the same policy gives other due
/// dates or cards than before, so that an upgrade is a change like any other. A ledger from before it was kept has 0.
pub const JUDGING: u32 = 1;

/// How many of the open cards a change may move without a person's leave: the larger of a number and a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewAbove {
    /// So many cards.
    pub cards: u32,
    /// So many in a hundred of those open.
    pub percent: u32,
}

impl Default for ReviewAbove {
    fn default() -> Self {
        Self { cards: 5, percent: 5 }
    }
}

impl ReviewAbove {
    /// Whether so many moves of so many open cards need nobody's leave.
    pub fn allows(self, moved: u64, open: u64) -> bool {
        moved <= u64::from(self.cards) || moved * 100 <= u64::from(self.percent) * open
    }

    /// Whether it lets more pass than another.
    fn is_laxer_than(self, other: Self) -> bool {
        self.cards > other.cards || self.percent > other.percent
    }
}

/// As it is configured: `5 or 5%`.
impl fmt::Display for ReviewAbove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.cards, self.percent) {
            (cards, 0) => write!(f, "{cards}"),
            (0, percent) => write!(f, "{percent}%"),
            (cards, percent) => write!(f, "{cards} or {percent}%"),
        }
    }
}

as_text!(ReviewAbove);

/// `5`, `5%`, or both: `5 or 5%`.
impl FromStr for ReviewAbove {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let share = |text: &str| number(text.trim().strip_suffix('%')?).filter(|share| *share <= 100);
        let both = |(cards, percent): (&str, &str)| number(cards).zip(share(percent));
        let read = number(text).map(|cards| (cards, 0)).or_else(|| share(text).map(|percent| (0, percent)));
        let (cards, percent) = read.or_else(|| text.split_once(" or ").and_then(both)).ok_or_else(|| {
            format!(
                "`{text}` is no number of cards: write \"5\", \"5%\", or \"5 or 5%\" for whichever is more"
            )
        })?;
        Ok(Self { cards, percent })
    }
}

/// One card that would come, go or change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The case's number.
    pub case: String,
    /// Name of the clock or rule.
    pub what: Sentence,
    /// Its card or due day now; empty: none.
    pub before: Sentence,
    /// What it would be; empty: none.
    pub after: Sentence,
}

/// What a change of what judges would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Cases looked at.
    pub cases: u64,
    /// Cards open now.
    pub open: u64,
    /// Cards that would be given.
    pub raised: u64,
    /// Cards that would be taken back, those of rules over many cases among them.
    pub withdrawn: u64,
    /// Cards that would become graver.
    pub higher: u64,
    /// Cards that would become milder.
    pub lower: u64,
    /// By card, notice first: how many would appear, how many would be gone.
    pub by_card: [[u64; 2]; 3],
    /// Cases of which a due date would move.
    pub due_moved: u64,
    /// The first cards that would move.
    pub first: Vec<Moved>,
    /// The first due dates that would move.
    pub first_due: Vec<Moved>,
}

/// Cards and due dates that are kept one by one.
const KEPT: usize = 20;
/// Cases that a sentence names.
const NAMED: usize = 3;

impl Effect {
    /// Adds what would become of a case. `names`: what names its clocks, the policy in force first.
    pub fn take(&mut self, number: &str, preview: &Preview, names: &[&Policy]) {
        let name = |key: &str, chinese: bool| {
            let known = names.iter().find_map(|policy| policy.clock(key, None, None));
            known.map_or_else(|| key.to_owned(), |rule| rule.name_of(key, chinese))
        };
        let named = |key: &str| Sentence { zh: name(key, true), en: name(key, false) };
        self.cases += 1;
        self.due_moved += u64::from(!preview.moves.is_empty());
        for (key, before, after) in preview.moves.iter().take(KEPT.saturating_sub(self.first_due.len())) {
            let day = |day: &Option<_>| day.map(|day| same(&short(day))).unwrap_or_default();
            let (what, before, after) = (named(key), day(before), day(after));
            self.first_due.push(Moved { case: number.to_owned(), what, before, after });
        }
        for (rule, clock, before, after) in &preview.cards {
            match (before, after) {
                (None, _) => self.raised += 1,
                (_, None) => self.withdrawn += 1,
                (before, after) if after > before => self.higher += 1,
                _ => self.lower += 1,
            }
            for (at, card) in [after, before].into_iter().enumerate() {
                card.iter().for_each(|card| self.by_card[*card as usize][at] += 1);
            }
            if self.first.len() < KEPT {
                let of_rule =
                    || Sentence { zh: rules::name(rule, true).into(), en: rules::name(rule, false).into() };
                let what = if clock.is_empty() { of_rule() } else { named(clock) };
                let card = |card: &Option<Card>| {
                    let words = |card: Card| Sentence { zh: card.zh().into(), en: card.word().into() };
                    card.map(words).unwrap_or_default()
                };
                let (before, after) = (card(before), card(after));
                self.first.push(Moved { case: number.to_owned(), what, before, after });
            }
        }
    }

    /// Adds open findings over many cases that a rule gives up.
    pub fn give_up(&mut self, rule: &str, card: Card, subject: &str) {
        self.withdrawn += 1;
        self.by_card[card as usize][1] += 1;
        if self.first.len() < KEPT {
            let what = Sentence { zh: rules::name(rule, true).into(), en: rules::name(rule, false).into() };
            let before = Sentence { zh: card.zh().into(), en: card.word().into() };
            self.first.push(Moved { case: subject.to_owned(), what, before, after: Sentence::default() });
        }
    }

    /// How many cards would move.
    pub fn moved(&self) -> u64 {
        self.raised + self.withdrawn + self.higher + self.lower
    }

    /// Whether it waits for a person: it would move more than the setting in force so far lets pass, or makes that setting
    /// laxer, for what may pass unseen is not for the file alone to say.
    pub fn waits(&self, in_force: ReviewAbove, to_come: ReviewAbove) -> bool {
        to_come.is_laxer_than(in_force) || !in_force.allows(self.moved(), self.open)
    }

    /// What it would do, in one sentence.
    pub fn words(&self) -> Sentence {
        let Self { open, raised, withdrawn, higher, lower, due_moved, .. } = self;
        let first = |chinese: bool| {
            let one = |moved: &Moved| {
                let or =
                    |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
                let Moved { case, what, before, after } = moved;
                let none = if chinese { "无" } else { "none" };
                let card = |it: &Sentence| or(it.words(chinese), none);
                let (what, before, after) = (what.words(chinese), card(before), card(after));
                if chinese {
                    format!("{case}（{what}：{before}→{after}）")
                } else {
                    format!("{case} ({what}: {before} → {after})")
                }
            };
            let named: Vec<String> = self.first.iter().take(NAMED).map(one).collect();
            named.join(if chinese { "、" } else { ", " })
        };
        let (mut zh, mut en) = (
            format!(
                "现有未结监察牌{open}张，将新增{raised}张、撤销{withdrawn}张、升级{higher}张、降级{lower}张，{due_moved}件办件的到期日变动"
            ),
            format!(
                "of {open} open cards {withdrawn} would be withdrawn, {higher} become graver and {lower} milder; {raised} would be new; \
                 due dates would move on {due_moved} cases"
            ),
        );
        if !self.first.is_empty() {
            zh.push_str(&format!("，首批涉及{}", first(true)));
            en.push_str(&format!("; the first: {}", first(false)));
        }
        Sentence { zh, en }
    }
}

fn same(text: &str) -> Sentence {
    Sentence { zh: text.to_owned(), en: text.to_owned() }
}

#[cfg(test)]
mod tests {
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
}
