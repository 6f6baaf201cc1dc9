//! A conversation with a MySQL or MariaDB server: login, and packets one by one.

use super::super::super::Over;
use super::super::bytes::Reader;
use super::super::fault::{Engine, Fault, ServerError};
use super::super::peer::Peer;
use super::login::Plugin;
use super::packet::{self, Greeting, Inbox};
use crate::domain::record::server::{Server, ServerTls};
use crate::domain::text::say;

// What both sides can do. Not among it: several statements in one question, and files of ours for the server to ask for.
const LONG_PASSWORD: u32 = 0x1;
const LONG_FLAG: u32 = 0x4;
const WITH_DATABASE: u32 = 0x8;
const PROTOCOL_41: u32 = 0x200;
const TLS: u32 = 0x800;
const TRANSACTIONS: u32 = 0x2000;
const SECURE_CONNECTION: u32 = 0x8000;
const PLUGIN_AUTH: u32 = 0x0008_0000;

/// utf8mb4_general_ci, which servers from 5.5 on have.
const UTF8MB4: u8 = 45;

/// An open conversation.
pub(super) struct Conversation {
    /// Its other end.
    pub peer: Peer,
    inbox: Inbox,
    /// The server's version, as it calls it.
    pub version: String,
    /// Seconds that a statement may take at most.
    pub longest: u64,
}

impl Conversation {
    /// Connects, encrypts and logs in.
    pub fn open(server: &Server, over: &Over) -> Result<Self, ServerError> {
        let (peer, secret) = Peer::connect(Engine::MySql, server, over)?;
        let longest = server.snapshot_at_most.as_secs().max(1);
        let mut talk = Self { peer, inbox: Inbox::default(), version: String::new(), longest };
        let greeting = talk.greeting()?;
        talk.version.clone_from(&greeting.version);
        talk.log_in(server, &secret, &greeting)?;
        Ok(talk)
    }

    fn greeting(&mut self) -> Result<Greeting, ServerError> {
        let first = self.receive().map_err(|error| match error.fault {
            Fault::Mute(seconds) => self.peer.error(Fault::NoGreeting(seconds)),
            _ => error,
        })?;
        packet::greeting(&first).ok_or_else(|| self.peer.foreign(say!("foreign-no_greeting")))
    }

    fn log_in(&mut self, server: &Server, secret: &[u8], greeting: &Greeting) -> Result<(), ServerError> {
        let wanted = LONG_PASSWORD
            | LONG_FLAG
            | WITH_DATABASE
            | PROTOCOL_41
            | TRANSACTIONS
            | SECURE_CONNECTION
            | PLUGIN_AUTH;
        let mut capabilities = wanted & (greeting.capabilities | WITH_DATABASE);
        if capabilities & PROTOCOL_41 == 0 || capabilities & SECURE_CONNECTION == 0 {
            return Err(self.peer.foreign(say!("foreign-too_old")));
        }
        if let ServerTls::Required { .. } = server.tls {
            if greeting.capabilities & TLS == 0 {
                return Err(self.peer.error(Fault::NoTls));
            }
            capabilities |= TLS;
        }
        let head =
            [&capabilities.to_le_bytes()[..], &u32::MAX.to_le_bytes()[1..], &[0, UTF8MB4], &[0; 23]].concat();
        if let ServerTls::Required { ca_file } = &server.tls {
            self.send(&head)?;
            self.peer.encrypt(ca_file.as_deref())?;
        }
        let (mut plugin, salt) =
            (Plugin::of(greeting.plugin.as_bytes()).unwrap_or(Plugin::Native), greeting.salt.clone());
        if plugin == Plugin::Clear {
            plugin = Plugin::Native;
        }
        let proof = plugin.proof(secret, &salt);
        let length = u8::try_from(proof.len()).expect("a digest is short");
        let names = [&server.user, &server.database].map(|name| [name.as_bytes(), b"\0"].concat());
        let mut hello = [&head[..], &names[0], &[length], &proof, &names[1]].concat();
        if capabilities & PLUGIN_AUTH != 0 {
            hello.extend_from_slice(plugin.name().as_bytes());
            hello.push(0);
        }
        self.send(&hello)?;
        self.prove(plugin, secret, salt)
    }

