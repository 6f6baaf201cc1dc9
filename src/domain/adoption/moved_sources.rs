//! Sources that leave the configuration, come into it or get another name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::text::{Text, say};

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
    pub unread: Option<Text>,
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
    pub(super) fn words(&self) -> impl Iterator<Item = Text> {
        let leaving = self.leaving.iter().filter(|it| it.cases + it.cards > 0).map(SendWindow::words);
        let renamed = self.renamed.iter().map(|(before, then)| say!("sources-renamed", before, then));
        leaving.chain(self.newcomers.iter().flat_map(Newcomer::words)).chain(renamed)
    }
}

impl SendWindow {
    fn words(&self) -> Text {
        let Self { source, cases, cards } = self;
        say!("sources-leaving", source, cases = *cases, cards = *cards)
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
    fn words(&self) -> Vec<Text> {
        let Self { source, known, first_rows, unread } = self;
        let read = || first_rows.map_or_else(Text::default, |rows| say!("sources-first_rows", rows));
        let known = known.iter().map(|KnownFrom { source: from, cases, with_cards }| {
            let (cases, with_cards) = (*cases, *with_cards);
            say!("sources-known", source, cases, read = read(), from, with_cards)
        });
        let unread = unread.iter().map(|why| say!("sources-unread", source, why = why.clone()));
        let others = (self.known.is_empty() && self.unread.is_none())
            .then(|| say!("sources-unknown", source, read = read()));
        known.chain(unread).chain(others).collect()
    }
}
