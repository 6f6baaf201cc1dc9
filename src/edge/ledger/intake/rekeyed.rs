//! Rows that are read under another key than before: what they say counts as said by the row that they were.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rusqlite::{OptionalExtension, Transaction, params};

use super::super::cases::vanished::Rows;
use super::super::stored::{TRACE, TRACE_COLUMNS, trace};
use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::Intake;
use super::course::Course;
use super::keys::{KeyWatch, RowOf};
use crate::domain::record::Fact;
use crate::domain::record::rekeyed::{Replaced, RowSaid, pairs};

impl Intake<'_> {
    pub(super) fn has_rekeyed(&self) -> rusqlite::Result<bool> {
        self.statement("SELECT 1 FROM rekeyed_row WHERE ended_round IS NULL")?.exists([])
    }

    /// A row as said by the one that it was; `None` for a deletion of a row that goes on under another key.
    pub(super) fn as_it_was<'f>(&mut self, fact: &'f Fact) -> rusqlite::Result<Option<Cow<'f, Fact>>> {
        let Some(case) = self.known(&fact.case)? else { return Ok(Some(Cow::Borrowed(fact))) };
        let mut fact = Cow::Borrowed(fact);
        for place in 0..fact.traces.len() {
            let slot = fact.traces[place].0.clone();
            if slot.row.is_empty() {
                continue;
            }
            let sql = "SELECT as_row FROM rekeyed_row WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND ended_round IS NULL";
            let row = params![case, slot.read, &*slot.row];
            let was: Option<String> = self.statement(sql)?.query_row(row, |found| found.get(0)).optional()?;
            if let Some(was) = was {
                if !fact.gone {
                    self.met_another_key(RowOf { case, read: slot.read, row: slot.row });
                }
                fact.to_mut().traces[place].0.row = was.into();
                continue;
            }
            let sql = "SELECT 1 FROM rekeyed_row WHERE case_id = ?1 AND read = ?2 AND as_row = ?3 AND ended_round IS NULL";
            if self.statement(sql)?.exists(row)? {
                if fact.gone {
                    return Ok(None);
                }
                self.met_another_key(RowOf { case, read: slot.read, row: slot.row });
            }
        }
        self.in_doubt_as_it_was(case, &mut fact)?;
        Ok(Some(fact))
    }

    fn met_another_key(&mut self, row: RowOf) {
        self.met().keys.both.insert(row);
    }
}

impl Ledger {
    /// A reading came to its end. Keys that were taken for one row's and were read both are two rows. A new row that says word for
    /// word what one said that vanished, or that was not read with it, is that row until both are read: of closed cases too, of which
    /// a sweep does not look for what is gone every night.
    pub fn settle_keys(&mut self, course: &mut Course) -> Result<(), LedgerError> {
        let round = course.round;
        let keys = course.met.as_mut().map(|met| std::mem::take(&mut met.keys)).unwrap_or_default();
        if keys.fresh.is_empty() && keys.both.is_empty() {
            return Ok(());
        }
        let fail = cannot("settle which rows are the same");
        let zone = self.zone;
        let watch = if course.sweep.is_some() { KeyWatch::Sweep } else { KeyWatch::Between };
        let tx = self.db.transaction().map_err(&fail)?;
        two_after_all(&tx, &keys.both, round, watch).map_err(&fail)?;
        let mut of: BTreeMap<(i64, u16), HashSet<&str>> = BTreeMap::new();
        for RowOf { case, read, row } in keys.fresh.iter().filter(|_| !keys.is_full()) {
            of.entry((*case, *read)).or_default().insert(row);
        }
        for ((case, read), fresh) in of {
            let vanished = vanished_of(&tx, case, read).map_err(&fail)?;
            let unread = |row: &str| !fresh.contains(row) && !keys.has_met(watch, case, read, row);
            let (mut new, mut gone) = (Vec::new(), Vec::new());
            for said in rows_said(&tx, case, read, zone)? {
                if fresh.contains(said.row.as_str()) {
                    new.push(said);
                } else if vanished.contains(&said.row) || unread(&said.row) {
                    gone.push(said);
                }
            }
            for pair in pairs(&gone, &new).into_iter().filter(|pair| pair.same) {
                let was = &gone[pair.gone];
                note(&tx, (case, read), was, &new[pair.new], round).map_err(&fail)?;
                if watch == KeyWatch::Sweep {
                    is_met(&tx, (case, read), &was.row).map_err(&fail)?;
                }
            }
        }
        tx.commit().map_err(&fail)
    }

