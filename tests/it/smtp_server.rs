//! A mail server that does as it is told: answers anything, closes, hangs, drips, at any step.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Where the server can misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// After the final dot.
    Dot,
    Rset,
}

/// What it does there.
#[derive(Debug, Clone)]
pub enum Does {
    /// Sends these bytes and goes on.
    Says(Vec<u8>),
    /// Sends these bytes and closes.
    SaysAndCloses(&'static str),
    Closes,
    /// Says the good answer after so many milliseconds on a clock of the test's own.
    Takes(Arc<AtomicU64>, u64),
    /// Never says anything again.
    Hangs,
    /// Sends a byte of an endless answer now and then.
    Drips,
    /// Asks for the letter, reads its beginning, says this and closes.
    Interrupts(&'static str),
    /// Sends lines of one answer without end.
    RunsOn,
}

/// A action for one step: on its nth time over all connections, or whenever it comes (0).
pub type Script = Vec<(At, usize, Does)>;

/// How the server encrypts.
#[derive(Clone, Default)]
pub enum Cover {
    #[default]
    None,
    OnRequest(Arc<ServerConfig>),
    FromTheStart(Arc<ServerConfig>),
}

/// What the server took in.
#[derive(Debug, Default)]
pub struct Heard {
    pub connections: usize,
    /// Commands, one line each, with what was sent in the clear marked by a leading `!`.
    pub commands: Vec<String>,
    /// Letters as they came, dots still stuffed.
    pub letters: Vec<String>,
    times: BTreeMap<At, usize>,
}

/// A running server. It ends with the test's process.
pub struct Server {
    pub port: u16,
    heard: Arc<Mutex<Heard>>,
}

impl Server {
    pub fn start(script: Script, cover: Cover, offers: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0))).unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Heard::default()));
        let told = Told { script: Arc::new(script), cover, offers, heard: heard.clone() };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let told = told.clone();
                // A client that goes away is the end of its conversation and no fault.
                thread::spawn(move || told.serve(stream).ok());
            }
        });
        Self { port, heard }
    }

    /// In the clear, with PLAIN and LOGIN.
    pub fn plain(script: Script) -> Self {
        Self::start(script, Cover::None, &["AUTH PLAIN LOGIN", "8BITMIME"])
    }

    pub fn heard<T>(&self, look: impl FnOnce(&Heard) -> T) -> T {
        look(&self.heard.lock().unwrap())
    }

    /// How often a command came.
    pub fn count(&self, verb: &str) -> usize {
        self.heard(|heard| {
            heard.commands.iter().filter(|line| line.trim_start_matches('!').starts_with(verb)).count()
        })
    }
}

/// How a conversation goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The answer was the good one.
    Well,
    /// It was another.
    Ill,
    Over,
}

trait Line: Read + Write {
    fn tcp(&self) -> &TcpStream;
}

impl Line for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Line for StreamOwned<ServerConnection, TcpStream> {
    fn tcp(&self) -> &TcpStream {
        &self.sock
    }
}

#[derive(Clone)]
struct Told {
    script: Arc<Script>,
    cover: Cover,
    offers: &'static [&'static str],
    heard: Arc<Mutex<Heard>>,
}

