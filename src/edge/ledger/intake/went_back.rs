//! Cases that went back from a table of those finished to one of those in hand: their end is taken back.

use chrono_tz::Tz;
use rusqlite::{Transaction, params};

use super::super::cases::vanished::Rows;
use super::super::stored::parsed;
use super::super::{LedgerError, RoundId, cannot};
use super::held::{Held, How, TakenBack};
use super::moved_rows::{OfCase, Row, rows, said};
use crate::domain::record::mapping::ReadSpec;
use crate::domain::record::moved::{LeftBehind, Said, WentBack, tables_of_cases, went_back};
use crate::domain::record::{Slot, TraceKind};

/// A row that is gone and told how its case ended, and a part of it that is an end, where its last revision has it.
struct End {
    slot: Slot,
    kind: TraceKind,
    place: i64,
}

/// Lets the ends of such cases wait with what else is taken back, and takes their rows out of `temp.gone`, and out of those that vanished,
/// where nothing else of them is gone.
pub(super) fn take_back(
    tx: &Transaction<'_>,
    reads: &[ReadSpec],
    (zone, round): (Tz, RoundId),
    held: &mut TakenBack,
) -> Result<(), LedgerError> {
    let fail = cannot("look which cases went back");
    let tables: Vec<String> = tables_of_cases(reads).map(|read| read.to_string()).collect();
    if tables.len() < 2 {
        return Ok(());
    }
    let tables = tables.join(", ");
    let sql = format!(
        "SELECT g.case_id, g.read, g.row FROM (SELECT case_id, read, row FROM temp.gone
             UNION SELECT case_id, read, row FROM vanished_row WHERE back_round IS NULL) AS g
         WHERE g.read IN ({tables}) AND EXISTS (SELECT 1 FROM temp.swept AS s
             WHERE s.case_id = g.case_id AND s.read <> g.read AND s.read IN ({tables}))"
    );
    for (case, row) in rows(tx, &sql, &[]).map_err(&fail)? {
        let sql =
            format!("SELECT case_id, read, row FROM temp.swept WHERE case_id = ?1 AND read IN ({tables})");
        let met = rows(tx, &sql, &[&case]).map_err(&fail)?.into_iter().map(|(_, met)| met).collect();
        let ends = ends_of(tx, case, &row)?;
        let WentBack { ends: kinds, is_told } = how_it_is(tx, (case, &row), &met, (zone, &ends))?;
        for End { slot, kind, place } in ends {
            if kinds.contains(&kind) {
                held.hold((case, slot), Held { says: None, place, how: How::EndBack });
            }
        }
        if is_told {
            let sql = "DELETE FROM temp.gone WHERE case_id = ?1 AND read = ?2 AND row = ?3";
            let mut take = tx.prepare_cached(sql).map_err(&fail)?;
            take.execute(params![case, row.0, row.1]).map_err(&fail)?;
            let sql = "UPDATE vanished_row SET back_round = ?4
                       WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND back_round IS NULL";
            let mut back = tx.prepare_cached(sql).map_err(&fail)?;
            back.execute(params![case, row.0, row.1, round]).map_err(&fail)?;
        }
    }
    Ok(())
}

/// What becomes of a row that is gone, by the rows of its case that are there, of which a sweep has `met` its own.
fn how_it_is(
    tx: &Transaction<'_>,
    (case, row): (i64, &Row),
    met: &Rows,
    (zone, ends): (Tz, &[End]),
) -> Result<WentBack, LedgerError> {
    let fail = cannot("look which cases went back");
    let sql = "SELECT case_id, read, row FROM temp.gone WHERE case_id = ?1";
    let missing: Rows = rows(tx, sql, &[&case]).map_err(&fail)?.into_iter().map(|(_, row)| row).collect();
    let OfCase { rows: of_rows, vanished } = said(tx, case, zone)?;
    let there = |other: &Row| other != row && !vanished.contains(other) && !missing.contains(other);
    let told = |of: &dyn Fn(&Row) -> bool| -> Vec<Said> {
        of_rows.iter().filter(|(other, _)| of(other)).flat_map(|(_, said)| said).cloned().collect()
    };
    let own = told(&|other| there(other) && other.0 != row.0 && met.contains(other));
    let gone = told(&|other| other == row);
    Ok(went_back(LeftBehind { gone: &gone, had_end: !ends.is_empty(), own: &own, all: &told(&there) }))
}

/// The parts of a row that told, in some revision, how its case ended.
fn ends_of(tx: &Transaction<'_>, case: i64, (read, row): &Row) -> Result<Vec<End>, LedgerError> {
    let fail = cannot("read what a row told");
    let sql = "SELECT part, kind, place FROM trace WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND kind IS NOT NULL
               ORDER BY part, revision";
    let mut find = tx.prepare_cached(sql).map_err(&fail)?;
    let mut found = find.query(params![case, read, row]).map_err(&fail)?;
    let mut ends = Vec::new();
    while let Some(told) = found.next().map_err(&fail)? {
        let kind: TraceKind = parsed("a kind of trace", &told.get::<_, String>(1).map_err(&fail)?)?;
        let place: Option<i64> = told.get(2).map_err(&fail)?;
        if kind.ends_a_case() {
            let slot = Slot { read: *read, row: row.as_str().into(), part: told.get(0).map_err(&fail)? };
            ends.push(End { slot, kind, place: place.unwrap_or_default() });
        }
    }
    Ok(ends)
}
