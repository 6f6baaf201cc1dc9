//! Sweeps: a source is read as a whole, and what the ledger knows is compared with what is still there.

use chrono::NaiveDate;
use rusqlite::{Transaction, params};

use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::Intake;
use super::course::{Course, Sweep};
use super::doubled::may_double;
use super::missing::{self, COMPARED, look_for_gone};
use super::moved_rows::{self, SAID};
use super::rekeyed::{InPlace, in_place};
use super::{taken_back, went_back};
use crate::domain::now::Now;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::record::sweep::{Compares, Doubt, Look, Swept, compares};
use crate::domain::record::{Fact, Rejected};
use crate::domain::rules::source_suspect::{GoneRows, Looked, NAMED, Share, judge_swept};
use crate::domain::text::Text;

fn swept_on(source: i64) -> String {
    format!("swept_on_{source}")
}

fn looked_back_on(source: i64) -> String {
    format!("looked_back_on_{source}")
}

impl Intake<'_> {
    /// Remembers that a row is still there, if its case is one of those that are compared.
    pub(super) fn swept(&mut self, sweep: &Sweep, case: i64, fact: &Fact) -> rusqlite::Result<()> {
        let sql = "INSERT INTO temp.swept (read, case_id, row) SELECT ?1, ?2, ?3 FROM \"case\" WHERE id = ?2
                       AND (state IN ('open', 'fault') OR last_on >= ?4) ON CONFLICT DO NOTHING";
        let since = sweep.since.map(|day| day.to_string());
        for (read, row) in rows_of(fact) {
            self.statement(sql)?.execute(params![read, case, row, since])?;
            self.met().keys.met_in_sweep(case, read, row);
        }
        Ok(())
    }

    /// The source says that a row is deleted: of a case that is known, what the row said stays. One that stands in another table
    /// was not deleted.
    pub(super) fn gone(&mut self, fact: &Fact) -> Result<(), LedgerError> {
        let fail = cannot("enter what a source says is deleted");
        let sql = "INSERT INTO vanished_row (case_id, read, row, round_id) SELECT ?1, ?2, ?3, ?4 WHERE EXISTS
                       (SELECT 1 FROM trace WHERE case_id = ?1 AND read = ?2 AND row = ?3) ON CONFLICT DO NOTHING";
        let Some(case) = self.known(&fact.case).map_err(&fail)? else { return Ok(()) };
        for (read, row) in rows_of(fact) {
            if self.has_moved(case, read, row)? {
                continue;
            }
            let mut enter = self.statement(sql).map_err(&fail)?;
            if enter.execute(params![case, read, row, self.round]).map_err(&fail)? > 0 {
                self.mark(&fact.case, case).map_err(&fail)?;
            }
        }
        Ok(())
    }

    /// A row that cannot be read is there all the same.
    pub(super) fn unreadable(&mut self, read: u16, rejected: &Rejected) -> rusqlite::Result<()> {
        let Some(case) = rejected.case.as_deref().map(|number| self.known(number)).transpose()?.flatten()
        else {
            return Ok(());
        };
        for row in ["", rejected.row.as_str()] {
            self.statement(
                "INSERT INTO temp.swept (read, case_id, row) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![read, case, row])?;
            self.met().keys.met_in_sweep(case, read, row);
        }
        Ok(())
    }

    pub(super) fn has_vanished(&self) -> rusqlite::Result<bool> {
        self.statement("SELECT 1 FROM vanished_row WHERE back_round IS NULL")?.exists([])
    }

    /// A row that had vanished is there again.
    pub(super) fn back(&mut self, case: i64, fact: &Fact) -> rusqlite::Result<()> {
        let sql = "UPDATE vanished_row SET back_round = ?4
                   WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND back_round IS NULL";
        for (read, row) in rows_of(fact) {
            if self.statement(sql)?.execute(params![case, read, row, self.round])? > 0 {
                self.mark(&fact.case, case)?;
            }
        }
        Ok(())
    }
}

