//! The bytes between us and the server, in the clear or encrypted, with an end to every wait.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, Stream};

use crate::domain::now::Clock;

/// Bytes written under one time limit: a slow line gets as many limits as the letter has pieces, a line that
/// stands still gets one.
const PIECE: usize = 64 * 1024;

/// How long a polite goodbye may take. Nothing depends on it any more.
const GOODBYE: Duration = Duration::from_secs(2);

/// The end of a wait, on a clock that no change of the date moves. It covers the whole wait: a server that sends
/// a byte now and then gains nothing by it.
#[derive(Clone, Copy)]
pub(super) struct Limit<'a> {
    clock: &'a dyn Clock,
    until: Duration,
}

impl<'a> Limit<'a> {
    pub(super) fn of(clock: &'a dyn Clock, length: Duration) -> Self {
        Self { clock, until: clock.running().saturating_add(length) }
    }

    /// The same, or an earlier end.
    pub(super) fn before(self, until: Duration) -> Self {
        Self { until: self.until.min(until), ..self }
    }

    fn left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_sub(self.clock.running());
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
    }
}

/// A connection.
pub(super) struct Wire {
    tcp: TcpStream,
    tls: Option<Box<ClientConnection>>,
}

impl Wire {
    /// Connects to the first address of `host` that answers. The limit covers name and connection, and each
    /// address gets its share of what is left.
    pub(super) fn connect(host: &str, port: u16, limit: Limit) -> io::Result<Self> {
        let addresses = resolve(host, port, limit)?;
        let mut last = io::Error::new(ErrorKind::NotFound, "the name has no address");
        for (tried, address) in addresses.iter().enumerate() {
            let share = limit.left()? / u32::try_from(addresses.len() - tried).unwrap_or(u32::MAX);
            match TcpStream::connect_timeout(address, share.max(Duration::from_millis(1))) {
                Ok(tcp) => {
                    // Without it the end of each letter waits 40 ms for an acknowledgement of its beginning.
                    tcp.set_nodelay(true)?;
                    return Ok(Self { tcp, tls: None });
                }
                Err(fault) => last = fault,
            }
        }
        Err(last)
    }

    /// Encrypts the connection from here on.
    pub(super) fn encrypt(
        &mut self,
        config: Arc<ClientConfig>,
        name: ServerName<'static>,
        limit: Limit,
    ) -> io::Result<()> {
        let mut tls = ClientConnection::new(config, name).map_err(io::Error::other)?;
        let mut timed = Timed { tcp: &self.tcp, limit };
        while tls.is_handshaking() {
            tls.complete_io(&mut timed)?;
        }
        self.tls = Some(Box::new(tls));
        Ok(())
    }

    /// Whether nobody on the way can read along: encrypted, or never leaving this machine.
    pub(super) fn is_private(&self) -> bool {
        self.tls.is_some() || self.tcp.peer_addr().is_ok_and(|peer| peer.ip().is_loopback())
    }

    /// Reads what is there, at least a byte; an end of the connection is an error.
    pub(super) fn read(&mut self, into: &mut [u8], limit: Limit) -> io::Result<usize> {
        let mut timed = Timed { tcp: &self.tcp, limit };
        let read = match &mut self.tls {
            Some(tls) => Stream::new(tls.as_mut(), &mut timed).read(into)?,
            None => timed.read(into)?,
        };
        if read == 0 { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(read) }
    }

    /// Writes all of it before `until`, each piece within `length`.
    pub(super) fn write(
        &mut self,
        bytes: &[u8],
        clock: &dyn Clock,
        length: Duration,
        until: Duration,
    ) -> io::Result<()> {
        for piece in bytes.chunks(PIECE) {
            let mut timed = Timed { tcp: &self.tcp, limit: Limit::of(clock, length).before(until) };
            match &mut self.tls {
                Some(tls) => {
                    let mut stream = Stream::new(tls.as_mut(), &mut timed);
                    stream.write_all(piece)?;
                    stream.flush()?;
                }
                None => timed.write_all(piece)?,
            }
        }
        Ok(())
    }

    /// Says a last word and hangs up. What fails here no longer matters: every letter has its outcome.
    pub(super) fn close(mut self, last_word: &[u8], timeout: Duration) {
        let patience = timeout.min(GOODBYE);
        let said = self.tcp.set_write_timeout(Some(patience)).and_then(|()| {
            self.tcp.set_read_timeout(Some(patience))?;
            match &mut self.tls {
                Some(tls) => {
                    tls.writer().write_all(last_word)?;
                    tls.send_close_notify();
                    tls.write_tls(&mut self.tcp).map(|_| ())
                }
                None => self.tcp.write_all(last_word),
            }
        });
        if said.is_ok() {
            // One look at the answer, so that our closing does not run over it.
            let _ = self.tcp.read(&mut [0; 512]);
        }
        // The other side may have closed it first, and then there is nothing left to close.
        let _ = self.tcp.shutdown(Shutdown::Both);
    }
}

/// The addresses of a name. The system's resolver has no time limit of ours, so it works on a thread of its own,
/// which is left behind if it takes too long.
fn resolve(host: &str, port: u16, limit: Limit) -> io::Result<Vec<SocketAddr>> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let (answer, answered) = mpsc::channel();
    let name = host.to_owned();
    thread::Builder::new().name("resolver".to_owned()).spawn(move || {
        // Nobody listens any more when the limit has passed; then the answer is of no use.
        let _ = answer.send((name.as_str(), port).to_socket_addrs().map(Vec::from_iter));
    })?;
    answered.recv_timeout(limit.left()?).map_err(|_| io::Error::from(ErrorKind::TimedOut))?
}

/// A socket that knows when to give up.
struct Timed<'a> {
    tcp: &'a TcpStream,
    limit: Limit<'a>,
}

impl Timed<'_> {
    /// A timeout has two names, and a signal is no reason to stop.
    fn patiently<T>(&self, mut work: impl FnMut(Duration) -> io::Result<T>) -> io::Result<T> {
        loop {
            match work(self.limit.left()?) {
                Err(fault) if fault.kind() == ErrorKind::Interrupted => {}
                Err(fault) if fault.kind() == ErrorKind::WouldBlock => return Err(ErrorKind::TimedOut.into()),
                other => return other,
            }
        }
    }
}

impl Read for Timed<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.patiently(|left| {
            self.tcp.set_read_timeout(Some(left))?;
            (&mut &*self.tcp).read(into)
        })
    }
}

impl Write for Timed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.patiently(|left| {
            self.tcp.set_write_timeout(Some(left))?;
            (&mut &*self.tcp).write(bytes)
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
