//! What rests on a source that is to be read by another mapping.

use serde::{Deserialize, Serialize};

use crate::domain::text::Sentence;

/// What rests on the records of a source that is to be read by another mapping: what becomes of it is known only when it is
/// read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtStake {
    /// The source.
    pub source: String,
    /// Its cases, closed ones among them: all are read again.
    pub cases: u64,
    /// Those among them that have an open card.
    pub with_cards: u64,
    /// Its rows in quarantine that the mapping may let in.
    pub set_aside: u64,
    /// Open findings that rest on evidence.
    pub evidence: u64,
}

impl AtStake {
    /// How many cards it may move, each case and each row for one.
    pub(super) fn most(&self) -> u64 {
        self.cases + self.set_aside + self.evidence
    }

    /// What rests on it, in one sentence.
    pub(super) fn words(&self) -> Sentence {
        let Self { source, cases, with_cards, set_aside, evidence } = self;
        let mut words = Sentence {
            zh: format!("数据源“{source}”的映射有改动，结果须重新读取后才能得知，涉及"),
            en: format!(
                "source `{source}` is mapped differently, and what comes of it is known only when it is read: it concerns"
            ),
        };
        let mut parts = Vec::new();
        if *cases > 0 {
            parts.push((
                format!("办件{cases}件（其中有未结监察牌的{with_cards}件）"),
                format!("{cases} cases ({with_cards} with an open card)"),
            ));
        }
        if *set_aside > 0 {
            parts.push((format!("隔离记录{set_aside}条"), format!("{set_aside} rows in quarantine")));
        }
        if *evidence > 0 {
            parts.push((
                format!("依佐证作出的监察发现{evidence}项"),
                format!("{evidence} findings that rest on evidence"),
            ));
        }
        let (zh, en): (Vec<String>, Vec<String>) = parts.into_iter().unzip();
        words.zh.push_str(&zh.join("、"));
        words.en.push_str(&format!(" {}", en.join(", ")));
        words
    }
}
