//! Cards that running clocks have still to give, and that would not come, or only later, or hang on rows to come, by what is to judge.

use super::{Effect, KEPT, Moved};
use crate::domain::plan::{Awaited, Preview, Why};
use crate::domain::text::{Text, say};

impl Effect {
    /// Adds what a case would lose. A case of which a card moves now counts for that, and not once more for cards that are counted
    /// otherwise. `named`: the name of a clock by its key.
    pub(super) fn forgo(&mut self, number: &str, preview: &Preview, named: impl Fn(&str) -> Text) {
        let Some(lost) = &preview.lost else { return };
        let (count, then) = match lost.why {
            Why::Dropped | Why::Later | Why::Crept | Why::WayOut if !preview.cards.is_empty() => return,
            Why::NotSupervised => (&mut self.unsupervised, say!("effect-no_supervision")),
            Why::Review => (&mut self.unissued, say!("effect-after_review")),
            Why::Off => (&mut self.unissued, Text::default()),
            Why::Dropped => (&mut self.dropped, Text::default()),
            Why::Later => (&mut self.put_off, Text::default()),
            Why::Crept => (&mut self.crept, Text::default()),
            Why::WayOut => (&mut self.ways_out, say!("effect-rows_to_come")),
        };
        *count += 1;
        for Awaited { clock, card, days } in lost.cards.iter().take(KEPT.saturating_sub(self.first.len())) {
            let card = || card.text();
            let (before, after) = match days {
                Some((day, after)) => {
                    let before = match lost.why {
                        Why::Crept => say!("effect-from_adopted", card = card(), day),
                        _ => say!("effect-from", card = card(), day),
                    };
                    (before, say!("effect-from", card = card(), day = after))
                }
                None => (say!("effect-to_come", card = card()), then.clone()),
            };
            self.first.push(Moved { case: number.to_owned(), what: named(clock), before, after });
        }
    }

    /// Cases of which cards would not come, or later, or could by rows to come, each for one.
    pub(super) fn forgone(&self) -> u64 {
        self.unsupervised + self.unissued + self.dropped + self.put_off + self.crept + self.ways_out
    }

    /// That they would not come, or later, a sentence for each reason.
    pub(super) fn forgone_words(&self) -> impl Iterator<Item = Text> {
        let Self { unsupervised, unissued, dropped, put_off, crept, ways_out, .. } = *self;
        let words = |count: u64, words: fn(u64) -> Text| (count > 0).then(|| words(count));
        [
            words(unsupervised, |count| say!("effect-unsupervised", count)),
            words(unissued, |count| say!("effect-unissued", count)),
            words(dropped, |count| say!("effect-dropped", count)),
            words(put_off, |count| say!("effect-put_off", count)),
            words(crept, |count| say!("effect-crept", count)),
            words(ways_out, |count| say!("effect-ways_out", count)),
        ]
        .into_iter()
        .flatten()
    }
}
