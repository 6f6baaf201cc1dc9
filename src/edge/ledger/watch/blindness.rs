//! Stretches in which a source was not read, for whatever reason, and what fell due in them.

use chrono::{DateTime, FixedOffset};
use rusqlite::params;

use super::super::stored::moment;
use super::super::{Ledger, LedgerError, RoundId, cannot};
use crate::domain::plan::{FellDue, Habit, Stretch, are_one_look};

/// Rounds by which a habit is known: a week of one every ten minutes. Where there are more, they run often.
const ROUNDS: usize = 1_024;

/// A stretch in which a source was not read, that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blindness {
    /// Its row in the ledger.
    pub id: i64,
    /// Row of the source.
    pub source: i64,
    /// Name of the source.
    pub name: String,
    /// The last round that had read it.
    pub after: RoundId,
    /// Up to when nothing was missing of what that round read.
    pub from: DateTime<FixedOffset>,
    /// Up to when nothing was missing of what the first round read that read it again.
    pub until: DateTime<FixedOffset>,
    /// The rounds around it.
    pub stretch: Stretch,
}

impl Ledger {
    /// A round cannot read a source, does not believe it or waits for its delivery, and may not be the first. What was never read
    /// before is not missed.
    pub fn blind(&self, source: i64, round: RoundId) -> Result<(), LedgerError> {
        let sql = "INSERT INTO blindness (source_id, after_round) SELECT ?1, b.id FROM
                       (SELECT max(id) AS id FROM round WHERE id < ?2 AND finished_at IS NOT NULL
                            AND id >= (SELECT min(from_round) FROM source_span WHERE source_id = ?1)) AS b
                   WHERE b.id IS NOT NULL
                       AND NOT EXISTS (SELECT 1 FROM blindness WHERE source_id = ?1 AND ended_round IS NULL)";
        self.goes_on_blind(source, round)?;
        self.note_blindness(sql, source, round)
    }

    /// The delivery to a source is overdue: nobody sees what happened since the last one.
    pub fn blind_since_delivery(&self, source: i64, round: RoundId) -> Result<(), LedgerError> {
        let sql = "INSERT INTO blindness (source_id, after_round) SELECT ?1, b.id FROM
                       (SELECT max(round_id) AS id FROM delivery WHERE source_id = ?1 AND round_id <= ?2) AS b
                   WHERE b.id IS NOT NULL
                       AND NOT EXISTS (SELECT 1 FROM blindness WHERE source_id = ?1 AND ended_round IS NULL)";
        self.goes_on_blind(source, round)?;
        self.note_blindness(sql, source, round)
    }

    /// No round ran for a while: what is delivered in batches is not missed by that, as it comes when it comes
    /// ([`Ledger::blind_since_delivery`]).
    pub fn blind_of_live_sources(&self, round: RoundId) -> Result<(), LedgerError> {
        let sql = "SELECT id FROM source WHERE delivers <> 'batch' ORDER BY id";
        let live = self.list("read the sources", sql, [], |row| row.get(0))?;
        live.into_iter().try_for_each(|source| self.blind(source, round))
    }

    /// How often rounds ran up to the last that came to its end before a round.
    pub fn habit_before(&self, round: RoundId) -> Result<Habit, LedgerError> {
        let sql = "SELECT started_at FROM round WHERE id < ?1 AND finished_at IS NOT NULL ORDER BY id DESC LIMIT ?2";
        let began: Vec<String> =
            self.list("read the last rounds", sql, params![round, ROUNDS], |row| row.get(0))?;
        let began = began.iter().map(|began| Ok(moment(began, self.zone)?.at()));
        Ok(Habit::of(&began.collect::<Result<Vec<_>, LedgerError>>()?))
    }

    fn stretch(&self, after: RoundId, ended: RoundId) -> Result<Stretch, LedgerError> {
        let began = |round| Ok(self.round_facts(round)?.started.at());
        let sql = "SELECT min(id) FROM round WHERE id > ?1 AND id < ?2 AND finished_at IS NOT NULL";
        let between: Vec<Option<RoundId>> =
            self.list("look for rounds", sql, [after, ended], |row| row.get(0))?;
        let (habit, until) = (self.habit_before(after + 1)?, began(ended)?);
        let between = between.into_iter().flatten().next().map(began).transpose()?;
        let looked = between.is_some_and(|at| !are_one_look(at, until));
        Ok(Stretch { from: began(after)?, until, habit, looked })
    }

