//! A database server of a source: its keys, and from where its password comes.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::super::mail::cannot_read;
use super::super::open_permissions;
use super::super::written::{At, Table};
use crate::domain::record::connection::SourceKind;
use crate::domain::record::server::{Server, ServerTls};
use crate::domain::text::say;
use crate::edge::plain_file;

/// Where a server listens unless it is said.
fn usual_port(kind: SourceKind) -> u16 {
    if kind == SourceKind::MySql { 3306 } else { 5432 }
}

/// The keys of a server.
pub(super) const KEYS: [&str; 10] = [
    "host",
    "port",
    "database",
    "user",
    "password",
    "tls",
    "ca_file",
    "schema",
    "timeout",
    "snapshot_at_most",
];

/// What leads to a server's database; its encoding stands elsewhere.
pub(super) fn server(table: &Table<'_>, folder: &Path, kind: SourceKind) -> Option<Server> {
    if let Some(at) = table.text("path") {
        table.wrong(&at, say!("config-server_path"));
    }
    let (hosts, database, user) = (hosts(table), filled(table, "database"), filled(table, "user"));
    let port = table.number("port").map_or(usual_port(kind), |at| {
        u16::try_from(at.value).ok().filter(|port| *port > 0).unwrap_or_else(|| {
            table.wrong(&at, say!("config-port"));
            usual_port(kind)
        })
    });
    let password_file = table.text("password").and_then(|at| password_file(table, &at, folder));
    let tls = tls(table, folder, &hosts);
    let schema = table.text("schema").map(|at| {
        if kind == SourceKind::MySql {
            table.wrong(&at, say!("config-schema_is_database"));
        }
        at.value
    });
    let timeout = within(table, "timeout", Duration::from_secs(60), (1, 600));
    let snapshot_at_most = within(table, "snapshot_at_most", Duration::from_secs(600), (1, 24 * 3600));
    let (database, user) = (database?, user?);
    let mut hosts = hosts.into_iter().map(|(host, own)| (host, own.unwrap_or(port)));
    let ((host, port), others) = (hosts.next()?, hosts.collect());
    Some(Server {
        host,
        port,
        others,
        database,
        user,
        password_file,
        tls,
        schema,
        encoding: None,
        timeout,
        snapshot_at_most,
    })
}

/// The hosts, each with its port where that is its own.
fn hosts(table: &Table<'_>) -> Vec<(String, Option<u16>)> {
    if table.is_missing("host") {
        filled(table, "host");
        return Vec::new();
    }
    // A list that is none was said.
    let Some(hosts) = table.texts("host") else { return Vec::new() };
    if hosts.is_empty() {
        table.wrong(&table.place(), say!("config-host"));
    }
    let of = |at: &At<String>| {
        let found = host_and_port(&at.value);
        match found.filter(|_| !at.value.trim().is_empty() && !at.value.contains('\0')) {
            None if at.value.trim().is_empty() => table.wrong(at, say!("config-say_something")),
            None => table.wrong(at, say!("config-host")),
            found => return found,
        }
        None
    };
    hosts.iter().filter_map(of).collect()
}

/// A name or address, and what stands behind its colon; an address with colons of its own stands in brackets then.
fn host_and_port(written: &str) -> Option<(String, Option<u16>)> {
    let apart = match written.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map(|(host, port)| (host, port.strip_prefix(':').unwrap_or(port))),
        None if written.matches(':').count() == 1 => written.split_once(':'),
        None => return Some((written.to_owned(), None)),
    };
    let (host, port) = apart.filter(|(host, _)| !host.is_empty())?;
    match port {
        "" if written.ends_with(']') => Some((host.to_owned(), None)),
        port => Some((host.to_owned(), Some(port.parse().ok().filter(|port| *port > 0)?))),
    }
}

fn filled(table: &Table<'_>, key: &'static str) -> Option<String> {
    let at = table.required(key)?;
    if at.value.trim().is_empty() || at.value.contains('\0') {
        table.wrong(&at, say!("config-say_something"));
        return None;
    }
    Some(at.value)
}

pub(super) fn within(
    table: &Table<'_>,
    key: &'static str,
    usual: Duration,
    (least, most): (u64, u64),
) -> Duration {
    let Some(at) = table.parsed::<humantime::Duration>(key) else { return usual };
    if !(least..=most).contains(&at.value.as_secs()) {
        table.wrong(&at, say!("config-seconds", least, most));
    }
    *at.value
}

