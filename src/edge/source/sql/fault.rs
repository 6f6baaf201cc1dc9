//! Why a database server cannot be read, in the operator's words, and what to try.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::domain::text::visible::on_one_line;
use crate::domain::text::{Language, Text, nearest, say};
use crate::edge::operator;

/// Longest stretch of a server's own words that is shown, in characters.
const SAID: usize = 300;

/// Tables that a message names.
const SHOWN: usize = 12;

/// Which kind of server it is, where what to try depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// PostgreSQL and its kin.
    Postgres,
    /// MySQL, MariaDB and their kin.
    MySql,
}

/// Why a server cannot be read.
#[derive(Debug)]
pub struct ServerError {
    /// Which kind of server it is.
    pub engine: Engine,
    /// Where the database is: `host:port/database`.
    pub place: Box<str>,
    /// The read that it was of.
    pub read: Option<Box<str>>,
    /// What is wrong.
    pub fault: Fault,
    /// The server's own words.
    pub said: String,
}

/// What is wrong.
#[derive(Debug)]
pub enum Fault {
    /// The password cannot be read.
    Password {
        /// From where.
        file: PathBuf,
        /// Why.
        why: io::Error,
    },
    /// No connection.
    Unreachable(io::Error),
    /// Connected, and no answer for so many seconds.
    Mute(u64),
    /// Connected, and no greeting for so many seconds, where a server of its kind speaks first.
    NoGreeting(u64),
    /// The reading was ended from our side.
    Ended,
    /// The connection broke off.
    Broken(io::Error),
    /// The server has no encryption.
    NoTls,
    /// Encryption fails.
    Tls(Box<Text>),
    /// The login is refused.
    Login,
    /// A way of logging in that is not known here, by its name or number.
    Mechanism(String),
    /// The scheme of openGauss under the number of another.
    OpenGauss,
    /// A password would cross the network in the clear.
    InTheClear,
    /// There is no such database.
    NoDatabase,
    /// The server takes no more connections.
    Crowded,
    /// It starts or stops.
    NotReady,
    /// A statement took longer than it may.
    Slow(u64),
    /// A statement was ended before the limit that we set.
    CutShort,
    /// Somebody holds a lock.
    Locked,
    /// A standby's replay got in the way.
    Conflict,
    /// A standby that has not taken over what was read before, by so many bytes.
    Behind(u64),
    /// The view of the whole database was held for longer than so many seconds.
    HeldTooLong(u64),
    /// Rows come in another order than the server itself compares them in, or twice.
    Disordered,
    /// Another number of rows came than are there.
    Miscounted {
        /// How many came.
        came: u64,
        /// How many are there.
        there: u64,
    },
    /// There is no such table; which there are.
    NoTable {
        /// As it is configured.
        table: String,
        /// Which there are.
        there: String,
    },
    /// The login may not read it.
    Forbidden,
    /// The statement cannot be prepared.
    Query,
    /// A text cannot be converted by the server.
    Undecodable,
    /// What it says is no PostgreSQL.
    Foreign(Text),
    /// Anything else.
    Refused,
}

impl Fault {
    /// That there is no table of a name, where there are these.
    pub(super) fn no_table(table: &str, names: &[String]) -> Self {
        let mut there =
            names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        if names.len() > SHOWN {
            there.push_str(", …");
        }
        if let Some(meant) = nearest(table, names.iter().map(String::as_str)) {
            there = format!("`{meant}`? {there}");
        }
        Self::NoTable { table: table.to_owned(), there }
    }
}

impl ServerError {
    /// What is wrong, before it is known of which read.
    pub(super) fn new(engine: Engine, place: &str, fault: Fault) -> Self {
        Self { engine, place: place.into(), read: None, fault, said: String::new() }
    }

    /// The same with the server's own words.
    pub(super) fn saying(self, said: &str) -> Self {
        let mut said = on_one_line(said.trim()).into_owned();
        if let Some((end, _)) = said.char_indices().nth(SAID) {
            said.truncate(end);
            said.push('…');
        }
        Self { said, ..self }
    }

    /// The same of a read.
    pub(super) fn of(self, read: &str) -> Self {
        Self { read: Some(read.into()), ..self }
    }

    /// Whether nothing more can be asked after it.
    pub(super) fn is_of_connection(&self) -> bool {
        matches!(
            self.fault,
            Fault::Mute(_)
                | Fault::NoGreeting(_)
                | Fault::Ended
                | Fault::Broken(_)
                | Fault::Foreign(_)
                | Fault::NotReady
        )
    }

    /// Whether the statement cannot be run as it stands.
    pub(super) fn is_of_statement(&self) -> bool {
        matches!(self.fault, Fault::Query | Fault::Refused)
    }

    /// Whether it took more time than it may.
    pub fn is_of_limits(&self) -> bool {
        matches!(self.fault, Fault::Mute(_) | Fault::NoGreeting(_) | Fault::Slow(_) | Fault::HeldTooLong(_))
    }

    /// What is wrong, with the server's own words behind it.
    pub fn text(&self) -> Text {
        let what = match &self.read {
            Some(read) => say!("server-of_read", read = &**read, what = self.sentence()),
            None => self.sentence(),
        };
        if self.said.is_empty() { what } else { say!("server-said", what, said = &self.said) }
    }

