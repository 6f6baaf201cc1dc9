//! What becomes of a card that nobody answers, and of an order to finish (督办).

use std::cmp::Ordering;

use crate::domain::count::working_days_late;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;

/// A card that was told and has not been answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unanswered {
    /// Its row in the ledger.
    pub finding: i64,
    /// When a letter first told of it.
    pub told: Moment,
    /// When it was last reminded of.
    pub reminded: Option<Moment>,
    /// It went one level up already.
    pub raised_up: bool,
}

/// What is due of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// Its readers are reminded.
    Remind,
    /// Those one level up are told too.
    RaiseUp,
}

/// What is due of an unanswered card today, if anything.
pub fn of(card: &Unanswered, policy: &Policy, now: &Now) -> Option<Press> {
    let today = Moment::instant(now.instant);
    let since = |from: &Moment| working_days_late(&policy.calendar, policy.zone, from, &today).unwrap_or(0);
    let last = card.reminded.unwrap_or(card.told);
    if !card.raised_up && since(&card.told) >= policy.pressing.raise_up_after {
        Some(Press::RaiseUp)
    } else if since(&last) >= policy.pressing.remind_every {
        Some(Press::Remind)
    } else {
        None
    }
}

/// Whether an order to finish was kept; `None` while it runs. `over`: when the finding ended, if it did.
pub fn kept(due: Moment, over: Option<Moment>, now: &Now) -> Option<bool> {
    match over {
        Some(over) => Some(over.order(&due) != Ordering::Greater),
        None => (Moment::instant(now.instant).order(&due) == Ordering::Greater).then_some(false),
    }
}
