//! What becomes of a card that nobody answers, and of an order to finish (督办).

use std::cmp::Ordering;

use crate::domain::count::working_days_late;
use crate::domain::days;
use crate::domain::finding::Event;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::text::{Text, say};

/// A card is reminded of so often at most.
const REMINDERS: u32 = 3;

/// A card that was told and has not been answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unanswered {
    /// Its row in the ledger.
    pub finding: i64,
    /// When a letter first told of it.
    pub told: Moment,
    /// By when that letter asked for an answer; `None`: it named no day.
    pub answer_due: Option<Moment>,
    /// When it was last reminded of.
    pub reminded: Option<Moment>,
    /// How often it was reminded of.
    pub reminders: u32,
    /// It went one level up already.
    pub raised_up: bool,
}

/// What is due of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reminder {
    /// Its readers are reminded (催办).
    Remind,
    /// Those one level up are told too (提级告知): the day by which to answer has passed.
    RaiseUp,
}

/// What is due of an unanswered card today, if anything.
pub fn of(card: &Unanswered, policy: &Policy, now: &Now) -> Option<Reminder> {
    let today = Moment::instant(now.instant);
    let since = |from: &Moment| working_days_late(&policy.calendar, policy.zone, from, &today).unwrap_or(0);
    let last = card.reminded.unwrap_or(card.told);
    let due = card.answer_due.unwrap_or(card.told);
    if !card.raised_up && since(&due) >= policy.reminders.raise_up_after {
        Some(Reminder::RaiseUp)
    } else if card.reminders < REMINDERS && since(&last) >= policy.reminders.remind_every {
        Some(Reminder::Remind)
    } else {
        None
    }
}

impl Reminder {
    /// The event that it is.
    pub fn event(self) -> Event {
        match self {
            Self::Remind => Event::Reminded,
            Self::RaiseUp => Event::Unanswered,
        }
    }

    /// Why: since when its readers know.
    pub fn why(self, card: &Unanswered, now: &Now) -> Text {
        let told = days::moment(card.told, now.today());
        match card.answer_due.filter(|_| self == Self::RaiseUp) {
            Some(due) => say!("reminder-overdue", told, due = days::before(due, now.today())),
            None => say!("reminder-unanswered", told),
        }
    }
}

/// An order to finish that has not been settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ordered {
    /// The finding's row in the ledger.
    pub finding: i64,
    /// By when it was to be finished.
    pub due: Moment,
    /// When the finding ended, if it did.
    pub over: Option<Moment>,
}

/// What became of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It was kept.
    Kept,
    /// It was not: the card becomes red.
    Failed(Text),
}

/// What became of an order; `None` while it runs.
pub fn settle(order: &Ordered, now: &Now) -> Option<Settled> {
    let due = || days::before(order.due, now.today());
    match order.over {
        Some(over) if over.order(&order.due) != Ordering::Greater => Some(Settled::Kept),
        Some(over) => {
            let over = days::moment(over, now.today());
            Some(Settled::Failed(say!("reminder-order_late", due = due(), over)))
        }
        None if Moment::instant(now.instant).order(&order.due) == Ordering::Greater => {
            Some(Settled::Failed(say!("reminder-order_open", due = due())))
        }
        None => None,
    }
}

#[cfg(test)]
mod tests;
