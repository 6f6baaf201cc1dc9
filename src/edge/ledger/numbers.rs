//! Numbers of cases that differ only in their spelling: named, and never merged.

use rusqlite::{Transaction, params};

use super::facts::Intake;
use crate::domain::record::number::plain;

/// The cases of a source whose number is, but for its spelling, a form.
const ALIKE: &str = "SELECT case_id AS id FROM number_form WHERE source_id = ?1 AND form = ?2
                     UNION SELECT id FROM \"case\" WHERE source_id = ?1 AND number = ?2";

impl Intake<'_> {
    /// A case enters: where another has its number in another spelling, both are named.
    pub(super) fn spelled(&self, number: &str, case: i64) -> rusqlite::Result<()> {
        let form = plain(number);
        if form != number {
            let sql = "INSERT INTO number_form VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
            self.statement(sql)?.execute(params![self.source, form, case])?;
        }
        let sql = format!(
            "INSERT INTO alike_number SELECT ?1, ?2, id FROM ({ALIKE}) WHERE (SELECT count(*) FROM ({ALIKE})) > 1
             ON CONFLICT DO NOTHING"
        );
        if self.statement(&sql)?.execute(params![self.source, form])? > 0 {
            tracing::warn!(
                case = number,
                "another case has this number in another spelling: both are counted"
            );
        }
        Ok(())
    }
}

/// Looks through the cases of a ledger that did not know of spellings.
pub(super) fn spell_all(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut all = tx.prepare("SELECT source_id, number, id FROM \"case\"")?;
    let mut enter = tx.prepare("INSERT INTO number_form VALUES (?1, ?2, ?3)")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let (source, number, case): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let form = plain(&number);
        if form != number {
            enter.execute(params![source, form, case])?;
        }
    }
    tx.execute_batch(
        "WITH known AS (SELECT source_id, form, case_id FROM number_form
             UNION SELECT f.source_id, f.form, c.id FROM number_form AS f
                 JOIN \"case\" AS c ON (c.source_id, c.number) = (f.source_id, f.form))
         INSERT INTO alike_number SELECT source_id, form, case_id FROM known
         WHERE (source_id, form) IN (SELECT source_id, form FROM known GROUP BY source_id, form HAVING count(*) > 1)",
    )
}
