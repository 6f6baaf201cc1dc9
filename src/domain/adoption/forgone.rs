//! Cards that running clocks have still to give, and that would not come by what is to judge.

use super::{Effect, KEPT, Moved};
use crate::domain::plan::{Lost, Why};
use crate::domain::text::Sentence;

impl Effect {
    /// Adds what a case would lose. `named`: the name of a clock by its key.
    pub(super) fn forgo(&mut self, number: &str, lost: Option<&Lost>, named: impl Fn(&str) -> Sentence) {
        let Some(Lost { why, clocks }) = lost else { return };
        let (count, (zh, en)) = match why {
            Why::NotSupervised => (&mut self.unsupervised, ("不再监察", "no longer supervised")),
            Why::Review => (&mut self.unissued, ("须审核后发出", "only after review")),
            Why::Off => (&mut self.unissued, ("", "")),
        };
        *count += 1;
        for (clock, card) in clocks.iter().take(KEPT.saturating_sub(self.first.len())) {
            let before = Sentence {
                zh: format!("{}（尚未到期）", card.zh()),
                en: format!("{card} (still to come)"),
            };
            let after = Sentence { zh: zh.into(), en: en.into() };
            self.first.push(Moved { case: number.to_owned(), what: named(clock), before, after });
        }
    }

    /// Cases of which cards would not come, each for one.
    pub(super) fn forgone(&self) -> u64 {
        self.unsupervised + self.unissued
    }

    /// That they would not come, a sentence for each reason.
    pub(super) fn forgone_words(&self) -> impl Iterator<Item = Sentence> {
        let Self { unsupervised, unissued, .. } = self;
        let unsupervised = (*unsupervised > 0).then(|| Sentence {
            zh: format!("{unsupervised}件在办件将不再受监察，其计时此后到期不再发牌"),
            en: format!(
                "{unsupervised} cases would no longer be supervised, and what their running clocks have still to give would not come"
            ),
        });
        let unissued = (*unissued > 0).then(|| Sentence {
            zh: format!("{unissued}件在办件的计时此后到期，监察牌不再自动发出"),
            en: format!(
                "{unissued} cases have running clocks whose cards would no longer be issued when they are due"
            ),
        });
        unsupervised.into_iter().chain(unissued)
    }
}