    /// A round has read a source whole and believes it.
    pub fn sees(&self, source: i64, round: RoundId) -> Result<(), LedgerError> {
        let sql = "UPDATE blindness SET ended_round = ?2 WHERE source_id = ?1 AND ended_round IS NULL";
        self.note_blindness(sql, source, round)
    }

    /// A stretch that a round ended which was cut short goes on: what that round read is gone through with what is read now.
    fn goes_on_blind(&self, source: i64, round: RoundId) -> Result<(), LedgerError> {
        let sql = "UPDATE blindness SET ended_round = NULL, looked = 0
                   WHERE id = (SELECT max(id) FROM blindness WHERE source_id = ?1) AND ended_round < ?2
                       AND ended_round > (SELECT coalesce(max(id), 0) FROM round WHERE id < ?2 AND finished_at IS NOT NULL)";
        self.note_blindness(sql, source, round)
    }

    fn note_blindness(&self, sql: &str, source: i64, round: RoundId) -> Result<(), LedgerError> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut note| note.execute(params![source, round]))
            .map(drop)
            .map_err(cannot("note when a source was not read"))
    }

    /// The stretches that are over and whose cases nobody has gone through yet.
    pub fn blindness_over(&self) -> Result<Vec<Blindness>, LedgerError> {
        let sql = "SELECT b.id, b.source_id, s.name, b.after_round, b.ended_round FROM blindness AS b
                   JOIN source AS s ON s.id = b.source_id WHERE b.ended_round IS NOT NULL AND b.looked = 0 ORDER BY b.id";
        let read =
            |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
        let over: Vec<(i64, i64, String, RoundId, RoundId)> =
            self.list("read when a source was not read", sql, [], read)?;
        let blindness = |(id, source, name, after, ended)| {
            let [from, until] = [after, ended].map(|round| self.complete_after(source, round));
            let stretch = self.stretch(after, ended)?;
            Ok(Blindness { id, source, name, after, from: from?.at(), until: until?.at(), stretch })
        };
        over.into_iter().map(blindness).collect()
    }

    /// The cases of which something was first read, or read otherwise, after the round that had last read their source.
    pub fn read_since(&self, blindness: &Blindness) -> Result<Vec<i64>, LedgerError> {
        let sql = "SELECT t.case_id FROM trace AS t JOIN \"case\" AS c ON c.id = t.case_id
                   WHERE t.round_id > ?2 AND c.source_id = ?1
                   UNION SELECT h.case_id FROM case_change AS h JOIN \"case\" AS c ON c.id = h.case_id
                   WHERE h.round_id > ?2 AND c.source_id = ?1 ORDER BY 1";
        let values = params![blindness.source, blindness.after];
        self.list("find what was read after a source had not been read", sql, values, |row| row.get(0))
    }

    /// Enters what fell due while a source was not read, and is in time only by what was first read afterwards.
    pub fn fell_due_unseen(&mut self, id: i64, found: &[(i64, FellDue)]) -> Result<(), LedgerError> {
        let fail = cannot("enter what fell due while a source was not read");
        let tx = self.db.transaction().map_err(&fail)?;
        let sql = "INSERT INTO unseen_clock VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        for (case, FellDue { clock, due, .. }) in found {
            tx.prepare_cached(sql)
                .and_then(|mut enter| enter.execute(params![id, case, clock, &*due.written()]))
                .map_err(&fail)?;
        }
        tx.commit().map_err(&fail)
    }

    /// The cases that fell due in a stretch have been gone through, and the supervisors are to be told.
    pub fn looked_through(&self, id: i64) -> Result<(), LedgerError> {
        self.db
            .execute("UPDATE blindness SET looked = 1 WHERE id = ?1", [id])
            .map(drop)
            .map_err(cannot("note what was gone through"))
    }
}
