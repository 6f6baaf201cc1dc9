//! The address of a server as it stands behind `--postgres` and `--mysql`.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::domain::record::server::{Server, ServerTls};

/// What an address says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// The server, whose password is not in a file yet.
    pub(super) server: Server,
    /// The password.
    pub(super) password: Option<String>,
}

impl Address {
    /// Reads `scheme://user:password@host:port/database?tls=off&ca_file=PATH`; `None`: it is none. What is said to this machine itself is
    /// in the clear unless it is asked for otherwise; all else is encrypted unless it is.
    pub(super) fn parse(url: &str, usual_port: u16) -> Option<Self> {
        let (_, rest) = url.split_once("://")?;
        let (rest, options) = rest.split_once('?').unwrap_or((rest, ""));
        let (login, place) = rest.rsplit_once('@')?;
        let (user, password) = match login.split_once(':') {
            Some((user, password)) => (decoded(user)?, Some(decoded(password)?)),
            None => (decoded(login)?, None),
        };
        let (host, database) = place.split_once('/').unwrap_or((place, ""));
        let (host, port) = match host.rsplit_once(':').filter(|(_, port)| !port.contains(']')) {
            Some((host, port)) => (host, port.parse().ok().filter(|port| *port > 0)?),
            None => (host, usual_port),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        if user.is_empty() || host.is_empty() {
            return None;
        }
        let (mut tls, mut ca_file) = (None, None);
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=')? {
                ("tls", "off") => tls = Some(false),
                ("tls", "require") => tls = Some(true),
                ("ca_file", path) => ca_file = Some(PathBuf::from(decoded(path)?)),
                _ => return None,
            }
        }
        let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        let encrypted = tls.unwrap_or(!here || ca_file.is_some());
        let tls = if encrypted { ServerTls::Required { ca_file } } else { ServerTls::Off };
        let database = decoded(database)?;
        let server = Server {
            host,
            port,
            others: Vec::new(),
            database,
            user,
            password_file: None,
            tls,
            schema: None,
            encoding: None,
            timeout: Duration::from_secs(60),
            snapshot_at_most: Duration::from_secs(600),
        };
        Some(Self { server, password })
    }
}

/// A part of an address without its escapes (`%40` is `@`).
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let two = std::str::from_utf8(behind.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(two, 16).ok().filter(|_| !two.starts_with('+'))?);
        rest = &behind[2..];
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Option<(String, Option<String>, ServerTls)> {
        let Address { server, password } = Address::parse(url, 5432)?;
        Some((format!("{}@{}", server.user, server.place()), password, server.tls))
    }

    /// Every part may be left out but user and host; a password may hold anything, escaped.
    #[test]
    fn an_address_is_read_as_it_is_written() {
        let required = |ca_file: Option<&str>| ServerTls::Required { ca_file: ca_file.map(Into::into) };
        let says = |place: &str, password: Option<&str>, tls| {
            Some((place.to_owned(), password.map(str::to_owned), tls))
        };
        assert_eq!(of("postgres://me@db/city"), says("me@db:5432/city", None, required(None)));
        assert_eq!(
            of("postgres://me:a%40b%3A%E5%8F%A3@localhost:5433/city"),
            says("me@localhost:5433/city", Some("a@b:口"), ServerTls::Off)
        );
        assert_eq!(of("mysql://me:@[::1]:3307"), says("me@::1:3307/", Some(""), ServerTls::Off));
        assert_eq!(of("x://u@127.0.0.1/d?tls=require"), says("u@127.0.0.1:5432/d", None, required(None)));
        assert_eq!(
            of("x://u@127.0.0.1/d?ca_file=/a%20b"),
            says("u@127.0.0.1:5432/d", None, required(Some("/a b")))
        );
        assert_eq!(of("x://u@db/d?tls=off"), says("u@db:5432/d", None, ServerTls::Off));
        for none in [
            "db",
            "x://db/d",
            "x://@db/d",
            "x://u@/d",
            "x://u@db:0/d",
            "x://u@db:x/d",
            "x://u@db/d?ssl=1",
            "x://u%4@db",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
