//! Sources that leave the configuration, come into it or get another name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::text::Sentence;

/// A source that is no longer in the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendWindow {
    /// The source.
    pub source: String,
    /// Its cases that are not closed: nobody would judge them any more.
    pub cases: u64,
    /// Open cards of its cases.
    pub cards: u64,
}

/// A source that was not in the configuration so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    /// The source.
    pub source: String,
    /// Case numbers that it brings and that another source has brought before, by that source.
    pub known: Vec<KnownFrom>,
    /// So many rows were looked at, as it has more.
    pub first_rows: Option<u64>,
    /// Why it could not be looked at.
    pub unread: Option<Sentence>,
}

/// Case numbers that are known from another source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFrom {
    /// That source.
    pub source: String,
    /// How many numbers.
    pub cases: u64,
    /// How many of these cases have an open card.
    pub with_cards: u64,
}

/// What becomes of sources.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MovedSources {
    /// Those that leave.
    pub leaving: Vec<SendWindow>,
    /// Those that come.
    pub newcomers: Vec<Newcomer>,
    /// Those that get another name: before, then.
    pub renamed: Vec<(String, String)>,
}

impl MovedSources {
    /// How many cards it may move, each case for one.
    pub(super) fn most(&self) -> u64 {
        let known = self.newcomers.iter().flat_map(|it| &it.known);
        self.leaving.iter().map(|it| it.cases).sum::<u64>() + known.map(|it| it.cases).sum::<u64>()
    }

    /// Whether a person is to look at it, however few cases it concerns: cases would be judged by nobody or twice, or nobody knows.
    pub(super) fn waits(&self) -> bool {
        self.most() > 0 || self.newcomers.iter().any(|it| it.unread.is_some())
    }

    /// What becomes of them, a sentence each.
    pub(super) fn words(&self) -> impl Iterator<Item = Sentence> {
        let leaving = self.leaving.iter().filter(|it| it.cases + it.cards > 0).map(SendWindow::words);
        let renamed = self.renamed.iter().map(|(before, then)| Sentence {
            zh: format!("数据源“{before}”改名为“{then}”，其办件和监察牌随之转入"),
            en: format!("source `{before}` is to be called `{then}`, with all its cases and cards"),
        });
        leaving.chain(self.newcomers.iter().flat_map(Newcomer::words)).chain(renamed)
    }
}

impl SendWindow {
    fn words(&self) -> Sentence {
        let Self { source, cases, cards } = self;
        Sentence {
            zh: format!(
                "数据源“{source}”已不在配置中，其未办结的{cases}件将不再受监察，其上有未结监察牌{cards}张"
            ),
            en: format!(
                "source `{source}` is no longer configured: {cases} cases that are not closed would leave supervision, \
                 with {cards} open cards on its cases"
            ),
        }
    }
}

impl KnownFrom {
    /// Sums up cases, by source and number, of which each is known to have an open card or none.
    pub fn by_source(known: &BTreeMap<(String, String), bool>) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for ((source, _), with_card) in known {
            if found.last().is_none_or(|last| last.source != *source) {
                found.push(Self { source: source.clone(), ..Self::default() });
            }
            if let Some(last) = found.last_mut() {
                last.cases += 1;
                last.with_cards += u64::from(*with_card);
            }
        }
        found
    }
}

impl Newcomer {
    fn words(&self) -> Vec<Sentence> {
        let Self { source, known, first_rows, unread } = self;
        let read = first_rows.map(|rows| Sentence {
            zh: format!("（仅比对前{rows}行）"),
            en: format!(" (of its first {rows} rows)"),
        });
        let read = read.unwrap_or_default();
        let known = known.iter().map(|KnownFrom { source: from, cases, with_cards }| Sentence {
            zh: format!(
                "新数据源“{source}”的{cases}个办件编号{}已由数据源“{from}”报送过（其中{with_cards}件有未结监察牌），\
                 生效后将重复计件、重复发牌；如系同一数据源改名，请写明 was = \"{from}\"",
                read.zh
            ),
            en: format!(
                "{cases} case numbers of the new source `{source}`{} are already known from source `{from}` \
                 ({with_cards} with an open card), and these cases would count and get their cards twice; \
                 if it is the same source under another name, write `was = \"{from}\"`",
                read.en
            ),
        });
        let unread = unread.iter().map(|why| Sentence {
            zh: format!("新数据源“{source}”无法读取，不知其办件编号是否已由其他数据源报送过：{}", why.zh),
            en: format!(
                "the new source `{source}` cannot be read, so nobody knows whether its cases are known from another one: {}",
                why.en
            ),
        });
        let others = (self.known.is_empty() && self.unread.is_none()).then(|| Sentence {
            zh: format!("新数据源“{source}”的办件此前均未报送过{}，其监察牌须读取后才能得知", read.zh),
            en: format!(
                "no case of the new source `{source}`{} is known so far, and what cards they get is known when it is read",
                read.en
            ),
        });
        known.chain(unread).chain(others).collect()
    }
}
