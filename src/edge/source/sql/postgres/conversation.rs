//! A conversation with a PostgreSQL server: login, and messages one by one.

use std::io;
use std::time::Duration;

use bytes::BytesMut;
use encoding_rs::UTF_8;
use postgres_protocol::authentication::md5_hash;
use postgres_protocol::authentication::sasl::{ChannelBinding, SCRAM_SHA_256, ScramSha256};
use postgres_protocol::message::frontend;

use super::super::super::Over;
use super::super::fault::{Engine, Fault, ServerError};
use super::super::peer::Peer;
use super::frame::{self, Inbox};
use crate::domain::record::server::{Server, ServerTls};
use crate::domain::text::say;

/// An open conversation.
pub(super) struct Conversation {
    /// Its other end.
    pub peer: Peer,
    inbox: Inbox,
    hold: Duration,
    /// The encoding in which the server keeps its texts, as it calls it.
    pub keeps_in: String,
    /// Its version, as it calls it.
    pub version: String,
    /// Our own limit on a statement is in force, and no other.
    pub limits_itself: bool,
}

impl Conversation {
    /// Connects, encrypts and logs in.
    pub fn open(server: &Server, over: &Over) -> Result<Self, ServerError> {
        let (mut peer, secret) = Peer::connect(Engine::Postgres, server, over)?;
        if let ServerTls::Required { ca_file } = &server.tls {
            let mut ask = BytesMut::new();
            frontend::ssl_request(&mut ask);
            peer.send(&ask)?;
            // One byte and no more: what somebody put behind it in the clear must not pass for the server's own.
            match peer.byte()? {
                b'S' => peer.encrypt(ca_file.as_deref())?,
                b'N' => return Err(peer.error(Fault::NoTls)),
                _ => return Err(peer.foreign(say!("foreign-tls_answer"))),
            }
        }
        let (inbox, keeps_in, version) = Default::default();
        let (hold, limits_itself) = (server.snapshot_at_most, false);
        let mut talk = Self { peer, inbox, hold, keeps_in, version, limits_itself };
        talk.log_in(server, &secret)?;
        // Wherever the server knows in which encoding its texts are, it takes ours in UTF-8.
        if talk.keeps_in != "SQL_ASCII" {
            talk.peer.words = UTF_8;
        }
        Ok(talk)
    }

    fn log_in(&mut self, server: &Server, secret: &[u8]) -> Result<(), ServerError> {
        let mut hello = BytesMut::new();
        // No `options`: a pooler refuses them, and hands sessions around.
        let parameters = [
            ("user", server.user.as_str()),
            ("database", server.database.as_str()),
            ("client_encoding", "UTF8"),
            ("application_name", "jianchad"),
        ];
        let written = frontend::startup_message(parameters, &mut hello);
        written.map_err(|_| self.peer.foreign(say!("foreign-zero_name")))?;
        self.peer.send(&hello)?;
        // Whoever began to prove that he knows the password must end it.
        let (mut scram, mut proves) = (None, false);
        loop {
            let (tag, message) = self.receive()?;
            match tag {
                b'R' => {}
                b'Z' => return Ok(()),
                b'K' | b'v' => continue,
                _ => return Err(self.peer.foreign(say!("foreign-no_postgres_login"))),
            }
            let asked = frame::asked(&message).ok_or_else(|| self.peer.foreign(say!("foreign-no_login")))?;
            match asked {
                (0, _) if !proves => {}
                (0, _) => return Err(self.peer.foreign(say!("foreign-no_proof"))),
                (3, _) if !self.peer.is_encrypted() => return Err(self.peer.error(Fault::InTheClear)),
                (3, _) => self.give(secret)?,
                (5, salt) => {
                    let salt = salt.try_into().map_err(|_| self.peer.foreign(say!("foreign-no_md5")))?;
                    let hash = md5_hash(server.user.as_bytes(), secret, salt);
                    self.give(hash.as_bytes())?;
                }
                (10, mechanisms) => {
                    self.knows_scram(mechanisms)?;
                    // Bound to no certificate: TLS has looked at it.
                    let begun = scram.insert(ScramSha256::new(secret, ChannelBinding::unsupported()));
                    proves = true;
                    self.answer(|out| frontend::sasl_initial_response(SCRAM_SHA_256, begun.message(), out))?;
                }
                (11 | 12, proof) if scram.is_some() => proves = self.go_on(&mut scram, asked.0, proof)?,
                // The SHA-256 and SM3 schemes of openGauss and its kin.
                (11..=14, _) => return Err(self.peer.error(Fault::OpenGauss)),
                (2 | 7 | 8 | 9, _) => {
                    return Err(self.peer.error(Fault::Mechanism("GSSAPI, SSPI or Kerberos".to_owned())));
                }
                (number, _) => return Err(self.peer.error(Fault::Mechanism(number.to_string()))),
            }
        }
    }

    /// The second and the last step of a login by SCRAM; whether the server has still to prove itself.
    fn go_on(
        &mut self,
        scram: &mut Option<ScramSha256>,
        step: u32,
        said: &[u8],
    ) -> Result<bool, ServerError> {
        let Some(mut begun) = scram.take() else { return Ok(true) };
        if step == 12 {
            let proved = begun.finish(said);
            return proved.map(|()| false).map_err(|_| self.peer.foreign(say!("foreign-no_proof")));
        }
        self.answer(|out| {
            begun.update(said)?;
            frontend::sasl_response(begun.message(), out)
        })?;
        *scram = Some(begun);
        Ok(true)
    }

