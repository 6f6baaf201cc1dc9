//! What a source's reading says beside its rows: dates that stood for nothing, attributes that no log has.

use rusqlite::{Transaction, params};

use super::read_to::ReadTo;
use crate::domain::record::apply::NothingAt;

/// Counts the cells that were taken for nothing, anew where all rows were read, else upwards only; and notes what was never seen.
pub(super) fn enter(tx: &Transaction<'_>, source: i64, read: &ReadTo<'_>) -> rusqlite::Result<()> {
    for (number, _) in read.whole.iter().filter(|(_, beginning)| beginning.is_empty()) {
        let clear = "DELETE FROM taken_for_nothing WHERE source_id = ?1 AND read = ?2";
        tx.prepare_cached(clear)?.execute(params![source, number])?;
    }
    let enter = "INSERT INTO taken_for_nothing (source_id, read, column_name, word, cells) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET cells = max(cells, excluded.cells)";
    for (NothingAt { read: number, column, word }, cells) in read.nothing {
        tx.prepare_cached(enter)?.execute(params![source, number, column, word, *cells as i64])?;
    }
    let never_seen = read.never_seen.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let sql =
        "UPDATE source SET never_seen = nullif(?2, '') WHERE id = ?1 AND never_seen IS NOT nullif(?2, '')";
    tx.prepare_cached(sql)?.execute(params![source, never_seen])?;
    let passed_over = some_of(read.passed_over);
    let sql = "UPDATE source SET passed_over = ?2 WHERE id = ?1 AND passed_over IS NOT ?2";
    tx.prepare_cached(sql)?.execute(params![source, passed_over])?;
    Ok(())
}

/// The first of some names, and how many more there are.
fn some_of(names: &[String]) -> Option<String> {
    const NAMED: usize = 5;
    let first = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(NAMED);
    let text = if more > 0 { format!("{first} … +{more}") } else { first };
    (!text.is_empty()).then_some(text)
}
