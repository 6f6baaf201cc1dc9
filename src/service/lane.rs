//! A source on its way: who reads it, and the reading that goes on, over rounds if it takes long.

use std::time::Duration;

use crate::domain::now::Now;
use crate::domain::record::mapping::SourceSpec;
use crate::edge::ledger::Course;
use crate::edge::source::{Cursors, Glance, Reader, Reading, SourceError};

/// A source, and what goes on with it.
pub struct Lane {
    /// Who reads it.
    pub reader: Reader,
    /// The reading that goes on.
    pub going: Option<Going>,
    /// Its last reading was not over while a round waited for it, so no round waits for it.
    pub slow: bool,
    /// It took too long: it is not read again before the clock's counter stands here.
    pub rests_until: Option<Duration>,
    /// It was left out of the last round, as the program had ended while it was being read.
    pub left_out: bool,
    /// The ledger says that it is being read, since this program began to.
    pub noted: bool,
}

/// A reading that goes on.
pub struct Going {
    /// What of it is remembered from batch to batch.
    pub course: Course,
    /// The moment of that round.
    pub now: Now,
    /// Digest of the mapping it is read by.
    pub mapping: String,
    /// From where it is read.
    pub cursors: Cursors,
    /// How far it has come.
    pub phase: Phase,
    /// Rows that came so far.
    pub rows: u64,
    /// Rows that were known before.
    pub known: Option<u64>,
    /// Something came that was not known.
    pub news: bool,
    /// What the clock's counter showed when it began.
    pub began: Duration,
}

/// How far a reading has come.
pub enum Phase {
    /// It is glanced at.
    Glancing,
    /// Its last reading was cut: whether it still has too many rows is counted first, and nothing taken in.
    Counting(Seen),
    /// All of it is looked over, and nothing taken in.
    LookingOver(Seen),
    /// What it gives is taken in.
    Reading(Seen),
    /// It is over, and a round enters what came of it.
    Over(Ended),
}

/// What came of a reading.
pub enum Ended {
    /// It was read, or cannot be.
    Read(Seen, Box<Result<Reading, SourceError>>),
    /// It is doubted, which is entered.
    Doubted,
}

/// What was seen of a source that is read.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// It looked otherwise than before, so all of it is read.
    pub otherwise: bool,
    /// It was doubted until now.
    pub doubted: bool,
    /// Somebody has accepted which cases are missing.
    pub accepted: bool,
    /// What a glance showed.
    pub glance: Glance,
}

impl Lane {
    /// A source that nobody reads yet.
    pub fn new(spec: &SourceSpec) -> Self {
        let reader = Reader::new(spec);
        Self { reader, going: None, slow: false, rests_until: None, left_out: false, noted: false }
    }

    /// What was declared of the source.
    pub fn spec(&self) -> &SourceSpec {
        self.reader.spec()
    }

    /// Gives the reading up that goes on: the next one begins where this one did.
    pub fn give_up(&mut self) {
        self.reader.give_up();
        self.going = None;
    }

    /// Whether it is to be read on before the next round is due.
    pub fn is_going(&self) -> bool {
        self.going.as_ref().is_some_and(|it| !it.is_over())
    }

    /// Whether a round is wanted for it at once: its reading is over, or it was left out of the last one.
    pub fn wants_round(&self) -> bool {
        self.left_out || self.going.as_ref().is_some_and(Going::is_over)
    }
}

impl Going {
    /// Whether it came to its end.
    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Over(_))
    }
}
