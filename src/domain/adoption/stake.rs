//! What rests on a source that is to be read by another mapping, or to be watched less closely.

use serde::{Deserialize, Serialize};

use super::Trial;
use crate::domain::plan::Preview;
use crate::domain::text::{Text, say};

/// What rests on the records of a source that is to be read by another mapping, where it is not known what becomes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtStake {
    /// The source.
    pub source: String,
    /// Its cases, closed ones among them: all are read again. Of a source that was read for trial, those on which nothing moves:
    /// rows to come may say something else of them.
    pub cases: u64,
    /// Those among them that have an open card.
    pub with_cards: u64,
    /// Its rows in quarantine that the mapping may let in.
    pub set_aside: u64,
    /// Open findings that rest on evidence.
    pub evidence: u64,
    /// Its cases that are not closed, where it is to be watched less closely, or cards are to wait for its deliveries.
    #[serde(default)]
    pub unwatched: u64,
    /// Of the former and of the latter those that are counted by what moves on them: a case counts once.
    #[serde(default)]
    pub counted: Counted,
    /// What a reading for trial showed; `None`: there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial: Option<Trial>,
    /// Why it could not be read for trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub untried: Option<Text>,
}

/// Cases of a source that are counted by what moves on them, or would no longer come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// All of them.
    pub cases: u64,
    /// Those that are not closed.
    pub not_closed: u64,
}

/// How a mapping reads the rows that are still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsToCome {
    /// As the one before.
    AsBefore,
    /// It may make something else of them.
    Otherwise,
}

impl Counted {
    /// Notes what would become of a case that is closed.
    pub fn note_closed(&mut self, preview: &Preview) {
        self.cases += u64::from(preview.counts());
    }

    /// Notes what would become of a case that is not.
    pub fn note_open(&mut self, preview: &Preview) {
        self.not_closed += u64::from(preview.counts());
        self.note_closed(preview);
    }
}

impl AtStake {
    /// How many cards it may move besides those that are counted one by one, each case and each row for one.
    pub fn most(&self) -> u64 {
        let cases = self.cases.saturating_sub(self.counted.cases);
        cases.max(self.unwatched.saturating_sub(self.counted.not_closed)) + self.set_aside + self.evidence
    }

    /// Whether anything rests on it, counted otherwise or not.
    pub(super) fn is_any(&self) -> bool {
        self.trial.is_some() || self.cases + self.unwatched + self.set_aside + self.evidence > 0
    }

    /// Puts in what a reading for trial showed: cases of which something moves are counted by that. Where rows to come are read
    /// as before, nothing else is at stake. Rows that were set aside were read with the others, but for those of evidence.
    pub fn tried(self, trial: Trial, to_come: RowsToCome, set_aside: u64) -> Self {
        let counted = Counted { cases: 0, ..self.counted };
        let left = |all: u64, moved: u64| match to_come {
            RowsToCome::AsBefore => 0,
            RowsToCome::Otherwise => all.saturating_sub(moved),
        };
        let cases = left(self.cases, trial.moved);
        let with_cards = left(self.with_cards, trial.moved_with_cards).min(cases);
        Self { cases, with_cards, set_aside, counted, trial: Some(trial), ..self }
    }

    /// What rests on it, a sentence for each reason.
    pub(super) fn words(&self) -> impl Iterator<Item = Text> {
        let remapped = (self.trial.is_some() || self.cases + self.set_aside + self.evidence > 0)
            .then(|| self.remapped());
        let Self { source, unwatched, .. } = self;
        let unwatched = (*unwatched > 0).then(|| say!("stake-unwatched", source, cases = *unwatched));
        remapped.into_iter().chain(unwatched)
    }

