//! One connection to a mail server, from the greeting to QUIT.

mod login;

use std::sync::Arc;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::commands::{Data, Ehlo, Mail, Quit, Rcpt, Rset, Starttls};
use lettre::transport::smtp::extension::{ClientId, MailParameter};
use rustls::ClientConfig;

use crate::domain::letter::relay::{Relay, TlsMode};
use crate::domain::now::Clock;
use crate::domain::text::say;

use super::reply::{Answer, Reply};
use super::tls;
use super::verdict::{Setback, Step, What};
use super::wire::{Limit, Wire};

/// So many answers may take their whole time until a letter is handed over. The receipt does not count: who gives up on it sends the
/// letter twice.
const PATIENCE: u32 = 5;

/// A letter ready for the wire.
pub(super) struct Parcel {
    pub(super) from: Address,
    pub(super) to: Address,
    /// With dots stuffed, ending in the final dot.
    pub(super) data: Vec<u8>,
}

/// A connection on which letters can be handed over.
pub(super) struct Conversation {
    wire: Wire,
    /// Bytes that came after the last answer.
    early: Vec<u8>,
    timeout: Duration,
    /// When, on the clock's counter, the letter must have been handed over.
    until: Duration,
    /// What the server offers, one word line each, in capitals.
    offers: Vec<String>,
    /// A letter was begun and not finished.
    unfinished: bool,
}

impl Conversation {
    /// Connects, encrypts as the settings say, and logs in.
    pub(super) fn open(
        relay: &Relay,
        tls: Option<&Arc<ClientConfig>>,
        clock: &dyn Clock,
    ) -> Result<Self, Setback> {
        let limit = Limit::of(clock, relay.timeout);
        let wire = Wire::connect(&relay.host, relay.port, limit).map_err(line(Step::Connect))?;
        let (early, offers, timeout) = (Vec::new(), Vec::new(), relay.timeout);
        let mut talk = Self { wire, early, timeout, until: Duration::ZERO, offers, unfinished: false };
        talk.next_letter(clock);
        if let (TlsMode::Implicit, Some(config)) = (relay.tls, tls) {
            talk.encrypt(relay, config, clock)?;
        }
        let greeting = talk.answer(Step::Greeting, clock)?;
        expect(Step::Greeting, greeting, |reply| reply.code == 220)?;
        talk.hello(relay, clock)?;
        if let (TlsMode::StartTls, Some(config)) = (relay.tls, tls) {
            talk.start_tls(relay, config, clock)?;
        }
        if let Some(login) = &relay.login {
            login::log_in(&mut talk, login, clock)?;
        }
        Ok(talk)
    }

    /// What is said from now on is for another letter, which has its own time.
    pub(super) fn next_letter(&mut self, clock: &dyn Clock) {
        self.until = clock.running().saturating_add(self.timeout.saturating_mul(PATIENCE));
    }

    /// Hands one letter over. The answer is the server's receipt.
    pub(super) fn hand_over(&mut self, parcel: &Parcel, clock: &dyn Clock) -> Result<Reply, Setback> {
        let utf8 = self.utf8(parcel)?;
        self.fits(parcel)?;
        if std::mem::replace(&mut self.unfinished, true) {
            self.demand(Step::Reset, &Rset.to_string(), Reply::is_yes, clock)?;
        }
        self.demand(
            Step::From,
            &Mail::new(Some(parcel.from.clone()), utf8).to_string(),
            Reply::is_yes,
            clock,
        )?;
        self.demand(Step::To, &Rcpt::new(parcel.to.clone(), Vec::new()).to_string(), Reply::is_yes, clock)?;
        self.demand(Step::Data, &Data.to_string(), |reply| reply.code == 354, clock)?;
        self.silent(Step::Data)?;
        if let Err(fault) = self.wire.write(&parcel.data, clock, self.timeout, self.until) {
            return Err(self.cut_short(fault, clock));
        }
        let receipt = self.answer(Step::Receipt, clock)?;
        let receipt = expect(Step::Receipt, receipt, Reply::is_yes)?;
        self.unfinished = false;
        Ok(receipt)
    }

