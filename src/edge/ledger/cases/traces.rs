//! The traces of a case as they stand, and what they took the place of.

use super::super::stored::{TRACE, TRACE_COLUMNS, moment, of_row, text, trace};
use super::super::watch::columns::as_it_was;
use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::vanished::Rows;
use crate::domain::case_file::{Revision, is_ahead, only_moved};
use crate::domain::moment::Moment;
use crate::domain::record::Trace;
use crate::domain::record::columns::is_another_zone_of;

/// A slot whose revisions are gone through.
#[derive(Debug, Default)]
struct Slot {
    read: u16,
    key: String,
    part: u16,
    /// The reading that the last revision is of.
    reading: RoundId,
    /// What the slot said before that reading.
    before: Option<Trace>,
    /// What it said last before it was emptied.
    emptied: Option<Trace>,
    /// The reading took it back or says something else, or fills it with something else than was taken back before. A slot that was
    /// always empty and is filled is no change.
    changed: bool,
}

impl Slot {
    /// Begins with the first revision of another slot.
    fn begin(&mut self, read: u16, key: &str, part: u16, reading: RoundId) {
        (self.read, self.part, self.reading) = (read, part, reading);
        self.key.clear();
        self.key.push_str(key);
        (self.before, self.emptied, self.changed) = (None, None, false);
    }

    /// Goes on to a later revision, which follows what the slot said `last`.
    fn go_on(&mut self, reading: RoundId, last: Option<Trace>, now: Option<&mut Trace>) {
        let same_reading = self.reading == reading;
        if !same_reading {
            if last.is_some() {
                self.emptied.clone_from(&last);
            }
            (self.reading, self.before) = (reading, last);
        }
        if self.before.is_none() {
            self.changed = self.emptied.as_ref().zip(now).is_some_and(|(emptied, now)| {
                as_it_was(emptied, now);
                *emptied != Trace { entry: emptied.entry.clone(), ..now.clone() }
            });
            return;
        }
        self.changed = self.before.as_ref().is_some_and(|before| {
            let says_again = now.is_some_and(|now| {
                as_it_was(before, now);
                *before == Trace { entry: before.entry.clone(), ..now.clone() }
            });
            !(same_reading && says_again)
        });
    }
}

impl Slot {
    /// What a change took the place of.
    fn said_before(&self) -> Trace {
        let before = self.before.as_ref().or(self.emptied.as_ref());
        before.cloned().expect("what changed was said before")
    }
}

