//! Rows that are gone from one table of a source and stand in another.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use rusqlite::{Transaction, params};

use super::super::stored::{moment, parsed};
use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::Intake;
use super::course::Course;
use crate::domain::record::moved::{Said, has_moved};
use crate::domain::record::{Slot, Trace};

/// What rows say that are met while a source is looked over, and are not known yet.
pub(super) const SAID: &str = "CREATE TEMP TABLE IF NOT EXISTS said (case_id INTEGER, read INTEGER, kind TEXT, stage TEXT, occurred_at TEXT);
     CREATE INDEX IF NOT EXISTS temp.said_of_case ON said (case_id);";

/// A row of a case, by the number of its read and its key.
pub(super) type Row = (u16, String);

impl Intake<'_> {
    /// Remembers what a row says in a slot that is not known.
    pub(super) fn is_said(&self, case: i64, slot: &Slot, trace: &Trace) -> rusqlite::Result<()> {
        let (stage, at) = (trace.stage.as_deref(), trace.occurred.written());
        self.statement("INSERT INTO temp.said VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![case, slot.read, trace.kind.word(), stage, &*at])
            .map(drop)
    }

    /// Whether a row of a case stands in another table, as far as the ledger knows.
    pub(super) fn has_moved(&self, case: i64, read: u16, row: &str) -> Result<bool, LedgerError> {
        let said = said(self.tx, case, self.zone)?;
        Ok(is_elsewhere(&said, &(read, row.to_owned()), |_| false, &[]))
    }
}

impl Ledger {
    /// A reading came to its end: rows that had vanished are back where what it brought says that they went over to another table.
    pub fn settle_moved(&mut self, course: &Course) -> Result<(), LedgerError> {
        let (fail, zone) = (cannot("settle which rows have moved"), self.zone);
        let (source, round) = (course.source, course.round);
        let tx = self.db.transaction().map_err(&fail)?;
        let sql = "SELECT v.case_id, v.read, v.row FROM vanished_row AS v CROSS JOIN \"case\" AS c ON c.id = v.case_id
                   WHERE v.back_round IS NULL AND c.unjudged = 1 AND c.source_id = ?1";
        for (case, row) in rows(&tx, sql, &[&source]).map_err(&fail)? {
            if is_elsewhere(&said(&tx, case, zone)?, &row, |_| false, &[]) {
                let sql = "UPDATE vanished_row SET back_round = ?4
                           WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND back_round IS NULL";
                let values = params![case, row.0, row.1, round];
                tx.prepare_cached(sql).and_then(|mut back| back.execute(values)).map_err(&fail)?;
            }
        }
        tx.commit().map_err(&fail)
    }
}

/// Takes out of `temp.gone` the rows that stand in another table.
pub(super) fn take_out(tx: &Transaction<'_>, zone: Tz) -> Result<(), LedgerError> {
    let fail = cannot("look which rows have moved");
    let sql = "SELECT g.case_id, g.read, g.row FROM temp.gone AS g
               WHERE EXISTS (SELECT 1 FROM temp.said AS s WHERE s.case_id = g.case_id AND s.read <> g.read)
                   OR EXISTS (SELECT 1 FROM trace AS t WHERE t.case_id = g.case_id AND t.read <> g.read)";
    let mut moved = Vec::new();
    for (case, row) in rows(tx, sql, &[]).map_err(&fail)? {
        let sql = "SELECT case_id, read, row FROM temp.gone WHERE case_id = ?1";
        let gone = rows(tx, sql, &[&case]).map_err(&fail)?;
        let sql = "SELECT read, kind, stage, occurred_at FROM temp.said WHERE case_id = ?1";
        let mut find = tx.prepare_cached(sql).map_err(&fail)?;
        let mut found = find.query([case]).map_err(&fail)?;
        let mut fresh = Vec::new();
        while let Some(said) = found.next().map_err(&fail)? {
            let read: u16 = said.get(0).map_err(&fail)?;
            if read != row.0 {
                fresh.push(one(said, 1, RoundId::MAX, zone)?);
            }
        }
        let is_gone = |other: &Row| gone.iter().any(|(_, it)| it == other);
        if is_elsewhere(&said(tx, case, zone)?, &row, is_gone, &fresh) {
            moved.push((case, row));
        }
    }
    for (case, (read, row)) in moved {
        let sql = "DELETE FROM temp.gone WHERE case_id = ?1 AND read = ?2 AND row = ?3";
        tx.prepare_cached(sql).and_then(|mut take| take.execute(params![case, read, row])).map_err(&fail)?;
    }
    Ok(())
}

