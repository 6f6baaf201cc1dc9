//! Cards that running clocks have still to give, and that would not come, or only later, or hang on rows to come, by what is to judge.

use super::{Effect, KEPT, Moved};
use crate::domain::plan::{Awaited, Preview, Why};
use crate::domain::text::Sentence;

impl Effect {
    /// Adds what a case would lose. A case of which a card moves now counts for that, and not once more for cards that are counted
    /// otherwise. `named`: the name of a clock by its key.
    pub(super) fn forgo(&mut self, number: &str, preview: &Preview, named: impl Fn(&str) -> Sentence) {
        let Some(lost) = &preview.lost else { return };
        let (count, (zh, en)) = match lost.why {
            Why::Dropped | Why::Later | Why::Crept | Why::WayOut if !preview.cards.is_empty() => return,
            Why::NotSupervised => (&mut self.unsupervised, ("不再监察", "no longer supervised")),
            Why::Review => (&mut self.unissued, ("须审核后发出", "only after review")),
            Why::Off => (&mut self.unissued, ("", "")),
            Why::Dropped => (&mut self.dropped, ("", "")),
            Why::Later => (&mut self.put_off, ("", "")),
            Why::Crept => (&mut self.crept, ("按上次经人确认的工作日历自", " by the calendar last adopted")),
            Why::WayOut => (&mut self.ways_out, ("视此后的记录而定", "depends on rows to come")),
        };
        *count += 1;
        for Awaited { clock, card, days } in lost.cards.iter().take(KEPT.saturating_sub(self.first.len())) {
            let (before, after) = match days {
                Some((before, after)) => {
                    let from = |day, zh: &str, en: &str| Sentence {
                        zh: format!("{}（{zh}{day}起）", card.zh()),
                        en: format!("{card} (from {day}{en})"),
                    };
                    (from(before, zh, en), from(after, "", ""))
                }
                None => {
                    let (zh_now, en_now) =
                        (format!("{}（尚未到期）", card.zh()), format!("{card} (still to come)"));
                    (Sentence { zh: zh_now, en: en_now }, Sentence { zh: zh.into(), en: en.into() })
                }
            };
            self.first.push(Moved { case: number.to_owned(), what: named(clock), before, after });
        }
    }

    /// Cases of which cards would not come, or later, or could by rows to come, each for one.
    pub(super) fn forgone(&self) -> u64 {
        self.unsupervised + self.unissued + self.dropped + self.put_off + self.crept + self.ways_out
    }

    /// That they would not come, or later, a sentence for each reason.
    pub(super) fn forgone_words(&self) -> impl Iterator<Item = Sentence> {
        let words = |count: u64, zh: &str, en: &str| {
            (count > 0).then(|| Sentence { zh: format!("{count}件{zh}"), en: format!("{count} cases {en}") })
        };
        let unsupervised = words(
            self.unsupervised,
            "在办件将不再受监察，其计时此后到期不再发牌",
            "would no longer be supervised, and what their running clocks have still to give would not come",
        );
        let unissued = words(
            self.unissued,
            "在办件的计时此后到期，监察牌不再自动发出",
            "have running clocks whose cards would no longer be issued when they are due",
        );
        let dropped = words(
            self.dropped,
            "在办件的计时此后本应发出的监察牌将不再发出",
            "have running clocks of which cards to come would never come",
        );
        let put_off = words(
            self.put_off,
            "在办件的计时此后应发的监察牌将推迟发出",
            "have running clocks of which cards to come would come later",
        );
        let crept = words(
            self.crept,
            "在办件的计时此后应发的监察牌，工作日历各次改动累计推迟的日数（自上次经人确认时起）超过一次放假所能推迟的日数",
            "have running clocks of which changes of the calendar, all of them since a person last adopted one, put cards off by more \
             than a holiday does",
        );
        let ways_out = words(
            self.ways_out,
            "在办件的计时，其停止、延长、特别程序或代码待说明的期限将从宽认定，此后的记录可使应发的监察牌不再发出或推迟发出",
            "run on clocks whose end, extension, special procedures or wait for the meaning of a code would be judged more laxly: \
             rows to come could take cards away or put them off",
        );
        [unsupervised, unissued, dropped, put_off, crept, ways_out].into_iter().flatten()
    }
}
