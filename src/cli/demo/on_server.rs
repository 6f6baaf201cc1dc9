//! The approval system's database on a real server: in a schema of its own, which is made by us or not touched.

use std::collections::BTreeMap;
use std::path::Path;

use super::rows::{Entry, Write};
use super::url::Address;
use crate::domain::record::server::{Server, ServerTls};
use crate::domain::text::say;
use crate::edge::operator;
use crate::edge::source::{Engine, Owner, ServerError};
use crate::failure::{ExitCode, Failure};

/// The schema; in MySQL a schema is a database.
const SCHEMA: &str = "jianchad_demo";

/// The table that says that a schema is ours.
const OURS: &str = "made_by_jianchad_demo";

/// Rows of one insert.
const AT_ONCE: usize = 500;

/// Tables as of a vendor who keeps everything as text. Rows lie in the order in which they were written.
const TABLES: [&str; 9] = [
    "create table made_by_jianchad_demo (made varchar(20))",
    "create table up_pro_accept (id bigint primary key, project_no varchar(40) unique, task_code varchar(80), apply_date varchar(40), accept_date varchar(40), \
     handle_user_name varchar(80), former_project_no varchar(40), apply_name varchar(80), apply_mobile varchar(40), cd_operation varchar(1) default 'I', cd_time varchar(20))",
    "create index up_pro_accept_time on up_pro_accept (cd_time)",
    "create table up_pro_process (id bigint primary key, project_no varchar(40), process_name varchar(80), event_start_time varchar(40), event_end_time varchar(40), \
     handle_user_name varchar(80), org_code varchar(40), cd_operation varchar(1) default 'I', cd_time varchar(20))",
    "create index up_pro_process_time on up_pro_process (cd_time)",
    "create table up_pro_special_procedure (id bigint primary key, project_no varchar(40), special_no varchar(40), special_type varchar(10), special_name varchar(80), \
     special_time varchar(40), special_reason varchar(200), special_days varchar(40), end_time varchar(40), cd_operation varchar(1) default 'I', cd_time varchar(20))",
    "create index up_pro_special_procedure_time on up_pro_special_procedure (cd_time)",
    "create table up_pro_result (id bigint primary key, project_no varchar(40), result_type varchar(10), result_date varchar(40), result_explain varchar(200), \
     handle_user_name varchar(80), charge_date varchar(40), charge varchar(40), cd_operation varchar(1) default 'I', cd_time varchar(20))",
    "create index up_pro_result_time on up_pro_result (cd_time)",
];

/// Indexes by which the approval system finds the rows of a case.
const BY_CASE: [&str; 3] = ["up_pro_process", "up_pro_special_procedure", "up_pro_result"];

/// The approval system's own database on a server.
pub(crate) struct OnServer {
    owner: Owner,
    /// The last number of each table's rows.
    numbers: BTreeMap<&'static str, u64>,
    /// Rows that are not written yet, by table and columns.
    rows: BTreeMap<(&'static str, String), Vec<String>>,
}

impl OnServer {
    /// Makes the database, in the place of one that an earlier demo made.
    pub(crate) fn create(engine: Engine, server: &Server) -> Result<Self, Failure> {
        let mut owner = Owner::open(engine, server).map_err(|error| failed(&error))?;
        Self::clear(&mut owner, engine)?;
        let opens = match engine {
            Engine::Postgres => format!("set search_path = {SCHEMA}"),
            Engine::MySql => format!("use {SCHEMA}"),
        };
        let charset = if engine == Engine::MySql { " character set utf8mb4" } else { "" };
        let made = format!("create schema {SCHEMA}{charset}");
        let by_case = BY_CASE.map(|table| format!("create index {table}_case on {table} (project_no)"));
        let statements = [made, opens].into_iter().chain(TABLES.map(str::to_owned)).chain(by_case);
        for sql in statements {
            owner.run(&sql).map_err(|error| failed(&error))?;
        }
        Ok(Self { owner, numbers: BTreeMap::new(), rows: BTreeMap::new() })
    }

