//! What the times of a column have in common over its readings, and what its traces say then. A trace stands in the ledger as its
//! source wrote it; that its midnight is a day is known once the reading is over, and needs no second version of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{OptionalExtension, Transaction, params};

use super::super::{Ledger, LedgerError, RoundId};
use super::read_to::ReadTo;
use crate::domain::moment::Moment;
use crate::domain::record::columns::{Census, TimeCells, TimeColumn, TimePlace, is_of_another_zone};
use crate::domain::record::mapping::ReadSpec;
use crate::domain::record::{Fact, Trace};

/// The times of the reading that goes on.
#[derive(Debug, Default)]
pub(in crate::edge::ledger) struct Counted {
    /// Of all rows.
    all: Census,
    /// Of those that brought something new.
    fresh: Census,
}

impl Counted {
    /// Counts the times of a row.
    pub(in crate::edge::ledger) fn count(&mut self, read: u16, fact: &Fact) {
        self.all.count(read, fact);
    }

    /// Counts the times of a row that brought something new.
    pub(in crate::edge::ledger) fn count_news(&mut self, read: u16, fact: &Fact) {
        self.all.count(read, fact);
        self.fresh.count(read, fact);
    }
}

/// What is to be known of a column whose times are not to be taken as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column {
    /// What earlier rounds brought are days; `None`: nothing is.
    days_before: Option<RoundId>,
    another_zone: bool,
}

/// The columns of a source whose times are not to be taken as they stand, by read and place.
#[derive(Debug, Clone, Default)]
pub(in crate::edge::ledger) struct Columns(BTreeMap<(u16, TimePlace), Column>);

impl Columns {
    fn days(&self, read: u16, place: TimePlace, round: RoundId, at: Moment) -> Moment {
        let column = self.0.get(&(read, place));
        let is_day = column.is_some_and(|it| it.days_before.is_some_and(|before| round < before));
        if is_day { at.without_midnight() } else { at }
    }

    /// A trace as a round read it, with what its columns are taken into account.
    pub(in crate::edge::ledger) fn understand(
        &self,
        read: u16,
        part: u16,
        round: RoundId,
        mut trace: Trace,
    ) -> Trace {
        if self.0.is_empty() {
            return trace;
        }
        trace.occurred = self.days(read, TimePlace::Occurred(part), round, trace.occurred);
        trace.asked = trace.asked.map(|at| self.days(read, TimePlace::Asked(part), round, at));
        trace.due = trace.due.map(|at| self.days(read, TimePlace::Due(part), round, at));
        for (step, due) in &mut trace.step_dues {
            *due = self.days(read, TimePlace::StepDue(part, step.clone()), round, *due);
        }
        let entered = self.0.get(&(read, TimePlace::Recorded(part)));
        trace.recorded = trace
            .recorded
            .filter(|_| !entered.is_some_and(|column| column.another_zone))
            .map(|at| self.days(read, TimePlace::Recorded(part), round, at));
        trace
    }

    /// A time as it stands in the ledger, cut to its day where it is one.
    pub(in crate::edge::ledger) fn in_words(
        &self,
        read: u16,
        place: TimePlace,
        round: RoundId,
        text: &mut Option<String>,
    ) {
        let column = self.0.get(&(read, place));
        let is_day = column.is_some_and(|it| it.days_before.is_some_and(|before| round < before));
        if let Some(text) = text.as_mut().filter(|text| is_day && text.get(11..19) == Some("00:00:00")) {
            text.truncate(10);
        }
    }

    /// The dates that a record itself carries, as a round read them.
    pub(in crate::edge::ledger) fn understand_dates(&self, round: RoundId, dates: &mut [(String, Moment)]) {
        for (read, place) in self.0.keys() {
            let TimePlace::Date(of) = place else { continue };
            for (_, at) in dates.iter_mut().filter(|(name, _)| name == of) {
                *at = self.days(*read, place.clone(), round, *at);
            }
        }
    }
}

/// What a revision that says the same time as before says: what was kept as a day stays one.
pub(in crate::edge::ledger) fn as_it_was(before: &Trace, now: &mut Trace) {
    let keep = |before: Option<Moment>, now: Moment| {
        let same = before.is_some_and(|before| !before.hour_known() && now.without_midnight() == before);
        // What was read by a program that kept no milliseconds says the same without them.
        let to_the_second = before.filter(|before| now.to_the_second() == *before);
        if same { now.without_midnight() } else { to_the_second.unwrap_or(now) }
    };
    now.occurred = keep(Some(before.occurred), now.occurred);
    now.recorded = now.recorded.map(|at| keep(before.recorded, at));
    now.asked = now.asked.map(|at| keep(before.asked, at));
    now.due = now.due.map(|at| keep(before.due, at));
    for (step, due) in &mut now.step_dues {
        *due = keep(before.step_due(step), *due);
    }
}

