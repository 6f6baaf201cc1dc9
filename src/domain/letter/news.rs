//! What happened to a finding that somebody is to be told.

use chrono::NaiveDate;

use super::kind::LetterKind;
use crate::domain::card::Card;
use crate::domain::clock::Parts;
use crate::domain::finding::{Event, Standing};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::plan::late::{Counted, Dispute};
use crate::domain::plan::question::Question;
use crate::domain::record::TraceKind;
use crate::domain::registry::capacity::Capacity;
use crate::domain::rules::time_limit;
use crate::domain::text::Kept;

/// One event in a finding's life, with what a letter says about it.
#[derive(Debug, Clone)]
pub struct News {
    /// Row of the event in the ledger.
    pub event_id: i64,
    /// Row of the finding in the ledger.
    pub finding: i64,
    /// Earlier events of the finding that are told with this one.
    pub stands_for: Vec<i64>,
    /// What happened.
    pub event: Event,
    /// The case's number, or the name of the source.
    pub subject: String,
    /// A name to show, if the mapping asked for one.
    pub display: Option<String>,
    /// Id of the rule.
    pub rule: String,
    /// Id of the clock; empty for rules that are no matter of time.
    pub clock: String,
    /// The card at that event.
    pub card: Card,
    /// Where the finding stands now.
    pub standing: Standing,
    /// Why.
    pub why: Kept,
    /// What was done with the card, by whom if that was a person: their words, or ours of a reminder.
    pub note: Option<(Option<String>, Kept)>,
    /// When an answer is due, once it has been told.
    pub answer_due: Option<Moment>,
    /// When an order to finish is due.
    pub order_due: Option<Moment>,
    /// It was not kept.
    pub order_failed: bool,
    /// The last day of the silence that hid it until now.
    pub silenced: Option<NaiveDate>,
    /// Of a withdrawal: the addresses that were told of the card and not that it is gone.
    pub told: Vec<Informed>,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Code of the unit that has the case now, where it was handed over.
    pub holder: Option<String>,
    /// Name of the source that the case is from; `None`: it is about no case.
    pub source: Option<String>,
    /// Code of the item.
    pub item: Option<String>,
    /// Of faults in the records of one source that are told together (`referred`): of how many cases. Its subject is the source.
    pub together: Option<u64>,
    /// The clock's deadline.
    pub deadline: Option<Running>,
    /// When it was found, since it last began.
    pub found: Option<Moment>,
    /// The unit objects, and no supervisor has decided yet: the day by which to answer rests.
    pub appealed: bool,
    /// It asks a supervisor for a decision (待核撤、申诉).
    pub asks: bool,
    /// What it asks, while that waits to be decided.
    pub question: Option<Question>,
    /// What is to be decided on, of a card that may fall.
    pub dispute: Option<Box<Dispute>>,
    /// Of a card that was upheld: why it was given.
    pub given: Option<Kept>,
}

impl News {
    /// Whether it takes a card back.
    pub fn is_withdrawal(&self) -> bool {
        self.event == Event::Revoked
    }

    /// Code of the unit that has the case now, where that is another than the one that the finding is held against.
    pub fn elsewhere(&self) -> Option<&str> {
        let holder = self.holder.as_deref().filter(|_| self.unit.is_some());
        holder.filter(|holder| self.unit.as_deref() != Some(*holder))
    }

    /// The unit that an order to finish a case is for, where that is another than the one whose card it is on.
    pub fn ordered_elsewhere(&self) -> Option<&str> {
        let ordered = self.event == Event::Ordered && self.rule == time_limit::ID && !self.asks;
        self.elsewhere().filter(|_| ordered && self.standing == Standing::Open)
    }
}

/// An address that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Informed {
    /// The address.
    pub address: String,
    /// In which capacities; empty: a letter from before does not say.
    pub capacities: Vec<Capacity>,
}

/// A deadline as a letter quotes it.
#[derive(Debug, Clone)]
pub struct Running {
    /// When the clock started.
    pub started: Moment,
    /// The limit.
    pub limit: Limit,
    /// When it is due.
    pub due: Option<Moment>,
    /// Key of the clock; of a finding of the whole case, of the one by which it goes on.
    pub clock: String,
    /// When it was stopped, and by what.
    pub stopped: Option<(Moment, TraceKind)>,
    /// What is left out of it and added to it.
    pub parts: Parts,
    /// Since when a special procedure holds it up.
    pub paused_since: Option<Moment>,
    /// The working days of then are not announced.
    pub provisional: bool,
}

impl Running {
    /// The deadline of a card on a clock that goes on by the record on which it rests.
    pub fn resting_on(counted: Counted, clock: &str) -> Self {
        let Counted { started, limit, due, parts, provisional, .. } = counted;
        let (clock, due) = (clock.to_owned(), Some(due));
        Self { started, limit, due, clock, stopped: None, parts, paused_since: None, provisional }
    }
}

/// A letter about to be queued, with the events it tells.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it is.
    pub kind: LetterKind,
    /// Order in the outbox: 0 a red card, 1 a yellow, 2 a notice, 3 a digest.
    pub urgency: u8,
    /// The letter.
    pub letter: super::Letter,
    /// Rows of the events it tells.
    pub events: Vec<i64>,
    /// In which capacities its reader is told.
    pub capacities: Vec<Capacity>,
    /// When answers to the cards it tells of are due.
    pub answer_due: Option<Moment>,
}
