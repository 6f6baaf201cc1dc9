//! When what a source says was entered: what a round first read was not there when the source was last read before.

use chrono::TimeDelta;
use rusqlite::params;

use super::super::stored::{TRACE, TRACE_COLUMNS, dates_from_text, moment, of_row, text, trace};
use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::round_facts::RoundFacts;
use super::vanished::Rows;
use crate::domain::case_file::{HeaderChange, History, Version, entered};
use crate::domain::finding::Known;
use crate::domain::moment::Moment;
use crate::domain::record::{Header, Trace};

/// What can be said of the time at which something was entered that a round read first.
#[derive(Debug, Clone, Copy)]
pub(in crate::edge::ledger) struct Witness {
    /// When it was read.
    pub seen: Moment,
    /// When the source was last read before, and it was not there; less the time by which the source lags.
    pub unseen: Option<Moment>,
    /// It may come of reading by another mapping.
    pub remapped: bool,
}

impl Witness {
    /// When what the round read was entered; `None`: nobody knows that it was not always there. No line of a mapping lifts a
    /// card by itself, so what it makes of a record counts as entered when it was read.
    fn entered(&self, recorded: Option<Moment>) -> Option<Moment> {
        if self.remapped { Some(self.seen) } else { entered(recorded, self.seen, self.unseen) }
    }
}

impl Ledger {
    /// What is to be known of the time of entry of what a round read.
    pub(super) fn witness(&self, source: i64, round: RoundId) -> Result<Witness, LedgerError> {
        const REMEMBERED: usize = 256;
        if let Some(known) = self.witnesses.borrow().get(&(source, round)) {
            return Ok(*known);
        }
        let witness = self.look_for_witness(source, round)?;
        let mut witnesses = self.witnesses.borrow_mut();
        if witnesses.len() >= REMEMBERED {
            witnesses.clear();
        }
        witnesses.insert((source, round), witness);
        Ok(witness)
    }

    fn look_for_witness(&self, source: i64, round: RoundId) -> Result<Witness, LedgerError> {
        let RoundFacts { started: seen, .. } = self.round_facts(round)?;
        let remapped = self.remapped(source, round)?;
        let before = self.read_before(source, round)?;
        let unseen = before.map(|before| self.complete_after(source, before)).transpose()?;
        Ok(Witness { seen, unseen, remapped })
    }

    /// Up to when nothing can be missing of what a round read of a source: its beginning, or the last delivery by then, less the
    /// time by which the source lags.
    pub(in crate::edge::ledger) fn complete_after(
        &self,
        source: i64,
        round: RoundId,
    ) -> Result<Moment, LedgerError> {
        let started = self.round_facts(round)?.started;
        let delivered = self.delivered_by(source, round)?.filter(|delivered| delivered.at() < started.at());
        let lag = TimeDelta::seconds(self.lag_of(source)?);
        Ok(Moment::instant(delivered.unwrap_or(started).at() - lag))
    }

