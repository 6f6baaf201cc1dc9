//! A card of which a supervisor is asked whether it falls (待核撤), on the page of its case.

use serde_json::{Value, json};

use super::page::{Case, ClockPart, Line};
use crate::domain::card::Card;
use crate::domain::clock::Reading;
use crate::domain::finding::Standing;
use crate::domain::plan::late::{Dispute, Said};
use crate::domain::text::{Text, say};

impl Case<'_> {
    /// The question that stands behind a clock.
    pub(super) fn dispute_of(&self, clock: &Reading<'_>) -> Option<&Dispute> {
        self.disputes.iter().find(|dispute| clock.has_key(&dispute.clock))
    }

    /// 待核撤, as the state of a clock.
    pub(super) fn waits(&self) -> String {
        self.words(Standing::PendingWithdrawal.text())
    }

    /// When the card was told and on what it rests, what was on record then and what is now.
    pub(super) fn disputed(&self, dispute: &Dispute) -> Vec<Line> {
        let (card, told) = (dispute.card.text(), dispute.told.to_the_minute());
        let waits = say!("explain-withdrawal_waits", card, told);
        let mut lines = vec![self.line(say!("explain-withdrawal"), waits)];
        if let Some(counted) = &dispute.rests_on {
            lines.push(self.line(say!("explain-rests_on"), counted.text()));
        }
        for fact in &dispute.facts {
            let before = fact.before.as_ref().map_or_else(|| say!("explain-record_none"), on_record);
            lines.push(self.line(say!("explain-record_then"), before));
            lines.push(self.line(say!("explain-record_now"), on_record(&fact.after)));
        }
        lines.push(self.line(say!("explain-gives"), dispute.now.clone()));
        lines
    }

    /// The questions whose clock no longer runs by the record as it is.
    pub(super) fn disputed_alone(&self, clocks: &[Reading<'_>]) -> Vec<ClockPart> {
        let alone = |dispute: &&Dispute| !clocks.iter().any(|clock| clock.has_key(&dispute.clock));
        let part = |dispute: &Dispute| ClockPart {
            name: self.clock_name(&dispute.clock),
            limit: dispute.rests_on.as_ref().map(|it| self.words(it.limit.text())).unwrap_or_default(),
            state: self.waits(),
            card: Some(self.words(dispute.card.text())),
            colour: colour(dispute.card),
            lines: self.disputed(dispute),
            warnings: vec![self.words(to_decide(dispute))],
            steps: Vec::new(),
        };
        self.disputes.iter().filter(alone).map(part).collect()
    }

    /// The questions for programs.
    pub(super) fn disputes_data(&self) -> Vec<Value> {
        let said = |said: &Said| {
            let words = said.words.as_ref().map(|words| words.words(self.language));
            json!({ "words": words, "entered": said.entry.words(self.language) })
        };
        let one = |dispute: &Dispute| {
            let facts = dispute.facts.iter();
            let facts =
                facts.map(|it| json!({ "then": it.before.as_ref().map(said), "now": said(&it.after) }));
            json!({
                "finding": dispute.finding,
                "clock": dispute.clock,
                "card": dispute.card.word(),
                "told_at": dispute.told.to_string(),
                "due_at": dispute.rests_on.as_ref().map(|it| it.due.to_string()),
                "counted": dispute.rests_on.as_ref().and_then(|it| it.days),
                "facts": facts.collect::<Vec<_>>(),
                "by_the_record_now": dispute.now.words(self.language),
            })
        };
        self.disputes.iter().map(one).collect()
    }
}

/// What a supervisor is to do.
pub(super) fn to_decide(dispute: &Dispute) -> Text {
    say!("explain-decide", finding = dispute.finding)
}

fn on_record(said: &Said) -> Text {
    let entry = said.entry.clone();
    match said.words.clone() {
        Some(words) => say!("explain-record_entered", words, entry),
        None => say!("explain-record_gone", entry),
    }
}

/// The colour of a card on the page.
pub(super) fn colour(card: Card) -> &'static str {
    ["#1565c0", "#a86500", "#b00020"][card as usize]
}
