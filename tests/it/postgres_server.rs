//! PostgreSQL as tests start it: a server of its own in a folder of its own, shared by the tests that run at the same time.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};

use crate::installed::{free_port, is_root, skip, wait_for};
use crate::smtp_tls::Papers;

/// The password of every reader, with what a statement would trip over.
pub const PASSWORD: &str = "口令 s3cret'\"\\";

static RUNNING: Mutex<Weak<Server>> = Mutex::new(Weak::new());
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// A server that listens on a port of this machine, with TLS and without.
pub struct Server {
    process: Child,
    folder: tempfile::TempDir,
    pub papers: Papers,
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

/// The number of a user of the system.
pub fn user(name: &str) -> Option<u32> {
    let asked = Command::new("id").args(["-u", name]).output().ok()?;
    String::from_utf8(asked.stdout).ok()?.trim().parse().ok()
}

/// A program that runs as the server's user: PostgreSQL refuses root.
pub fn as_postgres(program: &Path) -> Command {
    as_user("postgres", program)
}

/// A program that runs as a user whom its package makes, where we are root.
pub fn as_user(name: &str, program: &Path) -> Command {
    let mut command = Command::new(program);
    if is_root() {
        let number = user(name).expect("the package makes it");
        command.uid(number).gid(number);
    }
    command
}

impl Server {
    fn start(bin: &Path) -> Arc<Self> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let papers = Papers::sound();
        for file in ["cert.pem", "key.pem"] {
            fs::copy(papers.file(file), path.join(file)).unwrap();
            fs::set_permissions(path.join(file), fs::Permissions::from_mode(0o600)).unwrap();
        }
        if is_root() {
            let postgres = user("postgres");
            for file in ["", "cert.pem", "key.pem"] {
                chown(path.join(file), postgres, postgres).unwrap();
            }
        }
        let made = as_postgres(&bin.join("initdb"))
            .args(["--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres", "-A", "trust", "-D"])
            .arg(path.join("data"))
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let hba = "local all all trust\nhost all md5_reader 127.0.0.1/32 md5\nhostssl all clear_reader 127.0.0.1/32 password\nhostnossl all clear_reader 127.0.0.1/32 reject\n\
                   host all all 127.0.0.1/32 scram-sha-256\n";
        fs::write(path.join("data/pg_hba.conf"), hba).unwrap();
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
        Arc::new(server)
    }

    /// What a statement of the server's owner gives, columns joined by `|`.
    pub fn psql(&self, database: &str, sql: &str) -> Result<String, String> {
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
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|it| it.to_string())?;
        // It may end before it has read all.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), sql.as_bytes());
        let done = child.wait_with_output().unwrap();
        if !done.status.success() {
            return Err(String::from_utf8_lossy(&done.stderr).into_owned());
        }
        Ok(String::from_utf8_lossy(&done.stdout).trim_end().to_owned())
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

/// Asks a process to quit, as `pg_ctl -m immediate` does.
pub fn quit(process: u32) -> bool {
    Command::new("kill").args(["-QUIT", &process.to_string()]).status().is_ok_and(|status| status.success())
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
        let server = {
            let mut running = RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            running.upgrade().unwrap_or_else(|| {
                let started = Server::start(&bin);
                *running = Arc::downgrade(&started);
                started
            })
        };
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
        Some(database)
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
        fs::copy(self.server.papers.file("ca.pem"), folder.join("ca.pem")).unwrap();
        let secret = folder.join("db-password");
        fs::write(&secret, format!("{PASSWORD}\n")).unwrap();
        fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
        format!(
            "kind = \"postgres\"\nhost = \"localhost\"\nport = {port}\ndatabase = \"{}\"\nuser = \"{}\"\n\
             password = \"file:db-password\"\nca_file = \"ca.pem\"\n",
            self.name,
            self.reader()
        )
    }
}
