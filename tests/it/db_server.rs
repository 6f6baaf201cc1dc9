//! What database servers of every kind have in common as tests start, feed and read them.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use jianchad::testing::domain::record::connection::Connection;
use jianchad::testing::domain::record::mapping::SourceSpec;
use jianchad::testing::domain::record::server::{Server, ServerTls};
use jianchad::testing::domain::text::Language;
use jianchad::testing::edge::source;

use crate::bench::moment;
use crate::halls::{CASES, Hall, NOW, Told};
use crate::installed::is_root;
use crate::smtp_tls::Papers;

/// The password of every reader, with what a statement would trip over.
pub const PASSWORD: &str = "口令 s3cret'\"\\";

/// The server that runs, or one that is started.
pub fn running<T>(known: &Mutex<Weak<T>>, start: impl FnOnce() -> Arc<T>) -> Arc<T> {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    known.upgrade().unwrap_or_else(|| {
        let started = start();
        *known = Arc::downgrade(&started);
        started
    })
}

/// The number of a user of the system.
pub fn user(name: &str) -> Option<u32> {
    let asked = Command::new("id").args(["-u", name]).output().ok()?;
    String::from_utf8(asked.stdout).ok()?.trim().parse().ok()
}

/// A program that runs as a user whom its package makes, where we are root: servers refuse root.
pub fn as_user(name: &str, program: &Path) -> Command {
    let mut command = Command::new(program);
    if is_root() {
        let number = user(name).expect("the package makes it");
        command.uid(number).gid(number);
    }
    command
}

/// Asks a process to quit, as `pg_ctl -m immediate` does.
pub fn quit(process: u32) -> bool {
    Command::new("kill").args(["-QUIT", &process.to_string()]).status().is_ok_and(|status| status.success())
}

/// Puts a certificate and its key into a server's folder, and gives that folder with what stands in it to the server's user.
pub fn furnish(folder: &Path, papers: &Papers, owner: &str) {
    for file in ["ca.pem", "cert.pem", "key.pem"] {
        fs::copy(papers.file(file), folder.join(file)).unwrap();
        fs::set_permissions(folder.join(file), fs::Permissions::from_mode(0o600)).unwrap();
    }
    fs::create_dir(folder.join("data")).unwrap();
    fs::set_permissions(folder.join("data"), fs::Permissions::from_mode(0o700)).unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    if is_root() {
        let owner = user(owner);
        for file in ["", "data", "ca.pem", "cert.pem", "key.pem"] {
            chown(folder.join(file), owner, owner).unwrap();
        }
    }
}

/// What a client gives that is fed with statements.
pub fn fed(command: &mut Command, sql: &str) -> Result<String, String> {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().map_err(|why| why.to_string())?;
    // It may end before it has read all.
    let _ = child.stdin.take().unwrap().write_all(sql.as_bytes());
    let done = child.wait_with_output().unwrap();
    if !done.status.success() {
        return Err(String::from_utf8_lossy(&done.stderr).into_owned());
    }
    Ok(String::from_utf8_lossy(&done.stdout).trim_end().to_owned())
}

/// The lines of a source that reads a database with TLS; files it needs go into a folder.
pub fn lines(kind: &str, port: u16, database: &str, user: &str, papers: &Papers, folder: &Path) -> String {
    fs::copy(papers.file("ca.pem"), folder.join("ca.pem")).unwrap();
    let secret = folder.join("db-password");
    fs::write(&secret, format!("{PASSWORD}\n")).unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
    format!(
        "kind = \"{kind}\"\nhost = \"localhost\"\nport = {port}\ndatabase = \"{database}\"\nuser = \"{user}\"\n\
         password = \"file:db-password\"\nca_file = \"ca.pem\"\n"
    )
}

/// A source of a kind on a peer that is none.
pub fn spec_on(hall: &Hall, kind: &str, port: u16, tls: ServerTls) -> SourceSpec {
    fs::write(hall.city.path("db-password"), PASSWORD).unwrap();
    let lines = format!(
        "kind = \"{kind}\"\nhost = \"localhost\"\nport = {port}\ndatabase = \"d\"\nuser = \"u\"\npassword = \"file:db-password\"\ntimeout = \"1s\"\n"
    );
    on(&hall.spec_of(&lines, CASES), |it| it.tls = tls)
}

/// The spec with another server.
pub fn on(spec: &SourceSpec, change: impl FnOnce(&mut Server)) -> SourceSpec {
    let mut spec = spec.clone();
    let (Connection::Postgres(server) | Connection::MySql(server)) = &mut spec.connection else {
        panic!("it is a server")
    };
    change(server);
    spec
}

/// Why it cannot be read, as the operator is told.
pub fn why(spec: &SourceSpec) -> String {
    let read = Told::default().try_read(&mut *source::open(spec), &moment(NOW));
    read.map(|reading| reading.rows).unwrap_err().for_operator().words(Language::English)
}

/// Why a reading does not come to its end that is told to end.
pub fn why_ended(spec: &SourceSpec) -> String {
    let over = source::within(Duration::from_millis(300), &|| false, |over| {
        let mut source = source::open(spec);
        source.end_when(over);
        Told::default().try_read(&mut *source, &moment(NOW)).map(|reading| reading.rows).unwrap_err()
    });
    over.to_string()
}

/// How many rows a whole reading has.
pub fn rows(spec: &SourceSpec) -> u64 {
    Told::default().read(&mut *source::open(spec), &moment(NOW)).rows
}