impl Ledger {
    /// The columns of a source whose times are not to be taken as they stand. Cases come by source, so those of the last one are
    /// kept at hand.
    pub(in crate::edge::ledger) fn columns(&self, source: i64) -> Result<Arc<Columns>, LedgerError> {
        if let Some((known, columns)) = &*self.columns.borrow()
            && *known == source
        {
            return Ok(Arc::clone(columns));
        }
        let sql = "SELECT p.read, p.place, iif(c.midnights = 0, NULL, coalesce(c.times_since, ?2)), c.another_zone
                   FROM time_place AS p JOIN time_column AS c USING (source_id, read, column_name)
                   WHERE p.source_id = ?1 AND (c.another_zone OR c.midnights > 0 AND coalesce(c.times_since, 1) > 0)";
        let rows: Vec<((u16, String), Column)> =
            self.list("read what columns hold", sql, [source, RoundId::MAX], |row| {
                let column = Column { days_before: row.get(2)?, another_zone: row.get(3)? };
                Ok(((row.get(0)?, row.get(1)?), column))
            })?;
        let mut columns = Columns::default();
        for ((read, place), column) in rows {
            let garbled = || LedgerError::Garbled { what: "the place of a time", value: place.clone() };
            columns.0.insert((read, place.parse().map_err(|()| garbled())?), column);
        }
        let columns = Arc::new(columns);
        *self.columns.borrow_mut() = Some((source, Arc::clone(&columns)));
        Ok(columns)
    }
}

/// Enters what a reading has shown of the columns of its source.
pub(super) fn enter(
    tx: &Transaction<'_>,
    source: i64,
    read: &ReadTo<'_>,
    counted: &Counted,
) -> rusqlite::Result<()> {
    let same = "SELECT 1 FROM mapping WHERE source_id = ?1 AND digest = ?2";
    if !tx.prepare_cached(same)?.exists(params![source, read.mapping])? {
        remapped(tx, source, read.reads)?;
    }
    for (number, spec) in (0u16..).zip(read.reads) {
        let whole = read.whole.iter().any(|(of, beginning)| *of == number && beginning.is_empty());
        let base = if whole { Base::Nothing } else { Base::Known };
        let (all, fresh) = (counted.all.of_columns(number, spec), counted.fresh.of_columns(number, spec));
        for (column, cells) in &all {
            let entries = if whole { Some(cells) } else { fresh.get(column) };
            let of_it = spec.time_columns().into_iter().filter(|it| it.name == *column);
            let behind = of_it.filter_map(|it| it.entry_of).next();
            let of = ColumnOf { source, read: number, column };
            of_column(tx, of, read.round, (cells, entries), (base, behind))?;
        }
    }
    Ok(())
}

/// Another mapping: what stands in the same column as before stays known.
fn remapped(tx: &Transaction<'_>, source: i64, reads: &[ReadSpec]) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM time_place WHERE source_id = ?1")?.execute([source])?;
    let enter = "INSERT INTO time_place (source_id, read, place, column_name) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING";
    for (number, spec) in (0u16..).zip(reads) {
        for TimeColumn { place, name: column, .. } in spec.time_columns() {
            tx.prepare_cached(enter)?.execute(params![source, number, place.to_string(), column])?;
        }
    }
    let clear = "DELETE FROM time_column WHERE source_id = ?1 AND NOT EXISTS (SELECT 1 FROM time_place AS p
                    WHERE (p.source_id, p.read, p.column_name) = (?1, time_column.read, time_column.column_name))";
    tx.prepare_cached(clear)?.execute([source]).map(drop)
}

/// To what the counts of a reading are added.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    /// All of the read was read: its counts are all there is.
    Nothing,
    /// To what was known.
    Known,
}

/// What was known of a column's times.
#[derive(Default)]
struct Known {
    midnights: i64,
    /// The first round in which one was no midnight.
    since: Option<RoundId>,
    /// Entries before what was entered, long before it, and prompt ones.
    counts: [i64; 3],
    minutes: Option<i64>,
}

/// A column of a read.
#[derive(Clone, Copy)]
struct ColumnOf<'c> {
    source: i64,
    read: u16,
    column: &'c str,
}

fn of_column(
    tx: &Transaction<'_>,
    ColumnOf { source, read, column }: ColumnOf<'_>,
    round: RoundId,
    (cells, entries): (&TimeCells, Option<&TimeCells>),
    (base, behind): (Base, Option<&str>),
) -> rusqlite::Result<()> {
    let known = "SELECT midnights, times_since, before, far_before, prompt, behind_minutes FROM time_column
                 WHERE source_id = ?1 AND read = ?2 AND column_name = ?3";
    let known: Option<Known> = tx
        .prepare_cached(known)?
        .query_row(params![source, read, column], |row| {
            let counts = [row.get(2)?, row.get(3)?, row.get(4)?];
            Ok(Known { midnights: row.get(0)?, since: row.get(1)?, counts, minutes: row.get(5)? })
        })
        .optional()?;
    let Known { midnights, since, counts, minutes } = known.unwrap_or_default();
    let since = since.or((cells.hours > 0).then_some(if midnights > 0 { round } else { 0 }));
    let seen = cells.midnights as i64;
    let anew = base == Base::Nothing;
    let midnights = if anew && since.is_none() { seen } else { midnights.max(seen) };
    let base = if anew { [0; 3] } else { counts };
    let more = entries.map_or([0; 3], |it| [it.before, it.far_before, it.prompt].map(|count| count as i64));
    let [before, far_before, prompt] = [0, 1, 2].map(|at| base[at] + more[at]);
    let minutes = entries.and_then(TimeCells::lead_minutes).or(minutes);
    let zone = is_of_another_zone(before as u64, prompt as u64);
    let enter = "INSERT OR REPLACE INTO time_column (source_id, read, column_name, midnights, times_since, before, far_before,
                     prompt, another_zone, behind_minutes, behind) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    let row =
        params![source, read, column, midnights, since, before, far_before, prompt, zone, minutes, behind];
    tx.prepare_cached(enter)?.execute(row).map(drop)
}
