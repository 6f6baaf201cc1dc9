//! Migrations: numbered SQL files, applied in order, never edited once released.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::intake::numbers;
use super::last_used::ID;
use super::{LedgerError, cannot};

/// The schema files in order; how many there are is the schema's version. Their own numbers have gaps.
const FILES: [&str; 40] = [
    include_str!("schema/0001_first.sql"),
    include_str!("schema/0002_views.sql"),
    include_str!("schema/0003_versions.sql"),
    include_str!("schema/0004_traces.sql"),
    include_str!("schema/0005_cards.sql"),
    include_str!("schema/0006_outcomes.sql"),
    include_str!("schema/0007_adoption.sql"),
    include_str!("schema/0008_states.sql"),
    include_str!("schema/0009_verdicts.sql"),
    include_str!("schema/0010_clocks.sql"),
    include_str!("schema/0011_pressing.sql"),
    include_str!("schema/0012_deliveries.sql"),
    include_str!("schema/0013_questions.sql"),
    include_str!("schema/0014_silence_of_sources.sql"),
    include_str!("schema/0015_unmapped_codes.sql"),
    include_str!("schema/0016_parts_of_deadlines.sql"),
    include_str!("schema/0017_rekeyed_rows.sql"),
    include_str!("schema/0018_cells.sql"),
    include_str!("schema/0019_doubled_numbers.sql"),
    include_str!("schema/0020_columns.sql"),
    include_str!("schema/0021_suspicions.sql"),
    include_str!("schema/0022_numbers.sql"),
    include_str!("schema/0023_capacities.sql"),
    include_str!("schema/0024_blindness.sql"),
    include_str!("schema/0025_at_stake.sql"),
    include_str!("schema/0026_time_steps.sql"),
    include_str!("schema/0027_files.sql"),
    include_str!("schema/0028_looked_at.sql"),
    include_str!("schema/0029_texts.sql"),
    include_str!("schema/0030_deeds.sql"),
    include_str!("schema/0031_reasons.sql"),
    include_str!("schema/0032_held_files.sql"),
    include_str!("schema/0033_steps.sql"),
    include_str!("schema/0034_lists.sql"),
    include_str!("schema/0036_erasure.sql"),
    include_str!("schema/0037_messages.sql"),
    include_str!("schema/0040_attempts.sql"),
    include_str!("schema/0042_standing_doubts.sql"),
    include_str!("schema/0043_units_of_cases.sql"),
    include_str!("schema/0044_step_dues.sql"),
];

/// The first version of the schema that knows how numbers are spelled by all of NFKC.
const SPELLED: i64 = 33;

/// Marks the file as a ledger: "JCHD".
pub(super) const APPLICATION_ID: i64 = 0x4a43_4844;

fn number(db: &Connection, pragma: &str) -> rusqlite::Result<i64> {
    db.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
}

/// Refuses a file of another program or of a later jianchad; gives the schema's version.
pub(super) fn check(db: &Connection, path: &Path) -> Result<i64, LedgerError> {
    let failed = |source| LedgerError::Open { path: path.to_owned(), source };
    let found = number(db, "user_version").map_err(failed)?;
    let application = number(db, "application_id").map_err(failed)?;
    let tables: i64 =
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(failed)?;
    let known = FILES.len() as i64;
    if application != APPLICATION_ID && (tables > 0 || application != 0) {
        return Err(LedgerError::Foreign { path: path.to_owned() });
    }
    if found > known {
        return Err(LedgerError::Newer { path: path.to_owned(), found, known });
    }
    Ok(found)
}

/// Refuses a ledger that is not of this schema: only the daemon brings it up to date.
pub(super) fn current(db: &Connection, path: &Path) -> Result<(), LedgerError> {
    let (found, known) = (check(db, path)?, FILES.len() as i64);
    if found < known { Err(LedgerError::Older { path: path.to_owned(), found, known }) } else { Ok(()) }
}

/// Applies the schema files that the ledger does not have yet, all or none.
pub(super) fn bring_up_to_date(db: &mut Connection, path: &Path) -> Result<(), LedgerError> {
    let found = check(db, path)?;
    if found == FILES.len() as i64 {
        return Ok(());
    }
    let fail = cannot("bring the schema up to date");
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
    for file in &FILES[found as usize..] {
        tx.execute_batch(file).map_err(&fail)?;
    }
    if found == 0 {
        let name = "INSERT INTO meta (key, value) VALUES (?1, lower(hex(randomblob(16))))";
        tx.execute(name, [ID]).map_err(&fail)?;
    }
    if found < SPELLED {
        numbers::spell_all(&tx).map_err(&fail)?;
    }
    let marks = format!("PRAGMA user_version = {}; PRAGMA application_id = {APPLICATION_ID};", FILES.len());
    tx.execute_batch(&marks).map_err(&fail)?;
    tx.commit().map_err(&fail)
}

#[cfg(test)]
mod tests {
    use super::FILES;