impl Told {
    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        self.heard.lock().unwrap().connections += 1;
        match &self.cover {
            Cover::FromTheStart(config) => self.talk(encrypted(stream, config), true),
            _ => self.talk(stream, false),
        }
    }

    fn talk<L: Line + 'static>(&self, line: L, secure: bool) -> std::io::Result<()> {
        let mut line = BufReader::new(line);
        match self.act(&mut line, At::Greeting, "220 czs.test 您好\r\n")? {
            Next::Over => Ok(()),
            Next::Well | Next::Ill => self.commands(line, secure),
        }
    }

    fn commands<L: Line + 'static>(&self, mut line: BufReader<L>, secure: bool) -> std::io::Result<()> {
        loop {
            let mut command = String::new();
            if line.read_line(&mut command)? == 0 {
                return Ok(());
            }
            let command = command.trim_end();
            let mark = if secure { "" } else { "!" };
            self.heard.lock().unwrap().commands.push(format!("{mark}{command}"));
            let verb = command.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            let next = match verb.as_str() {
                "EHLO" => {
                    let lines: Vec<&str> =
                        std::iter::once("czs.test").chain(self.offers.iter().copied()).collect();
                    let joined = format!("250-{}\r\n", lines.join("\r\n250-"));
                    let last = joined.rfind("250-").unwrap();
                    let answer = format!("{}250 {}", &joined[..last], &joined[last + 4..]);
                    self.act(&mut line, At::Ehlo, &answer)?
                }
                "STARTTLS" => match (self.act(&mut line, At::StartTls, "220 go ahead\r\n")?, &self.cover) {
                    (Next::Well, Cover::OnRequest(config)) => {
                        let stream = line.get_ref().tcp().try_clone()?;
                        return self.commands(BufReader::new(encrypted(stream, config)), true);
                    }
                    (next, _) => next,
                },
                "AUTH" => self.auth(&mut line, command)?,
                "MAIL" => self.act(&mut line, At::Mail, "250 ok\r\n")?,
                // Who is gone is refused for good.
                "RCPT" if command.contains("<gone") => {
                    says(&mut line, b"550 5.1.1 no such user\r\n")?;
                    Next::Ill
                }
                "RCPT" => self.act(&mut line, At::Rcpt, "250 ok\r\n")?,
                "DATA" => match self.act(&mut line, At::Data, "354 go ahead\r\n")? {
                    Next::Well => self.data(&mut line)?,
                    next => next,
                },
                "RSET" => self.act(&mut line, At::Rset, "250 ok\r\n")?,
                "QUIT" => {
                    says(&mut line, b"221 bye\r\n")?;
                    Next::Over
                }
                _ => {
                    says(&mut line, b"502 what?\r\n")?;
                    Next::Ill
                }
            };
            if next == Next::Over {
                return Ok(());
            }
        }
    }

    fn auth<L: Line>(&self, line: &mut BufReader<L>, command: &str) -> std::io::Result<Next> {
        if command == "AUTH LOGIN" {
            for prompt in ["334 55So5oi3\r\n", "334 5a+G56CB\r\n"] {
                says(line, prompt.as_bytes())?;
                let mut answer = String::new();
                line.read_line(&mut answer)?;
                self.heard.lock().unwrap().commands.push(answer.trim_end().to_owned());
            }
        }
        self.act(line, At::Auth, "235 welcome\r\n")
    }

    fn data<L: Line>(&self, line: &mut BufReader<L>) -> std::io::Result<Next> {
        let mut letter = String::new();
        while !letter.ends_with("\r\n.\r\n") {
            if line.read_line(&mut letter)? == 0 {
                return Ok(Next::Over);
            }
        }
        self.heard.lock().unwrap().letters.push(letter);
        self.act(line, At::Dot, "250 ok queued as 1\r\n")
    }

    /// Does what the script has for this step, or what a good server does.
    fn act<L: Line>(&self, line: &mut BufReader<L>, at: At, good: &str) -> std::io::Result<Next> {
        let time = {
            let mut heard = self.heard.lock().unwrap();
            let time = heard.times.entry(at).or_default();
            *time += 1;
            *time
        };
        let action = self.script.iter().find(|(step, nth, _)| *step == at && (*nth == 0 || *nth == time));
        match action.map(|(_, _, does)| does) {
            None => {
                says(line, good.as_bytes())?;
                Ok(Next::Well)
            }
            Some(Does::Says(bytes)) => {
                says(line, bytes)?;
                Ok(if bytes.starts_with(&good.as_bytes()[..3]) { Next::Well } else { Next::Ill })
            }
            Some(Does::SaysAndCloses(text)) => {
                says(line, text.as_bytes())?;
                Ok(Next::Over)
            }
            Some(Does::Takes(clock, milliseconds)) => {
                clock.fetch_add(*milliseconds, Ordering::SeqCst);
                says(line, good.as_bytes())?;
                Ok(Next::Well)
            }
            Some(Does::Closes) => Ok(Next::Over),
            Some(Does::Hangs) => {
                line.get_mut().read_to_end(&mut Vec::new())?;
                Ok(Next::Over)
            }
            Some(Does::Drips) => drip(line.get_mut()),
            Some(Does::Interrupts(text)) => {
                says(line, good.as_bytes())?;
                line.read_exact(&mut [0; 1000])?;
                says(line, text.as_bytes())?;
                Ok(Next::Over)
            }
            Some(Does::RunsOn) => loop {
                line.get_mut().write_all(b"250-and another thing\r\n")?;
            },
        }
    }
}

fn says<L: Line>(line: &mut BufReader<L>, answer: &[u8]) -> std::io::Result<()> {
    line.get_mut().write_all(answer)?;
    line.get_mut().flush()
}

/// A byte every hundredth of a second, until the other side has gone.
fn drip<L: Line>(line: &mut L) -> std::io::Result<Next> {
    line.tcp().set_read_timeout(Some(Duration::from_millis(10)))?;
    line.write_all(b"250-")?;
    loop {
        match line.read(&mut [0; 64]) {
            Ok(0) => return Ok(Next::Over),
            Err(fault) if !matches!(fault.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return Err(fault);
            }
            _ => line.write_all(b"x")?,
        }
    }
}

fn encrypted(stream: TcpStream, config: &Arc<ServerConfig>) -> StreamOwned<ServerConnection, TcpStream> {
    StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), stream)
}