    /// Answers what a server asks for until it lets us in.
    fn prove(&mut self, mut plugin: Plugin, secret: &[u8], mut salt: Vec<u8>) -> Result<(), ServerError> {
        loop {
            let answer = self.receive()?;
            match (answer.first(), answer.get(1)) {
                (Some(0), _) => return Ok(()),
                (Some(0xfe), _) => {
                    let mut reader = Reader::of(&answer, 1);
                    let name = reader.name().unwrap_or(b"mysql_old_password");
                    let unknown = || Fault::Mechanism(String::from_utf8_lossy(name).into_owned());
                    plugin = Plugin::of(name).ok_or_else(|| self.peer.error(unknown()))?;
                    salt = reader.rest().to_vec();
                    salt.truncate(20);
                    if plugin == Plugin::Clear && !self.peer.is_encrypted() {
                        return Err(self.peer.error(Fault::InTheClear));
                    }
                    self.send(&plugin.proof(secret, &salt))?;
                }
                // The server has the password at hand, or has not and wants it whole.
                (Some(1), Some(3)) if plugin == Plugin::CachingSha2 => {}
                (Some(1), Some(4)) if plugin == Plugin::CachingSha2 => {
                    if !self.peer.is_encrypted() {
                        return Err(self.peer.error(Fault::InTheClear));
                    }
                    self.send(&Plugin::Clear.proof(secret, &salt))?;
                }
                _ => return Err(self.peer.foreign(say!("foreign-no_mysql_login"))),
            }
        }
    }

    /// Sends a packet behind the one that came last.
    fn send(&mut self, body: &[u8]) -> Result<(), ServerError> {
        let number = self.inbox.number.wrapping_add(1);
        // The packet before the encryption and the one behind it follow one another.
        self.inbox.number = number;
        self.peer.send(&packet::packet(number, body))
    }

    /// Asks a question of one statement.
    pub fn query(&mut self, sql: &str) -> Result<(), ServerError> {
        self.peer.send(&packet::packet(0, &[&[3][..], sql.as_bytes()].concat()))
    }

    /// Says goodbye.
    pub fn quit(&mut self) {
        // Nothing depends on it any more.
        let _ = self.peer.send(&packet::packet(0, &[1]));
    }

    /// The next packet; a refusal is an error.
    fn receive(&mut self) -> Result<Vec<u8>, ServerError> {
        self.each(|packet| Some(packet.to_vec()))
    }

    /// Hands on each packet until something comes of one. A refusal is an error.
    pub fn each<T>(&mut self, mut take: impl FnMut(&[u8]) -> Option<T>) -> Result<T, ServerError> {
        loop {
            while let Some(packet) = self.inbox.next().map_err(|what| self.peer.foreign(what))? {
                if packet.first() == Some(&0xff) {
                    let (number, words) = packet::refusal(packet);
                    let said = String::from_utf8_lossy(words).into_owned();
                    return Err(self.refused(number, &said));
                }
                if let Some(done) = take(packet) {
                    return Ok(done);
                }
            }
            self.inbox.add(self.peer.more()?);
        }
    }

    /// What a refusal means, by its number.
    fn refused(&self, number: u16, said: &str) -> ServerError {
        let fault = match number {
            1045 | 1044 | 1130 | 1251 | 1698 | 1862 => Fault::Login,
            1049 => Fault::NoDatabase,
            1040 | 1203 | 1226 | 1129 => Fault::Crowded,
            1053 | 1077 | 1079 | 1927 => Fault::NotReady,
            1969 | 3024 => Fault::Slow(self.longest),
            1317 => Fault::CutShort,
            1205 | 1213 => Fault::Locked,
            1142 | 1143 | 1370 => Fault::Forbidden,
            1054 | 1064 | 1065 | 1146 | 1248 | 1295 | 1060 => Fault::Query,
            _ => Fault::Refused,
        };
        self.peer.error(fault).saying(&format!("{said} ({number})"))
    }
}