    /// Takes an earlier demo's schema away; anybody else's is left as it is.
    fn clear(owner: &mut Owner, engine: Engine) -> Result<(), Failure> {
        let mut count = |sql: String| -> Result<bool, Failure> {
            let rows = owner.run(&sql).map_err(|error| failed(&error))?;
            Ok(rows.first().and_then(|row| row.first()?.as_deref()) != Some("0"))
        };
        let there = count(format!(
            "select count(*) from information_schema.schemata where lower(schema_name) = '{SCHEMA}'"
        ))?;
        let ours = count(format!(
            "select count(*) from information_schema.tables where table_schema = '{SCHEMA}' and table_name = '{OURS}'"
        ))?;
        if there && !ours {
            let sentence = say!("demo-schema_taken", schema = SCHEMA);
            return Err(Failure::new(ExitCode::Usage, sentence).with_remedy(say!("demo-schema_taken_remedy")));
        }
        if there {
            let cascade = if engine == Engine::Postgres { " cascade" } else { "" };
            owner.run(&format!("drop schema {SCHEMA}{cascade}")).map_err(|error| failed(&error))?;
        }
        Ok(())
    }

    /// Writes what the approval system wrote, in one transaction.
    pub(crate) fn apply(&mut self, entries: &[Entry]) -> Result<(), Failure> {
        self.write(entries).map_err(|error| failed(&error))
    }

    fn write(&mut self, entries: &[Entry]) -> Result<(), ServerError> {
        self.owner.run("begin")?;
        for entry in entries {
            match &entry.write {
                Write::Insert(table, row) => self.insert(table, row)?,
                Write::Delete(table, key) => {
                    self.flush()?;
                    let key = self.owner.literal(key);
                    self.owner.run(&format!("delete from {table} where project_no = {key}"))?;
                }
                Write::Update(table, row, column, key) => {
                    self.flush()?;
                    let set: Vec<String> = row
                        .iter()
                        .map(|(name, value)| format!("{name} = {}", self.owner.literal(value)))
                        .collect();
                    let (set, key) = (set.join(", "), self.owner.literal(key));
                    self.owner.run(&format!(
                        "update {table} set {set}, cd_operation = 'U' where {column} = {key}"
                    ))?;
                }
            }
        }
        self.flush()?;
        self.owner.run("commit").map(drop)
    }

    fn insert(&mut self, table: &'static str, row: &[(&'static str, String)]) -> Result<(), ServerError> {
        let number = self.numbers.entry(table).or_default();
        *number += 1;
        let columns: Vec<&str> = row.iter().map(|(column, _)| *column).collect();
        let values: Vec<String> = row.iter().map(|(_, value)| self.owner.literal(value)).collect();
        let values = format!("({number}, {})", values.join(", "));
        let waiting = self.rows.entry((table, columns.join(", "))).or_default();
        waiting.push(values);
        if waiting.len() >= AT_ONCE { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), ServerError> {
        for ((table, columns), rows) in std::mem::take(&mut self.rows) {
            self.owner.run(&format!("insert into {table} (id, {columns}) values {}", rows.join(", ")))?;
        }
        Ok(())
    }
}

fn failed(error: &ServerError) -> Failure {
    let language = operator::language();
    let failure = Failure::new(ExitCode::Unavailable, error.text().words(language));
    failure.with_remedy(error.cure().words(language))
}

/// The lines of a source that reads it, with the password in a file beside them.
pub(crate) fn lines(engine: Engine, address: &Address, password_file: Option<&Path>) -> String {
    let Server { host, port, database, user, tls, .. } = &address.server;
    let text = |value: &str| serde_json::Value::from(value).to_string();
    let (kind, place) = match engine {
        Engine::Postgres => ("postgres", format!("database = {}\nschema = \"{SCHEMA}\"\n", text(database))),
        Engine::MySql => ("mysql", format!("database = \"{SCHEMA}\"\n")),
    };
    let mut lines =
        format!("kind = \"{kind}\"\nhost = {}\nport = {port}\n{place}user = {}\n", text(host), text(user));
    if let Some(name) = password_file.and_then(Path::file_name) {
        lines.push_str(&format!("password = {}\n", text(&format!("file:{}", name.display()))));
    }
    match tls {
        ServerTls::Off => lines.push_str("tls = \"off\"\n"),
        ServerTls::Required { ca_file: Some(file) } => {
            lines.push_str(&format!("ca_file = {}\n", text(&file.display().to_string())));
        }
        ServerTls::Required { ca_file: None } => {}
    }
    lines
}
