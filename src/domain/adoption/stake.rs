//! What rests on a source that is to be read by another mapping, or to be watched less closely.

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
    /// Its cases that are not closed, where it is to be watched less closely.
    #[serde(default)]
    pub unwatched: u64,
}

impl AtStake {
    /// How many cards it may move, each case and each row for one.
    pub(super) fn most(&self) -> u64 {
        self.cases.max(self.unwatched) + self.set_aside + self.evidence
    }

    /// What rests on it, a sentence for each reason.
    pub(super) fn words(&self) -> impl Iterator<Item = Sentence> {
        let remapped = (self.cases + self.set_aside + self.evidence > 0).then(|| self.remapped());
        let Self { source, unwatched, .. } = self;
        let unwatched = (*unwatched > 0).then(|| Sentence {
            zh: format!(
                "数据源“{source}”的全量复核或中断告警将放宽（sweep_at、sweep_back、may_shrink、overdue_after），此后记录被删改或停报可能不被发现，涉及未办结办件{unwatched}件"
            ),
            en: format!(
                "source `{source}` would be watched less closely (`sweep_at`, `sweep_back`, `may_shrink`, `overdue_after`): rows that \
                 vanish, change or stay away may not be found, or only later; it concerns {unwatched} cases that are not closed"
            ),
        });
        remapped.into_iter().chain(unwatched)
    }

    fn remapped(&self) -> Sentence {
        let Self { source, cases, with_cards, set_aside, evidence, .. } = self;
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
