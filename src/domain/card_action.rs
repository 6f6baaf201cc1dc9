//! What a person does with a card at the keyboard (督办、反馈、申诉、撤销), and what may follow what.

use super::finding::{Event, Standing};
use super::limit::Limit;
use crate::domain::card::Card;
use crate::domain::text::Language;

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
    /// An order to finish runs.
    pub ordered: bool,
    /// It is on our own running, and nobody's card.
    pub own: bool,
    /// A supervisor is asked whether it falls by what was entered after it had been told.
    pub contested: bool,
}

/// Why a action may not be done, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the languages' own codes")]
pub struct Refusal {
    pub zh: &'static str,
    pub en: &'static str,
}

impl Refusal {
    /// The reason in one language.
    pub fn words(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.zh,
            Language::English => self.en,
        }
    }
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
    pub fn allowed(&self, held: Held) -> Result<(), Refusal> {
        let pending = held.standing == Standing::Pending;
        if held.own {
            return Err(Refusal {
                zh: "属系统自身事项，原因消除后自行了结",
                en: "it is on jianchad's own running: it ends when its cause does",
            });
        }
        if held.standing == Standing::Revoked {
            return Err(Refusal { zh: "已经撤销，不再变更", en: "it was withdrawn, and stays so" });
        }
        match self {
            Self::Issue | Self::Dismiss if !pending => {
                Err(Refusal { zh: "不在待发之列", en: "it does not wait for a supervisor" })
            }
            Self::Issue | Self::Dismiss => Ok(()),
            _ if pending => Err(Refusal {
                zh: "尚待审核：发出用 card issue，不予发出用 card review --dismiss",
                en: "it still waits for a supervisor: `card issue` makes it a card, `card review --dismiss` does not",
            }),
            Self::Appeal if held.card == Card::Notice && held.standing == Standing::Resolved => {
                Err(Refusal {
                    zh: "该提示已经消除，没有可申诉的内容",
                    en: "it was a notice that has come to nothing: there is nothing left to object to",
                })
            }
            Self::Appeal if held.appealed => {
                Err(Refusal { zh: "已有申诉待决定", en: "an objection waits for a decision already" })
            }
            Self::Uphold if !held.appealed && !held.contested => Err(Refusal {
                zh: "没有待决定的申诉，也不在待核撤之列",
                en: "neither an objection nor a withdrawal waits for a decision",
            }),
            Self::Order(_) if held.standing != Standing::Open => Err(Refusal {
                zh: "已经了结，没有可督办的内容",
                en: "nothing is left to be done in it",
            }),
            Self::Order(_) if held.ordered => {
                Err(Refusal { zh: "已有督办在进行", en: "an order to finish runs already" })
            }
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