fn tls(table: &Table<'_>, folder: &Path, hosts: &[(String, Option<u16>)]) -> ServerTls {
    let ca_file = table.text("ca_file");
    let mode = table.text("tls");
    match mode.as_ref().map(|at| at.value.as_str()) {
        Some("off") => {
            if let (Some(at), false) = (&mode, hosts.iter().all(|(host, _)| stays_here(host))) {
                table.warn(at, say!("config-tls_off"));
            }
            if let Some(at) = &ca_file {
                table.wrong(at, say!("config-no_certificate"));
            }
            return ServerTls::Off;
        }
        None | Some("require") => {}
        Some(_) => {
            if let Some(at) = &mode {
                table.wrong(at, say!("config-server_tls"));
            }
        }
    }
    ServerTls::Required { ca_file: ca_file.map(|at| folder.join(at.value)) }
}

/// Whether what is said to a host never leaves this machine.
fn stays_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The file that holds the password: a credential that the service manager hands over, beside the configuration where none does (at
/// the keyboard), or a file that is named.
pub(super) fn password_file(table: &Table<'_>, at: &At<String>, folder: &Path) -> Option<PathBuf> {
    let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    let Some(file) = from_where(&at.value, credentials.as_deref(), folder) else {
        table.wrong(at, say!("config-server_password"));
        return None;
    };
    match std::fs::metadata(&file).map(|found| plain_file::is_file(found.file_type())) {
        // Who only looks at the configuration need not be able to see it; the source is dark without it.
        Err(error) => table.warn(at, cannot_read(&file, &error)),
        Ok(Err(error)) => table.wrong(at, cannot_read(&file, &error)),
        Ok(Ok(())) => open_permissions::warn(table, at, &file, (say!("config-the_password"), "600")),
    }
    Some(file)
}

fn from_where(written: &str, credentials: Option<&Path>, folder: &Path) -> Option<PathBuf> {
    let (kind, name) = written.split_once(':')?;
    match kind {
        "credential" if !name.is_empty() && !name.contains('/') && name != ".." => {
            let handed_over =
                credentials.map(|credentials| credentials.join(name)).filter(|file| file.exists());
            Some(handed_over.unwrap_or_else(|| folder.join(name)))
        }
        "file" if !name.is_empty() => Some(folder.join(name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A host may have a port of its own; the colons of an address are none of it.
    #[test]
    fn a_host_may_have_a_port() {
        let of = |written: &str| host_and_port(written);
        let host = |name: &str, port| Some((name.to_owned(), port));
        assert_eq!(of("db1"), host("db1", None));
        assert_eq!(of("db1:5433"), host("db1", Some(5433)));
        assert_eq!(of("::1"), host("::1", None));
        assert_eq!(of("[::1]"), host("::1", None));
        assert_eq!(of("[::1]:5433"), host("::1", Some(5433)));
        for none in ["db1:", "db1:0", "db1:70000", "db1:x", ":5432", "[]:1", "[::1", "[::1]:"] {
            assert_eq!(of(none), None, "{none}");
        }
    }

    /// A password is a credential or a file and never the key's own value.
    #[test]
    fn a_password_comes_from_outside() {
        let folder = tempfile::tempdir().unwrap();
        let (here, there) = (folder.path().join("conf"), folder.path().join("handed"));
        std::fs::create_dir(&there).unwrap();
        std::fs::write(there.join("db"), "s3cret").unwrap();
        let from = |written: &str, credentials| from_where(written, credentials, &here);
        assert_eq!(from("credential:db", Some(&*there)), Some(there.join("db")));
        assert_eq!(from("credential:other", Some(&*there)), Some(here.join("other")), "not handed over");
        assert_eq!(from("credential:db", None), Some(here.join("db")));
        assert_eq!(from("file:secret/db", Some(&*there)), Some(here.join("secret/db")));
        assert_eq!(from("file:/etc/db", None), Some("/etc/db".into()));
        for none in ["s3cret", "credential:", "credential:../db", "credential:..", "file:", "env:PW"] {
            assert_eq!(from(none, Some(&*there)), None, "{none}");
        }
    }
}