    fn sentence(&self) -> Text {
        let place = &*self.place;
        match &self.fault {
            Fault::Password { file, why } => {
                say!("server-password", place, file = file.display().to_string(), why = operator::why(why))
            }
            Fault::Unreachable(why) => say!("server-unreachable", place, why = of_network(why)),
            Fault::Mute(seconds) => say!("server-mute", place, seconds = *seconds),
            Fault::NoGreeting(seconds) => say!("server-no_greeting", place, seconds = *seconds),
            Fault::Ended => say!("server-ended", place),
            Fault::Broken(why) => say!("server-broken", place, why = of_network(why)),
            Fault::NoTls => say!("server-no_tls", place),
            Fault::Tls(why) => say!("server-tls", place, why = (**why).clone()),
            Fault::Login => say!("server-login", place),
            Fault::Mechanism(name) => say!("server-mechanism", place, name),
            Fault::OpenGauss => say!("server-opengauss", place),
            Fault::InTheClear => say!("server-clear", place),
            Fault::NoDatabase => say!("server-no_database", place),
            Fault::Crowded => say!("server-crowded", place),
            Fault::NotReady => say!("server-not_ready", place),
            Fault::Slow(seconds) => say!("server-slow", place, seconds = *seconds),
            Fault::CutShort => say!("server-cut_short", place),
            Fault::Locked => say!("server-locked", place),
            Fault::Conflict => say!("server-conflict", place),
            Fault::Behind(bytes) => say!("server-behind", place, bytes = *bytes),
            Fault::HeldTooLong(seconds) => say!("server-held", place, seconds = *seconds),
            Fault::Disordered => say!("server-disordered", place),
            Fault::Miscounted { came, there } => {
                say!("server-miscounted", place, came = came.to_string(), there = there.to_string())
            }
            Fault::NoTable { table, there } if there.is_empty() => say!("server-no_tables", place, table),
            Fault::NoTable { table, there } => say!("server-no_table", place, table, there),
            Fault::Forbidden => say!("server-forbidden", place),
            Fault::Query => say!("server-query", place),
            Fault::Undecodable => say!("server-undecodable", place),
            Fault::Foreign(what) => say!("server-foreign", place, what = what.clone()),
            Fault::Refused => say!("server-refused", place),
        }
    }

    /// What to try.
    pub fn cure(&self) -> Text {
        match &self.fault {
            Fault::NoTls if self.engine == Engine::MySql => say!("server-no_tls_try_mysql"),
            Fault::Login if self.engine == Engine::MySql => say!("server-login_try_mysql"),
            Fault::Mechanism(_) if self.engine == Engine::MySql => say!("server-mechanism_try_mysql"),
            Fault::InTheClear if self.engine == Engine::MySql => say!("server-clear_try_mysql"),
            Fault::Slow(_) if self.engine == Engine::MySql => say!("server-slow_try_mysql"),
            Fault::Crowded if self.engine == Engine::MySql => say!("server-crowded_try_mysql"),
            Fault::Password { .. } => say!("server-password_try"),
            Fault::Unreachable(_) => say!("server-unreachable_try"),
            Fault::Mute(_) => say!("server-mute_try"),
            Fault::NoGreeting(_) => say!("server-no_greeting_try"),
            Fault::Ended | Fault::Broken(_) | Fault::NotReady => say!("server-broken_try"),
            Fault::NoTls => say!("server-no_tls_try"),
            Fault::Tls(_) => say!("server-tls_try"),
            Fault::Login => say!("server-login_try"),
            Fault::Mechanism(_) => say!("server-mechanism_try"),
            Fault::OpenGauss => say!("server-opengauss_try"),
            Fault::InTheClear => say!("server-clear_try"),
            Fault::NoDatabase => say!("server-no_database_try"),
            Fault::Crowded => say!("server-crowded_try"),
            Fault::Slow(_) => say!("server-slow_try"),
            Fault::CutShort if self.engine == Engine::MySql => say!("server-cut_short_try_mysql"),
            Fault::CutShort => say!("server-cut_short_try"),
            Fault::Locked => say!("server-locked_try"),
            Fault::Conflict => say!("server-conflict_try"),
            Fault::Behind(_) => say!("server-behind_try"),
            Fault::HeldTooLong(_) => say!("server-held_try"),
            Fault::Disordered | Fault::Miscounted { .. } => say!("server-disordered_try"),
            Fault::NoTable { .. } => say!("server-no_table_try"),
            Fault::Forbidden => say!("server-forbidden_try"),
            Fault::Query => say!("server-query_try"),
            Fault::Undecodable => say!("server-undecodable_try"),
            Fault::Foreign(_) => say!("server-foreign_try"),
            Fault::Refused => say!("server-refused_try"),
        }
    }
}

/// Why a connection did not come to be encrypted.
pub(super) fn of_handshake(why: &io::Error) -> Text {
    match why.get_ref() {
        Some(inner) => operator::of_tls(inner.to_string()),
        None => of_network(why),
    }
}

/// Why there is no connection, or none any more: the words for files do not fit.
fn of_network(why: &io::Error) -> Text {
    let words = why.to_string();
    match why.kind() {
        io::ErrorKind::ConnectionRefused => say!("cause-network_refused", words),
        io::ErrorKind::UnexpectedEof => say!("cause-network_closed", words),
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
            say!("cause-network_reset", words)
        }
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            say!("cause-network_no_way", words)
        }
        io::ErrorKind::NotFound => say!("cause-network_no_name", words),
        _ if words.contains("lookup address") => say!("cause-network_no_name", words),
        _ => operator::why(why),
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().words(Language::English))
    }
}

impl std::error::Error for ServerError {}
