//! What a person does with a card at the keyboard (督办、反馈、申诉、撤销), and what may follow what.

use chrono::{Days, NaiveDate};

use super::finding::{Event, Standing};
use super::limit::Limit;
use crate::domain::card::Card;
use crate::domain::text::{Text, say};

/// Days by which an order to finish a case is due at the latest: as long as a silence, as nobody is reminded of its card meanwhile.
pub const LONGEST_ORDER_DAYS: u64 = 90;

/// The last day on which an order to finish a case may be due that is given on a day.
pub fn latest_order(given: NaiveDate) -> NaiveDate {
    given + Days::new(LONGEST_ORDER_DAYS)
}

/// What a person does with a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardAction {
    /// 发出: what waited for a supervisor becomes a card.
    Issue,
    /// 不予发出: what waited is not issued.
    Dismiss,
    /// 反馈: the unit has answered.
    Answer,
    /// 申诉: the unit objects. It is an answer too.
    Appeal,
    /// 维持: the objection is turned down, or the card does not fall by what was entered after it had been told.
    Uphold,
    /// 撤销: the card is withdrawn, and counted apart.
    Revoke,
    /// 督办: the case is to be finished within a time of its own; failing that is a red card.
    Order(Limit),
}

/// What is known of a finding when somebody does something with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Where it stands.
    pub standing: Standing,
    /// Its card.
    pub card: Card,
    /// An objection waits for a decision.
    pub appealed: bool,
    /// An order to finish runs that the one to be entered does not end sooner.
    pub ordered: bool,
    /// It is on our own running, and nobody's card.
    pub own: bool,
    /// A supervisor is asked whether it falls by what was entered after it had been told.
    pub contested: bool,
}

impl CardAction {
    /// The event that it is.
    pub fn event(&self) -> Event {
        match self {
            Self::Issue => Event::Issued,
            Self::Dismiss => Event::Dismissed,
            Self::Answer => Event::Answered,
            Self::Appeal => Event::Appealed,
            Self::Uphold => Event::Upheld,
            Self::Revoke => Event::Revoked,
            Self::Order(_) => Event::Ordered,
        }
    }

    /// Whether it may be done.
    ///
    /// # Errors
    /// A sentence that says why not, and what may be done instead.
    pub fn allowed(&self, held: Held) -> Result<(), Text> {
        let pending = held.standing == Standing::Pending;
        if held.own {
            return Err(say!("refusal-own"));
        }
        if held.standing == Standing::Revoked {
            return Err(say!("refusal-revoked"));
        }
        match self {
            Self::Issue | Self::Dismiss if !pending => Err(say!("refusal-not_pending")),
            Self::Issue | Self::Dismiss => Ok(()),
            _ if pending => Err(say!("refusal-pending")),
            Self::Appeal if held.card == Card::Notice && held.standing == Standing::Resolved => {
                Err(say!("refusal-notice_over"))
            }
            Self::Appeal if held.appealed => Err(say!("refusal-appealed")),
            Self::Uphold if !held.appealed && !held.contested => Err(say!("refusal-nothing_to_decide")),
            Self::Order(_) if held.standing != Standing::Open => Err(say!("refusal-over")),
            Self::Order(_) if held.ordered => Err(say!("refusal-ordered")),
            Self::Answer | Self::Appeal | Self::Uphold | Self::Revoke | Self::Order(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Held = Held {
        standing: Standing::Open,
        card: Card::Yellow,
        appealed: false,
        ordered: false,
        own: false,
        contested: false,
    };

    fn order() -> CardAction {
        CardAction::Order("5wd".parse().unwrap())
    }

    /// As long as a silence.
    #[test]
    fn an_order_has_a_longest_time() {
        let given = "2011-10-10".parse().unwrap();
        assert_eq!(latest_order(given).to_string(), "2012-01-08");
    }

    /// R7: what waits for a supervisor is nobody's card yet; what was withdrawn does not come back.
    #[test]
    fn a_card_lives_in_order() {
        let pending = Held { standing: Standing::Pending, ..OPEN };
        let revoked = Held { standing: Standing::Revoked, ..OPEN };
        let late = Held { standing: Standing::Resolved, ..OPEN };
        for action in [CardAction::Answer, CardAction::Appeal, CardAction::Revoke, order()] {
            assert!(action.allowed(OPEN).is_ok(), "{action:?}");
            assert!(action.allowed(pending).is_err() && action.allowed(revoked).is_err(), "{action:?}");
        }
        for action in [CardAction::Issue, CardAction::Dismiss] {
            assert!(action.allowed(pending).is_ok() && action.allowed(OPEN).is_err(), "{action:?}");
        }
        assert!(CardAction::Answer.allowed(late).is_ok(), "what was closed late is answered for too");
        assert!(order().allowed(late).is_err());
        assert!(order().allowed(Held { ordered: true, ..OPEN }).is_err());
        let appealed = Held { appealed: true, ..OPEN };
        assert!(CardAction::Uphold.allowed(appealed).is_ok() && CardAction::Uphold.allowed(OPEN).is_err());
        assert!(CardAction::Appeal.allowed(appealed).is_err());
        let over = Held { card: Card::Notice, ..late };
        assert!(CardAction::Appeal.allowed(late).is_ok() && CardAction::Appeal.allowed(over).is_err());
        assert!(CardAction::Revoke.allowed(Held { own: true, ..OPEN }).is_err());
    }
}
