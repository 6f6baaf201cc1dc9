//! The bytes between us and a database server, in the clear or encrypted, with an end to every wait.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, Stream};

use super::super::Over;
use super::super::over::LOOK;

/// A connection that looks up while it waits: whether the reading is over, and whether the server kept it waiting for too long.
pub(super) struct Wire {
    tcp: TcpStream,
    tls: Option<Box<ClientConnection>>,
    over: Over,
    timeout: Duration,
    /// Whether the last wait ended because it had been too long.
    pub mute: bool,
}

impl Wire {
    /// Connects to the first address of `host` that answers.
    ///
    /// # Errors
    /// Those of the system, and [`ErrorKind::TimedOut`] after `timeout` or when the reading is over.
    pub fn connect((host, port): (&str, u16), over: &Over, timeout: Duration) -> io::Result<Self> {
        // Resolver and connection know no end of ours: they work on a thread that is left behind if they take too long.
        let (answer, answered) = mpsc::channel();
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        thread::Builder::new().name("connector".to_owned()).spawn(move || {
            let connect = || {
                let mut last = io::Error::new(ErrorKind::NotFound, "the name has no address");
                for address in (host.as_str(), port).to_socket_addrs()? {
                    match TcpStream::connect_timeout(&address, timeout) {
                        Ok(tcp) => return Ok(tcp),
                        Err(fault) => last = fault,
                    }
                }
                Err(last)
            };
            // Nobody listens any more when the time is up.
            drop(answer.send(connect()));
        })?;
        let mut waited = Duration::ZERO;
        let tcp = loop {
            match answered.recv_timeout(LOOK) {
                Ok(tcp) => break tcp?,
                Err(_) if over.is_over() || waited >= timeout => return Err(ErrorKind::TimedOut.into()),
                Err(_) => waited += LOOK,
            }
        };
        tcp.set_nodelay(true)?;
        tcp.set_read_timeout(Some(LOOK))?;
        tcp.set_write_timeout(Some(LOOK))?;
        Ok(Self { tcp, tls: None, over: over.clone(), timeout, mute: false })
    }

    /// Encrypts the connection from here on.
    ///
    /// # Errors
    /// Those of the handshake.
    pub fn encrypt(&mut self, config: Arc<ClientConfig>, name: ServerName<'static>) -> io::Result<()> {
        let mut tls = ClientConnection::new(config, name).map_err(io::Error::other)?;
        let mut patient = Patient { tcp: &self.tcp, over: &self.over, left: self.timeout, mute: false };
        let mut shake = || {
            while tls.is_handshaking() {
                tls.complete_io(&mut patient)?;
            }
            Ok(())
        };
        let shaken = shake();
        self.mute = patient.mute;
        self.tls = Some(Box::new(tls));
        shaken
    }

    /// Whether it is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.tls.is_some()
    }

    /// Reads what is there, at least a byte; an end of the connection is an error.
    ///
    /// # Errors
    /// Those of the system, and [`ErrorKind::TimedOut`].
    pub fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.work(|stream| stream.read(into))?;
        if read == 0 { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(read) }
    }

    /// Writes all of it.
    ///
    /// # Errors
    /// As of [`Self::read`].
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.work(|stream| {
            stream.write_all(bytes)?;
            stream.flush()
        })
    }

    fn work<T>(&mut self, work: impl FnOnce(&mut dyn Both) -> io::Result<T>) -> io::Result<T> {
        let mut patient = Patient { tcp: &self.tcp, over: &self.over, left: self.timeout, mute: false };
        let done = match &mut self.tls {
            Some(tls) => work(&mut Stream::new(tls.as_mut(), &mut patient)),
            None => work(&mut patient),
        };
        self.mute = patient.mute;
        done
    }
}

/// What is read and written.
trait Both: Read + Write {}

impl<T: Read + Write> Both for T {}

/// A socket that looks up while it waits.
struct Patient<'a> {
    tcp: &'a TcpStream,
    over: &'a Over,
    left: Duration,
    mute: bool,
}

impl Patient<'_> {
    fn patiently<T>(&mut self, mut work: impl FnMut(&TcpStream) -> io::Result<T>) -> io::Result<T> {
        loop {
            let fault = match work(self.tcp) {
                Err(fault) => fault,
                Ok(done) => return Ok(done),
            };
            match fault.kind() {
                ErrorKind::Interrupted => {}
                // A timeout has two names.
                ErrorKind::WouldBlock | ErrorKind::TimedOut => {
                    self.left = self.left.saturating_sub(LOOK);
                    self.mute = self.left.is_zero();
                    if self.mute || self.over.is_over() {
                        return Err(ErrorKind::TimedOut.into());
                    }
                }
                _ => return Err(fault),
            }
        }
    }
}

impl Read for Patient<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.over.is_over() {
            return Err(ErrorKind::TimedOut.into());
        }
        self.patiently(|mut tcp| tcp.read(into))
    }
}

impl Write for Patient<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.patiently(|mut tcp| tcp.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
