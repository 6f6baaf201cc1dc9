//! MariaDB as tests start it: a server of its own in a folder of its own, shared by the tests that run at the same time.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};

use crate::db_server::{PASSWORD, as_user, fed, furnish, lines, quit, running};
use crate::installed::{free_port, skip, wait_for};
use crate::smtp_tls::Papers;

static RUNNING: Mutex<Weak<MyServer>> = Mutex::new(Weak::new());
static DATABASES: AtomicU32 = AtomicU32::new(0);

const PROGRAM: &str = "/usr/sbin/mariadbd";

/// A server that listens on a port of this machine, with TLS and without.
pub struct MyServer {
    process: Child,
    folder: tempfile::TempDir,
    pub papers: Papers,
    pub port: u16,
}

/// A database of it with a login that may read it.
pub struct MyDatabase {
    pub server: Arc<MyServer>,
    pub name: String,
}

impl MyServer {
    fn start() -> Arc<Self> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let papers = Papers::sound();
        furnish(path, &papers, "mysql");
        let data = format!("--datadir={}", path.join("data").display());
        let mut install = as_user("mysql", Path::new("/usr/bin/mariadb-install-db"));
        let made = install
            .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", &data])
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = free_port();
        let mut command = as_user("mysql", Path::new(PROGRAM));
        command.args(["--no-defaults", &data, &format!("--port={port}"), "--bind-address=127.0.0.1"]);
        command.arg(format!("--socket={}", path.join("socket").display()));
        command.arg(format!("--pid-file={}", path.join("pid").display()));
        for (key, file) in [("ssl-ca", "ca.pem"), ("ssl-cert", "cert.pem"), ("ssl-key", "key.pem")] {
            command.arg(format!("--{key}={}", path.join(file).display()));
        }
        command.args([
            "--default-time-zone=+00:00",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-buffer-pool-size=64M",
        ]);
        command.args(["--character-set-server=utf8mb4", "--skip-log-bin"]);
        let log = fs::File::create(path.join("log")).unwrap();
        let process = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let server = Self { process, folder, papers, port };
        wait_for("MariaDB", || server.client("mysql", "select 1").ok());
        Arc::new(server)
    }

    /// What statements of the server's owner give, columns joined by tabs.
    pub fn client(&self, database: &str, sql: &str) -> Result<String, String> {
        let mut command = Command::new("mariadb");
        command.args(["--no-defaults", "-N", "-B", "-u", "root", "--default-character-set=utf8mb4"]);
        // Its own application writes local times; whoever reads says his zone himself.
        command.arg("--init-command=set time_zone = '+08:00'");
        command.arg("-S").arg(self.folder.path().join("socket")).arg(database);
        fed(&mut command, sql)
    }
}

impl Drop for MyServer {
    fn drop(&mut self) {
        // It is killed: nothing of it is wanted any more.
        if self.process.kill().is_err() {
            quit(self.process.id());
        }
        self.process.wait().ok();
    }
}

impl MyDatabase {
    /// A new database, if a server can be started here.
    pub fn new() -> Option<Self> {
        if !Path::new(PROGRAM).exists() {
            skip("MariaDB is not installed");
            return None;
        }
        let server = running(&RUNNING, MyServer::start);
        let name = format!("hall_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        let password = PASSWORD.replace('\\', "\\\\").replace('\'', "''");
        let database = Self { server, name };
        let (name, reader) = (&database.name, database.reader());
        let made = format!(
            "create database {name}; create user '{reader}'@'%' identified by '{password}'; grant select on {name}.* to '{reader}'@'%'"
        );
        database.server.client("mysql", &made).unwrap();
        Some(database)
    }

    /// Who may read it.
    pub fn reader(&self) -> String {
        format!("{}_reader", self.name)
    }

    /// Runs statements of its owner; what they give.
    pub fn run(&self, sql: &str) -> String {
        self.server.client(&self.name, sql).unwrap_or_else(|why| panic!("{sql}: {why}"))
    }

    /// The lines of a source that reads it, with TLS; files it needs go into a folder.
    pub fn lines(&self, folder: &Path) -> String {
        lines("mysql", self.server.port, &self.name, &self.reader(), &self.server.papers, folder)
    }
}