    /// The rows of a case that count as said by others.
    pub(in crate::edge::ledger) fn rekeyed(&self, case: i64) -> Result<Rows, LedgerError> {
        let sql = "SELECT read, row FROM rekeyed_row WHERE case_id = ?1 AND ended_round IS NULL";
        let rows =
            self.list("read which rows are the same", sql, [case], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.into_iter().collect())
    }
}

/// A row that a sweep missed, and the one that came in its place since the sweep before.
pub(super) struct InPlace {
    case: i64,
    read: u16,
    gone: RowSaid,
    new: RowSaid,
    same: bool,
}

/// Takes out of `temp.gone` what is there under another key.
pub(super) fn in_place(
    tx: &Transaction<'_>,
    zone: chrono_tz::Tz,
    before: RoundId,
) -> Result<Vec<InPlace>, LedgerError> {
    let fail = cannot("compare the rows that are gone with those that came");
    let mut all = Vec::new();
    let cases: Vec<(i64, u16)> = {
        let sql = "SELECT DISTINCT case_id, read FROM temp.gone WHERE row <> '' ORDER BY case_id, read";
        let mut find = tx.prepare(sql).map_err(&fail)?;
        let rows = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(&fail)?;
        rows.collect::<Result<_, _>>().map_err(&fail)?
    };
    for (case, read) in cases {
        let missing = "SELECT row FROM temp.gone WHERE case_id = ?1 AND read = ?2";
        let missing = keys_of(tx, missing, case, read).map_err(&fail)?;
        let vanished = vanished_of(tx, case, read).map_err(&fail)?;
        let (mut gone, mut new) = (Vec::new(), Vec::new());
        for said in rows_said(tx, case, read, zone)? {
            if missing.contains(&said.row) {
                gone.push(said);
            } else if said.since > before && !vanished.contains(&said.row) {
                new.push(said);
            }
        }
        for Replaced { gone: place, new: at, same } in pairs(&gone, &new) {
            let (gone, new) = (gone[place].clone(), new[at].clone());
            let sql = "DELETE FROM temp.gone WHERE case_id = ?1 AND read = ?2 AND row = ?3";
            tx.prepare_cached(sql)
                .and_then(|mut take| take.execute(params![case, read, gone.row]))
                .map_err(&fail)?;
            all.push(InPlace { case, read, gone, new, same });
        }
    }
    Ok(all)
}

impl InPlace {
    /// Enters that the one is the other now; what it says otherwise is a change of that row, as of when it was first read.
    pub fn enter(&self, tx: &Transaction<'_>, round: RoundId) -> rusqlite::Result<()> {
        note(tx, (self.case, self.read), &self.gone, &self.new, round)?;
        if !self.same {
            let sql = format!(
                "INSERT INTO trace (case_id, read, row, part, revision, round_id, {TRACE})
                 SELECT n.case_id, n.read, ?3, n.part, (SELECT max(o.revision) + 1 FROM trace AS o
                     WHERE o.case_id = n.case_id AND o.read = n.read AND o.row = ?3 AND o.part = n.part), n.round_id, {TRACE}
                 FROM trace AS n WHERE n.case_id = ?1 AND n.read = ?2 AND n.row = ?4 AND NOT EXISTS (SELECT 1 FROM trace AS l
                     WHERE l.case_id = n.case_id AND l.read = n.read AND l.row = n.row AND l.part = n.part
                         AND l.revision > n.revision)"
            );
            let row = params![self.case, self.read, self.gone.row, self.new.row];
            tx.prepare_cached(&sql)?.execute(row)?;
        }
        Ok(())
    }
}

/// The one row counts as said by the other from now on; it is back, if it had vanished.
fn note(
    tx: &Transaction<'_>,
    (case, read): (i64, u16),
    was: &RowSaid,
    is: &RowSaid,
    round: RoundId,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO rekeyed_row (case_id, read, row, as_row, round_id) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.prepare_cached(sql)?.execute(params![case, read, is.row, was.row, round])?;
    let sql = "UPDATE vanished_row SET back_round = ?4
               WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND back_round IS NULL";
    tx.prepare_cached(sql)?.execute(params![case, read, was.row, round])?;
    tx.prepare_cached("UPDATE \"case\" SET unjudged = 1 WHERE id = ?1")?.execute([case]).map(drop)
}

