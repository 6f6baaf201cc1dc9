//! What waits for a supervisor's decision: whether a card falls (待核撤), and an objection (申诉). It has a day by which it is to
//! be decided, is reminded of, and goes one level up like a card that nobody answers.

use super::reminders::Reminder;
use crate::domain::days;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::text::{Text, say};

/// What is asked of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// 待核撤: whether it falls by what was entered after it had been told.
    Withdrawal,
    /// 申诉: whether the unit's objection is right.
    Objection,
}

/// A question that waits for a supervisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub asks: Asks,
    /// Since when.
    pub since: Moment,
    /// When a letter first told of it; `None`: none has left yet.
    pub told: Option<Moment>,
}

impl Question {
    /// Of a card: whether it falls goes before an objection, as deciding the one decides the other.
    pub fn of(contested: Option<Moment>, appealed: Option<Moment>, told: Option<Moment>) -> Option<Self> {
        let asked = contested.map(|since| (Asks::Withdrawal, since));
        let (asks, since) = asked.or_else(|| appealed.map(|since| (Asks::Objection, since)))?;
        Some(Self { asks, since, told })
    }

    /// By when it is to be decided, once it was told.
    pub fn decide_by(&self, policy: &Policy) -> Option<Moment> {
        policy.answer_by(self.told?)
    }

    /// Why it is pressed for: since when it waits, and until when it was to be decided.
    pub fn why(&self, press: Reminder, policy: &Policy, now: &Now) -> Text {
        let since = days::moment(self.since, now.today());
        let what = match self.asks {
            Asks::Withdrawal => say!("question-withdrawal", since),
            Asks::Objection => say!("question-objection", since),
        };
        match self.decide_by(policy).filter(|_| press == Reminder::RaiseUp) {
            Some(due) => say!("question-overdue", what, due = days::before(due, now.today())),
            None => say!("question-undecided", what),
        }
    }
}

#[cfg(test)]
mod tests;