    /// The last round before another that read the source whole, by the same mapping. What a sweep finds may have been there
    /// since the sweep before: a row that does not move its watermark is read by no other. A round that left the source out has not
    /// read it.
    fn read_before(&self, source: i64, round: RoundId) -> Result<Option<RoundId>, LedgerError> {
        let swept = "SELECT 1 FROM source_sweep WHERE source_id = ?1 AND round_id = ?2";
        let swept = !self.list("look for a sweep", swept, [source, round], |_| Ok(()))?.is_empty();
        let sql = if swept {
            "SELECT max(max(coalesce((SELECT max(round_id) FROM source_sweep WHERE source_id = ?1 AND round_id < ?2), 0)),
                 coalesce((SELECT max(from_round) FROM source_span WHERE source_id = ?1 AND from_round < ?2), 0))"
        } else {
            "SELECT max(r.id) FROM round AS r JOIN source_span AS s ON s.source_id = ?1 AND s.from_round <= r.id
                 AND (s.to_round IS NULL OR r.id <= s.to_round) WHERE r.id < ?2 AND r.id >= ?2 - 1000 AND r.finished_at IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM blindness AS b WHERE b.source_id = ?1 AND b.after_round < r.id
                     AND (b.ended_round IS NULL OR r.id < b.ended_round))"
        };
        let found: Vec<Option<RoundId>> =
            self.list("look when a source was read before", sql, params![source, round], |row| row.get(0))?;
        Ok(found.into_iter().flatten().next().filter(|before| *before > 0))
    }

    /// Up to when what a round could read was complete, of a source that delivers in batches.
    fn delivered_by(&self, source: i64, round: RoundId) -> Result<Option<Moment>, LedgerError> {
        let sql =
            "SELECT at FROM delivery WHERE source_id = ?1 AND round_id <= ?2 ORDER BY round_id DESC LIMIT 1";
        let found: Vec<String> =
            self.list("look when a source delivered", sql, [source, round], |row| row.get(0))?;
        found.first().map(|at| moment(at, self.zone)).transpose()
    }

    fn lag_of(&self, source: i64) -> Result<i64, LedgerError> {
        let sql = "SELECT lag_seconds FROM source WHERE id = ?1";
        let found = self.list("look by how much a source lags", sql, [source], |row| row.get(0))?;
        Ok(found.into_iter().next().unwrap_or(0))
    }

    /// Everything that was said of a case that was first read in a round, where a card of it was told.
    pub(super) fn history(
        &self,
        source: i64,
        (case, first_round): (i64, RoundId),
        known: &[Known],
        (headers, header): (&[HeaderChange], Option<&Header>),
        left_out: &Rows,
    ) -> Result<Option<Box<History>>, LedgerError> {
        if known.iter().all(|known| known.told.is_none()) {
            return Ok(None);
        }
        let fail = cannot("read what was said of a case");
        let sql = format!(
            "SELECT read, row, part, {TRACE}, round_id FROM trace WHERE case_id = ?1 ORDER BY read, row, part, revision"
        );
        let mut find = self.db.prepare_cached(&sql).map_err(&fail)?;
        let mut rows = find.query([case]).map_err(&fail)?;
        let columns = self.columns(source)?;
        let mut slots: Vec<Vec<(RoundId, Version<Trace>)>> = Vec::new();
        let mut last: Option<(u16, String, u16)> = None;
        while let Some(row) = rows.next().map_err(&fail)? {
            let read: u16 = row.get(0).map_err(&fail)?;
            let slot = (read, text(row, 1)?.unwrap_or_default().to_owned(), row.get(2).map_err(&fail)?);
            if !left_out.is_empty() && left_out.contains(&(read, slot.1.clone())) {
                continue;
            }
            let empty = text(row, 3)?.is_none();
            let round = row.get(3 + TRACE_COLUMNS).map_err(&fail)?;
            let value: Option<Trace> = if empty { None } else { Some(trace(row, 3, self.zone)?) };
            let value = value.map(|it| of_row(columns.understand(read, slot.2, round, it), read, &slot.1));
            let witness = self.witness(source, round)?;
            let entered = witness.entered(value.as_ref().and_then(|trace| trace.recorded));
            let version = Version { value, entered, seen: witness.seen, remapped: witness.remapped };
            if last.as_ref() == Some(&slot) {
                slots.last_mut().expect("the slot began above").push((round, version));
            } else {
                slots.push(vec![(round, version)]);
                last = Some(slot);
            }
        }
        let said = headers.iter().map(|change| &change.before).chain(header);
        let first = self.witness(source, first_round)?;
        let since = std::iter::once((first.entered(None), first.seen, false))
            .chain(headers.iter().map(|change| (Some(change.seen_at), change.seen_at, change.remapped)));
        let changed = "SELECT round_id FROM case_change WHERE case_id = ?1 ORDER BY id";
        let changed: Vec<RoundId> =
            self.list("read when a case changed", changed, [case], |row| row.get(0))?;
        let rounds = std::iter::once(first_round).chain(changed);
        let of_itself =
            rounds.zip(since).zip(said.cloned()).map(|((round, (entered, seen, remapped)), value)| {
                (round, Version { value: Some(value), entered, seen, remapped })
            });
        let headers = self.as_before(source, of_itself.collect())?;
        let mut history = History { headers, slots: Vec::with_capacity(slots.len()) };
        for slot in slots {
            history.slots.push(self.as_before(source, slot)?);
        }
        Ok(Some(Box::new(history)))
    }

    /// Versions of a thing, each with its round. One that says what was last said by the mapping to which its round went back is
    /// no news: it was on record all the while, and what a mapping put in its place never was.
    fn as_before<T: PartialEq>(
        &self,
        source: i64,
        versions: Vec<(RoundId, Version<T>)>,
    ) -> Result<Vec<Version<T>>, LedgerError> {
        let mut rounds = Vec::with_capacity(versions.len());
        let mut said: Vec<Version<T>> = Vec::with_capacity(versions.len());
        for (round, mut version) in once_a_reading(versions) {
            let back_to = if version.remapped { self.went_back_to(source, round)? } else { None };
            if let Some(back_to) = back_to {
                let read = rounds.partition_point(|round| *round <= back_to);
                let then = read.checked_sub(1).map(|at| &said[at]);
                if then.and_then(|then| then.value.as_ref()) == version.value.as_ref() {
                    version.entered = then.and_then(|then| then.entered);
                }
            }
            rounds.push(round);
            said.push(version);
        }
        Ok(said)
    }

    /// What a case's own row said before, in the order in which it was read.
    pub(super) fn header_changes(
        &self,
        source: i64,
        case: i64,
        header: Option<&Header>,
    ) -> Result<Vec<HeaderChange>, LedgerError> {
        let sql = "SELECT round_id, item, unit, dates, display, earlier FROM case_change WHERE case_id = ?1 ORDER BY id";
        type Columns = (RoundId, [Option<String>; 5]);
        let rows: Vec<Columns> = self.list("read how a case changed", sql, [case], |row| {
            Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?]))
        })?;
        let columns = self.columns(source)?;
        let mut before = Vec::new();
        for (round, [item, unit, dates, display, earlier]) in rows {
            let mut dates =
                dates.map(|text| dates_from_text(&text, self.zone)).transpose()?.unwrap_or_default();
            columns.understand_dates(round, &mut dates);
            before.push((round, Header { item: item.unwrap_or_default(), unit, dates, display, earlier }));
        }
        let afters: Vec<Header> =
            before.iter().skip(1).map(|(_, header)| header.clone()).chain(header.cloned()).collect();
        let mut changes = Vec::new();
        for ((round, before), after) in before.into_iter().zip(afters) {
            let witness = self.witness(source, round)?;
            let told_at = self.told_before(case, witness.seen)?;
            let (seen_at, remapped) = (witness.seen, witness.remapped);
            changes.push(HeaderChange { before, after, seen_at, told_at, remapped });
        }
        Ok(changes)
    }
}

