//! PostgreSQL as tests start it: a server of its own in a folder of its own, shared by the tests that run at the same time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};

use crate::db_server::{PASSWORD, as_user, fed, furnish, lines, quit, running};
use crate::installed::{free_port, skip, wait_for};
use crate::smtp_tls::Papers;

static RUNNING: Mutex<Weak<Server>> = Mutex::new(Weak::new());
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A server that listens on a port of this machine, with TLS and without.
pub struct Server {
    process: Child,
    folder: tempfile::TempDir,
    pub papers: Arc<Papers>,
    pub port: u16,
}

/// A database of it with a login that may read it.
pub struct Database {
    pub server: Arc<Server>,
    pub name: String,
}

/// Where the programs of the newest PostgreSQL lie.
fn programs() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").ok()?.map(|it| it.unwrap().path().join("bin")).collect();
    versions.sort();
    versions.pop().filter(|bin| bin.join("initdb").exists())
}

/// A program that runs as the server's user: PostgreSQL refuses root.
pub fn as_postgres(program: &Path) -> Command {
    as_user("postgres", program)
}

impl Server {
    fn start(bin: &Path) -> Arc<Self> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let papers = Papers::sound();
        furnish(path, &papers, "postgres");
        let made = as_postgres(&bin.join("initdb"))
            .args(["--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres", "-A", "trust", "-D"])
            .arg(path.join("data"))
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let hba = "local all,replication all trust\nhost all md5_reader 127.0.0.1/32 md5\nhostssl all clear_reader 127.0.0.1/32 password\nhostnossl all clear_reader 127.0.0.1/32 reject\n\
                   host all all 127.0.0.1/32 scram-sha-256\n";
        fs::write(path.join("data/pg_hba.conf"), hba).unwrap();
        Arc::new(Self::run(bin, folder, Arc::new(papers)))
    }

    /// A server that takes over whatever this one writes.
    pub fn standby(&self) -> Arc<Self> {
        let bin = programs().expect("this one runs");
        let folder = tempfile::tempdir().unwrap();
        let papers = Arc::clone(&self.papers);
        furnish(folder.path(), &papers, "postgres");
        let taken = as_postgres(&bin.join("pg_basebackup"))
            .args(["-R", "-X", "stream", "-c", "fast", "-U", "postgres", "-p", &self.port.to_string(), "-h"])
            .arg(self.folder.path())
            .arg("-D")
            .arg(folder.path().join("data"))
            .output()
            .unwrap();
        assert!(taken.status.success(), "{}", String::from_utf8_lossy(&taken.stderr));
        Arc::new(Self::run(&bin, folder, papers))
    }

    /// Ends as if its machine had lost power.
    pub fn die(&self) {
        assert!(quit(self.process.id()));
        wait_for("its end", || Some(()).filter(|()| self.psql("postgres", "select 1").is_err()));
    }

    fn run(bin: &Path, folder: tempfile::TempDir, papers: Arc<Papers>) -> Self {
        let path = folder.path();
        let port = free_port();
        let settings = [
            format!("port={port}"),
            "listen_addresses=127.0.0.1".into(),
            format!("unix_socket_directories={}", path.display()),
            "fsync=off".into(),
            "ssl=on".into(),
            format!("ssl_cert_file={}", path.join("cert.pem").display()),
            format!("ssl_key_file={}", path.join("key.pem").display()),
            "timezone=UTC".into(),
        ];
        let mut command = as_postgres(&bin.join("postgres"));
        command.arg("-D").arg(path.join("data"));
        for setting in settings {
            command.arg("-c").arg(setting);
        }
        let log = fs::File::create(path.join("log")).unwrap();
        let process = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let server = Self { process, folder, papers, port };
        wait_for("PostgreSQL", || server.psql("postgres", "select 1").ok());
        server
    }

    /// What a statement of the server's owner gives, columns joined by `|`.
    pub fn psql(&self, database: &str, sql: &str) -> Result<String, String> {
        fed(&mut self.client(database), sql)
    }

    /// A client of the server's owner, which takes statements as they come.
    pub fn client(&self, database: &str) -> Command {
        let mut command = Command::new("psql");
        command.args([
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "postgres",
            "-p",
            &self.port.to_string(),
        ]);
        command.arg("-h").arg(self.folder.path()).args(["-d", database, "-f", "-"]);
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The postmaster ends at once and takes its children with it.
        let end = quit(self.process.id());
        if !end {
            self.process.kill().ok();
        }
        self.process.wait().ok();
    }
}

impl Database {
    /// A new database, if a server can be started here.
    pub fn new() -> Option<Self> {
        Self::made("")
    }

    /// The same with words behind `create database`.
    pub fn made(how: &str) -> Option<Self> {
        let Some(bin) = programs() else {
            skip("PostgreSQL is not installed");
            return None;
        };
        Some(Self::on(running(&RUNNING, || Server::start(&bin)), how))
    }

    /// One on a server of its own.
    pub fn alone() -> Option<Self> {
        let Some(bin) = programs() else {
            skip("PostgreSQL is not installed");
            return None;
        };
        Some(Self::on(Server::start(&bin), ""))
    }

    fn on(server: Arc<Server>, how: &str) -> Self {
        let name = format!("hall_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        server.psql("postgres", &format!("create database {name} {how}")).unwrap();
        let database = Self { server, name };
        let password = PASSWORD.replace('\'', "''");
        // Its own application writes local times; whoever reads says his zone himself.
        database.run(&format!(
            "alter role postgres in database {0} set timezone = 'Asia/Shanghai';
             create role {0}_reader login password '{password}'; alter default privileges grant select on tables to {0}_reader",
            database.name
        ));
        database
    }

    /// Who may read it.
    pub fn reader(&self) -> String {
        format!("{}_reader", self.name)
    }

    /// Runs statements of its owner; what they give.
    pub fn run(&self, sql: &str) -> String {
        self.server.psql(&self.name, sql).unwrap_or_else(|why| panic!("{sql}: {why}"))
    }

    /// The lines of a source that reads it, with TLS; files it needs go into a folder.
    pub fn lines(&self, folder: &Path) -> String {
        self.lines_through(folder, self.server.port)
    }

    /// The same through another port.
    pub fn lines_through(&self, folder: &Path, port: u16) -> String {
        lines("postgres", port, &self.name, &self.reader(), &self.server.papers, folder)
    }
}
