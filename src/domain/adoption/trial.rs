//! A source that was read by another mapping for trial, before that is put in force.

use serde::{Deserialize, Serialize};

use crate::domain::text::Sentence;

/// How many cases a trial names.
const NAMED: usize = 3;

/// What a reading for trial showed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Rows read.
    pub rows: u64,
    /// Cases known of the source.
    pub cases: u64,
    /// Those of which the record says something else by the other mapping.
    pub differ: u64,
    /// Cases that the other mapping finds and the one in force does not.
    pub newly: u64,
    /// Cases that the one in force finds and the other does not; `None`: the source can be read no more by the one in force, and
    /// what was known of it was compared.
    pub gone: Option<u64>,
    /// Cases known of which a card would move or a card to come would be lost: they are counted one by one.
    pub moved: u64,
    /// Those among them that have an open card.
    pub moved_with_cards: u64,
    /// The first that differ, are new or gone.
    pub named: Vec<String>,
}

impl Trial {
    /// Names a case, if few are named yet.
    pub fn name(&mut self, case: &str) {
        if self.named.len() < NAMED {
            self.named.push(case.to_owned());
        }
    }

    /// What it showed, in one sentence.
    pub(super) fn words(&self, source: &str) -> Sentence {
        let Self { rows, cases, differ, newly, gone, named, .. } = self;
        let (gone_zh, gone_en) = match gone {
            Some(gone) => (format!("不再出现{gone}件"), format!("{gone} are no longer there")),
            None => (
                "（现行映射已读不出该数据源，系与台账所存比较）".to_owned(),
                "(by the mapping in force the source cannot be read any more, so what is known of it was compared)"
                    .to_owned(),
            ),
        };
        let (named_zh, named_en) = if named.is_empty() {
            (String::new(), String::new())
        } else {
            (format!("，如{}", named.join("、")), format!(", the first: {}", named.join(", ")))
        };
        Sentence {
            zh: format!(
                "数据源“{source}”的映射有改动，已按新映射试读全部{rows}行（不存入台账）：已知办件{cases}件中{differ}件读得不同，\
                 新出现{newly}件，{gone_zh}{named_zh}"
            ),
            en: format!(
                "source `{source}` is mapped differently, and all its {rows} rows were read so for trial, of which nothing was kept: \
                 of {cases} cases known {differ} are read otherwise, {newly} are new, {gone_en}{named_en}"
            ),
        }
    }
}
