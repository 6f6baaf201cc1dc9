//! MariaDB as tests start it: a server of its own in a folder of its own, shared by the tests that run at the same time.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::installed::{free_port, is_root, skip, wait_for};
use crate::postgres_server::{PASSWORD, as_user, quit, user};
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
        for file in ["cert.pem", "key.pem"] {
            fs::copy(papers.file(file), path.join(file)).unwrap();
            fs::set_permissions(path.join(file), fs::Permissions::from_mode(0o600)).unwrap();
        }
        fs::create_dir(path.join("data")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        if is_root() {
            for file in ["", "data", "cert.pem", "key.pem"] {
                chown(path.join(file), user("mysql"), user("mysql")).unwrap();
            }
        }
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
            fs::copy(papers.file("ca.pem"), path.join("ca.pem")).unwrap();
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
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().map_err(|why| why.to_string())?;
        // It may end before it has read all.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), sql.as_bytes());
        let done = child.wait_with_output().unwrap();
        if !done.status.success() {
            return Err(String::from_utf8_lossy(&done.stderr).into_owned());
        }
        Ok(String::from_utf8_lossy(&done.stdout).trim_end().to_owned())
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
        let server = {
            let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
            running.upgrade().unwrap_or_else(|| {
                let started = MyServer::start();
                *running = Arc::downgrade(&started);
                started
            })
        };
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
        fs::copy(self.server.papers.file("ca.pem"), folder.join("ca.pem")).unwrap();
        let secret = folder.join("db-password");
        fs::write(&secret, format!("{PASSWORD}\n")).unwrap();
        fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
        format!(
            "kind = \"mysql\"\nhost = \"localhost\"\nport = {}\ndatabase = \"{}\"\nuser = \"{}\"\n\
             password = \"file:db-password\"\nca_file = \"ca.pem\"\n",
            self.server.port,
            self.name,
            self.reader()
        )
    }
}