/// A sweep has met a row.
fn is_met(tx: &Transaction<'_>, (case, read): (i64, u16), row: &str) -> rusqlite::Result<()> {
    let sql = "INSERT INTO temp.swept (case_id, read, row) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    tx.prepare_cached(sql)?.execute(params![case, read, row]).map(drop)
}

/// Keys of which one was taken for the other's, and that were read both: the sweep that read them has met both.
fn two_after_all(
    tx: &Transaction<'_>,
    both: &HashSet<RowOf>,
    round: RoundId,
    watch: KeyWatch,
) -> rusqlite::Result<()> {
    let sql = "SELECT row FROM rekeyed_row WHERE case_id = ?1 AND read = ?2 AND as_row = ?3 AND ended_round IS NULL";
    for RowOf { case, read, row } in both {
        for other in keys_with(tx, sql, params![case, read, &**row])? {
            if both.contains(&RowOf { case: *case, read: *read, row: Arc::from(other.as_str()) }) {
                let sql = "UPDATE rekeyed_row SET ended_round = ?4
                           WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND ended_round IS NULL";
                tx.prepare_cached(sql)?.execute(params![case, read, other, round])?;
                if watch == KeyWatch::Sweep {
                    is_met(tx, (*case, *read), &other)?;
                }
                tx.prepare_cached("UPDATE \"case\" SET unjudged = 1 WHERE id = ?1")?.execute([case])?;
            }
        }
    }
    Ok(())
}

pub(super) fn keys_of(
    tx: &Transaction<'_>,
    sql: &str,
    case: i64,
    read: u16,
) -> rusqlite::Result<HashSet<String>> {
    Ok(keys_with(tx, sql, params![case, read])?.into_iter().collect())
}

fn keys_with(
    tx: &Transaction<'_>,
    sql: &str,
    values: &[&dyn rusqlite::ToSql],
) -> rusqlite::Result<Vec<String>> {
    let mut find = tx.prepare_cached(sql)?;
    let rows = find.query_map(values, |row| row.get(0))?;
    rows.collect()
}

fn vanished_of(tx: &Transaction<'_>, case: i64, read: u16) -> rusqlite::Result<HashSet<String>> {
    let sql = "SELECT row FROM vanished_row WHERE case_id = ?1 AND read = ?2 AND back_round IS NULL";
    keys_of(tx, sql, case, read)
}

/// What the rows of one read of a case say that have a key of their own, but for those that count as said by others.
pub(super) fn rows_said(
    tx: &Transaction<'_>,
    case: i64,
    read: u16,
    zone: chrono_tz::Tz,
) -> Result<Vec<RowSaid>, LedgerError> {
    let fail = cannot("read the rows of a case");
    let sql = format!(
        "SELECT {TRACE}, row, part, round_id FROM trace AS t WHERE case_id = ?1 AND read = ?2 AND row <> ''
             AND NOT EXISTS (SELECT 1 FROM rekeyed_row AS k WHERE k.ended_round IS NULL
                 AND (k.case_id, k.read, k.row) = (t.case_id, t.read, t.row))
         ORDER BY row, part, revision"
    );
    let mut find = tx.prepare_cached(&sql).map_err(&fail)?;
    let mut rows = find.query(params![case, read]).map_err(&fail)?;
    let mut said: Vec<RowSaid> = Vec::new();
    while let Some(row) = rows.next().map_err(&fail)? {
        let key: String = row.get(TRACE_COLUMNS).map_err(&fail)?;
        let part: u16 = row.get(TRACE_COLUMNS + 1).map_err(&fail)?;
        let since: RoundId = row.get(TRACE_COLUMNS + 2).map_err(&fail)?;
        let empty = row.get_ref(0).map_err(&fail)? == rusqlite::types::ValueRef::Null;
        if said.last().is_none_or(|last| last.row != key) {
            said.push(RowSaid { row: key, since, parts: Vec::new() });
        }
        let last = said.last_mut().expect("it was entered above");
        last.since = last.since.min(since);
        last.parts.retain(|(known, _)| *known != part);
        if !empty {
            last.parts.push((part, trace(row, 0, zone)?));
        }
    }
    Ok(said)
}
