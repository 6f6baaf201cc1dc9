//! What the ledger remembers of readings that go on: of the one whose rows it takes in, and of those that are set aside meanwhile.

use std::collections::{BTreeSet, HashMap};

use super::super::intake::keys::Keys;
use super::super::intake::met::Met;
use super::super::intake::sweep::Sweep;
use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::columns::Counted;

/// What is remembered of a reading that is set aside.
#[derive(Default)]
struct Course {
    met: Met,
    counted: Counted,
    sweep: Option<Sweep>,
    watches_keys: bool,
    plain_reads: BTreeSet<u16>,
}

/// The readings of several sources, one of which is at work.
#[derive(Default)]
pub(in crate::edge::ledger) struct Courses {
    at_work: i64,
    aside: HashMap<i64, Course>,
    /// Sources whose reading goes on, each with the round in which it began.
    open: HashMap<i64, RoundId>,
}

fn being_read(source: i64) -> String {
    format!("being_read_{source}")
}

fn cut(source: i64) -> String {
    format!("cut_{source}")
}

/// The round of the last reading that came to its end and brought rows.
pub(super) fn read_to(source: i64) -> String {
    format!("read_to_{source}")
}

impl Ledger {
    /// From now on this source is read; what is remembered of the one before is set aside.
    pub(in crate::edge::ledger) fn turn_to(&mut self, source: i64) {
        if self.courses.at_work == source {
            return;
        }
        let next = self.courses.aside.remove(&source).unwrap_or_default();
        let before = Course {
            met: std::mem::replace(&mut self.met, next.met),
            counted: std::mem::replace(&mut self.counted, next.counted),
            sweep: std::mem::replace(&mut self.sweep, next.sweep),
            watches_keys: std::mem::replace(&mut self.watches_keys, next.watches_keys),
            plain_reads: std::mem::replace(&mut self.plain_reads, next.plain_reads),
        };
        let was = std::mem::replace(&mut self.courses.at_work, source);
        if self.courses.open.contains_key(&was) || before.sweep.is_some() {
            self.courses.aside.insert(was, before);
        }
    }

    /// A reading of a source begins, which may go on over rounds.
    pub fn reading_begins(&mut self, source: i64, round: RoundId) {
        self.courses.open.insert(source, round);
    }

    /// Whether the reading of a source that began in a round goes on: the ledger may have been opened anew since.
    pub fn goes_on(&self, source: i64, round: RoundId) -> bool {
        self.courses.open.get(&source) == Some(&round)
    }

    /// Whether a source was being read when the program ended.
    pub fn is_being_read(&self, source: i64) -> Result<bool, LedgerError> {
        Ok(self.recall(&being_read(source))?.is_some_and(|since| !since.is_empty()))
    }

    /// Notes that a source is being read.
    pub fn note_being_read(&mut self, source: i64) -> Result<(), LedgerError> {
        self.remember(&being_read(source), "yes")
    }

    /// Notes that a source is being read no longer.
    pub fn note_read_no_more(&mut self, source: i64) -> Result<(), LedgerError> {
        self.remember(&being_read(source), "")
    }

    /// How many rows of a source were known before a round. What a reading brought that was cut counts for nothing: each such
    /// reading would let the next one bring more.
    pub fn rows_known(&self, source: i64, round: RoundId) -> Result<u64, LedgerError> {
        let read_once = "SELECT last_read_at IS NOT NULL FROM source WHERE id = ?1";
        let before: i64 = match self.recall(&read_to(source))? {
            Some(read_to) => read_to.parse().unwrap_or(0).min(round - 1),
            // A ledger of an earlier version does not say in which round that was.
            None if self.list("look for a reading", read_once, [source], |row| row.get::<_, bool>(0))?
                == [true] =>
            {
                round - 1
            }
            None => 0,
        };
        let sql = "SELECT (SELECT count(*) FROM trace AS t JOIN \"case\" AS c ON c.id = t.case_id
                       WHERE c.source_id = ?1 AND t.round_id <= ?2)
                   + (SELECT count(*) FROM evidence WHERE round_id <= ?2)";
        let known = self.list("count the rows of a source", sql, [source, before], |row| row.get(0))?;
        Ok(known.first().copied().unwrap_or(0))
    }

    /// Whether the last reading of a source was cut, as it brought more rows than it may.
    pub fn was_cut(&self, source: i64) -> Result<bool, LedgerError> {
        Ok(self.recall(&cut(source))?.is_some_and(|is| !is.is_empty()))
    }

    /// Notes that a reading of a source was cut.
    pub fn note_cut(&mut self, source: i64) -> Result<(), LedgerError> {
        self.remember(&cut(source), "yes")
    }

    /// Notes that a reading of a source came to its end after one that was cut.
    pub fn note_not_cut(&mut self, source: i64) -> Result<(), LedgerError> {
        self.remember(&cut(source), "")
    }

    /// A reading is over, whatever came of it, and nothing of it need be remembered.
    pub fn reading_over(&mut self, source: i64) -> Result<(), LedgerError> {
        self.turn_to(source);
        self.courses.open.remove(&source);
        self.sweep_over(source)?;
        self.met = Met::default();
        self.counted = Counted::default();
        Ok(())
    }

    /// The times of a reading that is over.
    pub(super) fn take_counted(&mut self, source: i64, round: RoundId) -> Counted {
        self.turn_to(source);
        std::mem::take(&mut self.counted).of(source, round)
    }

    /// The keys that a reading has met, once it is at its end.
    pub(in crate::edge::ledger) fn take_keys(&mut self, source: i64, round: RoundId) -> Keys {
        self.turn_to(source);
        self.met.take_keys(source, round)
    }

    /// Gives back what the reading at work remembers, unless it goes on.
    pub(in crate::edge::ledger) fn rest(&mut self) {
        if !self.courses.open.contains_key(&self.courses.at_work) {
            self.met = Met::default();
        }
    }

    /// Puts away what a sweep of a source has met.
    pub(in crate::edge::ledger) fn sweep_over(&mut self, source: i64) -> Result<(), LedgerError> {
        if self.sweep.take().is_none() {
            return Ok(());
        }
        let others = self.courses.aside.values().any(|it| it.sweep.is_some());
        for table in ["swept", "said"] {
            let (away, values): (_, &[&dyn rusqlite::ToSql]) = if others {
                let of_source = "case_id IN (SELECT id FROM \"case\" WHERE source_id = ?1)";
                (format!("DELETE FROM temp.{table} WHERE {of_source}"), &[&source])
            } else {
                (format!("DROP TABLE IF EXISTS temp.{table}"), &[])
            };
            self.db.execute(&away, values).map_err(cannot("put a sweep away"))?;
        }
        Ok(())
    }
}
