//! How letters leave: a folder, or a mail server and the way to speak to it. Declared here, used by the edge.

use std::path::PathBuf;
use std::time::Duration;

use super::Address;
use super::dkim::Dkim;

/// The way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Each letter becomes an `.eml` file in this folder.
    Folder(PathBuf),
    /// Mail servers, the first of which is used unless it takes no letter at all.
    Smtp(Vec<Relay>),
}

/// How many alerts leave; what is over waits in the outbox, and is listed in the digest. The digest itself is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// To one address within a minute.
    pub per_minute: u32,
    /// To one address on one day.
    pub per_day: u32,
    /// To all on one day.
    pub in_all: u32,
    /// An address that was refused for good so many times in a row gets nothing more.
    pub suspend_after: u32,
}

/// What leaves at this hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SendWindow {
    /// Alerts: in office hours.
    pub alerts: bool,
    /// Digests and bulletins: on working days, from the time of the digest on.
    pub others: bool,
}

impl Default for Caps {
    fn default() -> Self {
        Self { per_minute: 1, per_day: 20, in_all: 500, suspend_after: 2 }
    }
}

/// A mail server and the way to speak to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relay {
    /// Host name or address; a name is what the certificate must show.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Encryption.
    pub tls: TlsMode,
    /// A PEM file with the authority that signed the server's certificate; `None`: the system's authorities.
    pub ca_file: Option<PathBuf>,
    /// Login, if the server wants one.
    pub login: Option<Login>,
    /// Name in EHLO.
    pub hello: String,
    /// Time limit of connecting, and of each answer.
    pub timeout: Duration,
}

/// Encryption of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsMode {
    /// The connection begins in the clear and must be upgraded before anything is said.
    StartTls,
    /// Encrypted from the first byte.
    Implicit,
    /// In the clear: for a relay on the same machine only.
    None,
}

/// A login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// User name.
    pub user: String,
    /// File that holds the password (or token), read anew at each connection; its last line end is dropped.
    pub password_file: PathBuf,
    /// How to log in; `None`: what the server offers, PLAIN first.
    pub mechanism: Option<AuthMechanism>,
}

/// How to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the protocol's own names")]
pub enum AuthMechanism {
    Plain,
    Login,
    XOAuth2,
}

/// Who letters come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// From.
    pub from: Address,
    /// Reply-To, where answers should go to another address.
    pub reply_to: Option<Address>,
    /// List-Id, such as `jianchad.czs.gov.cn`.
    pub list_id: String,
    /// With what letters are signed, if they are.
    pub dkim: Option<Dkim>,
}