/// The rows under which the traces of a fact stand in the ledger: its own, or its case's.
fn rows_of(fact: &Fact) -> impl Iterator<Item = (u16, &str)> {
    let mut last = None;
    let in_doubt = fact.in_doubt.iter().flat_map(|it| &it.slots);
    fact.traces
        .iter()
        .map(|(slot, _)| slot)
        .chain(in_doubt)
        .map(|slot| (slot.read, &*slot.row))
        .filter(move |row| last.replace(*row) != Some(*row))
}

impl Ledger {
    /// Begins a sweep where [`compares`] says that one is due; one that failed is due again with the next round. What is taken in from
    /// now on is remembered, row by row, on the disk.
    pub fn sweep_if_due(
        &mut self,
        course: &mut Course,
        spec: &SourceSpec,
        look: Look,
        now: &Now,
    ) -> Result<bool, LedgerError> {
        let source = course.source;
        // Of a reading that failed, or was stopped.
        self.end_sweep(course)?;
        let reads = spec.reads.iter().zip(0u16..);
        course.further_reads = super::numbers::further(spec);
        course.plain_reads = reads.filter(|(read, _)| may_double(read)).map(|(_, number)| number).collect();
        let doubt = match self.suspicion(source)? {
            None => Doubt::None,
            Some(doubted) if doubted.accepted => Doubt::Accepted,
            Some(_) => Doubt::Open,
        };
        let (on, looked_back_on) =
            (self.day_noted(&swept_on(source))?, self.day_noted(&looked_back_on(source))?);
        let compared = compares(spec, Swept { on, looked_back_on, doubt }, look, now);
        course.watches_keys = compared != Compares::Nothing;
        let since = match compared {
            Compares::Nothing | Compares::Keys => return Ok(false),
            Compares::Unfinished => None,
            Compares::ClosedToo => self.compared_since(source, spec, now)?,
        };
        self.begin_sweep(course, spec, since)?;
        Ok(true)
    }

    fn day_noted(&self, what: &str) -> Result<Option<NaiveDate>, LedgerError> {
        Ok(self.recall(what)?.and_then(|day| day.parse().ok()))
    }

    pub(super) fn begin_sweep(
        &mut self,
        course: &mut Course,
        spec: &SourceSpec,
        since: Option<NaiveDate>,
    ) -> Result<(), LedgerError> {
        self.end_sweep(course)?;
        let tables = format!(
            "PRAGMA temp_store = FILE;
             CREATE TEMP TABLE IF NOT EXISTS swept (read INTEGER, case_id INTEGER, row TEXT,
                 PRIMARY KEY (case_id, read, row)) WITHOUT ROWID;
             {SAID}"
        );
        self.db.execute_batch(&tables).map_err(cannot("begin a sweep"))?;
        let cases =
            spec.reads.iter().zip(0..).filter(|(read, _)| read.item.is_some() && read.evidence.is_none());
        let empty = cases.map(|(_, number)| number).collect();
        self.swept.insert(course.source);
        course.sweep = Some(Sweep { since, empty, recognised: false, differs: false });
        Ok(())
    }

