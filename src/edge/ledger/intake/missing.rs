//! What a source no longer has, and which cases are missing of one that is doubted: what somebody accepts holds for these and for
//! no others.

use rusqlite::{Connection, Transaction, params};

use crate::domain::rules::source_suspect::Looked;

/// Nothing is gone yet.
pub(super) fn begin(tx: &Connection) -> rusqlite::Result<()> {
    tx.execute_batch(
        "DROP TABLE IF EXISTS temp.gone; CREATE TEMP TABLE gone (case_id INTEGER, read INTEGER, row TEXT);
         CREATE INDEX temp.gone_of_case ON gone (case_id, read, row)",
    )
}

/// Keeps which cases are missing, by `temp.gone`, and of which something is taken back, by `temp.taken_back`, until it is clear whether
/// the source is doubted for them; and which are merely otherwise. Both tables are done with.
pub(super) fn keep(tx: &Connection) -> rusqlite::Result<()> {
    tx.execute_batch(
        "DROP TABLE IF EXISTS temp.missing;
         CREATE TEMP TABLE missing (case_id INTEGER PRIMARY KEY, lost INTEGER, gone INTEGER);
         INSERT INTO temp.missing SELECT case_id, 1, 1 FROM temp.gone WHERE true ON CONFLICT DO NOTHING;
         INSERT INTO temp.missing SELECT case_id, back, 0 FROM temp.taken_back WHERE true ON CONFLICT DO NOTHING;
         DROP TABLE temp.gone;
         DROP TABLE temp.taken_back",
    )
}

/// Enters for which cases a source is doubted: those that lost something, and in an older copy those that are otherwise too. What is as
/// before is not written again; what the doubt rests on stays while it is otherwise than it was read.
pub(super) fn enter(tx: &Connection, source: i64, looked: &Looked) -> rusqlite::Result<()> {
    let open = "SELECT id FROM suspicion WHERE source_id = ?1 AND ended_round IS NULL";
    let sql = format!(
        "DELETE FROM suspicion_case WHERE suspicion_id = ({open}) AND case_id NOT IN (SELECT case_id FROM temp.missing)"
    );
    tx.execute(&sql, [source])?;
    let sql = format!(
        "INSERT INTO suspicion_case (suspicion_id, case_id, stands)
             SELECT p.id, m.case_id, ?3 OR NOT m.gone FROM temp.missing AS m JOIN ({open}) AS p WHERE m.lost OR ?2
             ON CONFLICT DO UPDATE SET stands = 1 WHERE excluded.stands AND NOT stands"
    );
    tx.execute(&sql, params![source, !looked.went_back.is_empty(), looked.is_older_copy()])?;
    tx.execute_batch("DROP TABLE temp.missing")
}

/// How many cases of `temp.gone` and of what is taken back nobody has accepted.
pub(super) fn not_accepted(tx: &Connection, source: i64) -> rusqlite::Result<u64> {
    let sql = "SELECT count(*) FROM (SELECT case_id FROM temp.gone UNION SELECT case_id FROM temp.taken_back WHERE back)
               WHERE case_id NOT IN (SELECT c.case_id FROM suspicion_case AS c
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

/// The cases of a source that a sweep compares: those that are not closed, and those to which something happened since a day.
pub(super) const COMPARED: &str = "source_id = ?1 AND (state IN ('open', 'fault') OR last_on >= ?2)";

/// Lists in `temp.gone` the rows of what was read whole that a sweep has not met.
pub(super) fn look_for_gone(
    tx: &Transaction<'_>,
    source: i64,
    since: Option<&str>,
    whole: &[(u16, String)],
) -> rusqlite::Result<()> {
    let reads = whole.iter().map(|(read, _)| read.to_string()).collect::<Vec<_>>().join(", ");
    let gone = format!(
        "INSERT INTO temp.gone SELECT DISTINCT t.case_id, t.read, t.row FROM \"case\" AS c
             JOIN trace AS t ON t.case_id = c.id AND t.read IN ({reads}) AND t.kind IS NOT NULL
         WHERE {COMPARED}
             AND NOT EXISTS (SELECT 1 FROM swept AS s WHERE (s.case_id, s.read, s.row) = (t.case_id, t.read, t.row))
             AND NOT EXISTS (SELECT 1 FROM vanished_row AS v WHERE v.back_round IS NULL
                 AND (v.case_id, v.read, v.row) = (t.case_id, t.read, t.row))
             AND NOT EXISTS (SELECT 1 FROM rekeyed_row AS k WHERE k.ended_round IS NULL
                 AND (k.case_id, k.read, k.row) = (t.case_id, t.read, t.row))
             AND NOT EXISTS (SELECT 1 FROM trace AS l WHERE l.case_id = t.case_id AND l.read = t.read
                 AND l.row = t.row AND l.part = t.part AND l.revision > t.revision)"
    );
    tx.execute(&gone, params![source, since]).map(drop)
}
