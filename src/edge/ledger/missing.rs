//! Which cases are missing of a source that is doubted: what somebody accepts holds for these and for no others.

use rusqlite::Connection;

/// Keeps which cases are missing, by `temp.gone`, until it is clear whether the source is doubted for them.
pub(super) fn keep(tx: &Connection) -> rusqlite::Result<()> {
    tx.execute_batch(
        "DROP TABLE IF EXISTS temp.missing;
         CREATE TEMP TABLE missing (case_id INTEGER PRIMARY KEY);
         INSERT INTO temp.missing SELECT DISTINCT case_id FROM temp.gone",
    )
}

/// Enters which cases are missing of a source that is doubted. What is as before is not written again.
pub(super) fn enter(tx: &Connection, source: i64) -> rusqlite::Result<()> {
    let open = "SELECT id FROM suspicion WHERE source_id = ?1 AND ended_round IS NULL";
    let sql = format!(
        "DELETE FROM suspicion_case WHERE suspicion_id = ({open}) AND case_id NOT IN (SELECT case_id FROM temp.missing)"
    );
    tx.execute(&sql, [source])?;
    let sql = format!(
        "INSERT INTO suspicion_case SELECT p.id, m.case_id FROM temp.missing AS m JOIN ({open}) AS p WHERE true ON CONFLICT DO NOTHING"
    );
    tx.execute(&sql, [source])?;
    tx.execute_batch("DROP TABLE temp.missing")
}

/// How many of `temp.gone` nobody has accepted as missing.
pub(super) fn not_accepted(tx: &Connection, source: i64) -> rusqlite::Result<u64> {
    let sql = "SELECT count(DISTINCT case_id) FROM temp.gone WHERE case_id NOT IN (SELECT c.case_id FROM suspicion_case AS c
                   JOIN suspicion AS p ON p.id = c.suspicion_id
                   WHERE p.source_id = ?1 AND p.ended_round IS NULL AND p.accepted_at IS NOT NULL)";
    tx.query_row(sql, [source], |row| row.get(0))
}

/// The doubt is about to end, and nobody is asked of them any more.
pub(super) fn forget(db: &Connection, source: i64) -> rusqlite::Result<()> {
    let sql = "DELETE FROM suspicion_case
               WHERE suspicion_id = (SELECT id FROM suspicion WHERE source_id = ?1 AND ended_round IS NULL)";
    db.prepare_cached(sql)?.execute([source]).map(drop)
}