    /// The source was read to its end: what was not met again has vanished, and its case is judged anew. Gives what was found
    /// instead, and why the source is doubted, where so much is gone that the source itself must be at fault and nobody has
    /// accepted that these are missing.
    pub fn sweep_ends(
        &mut self,
        course: &mut Course,
        spec: &SourceSpec,
        whole: &[(u16, String)],
        gone: GoneRows,
        now: &Now,
    ) -> Result<Option<(Looked, Text)>, LedgerError> {
        let (source, round) = (course.source, course.round);
        let Some(sweep) = course.sweep.clone() else {
            return self.taken_back_ends(course, spec, gone, now);
        };
        let mut held = std::mem::take(&mut course.taken_back);
        let held_since = self.compared_since(source, spec, now)?;
        let fail = cannot("end a sweep");
        let before = self.last_sweep(source, round)?;
        let zone = self.zone;
        let day = sweep.since.map(|day| day.to_string());
        let tx = self.db.transaction().map_err(&fail)?;
        missing::begin(&tx).map_err(&fail)?;
        look_for_gone(&tx, source, day.as_deref(), whole).map_err(&fail)?;
        let in_place = in_place(&tx, zone, before)?;
        moved_rows::take_out(&tx, zone)?;
        went_back::take_back(&tx, &spec.reads, (zone, round), &mut held)?;
        let mut looked = found(&tx, source, &sweep).map_err(&fail)?;
        held.compare(&tx, source, held_since, &mut looked).map_err(&fail)?;
        let doubt = judge_swept(&looked, spec.may_shrink, gone);
        if doubt.is_none() {
            vanish(&tx, source, &in_place, round).map_err(&fail)?;
            taken_back::enter(held, &tx, course, zone)?;
        }
        missing::keep(&tx).map_err(&fail)?;
        tx.commit().map_err(&fail)?;
        self.end_sweep(course)?;
        let today = now.today().to_string();
        self.remember(&swept_on(source), &today)?;
        if doubt.is_none() && sweep.since.is_some() {
            self.remember(&looked_back_on(source), &today)?;
        }
        Ok(doubt.map(|why| (looked, why)))
    }
}

/// Enters what a sweep found, by `temp.gone`.
fn vanish(tx: &Transaction<'_>, source: i64, in_place: &[InPlace], round: RoundId) -> rusqlite::Result<()> {
    for row in in_place {
        row.enter(tx, round)?;
    }
    tx.execute(
        "INSERT INTO vanished_row (case_id, read, row, round_id) SELECT case_id, read, row, ?1 FROM temp.gone
         WHERE true ON CONFLICT DO NOTHING",
        [round],
    )?;
    tx.execute("UPDATE \"case\" SET unjudged = 1 WHERE id IN (SELECT case_id FROM temp.gone)", [])?;
    tx.execute("INSERT INTO source_sweep VALUES (?1, ?2) ON CONFLICT DO NOTHING", [source, round]).map(drop)
}

impl Ledger {
    /// The last round before another in which a sweep found a source whole; 0: none.
    fn last_sweep(&self, source: i64, round: RoundId) -> Result<RoundId, LedgerError> {
        let sql =
            "SELECT coalesce(max(round_id), 0) FROM source_sweep WHERE source_id = ?1 AND round_id < ?2";
        let found = self.list("look when a source was last swept", sql, [source, round], |row| row.get(0))?;
        Ok(found.into_iter().next().unwrap_or(0))
    }
}

/// What a sweep or a look found, by `temp.gone`.
pub(super) fn found(tx: &rusqlite::Connection, source: i64, sweep: &Sweep) -> rusqlite::Result<Looked> {
    let count =
        |sql: &str, values: &[&dyn rusqlite::ToSql]| tx.query_row(sql, values, |row| row.get::<_, u64>(0));
    let missing = count("SELECT count(DISTINCT case_id) FROM temp.gone", &[])?;
    let compared = format!(
        "SELECT count(*) FROM \"case\" WHERE {COMPARED}
             AND id NOT IN (SELECT case_id FROM vanished_row WHERE back_round IS NULL)"
    );
    let since = sweep.since.map(|day| day.to_string());
    let unfinished = "SELECT count(*) FROM \"case\" WHERE state IN ('open', 'fault') AND id IN (SELECT case_id FROM temp.gone)";
    let unfinished = Share {
        missing: count(unfinished, &[])?,
        compared: count(&compared, params![source, None::<String>])?,
    };
    let compared = count(&compared, params![source, since])?;
    let named =
        "SELECT number FROM \"case\" WHERE id IN (SELECT case_id FROM temp.gone) ORDER BY id LIMIT ?1";
    let named = tx.prepare(named)?.query_map([NAMED], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut gone = tx.prepare("SELECT 1 FROM temp.gone WHERE read = ?1")?;
    let mut empty = false;
    for read in &sweep.empty {
        empty |= gone.exists([read])?;
    }
    let Sweep { recognised, differs, .. } = *sweep;
    Ok(Looked { compared, missing, unfinished, named, recognised, differs, empty, ..Looked::default() })
}
