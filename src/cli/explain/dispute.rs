//! A card of which a supervisor is asked whether it falls (待核撤), on the page of its case.

use serde_json::{Value, json};

use super::page::{Case, ClockPart, Line};
use crate::domain::card::Card;
use crate::domain::clock::Reading;
use crate::domain::finding::Standing;
use crate::domain::plan::late::{Dispute, Said};
use crate::domain::text::Language;

impl Case<'_> {
    /// The question that stands behind a clock.
    pub(super) fn dispute_of(&self, clock: &Reading<'_>) -> Option<&Dispute> {
        self.disputes.iter().find(|dispute| clock.has_key(&dispute.clock))
    }

    /// 待核撤, as the state of a clock.
    pub(super) fn waits(&self) -> &'static str {
        let waits = Standing::PendingWithdrawal;
        if self.chinese { waits.zh() } else { waits.word() }
    }

    /// When the card was told and on what it rests, what was on record then and what is now.
    pub(super) fn disputed(&self, dispute: &Dispute) -> Vec<Line> {
        let told = dispute.told.to_the_minute();
        let card = if self.chinese { dispute.card.zh() } else { dispute.card.word() };
        let waits = if self.chinese {
            format!("{card}于 {told} 告知，其后录入的记录使其不再成立或者不再由该单位承担；核定之前照常计入")
        } else {
            format!(
                "the {card} card was told at {told}; by what was entered since it falls or is another unit's; until it is decided it counts as before"
            )
        };
        let mut lines = vec![self.line("待核撤", "withdrawal to decide", waits)];
        if let Some(counted) = &dispute.rests_on {
            lines.push(self.line("原计时", "it rests on", counted.text().words(Language::of(self.chinese))));
        }
        for fact in &dispute.facts {
            let none = || self.say("无此记录", "nothing of the kind").to_owned();
            let before = fact.before.as_ref().map_or_else(none, |said| self.on_record(said));
            lines.push(self.line("告知时的记录", "on record then", before));
            lines.push(self.line("现有记录", "on record now", self.on_record(&fact.after)));
        }
        lines.push(self.line("由此得出", "which gives", dispute.now.words(Language::of(self.chinese))));
        lines
    }

    /// What a supervisor is to do.
    pub(super) fn to_decide(&self, dispute: &Dispute) -> String {
        let number = dispute.finding;
        if self.chinese {
            format!(
                "待核撤：请核对档案后决定，维持用 jianchad card uphold {number}，撤销用 jianchad card revoke {number}，均须写明 --by 姓名 --why 理由"
            )
        } else {
            format!(
                "withdrawal to decide: compare the papers, then `jianchad card uphold {number}` if the card stands, `jianchad card revoke {number}` if it falls, each with --by NAME --why TEXT"
            )
        }
    }

    fn on_record(&self, said: &Said) -> String {
        let entry = said.entry.words(Language::of(self.chinese));
        match &said.words {
            Some(words) if self.chinese => format!("{}（{entry}）", words.zh),
            Some(words) => format!("{} ({entry})", words.en),
            None => format!("{}{entry}", self.say("已删去，", "taken out, ")),
        }
    }

    /// The questions whose clock no longer runs by the record as it is.
    pub(super) fn disputed_alone(&self, clocks: &[Reading<'_>]) -> Vec<ClockPart> {
        let alone = |dispute: &&Dispute| !clocks.iter().any(|clock| clock.has_key(&dispute.clock));
        let part = |dispute: &Dispute| ClockPart {
            name: self.clock_name(&dispute.clock),
            limit: dispute
                .rests_on
                .as_ref()
                .map(|it| it.limit.text().words(Language::of(self.chinese)))
                .unwrap_or_default(),
            state: self.waits(),
            card: Some(if self.chinese { dispute.card.zh() } else { dispute.card.word() }),
            colour: colour(dispute.card),
            lines: self.disputed(dispute),
            warnings: vec![self.to_decide(dispute)],
            steps: Vec::new(),
        };
        self.disputes.iter().filter(alone).map(part).collect()
    }

    /// The questions for programs.
    pub(super) fn disputes_data(&self) -> Vec<Value> {
        let said = |said: &Said| {
            let words = said.words.as_ref().map(|words| words.words(Language::of(self.chinese)));
            json!({ "words": words, "entered": said.entry.words(Language::of(self.chinese)) })
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
                "by_the_record_now": dispute.now.words(Language::of(self.chinese)),
            })
        };
        self.disputes.iter().map(one).collect()
    }
}

/// The colour of a card on the page.
pub(super) fn colour(card: Card) -> &'static str {
    ["#1565c0", "#a86500", "#b00020"][card as usize]
}
