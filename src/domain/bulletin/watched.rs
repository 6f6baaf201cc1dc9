//! Whether somebody looked in the period of a bulletin: that it has no card, or no case, else says nothing.

use super::Bulletin;

/// Whether somebody looked in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    /// Supervision began after it: its cases are known from what was read later, and it had no cards.
    NotBegun,
    /// There was no round since it began: nothing is known of it, not even its cases.
    NotYet,
    /// There was no round in it, and there was one later: its cases are known, and it had no cards.
    NoRound,
    /// There were rounds in it.
    Yes,
}

impl Bulletin {
    /// Whether somebody looked in the period.
    pub fn watched(&self) -> Watched {
        let period = self.sums.period;
        if self.supervised_from.is_none_or(|from| from > period.to) {
            Watched::NotBegun
        } else if self.last_round_on.is_none_or(|last| last < period.from) {
            Watched::NotYet
        } else if self.round_within {
            Watched::Yes
        } else {
            Watched::NoRound
        }
    }

    /// Whether nobody looked in the whole of the period: that it has no card then says nothing.
    pub fn is_unsupervised(&self) -> bool {
        self.watched() != Watched::Yes
    }

    /// Whether nothing is known of the period yet.
    pub fn is_unread(&self) -> bool {
        self.watched() == Watched::NotYet
    }

    /// The day on which somebody began to look, where that lies within the period.
    pub fn begun_within(&self) -> Option<chrono::NaiveDate> {
        self.supervised_from.filter(|from| *from > self.sums.period.from && *from <= self.sums.period.to)
    }

    /// The last day on which somebody looked, where the period goes on after it.
    pub fn known_until(&self) -> Option<chrono::NaiveDate> {
        self.last_round_on.filter(|last| self.watched() == Watched::Yes && *last < self.sums.period.to)
    }
}
