//! What conversations with servers of every kind have in common: a wire whose waiting has an end, and what it means when it breaks.

use std::io;
use std::path::Path;
use std::time::Duration;

use encoding_rs::{Encoding, UTF_8};

use super::super::Over;
use super::fault::{Engine, Fault, ServerError};
use super::wire::Wire;
use super::{fault, password, tls};
use crate::domain::record::server::Server;
use crate::domain::text::Text;

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// The other end of a conversation.
pub(super) struct Peer {
    engine: Engine,
    wire: Wire,
    piece: Vec<u8>,
    host: String,
    place: String,
    over: Over,
    /// How long one answer may keep us waiting.
    pub timeout: Duration,
    /// How texts that are no UTF-8 are read.
    pub words: &'static Encoding,
}

impl Peer {
    /// Connects; gives the password too, which is read before anything is said to a server: without it nothing comes of it.
    pub fn connect(engine: Engine, server: &Server, over: &Over) -> Result<(Self, Vec<u8>), ServerError> {
        let place = server.place();
        let failed = |fault: Fault| ServerError::new(engine, &place, fault);
        let secret = password::read(server.password_file.as_deref()).map_err(failed)?;
        let wire = Wire::connect((&server.host, server.port), over, server.timeout);
        let wire = wire.map_err(|why| failed(Fault::Unreachable(why)))?;
        let words = server.encoding.as_ref().and_then(|name| Encoding::for_label(name.as_bytes()));
        let (host, timeout, words) = (server.host.clone(), server.timeout, words.unwrap_or(UTF_8));
        let (piece, over) = (vec![0; PIECE], over.clone());
        Ok((Self { engine, wire, piece, host, place, over, timeout, words }, secret))
    }

    /// An error of this server's.
    pub fn error(&self, fault: Fault) -> ServerError {
        ServerError::new(self.engine, &self.place, fault)
    }

    /// That it says what no server of its kind says.
    pub fn foreign(&self, what: Text) -> ServerError {
        self.error(Fault::Foreign(what))
    }

    fn broke(&self, why: io::Error) -> ServerError {
        self.error(match why.kind() {
            io::ErrorKind::TimedOut if self.over.is_over() => Fault::Ended,
            io::ErrorKind::TimedOut if self.wire.mute => Fault::Mute(self.timeout.as_secs()),
            _ => Fault::Broken(why),
        })
    }

    /// Whether nobody can read along: also who listens on this machine, be it a tunnel, need not be the server.
    pub fn is_encrypted(&self) -> bool {
        self.wire.is_encrypted()
    }

    /// Encrypts the conversation from here on; the server shows a certificate of an authority of this file, or of the system.
    pub fn encrypt(&mut self, ca_file: Option<&Path>) -> Result<(), ServerError> {
        let failed = |this: &Self, why| this.error(Fault::Tls(Box::new(why)));
        let config = tls::config(ca_file).map_err(|why| failed(self, why.said()))?;
        let name = tls::name(&self.host).map_err(|why| failed(self, why.said()))?;
        self.wire.encrypt(config, name).map_err(|why| {
            if why.kind() == io::ErrorKind::TimedOut {
                self.broke(why)
            } else {
                failed(self, fault::of_handshake(&why))
            }
        })
    }

    /// Sends all of it.
    pub fn send(&mut self, bytes: &[u8]) -> Result<(), ServerError> {
        self.wire.write(bytes).map_err(|why| self.broke(why))
    }

    /// One byte and no more of what it says.
    pub fn byte(&mut self) -> Result<u8, ServerError> {
        let mut byte = [0];
        self.wire.read(&mut byte).map_err(|why| self.broke(why))?;
        Ok(byte[0])
    }

    /// More of what it says.
    pub fn more(&mut self) -> Result<&[u8], ServerError> {
        match self.wire.read(&mut self.piece) {
            Ok(read) => Ok(&self.piece[..read]),
            Err(why) => Err(self.broke(why)),
        }
    }
}