    /// Says goodbye and hangs up.
    pub(super) fn quit(self) {
        self.wire.close(Quit.to_string().as_bytes(), self.timeout);
    }

    /// Whether nobody on the way can read along.
    pub(super) fn is_private(&self) -> bool {
        self.wire.is_private()
    }

    /// The words after `keyword` in what the server offers; `None` if it does not offer it.
    pub(super) fn offered(&self, keyword: &str) -> Option<Vec<&str>> {
        // Old servers write AUTH=LOGIN where the standard has AUTH LOGIN, some write both.
        let lines = self.offers.iter().map(|line| line.split([' ', '=']).filter(|word| !word.is_empty()));
        let mut found = None;
        for mut words in lines {
            if words.next() == Some(keyword) {
                found.get_or_insert_with(Vec::new).extend(words);
            }
        }
        found
    }

    /// Says a line and waits for the answer.
    pub(super) fn ask(&mut self, step: Step, command: &str, clock: &dyn Clock) -> Result<Reply, Setback> {
        self.silent(step)?;
        self.wire.write(command.as_bytes(), clock, self.timeout, self.until).map_err(line(step))?;
        self.answer(step, clock)
    }

    /// An answer that came before its question would be taken for the answer to another.
    fn silent(&self, step: Step) -> Result<(), Setback> {
        if self.early.is_empty() {
            return Ok(());
        }
        Err(Setback { step, what: What::Nonsense(say!("smtp-unasked")) })
    }

    fn demand(
        &mut self,
        step: Step,
        command: &str,
        fine: impl Fn(&Reply) -> bool,
        clock: &dyn Clock,
    ) -> Result<Reply, Setback> {
        let reply = self.ask(step, command, clock)?;
        expect(step, reply, fine)
    }

    fn answer(&mut self, step: Step, clock: &dyn Clock) -> Result<Reply, Setback> {
        let limit = Limit::of(clock, step.patience(self.timeout));
        let limit = if step == Step::Receipt { limit } else { limit.before(self.until) };
        let mut answer = Answer::default();
        let mut buffer = [0; 4096];
        let mut bytes = std::mem::take(&mut self.early);
        loop {
            let whole =
                answer.add(&bytes).map_err(|fault| Setback { step, what: What::Nonsense(fault.0) })?;
            if let Some((reply, rest)) = whole {
                self.early = bytes.split_off(bytes.len() - rest);
                return Ok(reply);
            }
            let read = self.wire.read(&mut buffer, limit).map_err(line(step))?;
            bytes.clear();
            bytes.extend_from_slice(&buffer[..read]);
        }
    }

    fn hello(&mut self, relay: &Relay, clock: &dyn Clock) -> Result<(), Setback> {
        let name = match relay.hello.parse() {
            Ok(std::net::IpAddr::V4(address)) => ClientId::Ipv4(address),
            Ok(std::net::IpAddr::V6(address)) => ClientId::Ipv6(address),
            Err(_) => ClientId::Domain(relay.hello.clone()),
        };
        let reply =
            self.demand(Step::Hello, &Ehlo::new(name).to_string(), |reply| reply.code == 250, clock)?;
        self.offers = reply.lines.iter().skip(1).map(|offer| offer.to_ascii_uppercase()).collect();
        Ok(())
    }

    fn start_tls(
        &mut self,
        relay: &Relay,
        config: &Arc<ClientConfig>,
        clock: &dyn Clock,
    ) -> Result<(), Setback> {
        let step = Step::StartTls;
        if self.offered("STARTTLS").is_none() {
            return Err(Setback { step, what: What::Settings(say!("smtp-no_encryption")) });
        }
        self.demand(step, &Starttls.to_string(), |reply| reply.code == 220, clock)?;
        if !self.early.is_empty() {
            // Whoever sits on the line could put answers in front of the encrypted ones (CVE-2011-0411).
            return Err(Setback { step, what: What::Settings(say!("smtp-tampered")) });
        }
        self.encrypt(relay, config, clock)?;
        // What was offered in the clear does not count.
        self.hello(relay, clock)
    }