/// Of each reading what it said last, where that is not what had been said before it.
fn once_a_reading<T: PartialEq>(versions: Vec<(RoundId, Version<T>)>) -> Vec<(RoundId, Version<T>)> {
    let mut kept: Vec<(RoundId, Version<T>)> = Vec::with_capacity(versions.len());
    for (round, version) in versions {
        if kept.pop_if(|(of, _)| *of == round).is_some()
            && kept.last().is_some_and(|(_, before)| before.value == version.value)
        {
            continue;
        }
        kept.push((round, version));
    }
    kept
}

/// The changes of a case's own row from one reading to another. What the first reading said last (`met`) is no change.
pub(super) fn settled(changes: Vec<HeaderChange>, met: Moment) -> Vec<HeaderChange> {
    let mut kept: Vec<HeaderChange> = Vec::with_capacity(changes.len());
    for mut change in changes.into_iter().filter(|change| change.seen_at != met) {
        if let Some(earlier) = kept.pop_if(|earlier| earlier.seen_at == change.seen_at) {
            change.before = earlier.before;
        }
        kept.push(change);
    }
    kept.retain(|change| change.before != change.after);
    kept
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;

    fn at(day: u32) -> Moment {
        moment(&format!("2011-10-{day:02}T09:00:00+08:00"), Shanghai).unwrap()
    }

    fn change(day: u32, before: &str, after: &str) -> HeaderChange {
        let header = |unit: &str| Header {
            item: "I".into(),
            unit: Some(unit.into()),
            dates: Vec::new(),
            display: None,
            earlier: None,
        };
        let (before, after) = (header(before), header(after));
        HeaderChange { before, after, seen_at: at(day), told_at: None, remapped: false }
    }

    /// Of a reading only the last state is a change, against what stood before it; there and back is none.
    #[test]
    fn a_reading_is_one_change_of_the_header() {
        let there_and_back = [change(2, "a", "b"), change(2, "b", "a")];
        assert_eq!(settled(there_and_back.to_vec(), at(1)), []);
        let on = [change(2, "a", "b"), change(2, "b", "c"), change(3, "c", "d")];
        assert_eq!(settled(on.to_vec(), at(1)), [change(2, "a", "c"), change(3, "c", "d")]);
        assert_eq!(settled(on.to_vec(), at(2)), [change(3, "c", "d")], "by the first reading");
    }

    /// The same of versions: a word said before the reading and again at its end was on record all the while.
    #[test]
    fn a_reading_is_one_version() {
        let version = |round: RoundId, value: Option<u8>| {
            (round, Version { value, entered: None, seen: at(round as u32), remapped: false })
        };
        let said = |versions: &[(RoundId, Option<u8>)]| {
            let versions = versions.iter().map(|(round, value)| version(*round, *value)).collect();
            once_a_reading(versions).into_iter().map(|(round, it)| (round, it.value)).collect::<Vec<_>>()
        };
        assert_eq!(said(&[(1, Some(1)), (2, None), (2, Some(1))]), [(1, Some(1))]);
        assert_eq!(said(&[(1, Some(1)), (2, None), (2, Some(2))]), [(1, Some(1)), (2, Some(2))]);
        assert_eq!(said(&[(1, Some(1)), (2, None), (3, Some(1))]), [(1, Some(1)), (2, None), (3, Some(1))]);
        assert_eq!(said(&[(1, Some(1)), (1, Some(2))]), [(1, Some(2))]);
    }
}
