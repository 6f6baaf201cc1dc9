//! Rows that a look over a source met under other keys than they had: nothing of them is missing.

use rusqlite::{Transaction, params};

use super::super::{LedgerError, cannot};
use super::rekeyed::{keys_of, rows_said};
use crate::domain::record::Trace;

/// What a row under another key tells.
#[derive(Clone, PartialEq, Eq)]
struct What {
    kind: String,
    stage: Option<String>,
    occurred_at: String,
}

/// Takes out of `temp.gone` the rows in whose place a look met one under another key that tells the same: each serves once. Whether
/// it says so word for word is seen when it is read.
pub(super) fn take_out(tx: &Transaction<'_>, zone: chrono_tz::Tz) -> Result<(), LedgerError> {
    let fail = cannot("look which rows stand under another key");
    let sql = "SELECT DISTINCT g.case_id, g.read FROM temp.gone AS g JOIN temp.said AS s ON (s.case_id, s.read) = (g.case_id, g.read)
               WHERE g.row <> ''";
    let cases: Vec<(i64, u16)> = {
        let mut find = tx.prepare(sql).map_err(&fail)?;
        let rows = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(&fail)?;
        rows.collect::<Result<_, _>>().map_err(&fail)?
    };
    for (case, read) in cases {
        let missing = "SELECT row FROM temp.gone WHERE case_id = ?1 AND read = ?2";
        let missing = keys_of(tx, missing, case, read).map_err(&fail)?;
        let sql = "SELECT kind, stage, occurred_at FROM temp.said WHERE case_id = ?1 AND read = ?2";
        let mut said: Vec<What> = {
            let mut find = tx.prepare_cached(sql).map_err(&fail)?;
            let rows = find
                .query_map(params![case, read], |row| {
                    Ok(What { kind: row.get(0)?, stage: row.get(1)?, occurred_at: row.get(2)? })
                })
                .map_err(&fail)?;
            rows.collect::<Result<_, _>>().map_err(&fail)?
        };
        for gone in rows_said(tx, case, read, zone)?.iter().filter(|it| missing.contains(&it.row)) {
            let mut left = said.clone();
            let met = |(_, it): &(u16, Trace)| {
                let occurred_at = it.occurred.written().to_string();
                let what = What { kind: it.kind.word().to_owned(), stage: it.stage.clone(), occurred_at };
                left.iter().position(|said| *said == what).map(|at| left.swap_remove(at)).is_some()
            };
            if !gone.parts.is_empty() && gone.parts.iter().all(met) {
                said = left;
                let sql = "DELETE FROM temp.gone WHERE case_id = ?1 AND read = ?2 AND row = ?3";
                tx.prepare_cached(sql)
                    .and_then(|mut take| take.execute(params![case, read, gone.row]))
                    .map_err(&fail)?;
            }
        }
    }
    Ok(())
}
