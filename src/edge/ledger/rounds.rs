//! The rounds as the ledger records them, and the few facts that outlive a round.

use rusqlite::{OptionalExtension, params};

use super::stored::parsed;
use super::{Ledger, LedgerError, cannot};
use crate::domain::now::{Now, TimeBase};

/// Number of a round.
pub type RoundId = i64;

/// What every event of a round has in common.
#[derive(Debug, Clone)]
pub struct Stamp<'p> {
    pub(super) round: RoundId,
    pub(super) policy: &'p str,
    pub(super) at: String,
}

impl<'p> Stamp<'p> {
    /// Of a round that judges by a version of the rules.
    pub fn new(round: RoundId, policy: &'p str, now: &Now) -> Self {
        Self { round, policy, at: now.instant.to_rfc3339() }
    }
}

/// What a round did, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the columns of the view `rounds`")]
pub struct Tally {
    pub rows_read: u64,
    pub rows_rejected: u64,
    pub cases_judged: u64,
    pub raised: u64,
    pub escalated: u64,
    pub resolved: u64,
    pub revoked: u64,
    pub letters: u64,
}

impl Tally {
    /// What another round did, too.
    pub fn add(&mut self, other: &Self) {
        let Self { rows_read, rows_rejected, cases_judged, raised, escalated, resolved, revoked, letters } =
            other;
        self.rows_read += rows_read;
        self.rows_rejected += rows_rejected;
        self.cases_judged += cases_judged;
        self.raised += raised;
        self.escalated += escalated;
        self.resolved += resolved;
        self.revoked += revoked;
        self.letters += letters;
    }
}

impl Ledger {
    /// Enters a new round; the facts and events that follow belong to it.
    pub fn begin_round(&mut self, now: &Now, base: &TimeBase, policy: &str) -> Result<RoundId, LedgerError> {
        // A source may lag by another time now, and what was stopped before may have been finished.
        self.witnesses.get_mut().clear();
        let begin = || -> rusqlite::Result<RoundId> {
            // What is read and judged need not outlive a power cut, as it can be read and judged again; what is queued
            // for sending must (see `durable`), and then everything before it is on the disk too.
            self.db.execute_batch("PRAGMA cache_size = -8192; PRAGMA synchronous = NORMAL")?;
            let (boot, up) = match base {
                TimeBase::Machine(uptime) => {
                    uptime.as_ref().map(|it| (&it.boot, it.up.as_secs().cast_signed())).unzip()
                }
                TimeBase::Person => (None, None),
            };
            let sql = "INSERT INTO round (started_at, policy, replay, by_machine, boot, up) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let by_machine = !now.replay && *base != TimeBase::Person;
            let at = now.instant.to_rfc3339();
            self.db.prepare_cached(sql)?.insert(params![at, policy, now.replay, by_machine, boot, up])
        };
        begin().map_err(cannot("begin a round"))
    }

    /// A source is about to be read from its beginning: a larger page cache, until the round ends.
    pub fn large_cache(&mut self) -> Result<(), LedgerError> {
        self.db.execute_batch("PRAGMA cache_size = -65536").map_err(cannot("make ready for a first read"))
    }

    /// From here on every commit is on the disk before the next step: a letter sent and not recorded would be sent again.
    pub fn sync_full(&mut self) -> Result<(), LedgerError> {
        self.db.execute_batch("PRAGMA synchronous = FULL").map_err(cannot("keep a round safe"))
    }

    /// Enters what the round did.
    pub fn finish_round(&mut self, round: RoundId, now: &Now, tally: &Tally) -> Result<(), LedgerError> {
        let sql = "UPDATE round SET finished_at = ?2, rows_read = ?3, rows_rejected = ?4, cases_judged = ?5,
                       raised = ?6, escalated = ?7, resolved = ?8, revoked = ?9, letters = ?10 WHERE id = ?1";
        let counts = [tally.rows_read, tally.rows_rejected, tally.cases_judged, tally.raised];
        let [read, rejected, judged, raised] = counts.map(|count| count as i64);
        let counts = [tally.escalated, tally.resolved, tally.revoked, tally.letters];
        let [escalated, resolved, revoked, letters] = counts.map(|count| count as i64);
        let at = now.instant.to_rfc3339();
        let row = params![round, at, read, rejected, judged, raised, escalated, resolved, revoked, letters];
        self.db
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(row))
            .map(drop)
            .map_err(cannot("finish a round"))
    }

    /// Gives back the memory that a round took.
    pub fn shrink(&mut self) -> Result<(), LedgerError> {
        self.db.execute_batch("PRAGMA shrink_memory").map_err(cannot("rest"))
    }

    /// Whether a round ran on a day or before it.
    pub fn first_round_before(&self, day: chrono::NaiveDate) -> Result<bool, LedgerError> {
        let sql = "SELECT substr(started_at, 1, 10) <= ?1 FROM round ORDER BY id LIMIT 1";
        self.db
            .query_row(sql, [day.to_string()], |row| row.get(0))
            .optional()
            .map(|found| found.unwrap_or(false))
            .map_err(cannot("find the first round"))
    }

    /// The day of the first round.
    pub(super) fn first_round_on(&self) -> Result<Option<chrono::NaiveDate>, LedgerError> {
        let sql = "SELECT substr(started_at, 1, 10) FROM round ORDER BY id LIMIT 1";
        let found: Vec<String> = self.list("find the first round", sql, [], |row| row.get(0))?;
        found.first().map(|day| parsed("a day", day)).transpose()
    }

    /// The day of the last round.
    pub(super) fn last_round_on(&self) -> Result<Option<chrono::NaiveDate>, LedgerError> {
        let sql = "SELECT substr(started_at, 1, 10) FROM round ORDER BY id DESC LIMIT 1";
        let found: Vec<String> = self.list("find the last round", sql, [], |row| row.get(0))?;
        found.first().map(|day| parsed("a day", day)).transpose()
    }

    /// Whether there was a round between two instants, as texts.
    pub(super) fn round_between(&self, instants: [String; 2]) -> Result<bool, LedgerError> {
        let sql = "SELECT 1 FROM round WHERE started_at >= ?1 AND started_at < ?2 LIMIT 1";
        let found: Vec<u8> = self.list("look for a round", sql, instants, |row| row.get(0))?;
        Ok(!found.is_empty())
    }

    /// Number of the last round; 0 before the first.
    pub fn last_round_id(&self) -> Result<RoundId, LedgerError> {
        self.db
            .query_row("SELECT coalesce(max(id), 0) FROM round", [], |row| row.get(0))
            .map_err(cannot("find the last round"))
    }

    /// A fact that outlives a round, by its key.
    pub fn recall(&self, key: &str) -> Result<Option<String>, LedgerError> {
        self.db
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")
            .and_then(|mut statement| statement.query_row([key], |row| row.get(0)).optional())
            .map_err(cannot("read a setting"))
    }

    /// Keeps a fact that outlives a round.
    pub fn remember(&mut self, key: &str, value: &str) -> Result<(), LedgerError> {
        remember(&self.db, key, value).map_err(cannot("keep a setting"))
    }
}

pub(super) fn remember(db: &rusqlite::Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    let sql = "INSERT INTO meta (key, value) VALUES (?1, ?2)
               ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value";
    db.prepare_cached(sql)?.execute([key, value]).map(drop)
}