    fn remapped(&self) -> Text {
        let Self { source, cases, with_cards, set_aside, evidence, trial, untried, .. } = self;
        let cases = (*cases > 0).then(|| say!("stake-cases", cases = *cases, with_cards = *with_cards));
        let set_aside = (*set_aside > 0).then(|| say!("stake-set_aside", rows = *set_aside));
        let evidence = (*evidence > 0).then(|| say!("stake-evidence", findings = *evidence));
        let parts: Vec<Text> = [cases, set_aside, evidence].into_iter().flatten().collect();
        let none = parts.is_empty();
        let what = Text::list(parts, "list-comma");
        match (trial, untried) {
            (Some(trial), _) if none => trial.words(source),
            (Some(trial), _) => say!("stake-rows_to_come", trial = trial.words(source), what),
            (None, Some(why)) => say!("stake-untried", source, why = why.clone(), what),
            (None, None) => say!("stake-remapped", source, what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::plan::DueMove;

    /// Each case counts once: by what moves on it, else for what rows to come may say, where these are read otherwise.
    #[test]
    fn a_case_that_moves_is_not_at_stake_once_more() {
        let all =
            || AtStake { source: "a".into(), cases: 6, with_cards: 2, set_aside: 3, ..AtStake::default() };
        let trial = || Trial { cases: 6, moved: 2, moved_with_cards: 1, ..Trial::default() };
        let counts = |at_stake: &AtStake| (at_stake.cases, at_stake.with_cards, at_stake.set_aside);
        assert_eq!(counts(&all().tried(trial(), RowsToCome::Otherwise, 0)), (4, 1, 0));
        assert_eq!(counts(&all().tried(trial(), RowsToCome::AsBefore, 0)), (0, 0, 0));
        assert_eq!(counts(&all().tried(trial(), RowsToCome::Otherwise, 3)), (4, 1, 3));
        assert_eq!(all().tried(trial(), RowsToCome::AsBefore, 0).most(), 0);
    }

    /// Of six cases of a source, two of them closed, that is watched less closely and whose mapping could not be tried: none, one, all
    /// that are not closed, and all are counted by what moves on them, and stand there all the same.
    #[test]
    fn a_case_that_is_counted_by_its_card_is_not_counted_by_its_source() {
        let most = |cases: u64, unwatched: u64, counted: (u64, u64)| {
            let counted = Counted { cases: counted.0, not_closed: counted.1 };
            let at_stake = AtStake { cases, unwatched, counted, ..AtStake::default() };
            assert!(at_stake.is_any());
            at_stake.most()
        };
        assert_eq!([(0, 0), (1, 1), (4, 4), (6, 4)].map(|counted| most(6, 4, counted)), [6, 5, 2, 0]);
        assert_eq!([(0, 0), (1, 1), (4, 4), (5, 4)].map(|counted| most(0, 4, counted)), [4, 3, 0, 0]);
        // Closed cases that move leave those that are not closed at stake.
        assert_eq!([(1, 0), (2, 0)].map(|counted| most(0, 4, counted)), [4, 4]);
    }

    /// What was tried has its cases counted already, and those that are not closed are watched less closely all the same.
    #[test]
    fn what_was_tried_is_taken_away_once() {
        let counted = Counted { cases: 2, not_closed: 1 };
        let all = || AtStake { cases: 6, unwatched: 4, counted, ..AtStake::default() };
        let trial = || Trial { cases: 6, moved: 2, ..Trial::default() };
        assert_eq!(
            [RowsToCome::Otherwise, RowsToCome::AsBefore].map(|rows| all().tried(trial(), rows, 0).most()),
            [4, 3]
        );
    }

    /// A card that moves and one that would not come count their case; a due day alone does not.
    #[test]
    fn a_case_is_counted_by_a_card_that_moves_or_would_not_come() {
        use crate::domain::plan::{CardMove, Lost, Why};
        let nothing = || Preview {
            moves: vec![DueMove { clock: "promise".into(), before: None, after: None }],
            cards: Vec::new(),
            lost: None,
        };
        let card = CardMove {
            rule: "time-limit".into(),
            clock: "promise".into(),
            before: None,
            after: None,
            withheld: true,
        };
        let mut counted = Counted::default();
        counted.note_open(&nothing());
        assert_eq!(counted, Counted::default());
        counted.note_closed(&Preview { cards: vec![card], ..nothing() });
        let lost = Some(Lost { why: Why::Later, cards: Vec::new() });
        counted.note_open(&Preview { lost, ..nothing() });
        assert_eq!(counted, Counted { cases: 2, not_closed: 1 });
    }
}