    /// Sends a step of a login by SCRAM.
    fn answer(&mut self, step: impl FnOnce(&mut BytesMut) -> io::Result<()>) -> Result<(), ServerError> {
        let mut message = BytesMut::new();
        step(&mut message).map_err(|_| self.peer.foreign(say!("foreign-no_scram")))?;
        self.peer.send(&message)
    }

    /// Whether a server that has mechanisms of login has the one that is known here.
    fn knows_scram(&self, mechanisms: &[u8]) -> Result<(), ServerError> {
        // openGauss has a scheme of its own under this number, with a number where the names of mechanisms stand.
        let names = frame::mechanisms(mechanisms).ok_or_else(|| self.peer.error(Fault::OpenGauss))?;
        if names.iter().any(|name| name == SCRAM_SHA_256) {
            return Ok(());
        }
        Err(self.peer.error(Fault::Mechanism(names.join(", "))))
    }

    fn give(&mut self, secret: &[u8]) -> Result<(), ServerError> {
        let mut message = BytesMut::new();
        let written = frontend::password_message(secret, &mut message);
        written.map_err(|_| self.peer.foreign(say!("foreign-zero_password")))?;
        self.peer.send(&message)
    }

    /// Our words in the encoding of the conversation.
    pub fn encoded(&self, words: &str) -> Vec<u8> {
        self.peer.words.encode(words).0.into_owned()
    }

    /// Asks a question of one statement or more.
    pub fn query(&mut self, sql: &str) -> Result<(), ServerError> {
        let body = self.encoded(sql);
        self.say(&[(b'Q', &[&body, b"\0"])])
    }

    /// Sends messages at once, each of a tag and its parts.
    pub fn say(&mut self, messages: &[(u8, &[&[u8]])]) -> Result<(), ServerError> {
        let mut bytes = Vec::new();
        for (tag, parts) in messages {
            let length = 4 + parts.iter().map(|part| part.len()).sum::<usize>();
            let length =
                u32::try_from(length).map_err(|_| self.peer.foreign(say!("foreign-long_statement")))?;
            bytes.push(*tag);
            bytes.extend(length.to_be_bytes());
            parts.iter().for_each(|part| bytes.extend_from_slice(part));
        }
        self.peer.send(&bytes)
    }

    /// The next message that matters: settings are taken note of, remarks are not, refusals are errors.
    pub fn receive(&mut self) -> Result<(u8, Vec<u8>), ServerError> {
        let mut kept = Vec::new();
        let tag = self.each(|tag, message| {
            kept.extend_from_slice(message);
            Some(tag)
        })?;
        Ok((tag, kept))
    }

    /// Waits until the server takes a question again after one that it refused.
    pub fn await_question(&mut self) -> Result<(), ServerError> {
        self.each(|tag, _| (tag == b'Z').then_some(()))
    }

    /// Hands on each message that matters, until something comes of one.
    pub fn each<T>(&mut self, mut take: impl FnMut(u8, &[u8]) -> Option<T>) -> Result<T, ServerError> {
        loop {
            while let Some((tag, message)) = self.inbox.next().map_err(|what| self.peer.foreign(what))? {
                match tag {
                    b'S' => {
                        let Some((name, value)) = frame::setting(message) else { continue };
                        let value = String::from_utf8_lossy(value);
                        match name {
                            b"server_encoding" => self.keeps_in = value.into_owned(),
                            b"server_version" => self.version = value.into_owned(),
                            _ => {}
                        }
                    }
                    b'N' | b'A' => {}
                    b'E' => {
                        let (code, words) = frame::refusal(message);
                        let said = self.peer.words.decode_without_bom_handling(words).0.into_owned();
                        return Err(self.refused(&code, &said));
                    }
                    _ => {
                        if let Some(done) = take(tag, message) {
                            return Ok(done);
                        }
                    }
                }
            }
            self.inbox.add(self.peer.more()?);
        }
    }

    /// What a refusal means, by its code in the standard's notation.
    fn refused(&self, code: &str, said: &str) -> ServerError {
        let fault = match code {
            "28P01" | "28000" => Fault::Login,
            "3D000" => Fault::NoDatabase,
            "53300" => Fault::Crowded,
            "57P03" | "57P01" | "57P02" => Fault::NotReady,
            "57014" if self.limits_itself && !is_by_hand(said) => Fault::Slow(self.peer.timeout.as_secs()),
            "57014" => Fault::CutShort,
            "55P03" => Fault::Locked,
            "40001" | "40P01" => Fault::Conflict,
            "42501" => Fault::Forbidden,
            "25P03" | "25P04" => Fault::HeldTooLong(self.hold.as_secs()),
            "22021" | "22P05" => Fault::Undecodable,
            code if code.starts_with("42") => Fault::Query,
            _ => Fault::Refused,
        };
        self.peer.error(fault).saying(&format!("{said} ({code})"))
    }
}

/// Whether somebody ended a statement, and no limit: the code is the same.
fn is_by_hand(said: &str) -> bool {
    ["user request", "用户请求"].iter().any(|words| said.contains(words))
}
