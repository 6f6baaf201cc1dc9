//! What of a source waits as it takes back what was read, and how many cases that is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::missing;
use crate::domain::record::{Slot, Trace};
use crate::domain::rules::source_suspect::{Looked, NAMED, Share};

/// Slots that one reading remembers at most. What a reading takes back beyond is entered at once.
const REMEMBERED: usize = 200_000;

/// What a reading, or a look over a source, has met so far that is not as it was read.
#[derive(Debug, Default)]
pub(in crate::edge::ledger) struct TakenBack {
    pub(super) slots: BTreeMap<(i64, Slot), Held>,
}

/// What a slot says.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) says: Option<Trace>,
    pub(super) place: i64,
    pub(super) how: How,
}

/// How it is otherwise than it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It says something new.
    Otherwise,
    /// It is empty, or says what it said before that.
    Back,
    /// So, and the end of a case is gone with it.
    EndBack,
}

impl TakenBack {
    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// A slot says what is known of it, whatever other rows said of it.
    pub(super) fn is_as_known(&mut self, case: i64, slot: &Slot) {
        if !self.slots.is_empty() {
            self.slots.remove(&(case, slot.clone()));
        }
    }

    /// Lists the cases in `temp.taken_back`.
    fn list(&self, tx: &Connection) -> rusqlite::Result<()> {
        tx.execute_batch(
            "DROP TABLE IF EXISTS temp.taken_back;
             CREATE TEMP TABLE taken_back (case_id INTEGER PRIMARY KEY, back INTEGER, ends INTEGER)",
        )?;
        let sql = "INSERT INTO temp.taken_back VALUES (?1, ?2, ?3)
                   ON CONFLICT DO UPDATE SET back = max(back, excluded.back), ends = max(ends, excluded.ends)";
        let mut enter = tx.prepare(sql)?;
        for ((case, _), held) in &self.slots {
            enter.execute(params![case, held.how != How::Otherwise, held.how == How::EndBack])?;
        }
        Ok(())
    }

    pub(super) fn is_full(&self) -> bool {
        self.slots.len() >= REMEMBERED
    }

    pub(super) fn hold(&mut self, slot: (i64, Slot), held: Held) {
        self.slots.insert(slot, held);
    }

    /// Adds to what was found how many cases it is of, and which of those are still so by which the doubt of the source stands: beside
    /// what is in `temp.gone`. Of cases that are over those are compared to which something happened since a day.
    pub(super) fn compare(
        &self,
        tx: &Connection,
        source: i64,
        since: Option<NaiveDate>,
        looked: &mut Looked,
    ) -> rusqlite::Result<()> {
        self.list(tx)?;
        let count = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
            tx.query_row(sql, values, |row| row.get::<_, u64>(0))
        };
        let names = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> rusqlite::Result<Vec<String>> {
            tx.prepare(sql)?.query_map(values, |row| row.get(0))?.collect()
        };
        looked.not_accepted = missing::not_accepted(tx, source)?;
        let standing = "FROM suspicion_case AS s JOIN suspicion AS p ON p.id = s.suspicion_id JOIN \"case\" AS c ON c.id = s.case_id
             WHERE p.source_id = ?1 AND p.ended_round IS NULL AND p.accepted_at IS NULL AND s.stands
                 AND s.case_id IN (SELECT case_id FROM temp.gone UNION SELECT case_id FROM temp.taken_back)";
        looked.standing = count(&format!("SELECT count(*) {standing}"), &[&source])?;
        let otherwise = format!(
            "{standing} AND s.case_id IN (SELECT case_id FROM temp.taken_back WHERE NOT back) AND s.case_id NOT IN (SELECT case_id FROM temp.gone)"
        );
        looked.otherwise = count(&format!("SELECT count(*) {otherwise}"), &[&source])?;
        looked.named_otherwise =
            names(&format!("SELECT c.number {otherwise} ORDER BY c.id LIMIT {NAMED}"), &[&source])?;
        if self.is_empty() {
            return Ok(());
        }
        let back = "SELECT case_id FROM temp.taken_back WHERE back AND case_id NOT IN (SELECT case_id FROM temp.gone)";
        looked.taken_back = count(&format!("SELECT count(*) FROM ({back})"), &[])?;
        let named = format!("SELECT number FROM \"case\" WHERE id IN ({back}) ORDER BY id LIMIT {NAMED}");
        looked.named_taken_back = names(&named, &[])?;
        let since = since.map(|day| day.to_string());
        let all = "SELECT count(*) FROM \"case\" WHERE source_id = ?1
             AND (state IN ('open', 'fault') OR last_on >= ?2 OR id IN (SELECT case_id FROM temp.taken_back WHERE back))";
        looked.lost =
            Share { missing: looked.missing + looked.taken_back, compared: count(all, &[&source, &since])? };
        let over = "FROM \"case\" WHERE source_id = ?1 AND state NOT IN ('open', 'fault')";
        let ends = "id IN (SELECT case_id FROM temp.taken_back WHERE ends)";
        looked.ends = Share {
            missing: count(&format!("SELECT count(*) {over} AND {ends}"), &[&source])?,
            compared: count(
                &format!("SELECT count(*) {over} AND (last_on >= ?2 OR {ends})"),
                &[&source, &since],
            )?,
        };
        Ok(())
    }
}
