//! The same rows on real servers: what a first read from them costs beside one from an SQLite file. Started from the distribution's packages,
//! as their own users where we are root.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// Rows of one insert.
const AT_ONCE: usize = 2_000;

/// The tables as a vendor makes them.
const TABLES: &str = "
    CREATE TABLE up_pro_accept (project_no varchar(40) PRIMARY KEY, item_code varchar(20), item_name text, applicant text,
        address text, handler text, accept_time TIME, promise_days integer, result varchar(4), finish_time TIME, remark text, cd_time TIME);
    CREATE INDEX up_pro_accept_cd ON up_pro_accept (cd_time);
    CREATE TABLE up_pro_process (id bigint PRIMARY KEY, project_no varchar(40), event varchar(4), event_name text, event_time TIME,
        user_name text, idea text, cd_time TIME);
    CREATE INDEX up_pro_process_cd ON up_pro_process (cd_time);";

/// A server that was started for the measurement.
pub struct Server {
    process: Child,
    folder: PathBuf,
    port: u16,
    kind: &'static str,
}

impl Server {
    /// PostgreSQL, if it is installed.
    pub fn postgres(folder: &Path) -> Option<Self> {
        let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
        let bin = versions.flatten().map(|it| it.path().join("bin")).max()?;
        let data = home(folder, "postgres");
        let made = as_user("postgres", &bin.join("initdb"))
            .args(["--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres", "-A", "trust", "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .status();
        assert!(made.is_ok_and(|status| status.success()), "initdb works");
        let port = free_port();
        let mut command = as_user("postgres", &bin.join("postgres"));
        command.arg("-D").arg(&data).args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-p"]);
        command.arg(port.to_string()).arg("-k").arg(folder);
        Some(Self::started(command, folder, port, "postgres"))
    }

    /// MariaDB, if it is installed.
    pub fn mariadb(folder: &Path) -> Option<Self> {
        let program = Path::new("/usr/sbin/mariadbd");
        program.exists().then_some(())?;
        let data = format!("--datadir={}", home(folder, "mysql").display());
        let made = as_user("mysql", Path::new("/usr/bin/mariadb-install-db"))
            .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", &data])
            .stdout(Stdio::null())
            .status();
        assert!(made.is_ok_and(|status| status.success()), "mariadb-install-db works");
        let port = free_port();
        let mut command = as_user("mysql", program);
        command.args(["--no-defaults", &data, "--bind-address=127.0.0.1", "--skip-log-bin"]);
        command.args(["--character-set-server=utf8mb4", "--innodb-flush-log-at-trx-commit=0"]);
        command.arg(format!("--port={port}")).arg(format!("--socket={}", folder.join("socket").display()));
        let server = Self::started(command, folder, port, "mysql");
        server.run("create database bench; create user 'bench'@'%' identified by ''; grant select on bench.* to 'bench'@'%'", "mysql");
        Some(server)
    }

    fn started(mut command: Command, folder: &Path, port: u16, kind: &'static str) -> Self {
        let log = fs::File::create(folder.join("log")).expect("the folder can be written");
        let process = command.stdout(Stdio::null()).stderr(log).spawn().expect("the server starts");
        let server = Self { process, folder: folder.to_owned(), port, kind };
        let patience = Instant::now() + Duration::from_secs(300);
        while !server.client("select 1", kind).0 {
            assert!(Instant::now() < patience, "the server does not come");
            sleep(Duration::from_millis(50));
        }
        server
    }

    fn client(&self, sql: &str, database: &str) -> (bool, String) {
        let mut command = if self.kind == "postgres" {
            let mut command = Command::new("psql");
            command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-h"]);
            command.arg(&self.folder).args(["-p", &self.port.to_string(), "-f", "-", database]);
            command
        } else {
            let mut command = Command::new("mariadb");
            command.args([
                "--no-defaults",
                "-N",
                "-B",
                "-u",
                "root",
                "--default-character-set=utf8mb4",
                "-S",
            ]);
            command.arg(self.folder.join("socket")).arg(database);
            command
        };
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = piped.spawn().expect("the server's own client is installed");
        // It may end before it has read all.
        drop(child.stdin.take().expect("it is piped").write_all(sql.as_bytes()));
        let done = child.wait_with_output().expect("the client ends");
        (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
    }

    fn run(&self, sql: &str, database: &str) {
        let (done, said) = self.client(sql, database);
        assert!(done, "{said}");
    }

    fn database(&self) -> &'static str {
        if self.kind == "postgres" { "postgres" } else { "bench" }
    }

    /// Copies the tables of the measurements; gives how many rows they have.
    pub fn fill(&self, from: &Path) -> u64 {
        let time = if self.kind == "postgres" { "timestamp(0)" } else { "datetime" };
        self.run(&TABLES.replace("TIME", time), self.database());
        let from = Connection::open(from).expect("the source is there");
        let rows = ["up_pro_accept", "up_pro_process"].map(|table| self.copy(&from, table));
        let statistics =
            if self.kind == "postgres" { "vacuum analyze" } else { "analyze table up_pro_process" };
        self.run(statistics, self.database());
        rows.iter().sum()
    }

    fn copy(&self, from: &Connection, table: &str) -> u64 {
        let mut read = from.prepare(&format!("SELECT * FROM {table}")).expect("the table is there");
        let columns = read.column_count();
        let mut rows = read.query([]).expect("it can be read");
        let (mut sql, mut count) = (String::from("begin;\n"), 0_usize);
        while let Some(row) = rows.next().expect("it can be read") {
            let between = if count.is_multiple_of(AT_ONCE) {
                format!(";\ninsert into {table} values ")
            } else {
                ",".into()
            };
            sql.push_str(if count == 0 { &between[2..] } else { &between });
            for at in 0..columns {
                sql.push(if at == 0 { '(' } else { ',' });
                match row.get_ref(at).expect("there is such a column") {
                    ValueRef::Integer(number) => write!(sql, "{number}").expect("a string takes everything"),
                    ValueRef::Text(text) => {
                        let text = String::from_utf8_lossy(text).replace('\'', "''");
                        write!(sql, "'{text}'").expect("a string takes everything");
                    }
                    _ => sql.push_str("null"),
                }
            }
            sql.push(')');
            count += 1;
        }
        self.run(&format!("{sql};\ncommit;"), self.database());
        count as u64
    }

    /// The lines of a source that reads it.
    pub fn lines(&self) -> String {
        let user = if self.kind == "postgres" { "postgres" } else { "bench" };
        let (kind, port, database) = (self.kind, self.port, self.database());
        format!(
            "kind = \"{kind}\"\nhost = \"127.0.0.1\"\nport = {port}\ndatabase = \"{database}\"\nuser = \"{user}\"\ntls = \"off\"\n"
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing of it is wanted any more; a postmaster that is asked to quit takes its children with it.
        let asked = Command::new("kill").args(["-QUIT", &self.process.id().to_string()]).status();
        if self.kind != "postgres" || !asked.is_ok_and(|status| status.success()) {
            drop(self.process.kill());
        }
        drop(self.process.wait());
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

fn root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn number(user: &str) -> u32 {
    let asked = Command::new("id").args(["-u", user]).output().expect("`id` is there");
    String::from_utf8_lossy(&asked.stdout).trim().parse().expect("the package makes the user")
}

fn as_user(user: &str, program: &Path) -> Command {
    let mut command = Command::new(program);
    if root() {
        command.uid(number(user)).gid(number(user));
    }
    command
}

/// A folder for a server's data that belongs to its user.
fn home(folder: &Path, user: &str) -> PathBuf {
    let data = folder.join("data");
    fs::create_dir_all(&data).expect("the folder can be written");
    let open = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    open(folder, 0o755).and_then(|()| open(&data, 0o700)).expect("the folder is ours");
    if root() {
        for path in [folder, &data] {
            chown(path, Some(number(user)), Some(number(user))).expect("root may give it away");
        }
    }
    data
}
