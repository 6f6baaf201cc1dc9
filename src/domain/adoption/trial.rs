//! A source that was read by another mapping for trial, before that is put in force.

use serde::{Deserialize, Serialize};

use crate::domain::text::{Text, say};

/// How many cases a trial names.
pub(super) const NAMED: usize = 3;

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
    pub(super) fn words(&self, source: &str) -> Text {
        let Self { rows, cases, differ, newly, gone, named, .. } = self;
        let gone = gone.map_or_else(|| say!("trial-compared"), |gone| say!("trial-gone", gone));
        let named = match &named[..] {
            [] => Text::default(),
            named => say!("trial-named", named = Text::list(named.iter().map(Text::from), "list-comma")),
        };
        let (rows, cases, differ, newly) = (*rows, *cases, *differ, *newly);
        say!("trial-read", source, rows, cases, differ, newly, gone, named)
    }
}
