//! What a change of what judges would do, in sentences.

use super::carried::left_alone;
use super::{AtStake, COUNTED_DAYS, Closes, Effect, Moved, Unreached};
use crate::domain::text::{Language, Sentence};

/// Cases that a sentence names.
const NAMED: usize = 3;

impl Effect {
    /// What else it would do or may do, besides cards that come, go and change: a sentence each.
    pub fn also(&self) -> Vec<Sentence> {
        let Self { contested, uncontested, withheld, .. } = self;
        let mut also = Vec::new();
        if contested + uncontested > 0 {
            also.push(Sentence {
                zh: format!("{contested}张转为待核撤，由监察人员决定；{uncontested}张不再待核撤"),
                en: format!(
                    "{contested} would be pending-withdrawal, for a supervisor to decide, and {uncontested} no longer"
                ),
            });
        }
        if *withheld > 0 {
            also.push(Sentence {
                zh: format!("按现行规则即将作出的{withheld}项变动将不再作出"),
                en: format!("{withheld} changes of cards that are due now would not come"),
            });
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
            let count = self.let_through;
            also.push(Sentence {
                zh: format!("近{COUNTED_DAYS}日内未经确认而生效的改动已涉及{count}张，一并计入"),
                en: format!("changes of the last {COUNTED_DAYS} days that waited for nobody moved {count} cards, which count along"),
            });
        }
        also
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
                let card = |it: &Sentence| or(it.words(Language::of(chinese)), none);
                let (what, before, after) = (what.words(Language::of(chinese)), card(before), card(after));
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
        for also in self.also() {
            zh.push_str(&format!("；{}", also.zh));
            en.push_str(&format!("; {}", also.en));
        }
        if !self.first.is_empty() {
            zh.push_str(&format!("，首批涉及{}", first(true)));
            en.push_str(&format!("; the first: {}", first(false)));
        }
        Sentence { zh, en }
    }
}