/// What the rows of a case say, and which of them have vanished.
pub(super) struct OfCase {
    pub(super) rows: BTreeMap<Row, Vec<Said>>,
    pub(super) vanished: Vec<Row>,
}

/// Whether what a row said is said by rows of other tables that are there, or by what is `fresh`.
fn is_elsewhere(said: &OfCase, row: &Row, is_gone: impl Fn(&Row) -> bool, fresh: &[Said]) -> bool {
    let Some(gone) = said.rows.get(row) else { return false };
    let stands = |other: &Row| other.0 != row.0 && !said.vanished.contains(other) && !is_gone(other);
    let others = said.rows.iter().filter(|(other, _)| stands(other)).flat_map(|(_, said)| said);
    has_moved(gone, &others.chain(fresh).cloned().collect::<Vec<_>>())
}

pub(super) fn said(tx: &Transaction<'_>, case: i64, zone: Tz) -> Result<OfCase, LedgerError> {
    let fail = cannot("read what the rows of a case say");
    let sql = "SELECT t.read, t.row, f.round_id, t.kind, t.stage, t.occurred_at FROM trace AS t
                   JOIN trace AS f ON (f.case_id, f.read, f.row, f.part, f.revision) = (t.case_id, t.read, t.row, t.part, 1)
               WHERE t.case_id = ?1 AND t.kind IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM trace AS l WHERE l.case_id = t.case_id AND l.read = t.read
                       AND l.row = t.row AND l.part = t.part AND l.revision > t.revision)
                   AND NOT EXISTS (SELECT 1 FROM rekeyed_row AS k WHERE k.ended_round IS NULL
                       AND (k.case_id, k.read, k.row) = (t.case_id, t.read, t.row))";
    let mut of_case = OfCase { rows: BTreeMap::new(), vanished: Vec::new() };
    let mut find = tx.prepare_cached(sql).map_err(&fail)?;
    let mut found = find.query([case]).map_err(&fail)?;
    while let Some(row) = found.next().map_err(&fail)? {
        let of = (row.get(0).map_err(&fail)?, row.get(1).map_err(&fail)?);
        let since = row.get(2).map_err(&fail)?;
        of_case.rows.entry(of).or_default().push(one(row, 3, since, zone)?);
    }
    let sql = "SELECT case_id, read, row FROM vanished_row WHERE case_id = ?1 AND back_round IS NULL";
    of_case.vanished = rows(tx, sql, &[&case]).map_err(&fail)?.into_iter().map(|(_, row)| row).collect();
    Ok(of_case)
}

/// One trace, from its kind, stage and moment, beginning at column `at`.
fn one(row: &rusqlite::Row<'_>, at: usize, since: RoundId, zone: Tz) -> Result<Said, LedgerError> {
    let fail = cannot("read what a row says");
    let text = |column: usize| row.get::<_, String>(at + column).map_err(&fail);
    let stage = row.get(at + 1).map_err(&fail)?;
    Ok(Said { kind: parsed("a kind of trace", &text(0)?)?, stage, occurred: moment(&text(2)?, zone)?, since })
}

pub(super) fn rows(
    tx: &Transaction<'_>,
    sql: &str,
    values: &[&dyn rusqlite::ToSql],
) -> rusqlite::Result<Vec<(i64, Row)>> {
    let mut find = tx.prepare_cached(sql)?;
    let found = find.query_map(values, |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    found.collect()
}
