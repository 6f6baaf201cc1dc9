//! The yardstick: a bare insert of the ledger's own rows into the same tables, and nothing else.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Rows of one transaction.
const AT_ONCE: usize = 100_000;

/// What was inserted, and in what time.
pub struct Inserted {
    /// Cases, traces and deadlines.
    pub rows: u64,
    /// The inserts and commits with the last checkpoint; reading the rows is not counted.
    pub time: Duration,
}

/// Inserts the case, trace and deadline rows of `ledger` into a new file with the same schema and the same
/// settings, each table in the order of its key: the order that costs least.
pub fn insert(ledger: &Path, file: &Path) -> rusqlite::Result<Inserted> {
    let from = Connection::open(ledger)?;
    let mut to = Connection::open(file)?;
    let mut schema =
        from.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'view'")?;
    let parts: Vec<String> = schema.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    // The settings of edge/ledger.rs.
    to.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY;",
    )?;
    to.execute_batch(&parts.join(";\n"))?;
    let mut inserted = Inserted { rows: 0, time: Duration::ZERO };
    for (table, order) in
        [("source", "id"), ("\"case\"", "id"), ("trace", "1, 2, 3, 4, 5"), ("deadline", "1, 2")]
    {
        copy(&from, &mut to, table, order, &mut inserted)?;
    }
    let start = Instant::now();
    to.close().map_err(|(_, error)| error)?;
    inserted.time += start.elapsed();
    Ok(inserted)
}

fn copy(
    from: &Connection,
    to: &mut Connection,
    table: &str,
    order: &str,
    inserted: &mut Inserted,
) -> rusqlite::Result<()> {
    let mut read = from.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
    let columns = read.column_count();
    let places: Vec<String> = (1..=columns).map(|place| format!("?{place}")).collect();
    let sql = format!("INSERT INTO {table} VALUES ({})", places.join(", "));
    let mut rows = read.query([])?;
    let mut filled: Vec<Vec<Value>> = Vec::with_capacity(AT_ONCE);
    loop {
        let row = rows.next()?;
        if let Some(row) = row {
            filled.push((0..columns).map(|at| row.get(at)).collect::<Result<_, _>>()?);
        }
        let last = row.is_none();
        if filled.len() == AT_ONCE || last {
            let start = Instant::now();
            let tx = to.transaction()?;
            let mut insert = tx.prepare(&sql)?;
            for values in &filled {
                insert.execute(params_from_iter(values))?;
            }
            drop(insert);
            tx.commit()?;
            inserted.time += start.elapsed();
            inserted.rows += filled.len() as u64;
            filled.clear();
        }
        if last {
            return Ok(());
        }
    }
}
