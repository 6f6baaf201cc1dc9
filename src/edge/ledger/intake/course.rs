//! One source's reading, from its beginning to its end: what of it is remembered from batch to batch. Nothing is taken in without it.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::super::watch::columns::Counted;
use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::held::TakenBack;
use super::keys::KeyWatch;
use super::met::Met;

/// The reading of a source, which may go on over rounds. Whoever reads owns it: the ledger remembers nothing of it, and forgets it
/// by [`Ledger::end_course`].
pub struct Course {
    pub(in crate::edge::ledger) source: i64,
    pub(in crate::edge::ledger) round: RoundId,
    /// The ledger into which it is taken, as it was opened.
    opened: Arc<()>,
    /// What it has met; `None`: no batch yet.
    pub(super) met: Option<Met>,
    /// The times that it brought.
    pub(in crate::edge::ledger) counted: Counted,
    /// What is read is compared with what was known.
    pub(super) sweep: Option<Sweep>,
    /// What it takes back of what was known.
    pub(super) taken_back: TakenBack,
    /// The source was read before by the same mapping: what it takes back is its own doing.
    pub(super) holds: bool,
    /// The source is swept, so that a row under another key can be told from a second one.
    pub(super) watches_keys: bool,
    /// Reads whose rows are cases, and do not say which of two is the later version.
    pub(super) plain_reads: BTreeSet<u16>,
    /// Reads whose rows are of cases that others bring, and find them by their spelling too.
    pub(super) further_reads: BTreeSet<u16>,
}

/// A sweep on its way.
#[derive(Debug, Clone)]
pub(in crate::edge::ledger) struct Sweep {
    /// Cases that were over by then are compared too, if something happened to them since.
    pub since: Option<NaiveDate>,
    /// Reads that say which item a case is of and have not brought a row yet: a table of cases is never empty by deletion.
    pub empty: BTreeSet<u16>,
    /// A case that was known before was met.
    pub recognised: bool,
    /// In a look: a row says something else than it did when it was read.
    pub differs: bool,
}

impl Sweep {
    /// A batch of a read was met.
    pub fn met(&mut self, read: u16) {
        self.empty.remove(&read);
    }
}

impl Course {
    /// Row of the source in the ledger.
    pub const fn source(&self) -> i64 {
        self.source
    }

    /// Whether rows that came under another key are looked for in it.
    pub(super) const fn key_watch(&self) -> KeyWatch {
        match (self.watches_keys, &self.sweep) {
            (false, _) => KeyWatch::Off,
            (true, None) => KeyWatch::Between,
            (true, Some(_)) => KeyWatch::Sweep,
        }
    }

    /// The source was read before by the same mapping, so that what it takes back is its own doing.
    #[must_use]
    pub const fn of_known(mut self) -> Self {
        self.holds = true;
        self
    }

    /// Whether the source was read before by the same mapping.
    pub(in crate::edge::ledger) const fn is_of_known(&self) -> bool {
        self.holds
    }

    /// Whether it takes back something that was known.
    pub fn takes_back(&self) -> bool {
        !self.taken_back.is_empty()
    }

    /// The round in which it began: what it brings was there then, or came later.
    pub const fn round(&self) -> RoundId {
        self.round
    }
}

impl Ledger {
    /// The reading of a source begins.
    pub fn begin_course(&self, source: i64, round: RoundId) -> Course {
        Course {
            source,
            round,
            opened: Arc::clone(&self.opened),
            met: None,
            counted: Counted::default(),
            sweep: None,
            taken_back: TakenBack::default(),
            holds: false,
            watches_keys: false,
            plain_reads: BTreeSet::new(),
            further_reads: BTreeSet::new(),
        }
    }

    /// Whether a reading of a source goes on: the ledger may have been opened anew since it began.
    pub fn goes_on(&self, source: i64, course: &Course) -> bool {
        course.source == source && Arc::ptr_eq(&self.opened, &course.opened)
    }

    /// A reading is over, whatever came of it.
    pub fn end_course(&mut self, mut course: Course) -> Result<(), LedgerError> {
        self.end_sweep(&mut course)
    }

    /// Puts away what a sweep of a source has met, of a reading before that was given up too.
    pub(super) fn end_sweep(&mut self, course: &mut Course) -> Result<(), LedgerError> {
        course.sweep = None;
        if !self.swept.remove(&course.source) {
            return Ok(());
        }
        let others = !self.swept.is_empty();
        for table in ["swept", "said"] {
            let (away, values): (_, &[&dyn rusqlite::ToSql]) = if others {
                let of_source = "case_id IN (SELECT id FROM \"case\" WHERE source_id = ?1)";
                (format!("DELETE FROM temp.{table} WHERE {of_source}"), &[&course.source])
            } else {
                (format!("DROP TABLE IF EXISTS temp.{table}"), &[])
            };
            self.db.execute(&away, values).map_err(cannot("put a sweep away"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
