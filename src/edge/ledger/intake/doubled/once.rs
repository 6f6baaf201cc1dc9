//! Which doubled numbers stand twice still.

use std::collections::BTreeMap;

use rusqlite::params;

use super::super::super::{Ledger, LedgerError, cannot};
use super::super::course::Course;
use crate::domain::case_file::Doubled;
use crate::domain::record::spot::Place;

impl Ledger {
    /// Of reads that were read whole, notes which doubled numbers stand once, and which twice again.
    pub fn settle_doubled(
        &mut self,
        course: &mut Course,
        whole: &[(u16, String)],
    ) -> Result<(), LedgerError> {
        let doing = "note which numbers stand twice";
        let (fail, source, round) = (cannot(doing), course.source, course.round);
        let Some(met) = &mut course.met else { return Ok(()) };
        let rows = std::mem::take(&mut met.rows);
        for read in whole.iter().filter(|(_, from)| from.is_empty()).map(|(read, _)| *read) {
            let sql = "SELECT number, case_id, once_since IS NULL FROM doubled_number WHERE source_id = ?1 AND read = ?2";
            let members: Vec<(String, i64, bool)> = self
                .list(doing, sql, params![source, read], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            let mut groups: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
            for (number, case, twice) in &members {
                let group = groups.entry(number).or_insert((0, *twice));
                group.0 += usize::from(rows.has_met(read, *case));
            }
            for (number, (met, _)) in groups.into_iter().filter(|(_, (met, twice))| (*met > 1) != *twice) {
                let since = (met <= 1).then_some(round);
                let sql = "UPDATE doubled_number SET once_since = ?4 WHERE source_id = ?1 AND read = ?2 AND number = ?3";
                self.db.execute(sql, params![source, read, number, since]).map_err(&fail)?;
                let sql = "UPDATE \"case\" SET unjudged = 1 WHERE id IN (SELECT case_id FROM doubled_number
                               WHERE source_id = ?1 AND read = ?2 AND number = ?3)";
                self.db.execute(sql, params![source, read, number]).map_err(&fail)?;
            }
        }
        Ok(())
    }

    /// The number that a case shares with others, and where all of them stand.
    pub(in crate::edge::ledger) fn doubled(&self, case: i64) -> Result<Option<Doubled>, LedgerError> {
        let sql = "SELECT o.number, o.file, o.line FROM doubled_number AS d JOIN doubled_number AS o
                       ON (o.source_id, o.read, o.number) = (d.source_id, d.read, d.number)
                   WHERE d.case_id = ?1 AND d.once_since IS NULL ORDER BY o.id";
        let rows: Vec<(String, Place)> = self.list("read where a number stands", sql, [case], |row| {
            let file: Option<String> = row.get(1)?;
            Ok((row.get(0)?, Place { file: file.map(Into::into), line: row.get(2)? }))
        })?;
        let Some((number, _)) = rows.first().cloned() else { return Ok(None) };
        Ok(Some(Doubled { number, places: rows.into_iter().map(|(_, place)| place).collect() }))
    }
}