    fn encrypt(
        &mut self,
        relay: &Relay,
        config: &Arc<ClientConfig>,
        clock: &dyn Clock,
    ) -> Result<(), Setback> {
        let name = tls::name(&relay.host)
            .map_err(|fault| Setback { step: Step::Encrypt, what: What::Settings(fault.said()) })?;
        let limit = Limit::of(clock, relay.timeout);
        self.wire.encrypt(config.clone(), name, limit).map_err(line(Step::Encrypt))
    }

    /// The parameters an address needs that is not ASCII.
    fn utf8(&self, parcel: &Parcel) -> Result<Vec<MailParameter>, Setback> {
        let foreign = |address: &Address| !AsRef::<str>::as_ref(address).is_ascii();
        if !foreign(&parcel.from) && !foreign(&parcel.to) {
            return Ok(Vec::new());
        }
        if self.offered("SMTPUTF8").is_some() {
            return Ok(vec![MailParameter::SmtpUtfEight]);
        }
        if foreign(&parcel.from) {
            Err(Setback { step: Step::From, what: What::Settings(say!("smtp-foreign_sender")) })
        } else {
            Err(Setback { step: Step::To, what: What::Unfit(say!("smtp-foreign_recipient")) })
        }
    }

    /// Whether the letter is within the size that the server offers (RFC 1870); 0 and an offer without a number say nothing.
    fn fits(&self, parcel: &Parcel) -> Result<(), Setback> {
        let offered = self.offered("SIZE").and_then(|words| words.first()?.parse::<usize>().ok());
        match offered.filter(|most| (1..parcel.data.len()).contains(most)) {
            Some(most) => Err(Setback { step: Step::From, what: What::Large(parcel.data.len(), most) }),
            None => Ok(()),
        }
    }

    /// The letter could not be written to its end, so the server does not have it. Often it has said why before
    /// it hung up, as with a letter that is too large.
    fn cut_short(&mut self, fault: std::io::Error, clock: &dyn Clock) -> Setback {
        let step = Step::Letter;
        if fault.kind() != std::io::ErrorKind::TimedOut
            && let Ok(reply) = self.answer(step, clock)
            && reply.code >= 400
        {
            // The connection is gone whatever the code.
            return Setback { step, what: What::Answer(reply) };
        }
        Setback { step, what: What::Line(fault) }
    }
}

/// The bytes after DATA: every line ends in CRLF, a dot at its beginning is doubled, a single dot ends it all.
pub(super) fn stuffed(letter: &[u8]) -> Vec<u8> {
    let mut data = Vec::with_capacity(letter.len() + letter.len() / 32 + 8);
    let mut rest = letter;
    while !rest.is_empty() {
        // A lone CR or LF ends a line for some servers and not for others: behind that gap a second letter could
        // be hidden.
        let end = rest.iter().position(|&b| b == b'\r' || b == b'\n').unwrap_or(rest.len());
        let (text, from) = rest.split_at(end);
        if text.first() == Some(&b'.') {
            data.push(b'.');
        }
        data.extend_from_slice(text);
        data.extend_from_slice(b"\r\n");
        rest = from.strip_prefix(b"\r\n").or_else(|| from.get(1..)).unwrap_or_default();
    }
    data.extend_from_slice(b".\r\n");
    data
}

pub(super) fn expect(step: Step, reply: Reply, fine: impl Fn(&Reply) -> bool) -> Result<Reply, Setback> {
    if fine(&reply) { Ok(reply) } else { Err(Setback { step, what: What::Answer(reply) }) }
}

fn line(step: Step) -> impl Fn(std::io::Error) -> Setback {
    move |fault| Setback { step, what: What::Line(fault) }
}
