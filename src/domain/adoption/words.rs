//! What a change of what judges would do, in sentences.

use super::carried::left_alone;
use super::{AtStake, COUNTED_DAYS, Closes, Effect, Moved, Unreached};
use crate::domain::text::{Text, say};

/// Cases that a sentence names.
const NAMED: usize = 3;

impl Effect {
    /// What else it would do or may do, besides cards that come, go and change: a sentence each.
    pub fn also(&self) -> Vec<Text> {
        let Self { contested, uncontested, withheld, .. } = *self;
        let mut also = Vec::new();
        if contested + uncontested > 0 {
            also.push(say!("effect-contested", contested, uncontested));
        }
        if withheld > 0 {
            also.push(say!("effect-withheld", count = withheld));
        }
        also.extend(self.forgone_words());
        also.extend(self.closes.as_ref().map(Closes::words));
        also.extend(self.unreached.as_ref().map(Unreached::words));
        if self.left_alone > 0 {
            also.push(left_alone(self.left_alone));
        }
        also.extend(self.at_stake.iter().flat_map(AtStake::words));
        also.extend(self.sources.words());
        if self.let_through > 0 && self.moved() > 0 {
            also.push(say!("effect-let_through", days = COUNTED_DAYS, count = self.let_through));
        }
        also
    }

    /// What it would do, in one sentence.
    pub fn words(&self) -> Text {
        let Self { open, raised, withdrawn, higher, lower, due_moved, .. } = *self;
        let cards = say!("effect-would", open, raised, withdrawn, higher, lower, due_moved);
        let would = Text::list(std::iter::once(cards).chain(self.also()), "list-semicolon");
        if self.first.is_empty() {
            return would;
        }
        let first = self.first.iter().take(NAMED).map(Moved::text);
        say!("effect-first", would, first = Text::list(first, "list-comma"))
    }
}

impl Moved {
    fn text(&self) -> Text {
        let Self { case, what, before, after } = self;
        let card = |card: &Text| if card.is_empty() { say!("effect-none") } else { card.clone() };
        say!("effect-one", case, what = what.clone(), before = card(before), after = card(after))
    }
}
