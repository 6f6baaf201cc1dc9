//! The demo plays the approval system: it keeps a database with tables like those of the national platform.

use std::path::Path;

use rusqlite::{Connection, params_from_iter};

use super::on_server::OnServer;
use super::rows::{Entry, Write};
use crate::domain::text::say;
use crate::edge::operator;
use crate::failure::{ExitCode, Failure};

const TABLES: &str = "
CREATE TABLE up_pro_accept (project_no TEXT PRIMARY KEY, task_code TEXT, apply_date TEXT, accept_date TEXT,
    handle_user_name TEXT, former_project_no TEXT, apply_name TEXT, apply_mobile TEXT, cd_operation TEXT DEFAULT 'I', cd_time TEXT);
CREATE INDEX up_pro_accept_time ON up_pro_accept (cd_time);
CREATE TABLE up_pro_process (id INTEGER PRIMARY KEY, project_no TEXT, process_name TEXT, event_start_time TEXT,
    event_end_time TEXT, handle_user_name TEXT, org_code TEXT, cd_operation TEXT DEFAULT 'I', cd_time TEXT);
CREATE INDEX up_pro_process_time ON up_pro_process (cd_time);
CREATE TABLE up_pro_special_procedure (id INTEGER PRIMARY KEY, project_no TEXT, special_no TEXT, special_type TEXT,
    special_name TEXT, special_time TEXT, special_reason TEXT, special_days TEXT, end_time TEXT, cd_operation TEXT DEFAULT 'I', cd_time TEXT);
CREATE INDEX up_pro_special_procedure_time ON up_pro_special_procedure (cd_time);
CREATE TABLE up_pro_result (id INTEGER PRIMARY KEY, project_no TEXT, result_type TEXT, result_date TEXT, result_explain TEXT,
    handle_user_name TEXT, charge_date TEXT, charge TEXT, cd_operation TEXT DEFAULT 'I', cd_time TEXT);
CREATE INDEX up_pro_result_time ON up_pro_result (cd_time);
";

/// The approval system's own database.
pub(crate) enum ApprovalDatabase {
    /// In a file.
    File(Connection),
    /// On a server.
    Server(OnServer),
}

impl ApprovalDatabase {
    /// Makes the database.
    pub(crate) fn create(path: &Path) -> Result<Self, Failure> {
        let db = Connection::open(path).and_then(|db| {
            // A demo may be made again; it need not outlive a power cut.
            db.execute_batch("PRAGMA synchronous = OFF;")?;
            db.execute_batch(TABLES)?;
            Ok(db)
        });
        db.map(Self::File).map_err(|error| failed(&error))
    }

    /// Writes what the approval system wrote, in one transaction.
    pub(crate) fn apply(&mut self, entries: &[Entry]) -> Result<(), Failure> {
        let db = match self {
            Self::File(db) => db,
            Self::Server(server) => return server.apply(entries),
        };
        let write = || -> rusqlite::Result<()> {
            let tx = db.transaction()?;
            for entry in entries {
                let (sql, values) = statement(&entry.write);
                tx.prepare_cached(&sql)?.execute(params_from_iter(values))?;
            }
            tx.commit()
        };
        let mut write = write;
        write().map_err(|error| failed(&error))
    }
}

fn failed(error: &rusqlite::Error) -> Failure {
    let code = error.sqlite_error().map(|failure| failure.extended_code);
    let sentence = operator::of_sqlite(code, error.to_string());
    Failure::new(ExitCode::Unavailable, sentence).with_remedy(say!("failure-demo_remedy"))
}

fn statement(write: &Write) -> (String, Vec<&str>) {
    match write {
        Write::Insert(table, row) => {
            let columns: Vec<&str> = row.iter().map(|(column, _)| *column).collect();
            let marks = vec!["?"; row.len()].join(", ");
            let sql = format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", "));
            (sql, row.iter().map(|(_, value)| value.as_str()).collect())
        }
        Write::Delete(table, key) => {
            (format!("DELETE FROM {table} WHERE project_no = ?"), vec![key.as_str()])
        }
        Write::Update(table, row, column, key) => {
            let set: Vec<String> = row.iter().map(|(column, _)| format!("{column} = ?")).collect();
            let sql = format!("UPDATE {table} SET {}, cd_operation = 'U' WHERE {column} = ?", set.join(", "));
            (sql, row.iter().map(|(_, value)| value.as_str()).chain([key.as_str()]).collect())
        }
    }
}