impl Ledger {
    /// The current traces of a case, of each slot the highest revision if it is not empty, and what they took the place of.
    /// Within one reading only what a slot said last counts: a later file of a folder may say again what an earlier one, read once
    /// more, had unsaid. Of rows that are left out nothing is taken.
    pub(super) fn traces(
        &self,
        source: i64,
        case: i64,
        left_out: [&Rows; 2],
    ) -> Result<(Vec<Trace>, Vec<Revision>), LedgerError> {
        let is_left_out = |read, key: &str| {
            left_out.iter().any(|rows| !rows.is_empty() && rows.contains(&(read, key.to_owned())))
        };
        let fail = cannot("read a case's traces");
        let sql = format!(
            "SELECT read, row, part, {TRACE}, round_id, place FROM trace WHERE case_id = ?1
             ORDER BY read, row, part, revision"
        );
        let mut find = self.db.prepare_cached(&sql).map_err(&fail)?;
        let mut rows = find.query([case]).map_err(&fail)?;
        let columns = self.columns(source)?;
        let mut slot = Slot::default();
        let mut traces: Vec<Option<Trace>> = Vec::with_capacity(8);
        let mut revisions = Vec::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let read: u16 = row.get(0).map_err(&fail)?;
            let key = text(row, 1)?.unwrap_or_default();
            if is_left_out(read, key) {
                continue;
            }
            let part: u16 = row.get(2).map_err(&fail)?;
            let again = !traces.is_empty() && (slot.read, slot.key.as_str(), slot.part) == (read, key, part);
            let round: RoundId = row.get(3 + TRACE_COLUMNS).map_err(&fail)?;
            if !again {
                slot.begin(read, key, part, round);
            }
            let empty = text(row, 3)?.is_none();
            let mut now = if empty {
                None
            } else {
                let trace = columns.understand(read, part, round, trace(row, 3, self.zone)?);
                let mut trace = of_row(trace, read, &slot.key);
                let place: Option<i64> = row.get(4 + TRACE_COLUMNS).map_err(&fail)?;
                trace.entry.place = place.map(|place| (read, place));
                Some(trace)
            };
            if again {
                if slot.changed && slot.reading == round {
                    revisions.pop();
                }
                slot.go_on(round, traces.pop().flatten(), now.as_mut());
                if slot.changed {
                    let of = (traces.len(), slot.said_before());
                    revisions.push(self.revision(source, (case, round), of, &mut now)?);
                } else if let Some(before) = slot.before.clone() {
                    traces.push(Some(before));
                    continue;
                }
            }
            if let Some(now) = now.as_mut() {
                self.enter_known(source, round, now, slot.before.as_ref().filter(|_| again))?;
            }
            traces.push(now);
        }
        Ok((traces.into_iter().flatten().collect(), revisions))
    }

    /// What is to be known of how a trace came into the ledger, by what was said in its place before.
    fn enter_known(
        &self,
        source: i64,
        round: RoundId,
        now: &mut Trace,
        before: Option<&Trace>,
    ) -> Result<(), LedgerError> {
        let same = before.filter(|said| (said.kind, said.occurred) == (now.kind, now.occurred));
        now.entry.unseen_at = self.unseen(source, round, now, before)?;
        now.entry.read_ahead = self.read_ahead(round, now, before)?;
        now.entry.clock_ahead = same.is_some_and(|said| said.entry.clock_ahead);
        if let Some(read) = now.entry.read_ahead
            && self.is_of_clock(source, now.occurred, read)?
        {
            (now.entry.read_ahead, now.entry.clock_ahead) = (None, true);
        }
        now.entry.watched = match (same, before) {
            (Some(said), _) => said.entry.watched,
            (None, Some(_)) => false,
            (None, None) => self.watched_before(source, round)?,
        };
        Ok(())
    }

    /// The last reading that did not have what a round read. What is said once more, with another note, was entered when it was
    /// first said.
    fn unseen(
        &self,
        source: i64,
        round: RoundId,
        now: &Trace,
        before: Option<&Trace>,
    ) -> Result<Option<Moment>, LedgerError> {
        if let Some(said) = before.filter(|it| (it.kind, it.occurred) == (now.kind, now.occurred)) {
            return Ok(said.entry.unseen_at);
        }
        let witness = self.witness(source, round)?;
        Ok(witness.unseen.filter(|_| !witness.remapped))
    }

    /// Whether what was read before it happened is no further ahead than the clock of its source.
    fn is_of_clock(&self, source: i64, occurred: Moment, read: Moment) -> Result<bool, LedgerError> {
        Ok(self.clock_lead(source)?.is_some_and(|lead| !is_ahead(occurred, read.at() + lead)))
    }

    /// When a trace was first read, where that was before it happened. A machine whose clock went back is no witness before it has
    /// caught up, and neither is a round that looks back at what came later.
    fn read_ahead(
        &self,
        round: RoundId,
        now: &Trace,
        before: Option<&Trace>,
    ) -> Result<Option<Moment>, LedgerError> {
        if let Some(said) = before.filter(|it| (it.kind, it.occurred) == (now.kind, now.occurred)) {
            return Ok(said.entry.read_ahead);
        }
        let read = self.round_facts(round)?.started;
        let ahead = before.filter(|it| it.kind == now.kind && it.entry.read_ahead.is_some());
        if let Some(said) = ahead.filter(|it| only_moved(it.occurred, now.occurred, read.at())) {
            return Ok(said.entry.read_ahead);
        }
        if !is_ahead(now.occurred, read.at()) {
            return Ok(None);
        }
        let latest = self.latest_by(round)?;
        Ok(latest.filter(|latest| is_ahead(now.occurred, latest.at())).map(|_| read))
    }

    /// The latest time that a clock had shown by a round; `None`: the round looked back.
    fn latest_by(&self, round: RoundId) -> Result<Option<Moment>, LedgerError> {
        if let Some((_, latest)) = self.latest_by.get().filter(|(known, _)| *known == round) {
            return Ok(latest);
        }
        let sql = "SELECT started_at, (SELECT replay FROM round WHERE id = ?1) FROM round WHERE id <= ?1
                   ORDER BY julianday(started_at) DESC LIMIT 1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?));
        let found = self.list("read when a round was", sql, [round], read)?;
        let found = found.into_iter().find(|(_, replay)| !replay);
        let latest = found.map(|(started, _)| moment(&started, self.zone)).transpose()?;
        self.latest_by.set(Some((round, latest)));
        Ok(latest)
    }

    /// What a round read in the place of a trace.
    fn revision(
        &self,
        source: i64,
        (case, round): (i64, RoundId),
        (slot, mut before): (usize, Trace),
        now: &mut Option<Trace>,
    ) -> Result<Revision, LedgerError> {
        let remapped = self.remapped(source, round)?;
        if let Some(now) = now.as_mut().filter(|_| remapped) {
            if is_another_zone_of(before.recorded, now.recorded) {
                before.recorded = now.recorded;
            }
            // What another mapping reads later says nothing of when it was entered.
            now.recorded = before.recorded;
        }
        let seen_at = self.round_facts(round)?.started;
        let told_at = self.told_before(case, seen_at)?;
        Ok(Revision { slot, before, after: now.clone(), seen_at, told_at, remapped })
    }
}
