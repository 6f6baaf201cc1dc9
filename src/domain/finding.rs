//! A finding (监察发现): its key, its card, its life.

mod event;

use super::card::Card;
use super::moment::Moment;
use super::text::Text;
use crate::domain::text::words;

pub use event::Event;

/// Where a finding stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Its reason holds.
    Open,
    /// It waits for a supervisor to issue it.
    Pending,
    /// Its reason is gone; a card given for a limit passed still counts.
    Resolved,
    /// It should never have been: withdrawn, and counted apart.
    Revoked,
    /// It stands, and a supervisor is asked whether it falls: how people see an open or resolved one that is contested.
    PendingWithdrawal,
}

words!(Standing {
    Open = "open", "未结";
    Pending = "pending", "待发";
    Resolved = "resolved", "已结";
    Revoked = "revoked", "已撤销";
    PendingWithdrawal = "pending-withdrawal", "待核撤";
});

/// What a person withdrew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// When, the last time.
    pub at: Moment,
    /// What had been found by then, in Chinese.
    pub words: String,
}

/// A finding as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its row in the ledger.
    pub id: i64,
    /// Id of its rule.
    pub rule: String,
    /// Id of its clock; empty for rules that are no matter of time.
    pub clock: String,
    /// Where it stands.
    pub standing: Standing,
    /// The highest card it has been given since it last began.
    pub card: Card,
    /// The harm was done; `false` for a warning.
    pub passed: bool,
    /// A person withdrew it: it does not come back by itself.
    pub settled: bool,
    /// What a person withdrew of it, where it is a data fault: what is found later may be another.
    pub withdrawn: Option<Withdrawn>,
    /// What of it was referred to supervisors since it last began, where it is a data fault, in Chinese.
    pub referred: Option<String>,
    /// Up to when what it is about had been said, when a person last withdrew it: of a change after the fact, which may come again.
    pub covered: Option<Moment>,
    /// When it was last said what it is about, likewise.
    pub said: Option<Moment>,
    /// An order to finish was not kept: it is red from there on.
    pub order_failed: bool,
    /// Code of the unit it is held against.
    pub unit: Option<String>,
    /// When the first letter on it left, since it last began: the beginning of the round that sent it, where it did not wait.
    /// What that round did not read came later.
    pub told: Option<Moment>,
    /// When the first letter on the card that it has now left, likewise; later than `told` where it has risen since, `None` where
    /// none has left yet.
    pub told_card: Option<Moment>,
    /// A supervisor is asked whether it falls.
    pub contested: bool,
    /// When one was last asked so, since it was last withdrawn: what was read by then was before him.
    pub asked: Option<Moment>,
    /// When a supervisor last decided that it stands.
    pub upheld: Option<Moment>,
}

/// One change in the life of a finding: it becomes an event in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new finding.
    Raise {
        /// Why.
        breach: Breach,
        /// It waits for a supervisor before anybody is told.
        review: bool,
    },
    /// Its card rises.
    Escalate {
        /// Which.
        id: i64,
        /// Why.
        breach: Breach,
        /// It waits for a supervisor before anybody is told.
        review: bool,
    },
    /// There is more of it than was said.
    Grow {
        /// Which.
        id: i64,
        /// All of it.
        why: Text,
    },
    /// A fault of the record stands in the way of the verdict on a late case: its supervisor is told.
    Refer {
        /// Which; `None`: the one raised just before.
        id: Option<i64>,
        /// What is wrong.
        why: Text,
    },
    /// It goes on, and is due at another moment than was said.
    Move {
        /// Which.
        id: i64,
        /// The days, and why.
        why: Text,
    },
    /// Its reason is gone.
    Resolve {
        /// Which; `None`: the one raised just before for the same rule and clock.
        id: Option<i64>,
        /// Id of its rule.
        rule: &'static str,
        /// Id of its clock.
        clock: String,
        /// Why.
        why: Text,
    },
    /// It would fall by what was entered after it had been told: a supervisor is asked (待核撤).
    Contest {
        /// Which.
        id: i64,
        /// Both values, when each was entered, when it was told.
        why: Text,
    },
    /// What was entered after it had been told no longer has it fall.
    Uncontest {
        /// Which.
        id: i64,
        /// Why.
        why: Text,
    },
    /// It is held against another unit, which has the case now.
    HandOver {
        /// Which.
        id: i64,
        /// Code of the unit.
        unit: String,
        /// What is found, as it is told to that unit.
        why: Text,
    },
    /// It was wrong, and is withdrawn.
    Revoke {
        /// Which.
        id: i64,
        /// Why.
        why: Text,
    },
    /// Its reason holds again.
    Reopen {
        /// Which.
        id: i64,
        /// Why.
        breach: Breach,
        /// It waits for a supervisor before anybody is told.
        review: bool,
    },
}

/// That a rule's condition holds, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Id of the rule.
    pub rule: &'static str,
    /// Id of the clock, for rules of time; empty otherwise.
    pub clock: String,
    /// The card.
    pub card: Card,
    /// It goes on: something can still be done. `false` where the case has since been closed, late.
    pub ongoing: bool,
    /// The harm is done (a limit was passed); `false` for a warning that may still come to nothing.
    pub passed: bool,
    /// Code of the unit it is held against; `None`: the one that has the case.
    pub unit: Option<String>,
    /// Why.
    pub why: Text,
}