    /// A released schema file is never edited: its SHA-256 stands here from the day of its release.
    #[test]
    fn released_schema_files_are_unchanged() {
        // Those of 0.1.0.
        let released = [
            "8956d2a66139f1fe11d79407751fe479d7abb225212b6f8ca52c5eca93531285",
            "8df5e6466b8f40a66ee2ac3eae97d1778d546334e2aaf612225b70053bce7b4b",
            "ecfd049be3c91b53c896e8f48635109d4a15db3321ae62c10e1014123e46fb75",
            "938b28ecc15e713494f7f37af17c32f08355717708018bb6eaf8a8c19f1b0b41",
            "c9590625e42b20f3ca8caaf855e86478d7353910edb235b70a13ad63cd00fed8",
        ];
        assert_eq!(changed(&FILES, &released), [0; 0]);
        // A guard that lets a breach pass is none: an edit, another order, one that is gone.
        let edited = format!("{} ", FILES[2]);
        let mut files = FILES;
        files[2] = &edited;
        assert_eq!(changed(&files, &released), [2]);
        let mut files = FILES;
        files.swap(3, 4);
        assert_eq!(changed(&files, &released), [3, 4]);
        assert_eq!(changed(&FILES[..4], &released), [4]);
    }

    /// Places of the released files that are no longer what was released.
    fn changed(files: &[&str], released: &[&str]) -> Vec<usize> {
        let hash = |file: &str| {
            let digest = ring::digest::digest(&ring::digest::SHA256, file.as_bytes());
            digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        let is = |place: &usize| files.get(*place).is_some_and(|file| hash(file) == released[*place]);
        (0..released.len()).filter(|place| !is(place)).collect()
    }

    /// A file that is in no list changes no ledger, and one that is listed out of its order changes it otherwise.
    #[test]
    fn every_schema_file_is_applied_in_the_order_of_its_number() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/edge/ledger/schema");
        let read = |path: std::path::PathBuf| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path.file_name().unwrap().to_owned(), text)
        };
        let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| read(entry.unwrap().path())).collect();
        files.sort();
        let texts: Vec<_> = files.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, FILES);
    }

    /// A cell cannot pass for a code: of rows from before the code had a column of its own, only those count whose reason ends so
    /// after whatever it quotes.
    #[test]
    fn rows_from_before_get_their_code_and_no_cell_passes_for_one() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        for file in &FILES[..14] {
            db.execute_batch(file).unwrap();
        }
        db.execute_batch("INSERT INTO source (name, state) VALUES ('approval', 'ok')").unwrap();
        let rows = [
            ("a.csv line 7, column `kind`: `weird` is an unknown code: add it to `codes`", Some("weird")),
            (
                "column `kind`: `column `kind`: x` is an unknown outcome: add it to `outcomes`",
                Some("column `kind`: x"),
            ),
            ("column `kind`: `` is an unknown code: add it to `codes`", Some("")),
            (
                "column `kind`: ` is an unknown code: add it to `codes`` is no date that exists between 1970 and 2199",
                None,
            ),
        ];
        for (row, (reason, _)) in rows.iter().enumerate() {
            let enter = "INSERT INTO quarantine_row (source_id, read, row, column_name, reason, first_round, last_round)
                         VALUES (1, 0, ?1, 'kind', ?2, 1, 1)";
            db.execute(enter, rusqlite::params![row.to_string(), reason]).unwrap();
        }
        db.execute_batch(FILES[14]).unwrap();
        for (row, (reason, code)) in rows.iter().enumerate() {
            let sql = "SELECT unmapped_code FROM quarantine_row WHERE row = ?1";
            let found: Option<String> = db.query_row(sql, [row.to_string()], |row| row.get(0)).unwrap();
            assert_eq!(found.as_deref(), *code, "{reason}");
        }
    }

    /// A ledger that did not know of spellings learns of those that it holds.
    #[test]
    fn numbers_from_before_are_looked_through() {
        let mut db = rusqlite::Connection::open_in_memory().unwrap();
        for file in &FILES[..21] {
            db.execute_batch(file).unwrap();
        }
        let numbers = ["a(1)", "A〔1〕", "B〔1〕", "A[2]", "A【2】", "c1"];
        let values = numbers.map(|number| format!("(1, '{number}', 1)")).join(", ");
        db.execute_batch(&format!(
            "INSERT INTO source (name, state) VALUES ('approval', 'ok');
             INSERT INTO \"case\" (source_id, number, first_round) VALUES {values}"
        ))
        .unwrap();
        db.execute_batch(FILES[21]).unwrap();
        let tx = db.transaction().unwrap();
        super::numbers::spell_all(&tx).unwrap();
        let sql = "SELECT group_concat(case_number, ' ') FROM (SELECT case_number FROM alike_numbers ORDER BY form, case_number)";
        let found: String = tx.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(found, "A〔1〕 a(1) A[2] A【2】");
    }
}
