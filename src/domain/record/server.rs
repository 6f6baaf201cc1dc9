//! A database server as a source is told of it.

use std::path::PathBuf;
use std::time::Duration;

/// What leads to a database of a server. The password stands in none of it: it is read from its file whenever the server is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Further hosts, with their ports, that have the same database: asked in this order where those before cannot be read.
    pub others: Vec<(String, u16)>,
    /// Name of the database.
    pub database: String,
    /// Who logs in.
    pub user: String,
    /// File that holds the password; its last line end is dropped. `None`: the server wants none.
    pub password_file: Option<PathBuf>,
    /// Whether what is said is encrypted.
    pub tls: ServerTls,
    /// The schema in which tables are looked for; `None`: where the server looks for them.
    pub schema: Option<String>,
    /// In which encoding texts are that are no UTF-8, by its name; `None`: nobody knows.
    pub encoding: Option<String>,
    /// How long one answer of the server may keep us waiting.
    pub timeout: Duration,
    /// How long one view of the whole database may be held open on the server.
    pub snapshot_at_most: Duration,
}

/// Encryption of what is said to a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerTls {
    /// Required, and the server shows a certificate of an authority of this file, or of the system.
    Required {
        /// Authorities in PEM; `None`: the system's.
        ca_file: Option<PathBuf>,
    },
    /// None: whoever listens on the way reads along.
    Off,
}

impl Server {
    /// Where the database is, in short: `host:port/database`, of several hosts all.
    pub fn place(&self) -> String {
        let first = std::iter::once((&self.host, self.port));
        let all = first.chain(self.others.iter().map(|(host, port)| (host, *port)));
        let hosts: Vec<String> = all.map(|(host, port)| format!("{host}:{port}")).collect();
        format!("{}/{}", hosts.join(","), self.database)
    }

    /// Each of its hosts alone, in the order in which they are asked.
    pub fn each(&self) -> Vec<Self> {
        let alone =
            |host: &String, port: u16| Self { host: host.clone(), port, others: Vec::new(), ..self.clone() };
        let others = self.others.iter().map(|(host, port)| alone(host, *port));
        std::iter::once(alone(&self.host, self.port)).chain(others).collect()
    }
}
