//! The page of a case for programs.

use serde_json::{Value, json};

use super::page::Case;
use crate::domain::card::Card;
use crate::domain::clock::Reading;
use crate::domain::count::Step;

impl Case<'_> {
    /// The page as data.
    pub fn data(&self, only: Option<&str>) -> Value {
        let words = |steps: Vec<Step>| steps.iter().map(|step| self.words(step.text())).collect::<Vec<_>>();
        let clock = |clock: &Reading<'_>| {
            json!({
                "clock": clock.key(),
                "state": clock.state.word(),
                "limit": clock.limit.to_string(),
                "basis": clock.basis,
                "started_at": clock.started.map(|at| at.to_string()),
                "stopped_at": clock.stopped.map(|(at, _)| at.to_string()),
                "deemed_accepted_by": clock.deemed.map(|rule| &rule.basis),
                "due_at": clock.due.map(|due| due.at.to_string()),
                "provisional": clock.due.is_some_and(|due| due.provisional),
                "earliest_due_at": clock.doubt.as_ref().map(|it| it.earliest.at.to_string()),
                "doubts": clock.doubt.as_ref().map(|it| {
                    it.reasons.iter().map(|reason| self.words(reason.text())).collect::<Vec<_>>()
                }),
                "card": clock.card.map(Card::word),
                "calendar": clock.calendar.version(),
                "steps": words(self.steps(clock)),
                "strict_steps": clock.doubt.as_ref().map(|doubt| words(self.strict_steps(clock, doubt))),
            })
        };
        let clocks: Vec<_> = self.clocks(only).iter().map(clock).collect();
        json!({
            "as_of": self.now.instant.to_rfc3339(),
            "reproduced": self.reproduced,
            "policy": self.policy.version,
            "cards": self.policy.cards.name,
            "calendar": self.policy.calendar.version(),
            "story": self.story,
            "clocks": clocks,
            "pending_withdrawal": self.disputes_data(),
        })
    }
}
