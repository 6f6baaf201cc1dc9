//! What went wrong, where, and what that means for the letter.
//!
//! | where | what | outcome |
//! |---|---|---|
//! | up to the login | anything, 5xx too | `TryLater`, all letters: server or settings are at fault |
//! | sender | 4xx, 5xx | `TryLater`, all: nothing was said of the recipient yet, every letter has this sender |
//! | recipient, DATA, letter, receipt | 4xx | `TryLater`, this letter |
//! | the same | 421, and 503 530 534 535 538 | `TryLater`, all: the server closes, or wants another login |
//! | sender to receipt | 5xx that speaks of the letter's size, or an offer SIZE below it | `TooLarge` |
//! | the same | other 5xx | `Refused` |
//! | before the final dot | connection lost, time over, nonsense | `TryLater`, all |
//! | after it | the same | `Uncertain` |

use std::io::{self, ErrorKind};
use std::time::Duration;

use crate::domain::letter::Outcome;
use crate::domain::letter::relay::{Relay, TlsMode};

use super::super::sentence::causes;
use super::reply::Reply;
use super::tls;

/// The steps of handing a letter over, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Connect,
    Encrypt,
    Greeting,
    Hello,
    StartTls,
    Login,
    /// Clearing away an earlier letter.
    Reset,
    /// MAIL FROM.
    From,
    /// RCPT TO.
    To,
    Data,
    /// The letter up to its final dot.
    Letter,
    /// From the final dot on: the server may have the letter.
    Receipt,
}

impl Step {
    /// How long its answer may take. RFC 5321 section 4.5.3.2 gives the receipt twice the time of the others: the
    /// server may look into the letter first, and giving up on it means sending it twice.
    pub(super) fn patience(self, timeout: Duration) -> Duration {
        if self == Self::Receipt { timeout.saturating_mul(2) } else { timeout }
    }
}

/// What happened instead of what was hoped for.
#[derive(Debug)]
pub(super) enum What {
    /// The connection failed, ended, or stood still for too long.
    Line(io::Error),
    /// The answer makes no sense, in the words of whoever read it.
    Nonsense(String),
    /// A whole answer, but not the one hoped for.
    Answer(Reply),
    /// We stopped ourselves: what and why, with the remedy.
    Settings(String),
    /// The letter is larger than the server says it takes: so many bytes, of at most so many.
    Large(usize, usize),
    /// This letter cannot go through this server: what and why.
    Unfit(String),
}

/// A step that failed.
#[derive(Debug)]
pub(super) struct Setback {
    pub(super) step: Step,
    pub(super) what: What,
}

impl Setback {
    /// Whether the connection is in a known state, so that the next letter can use it.
    pub(super) fn leaves_connection(&self) -> bool {
        match &self.what {
            What::Answer(reply) => {
                // A letter cut short has cut the connection too.
                self.step >= Step::From && self.step != Step::Letter && reply.code >= 400 && reply.code != 421
            }
            What::Unfit(_) | What::Large(..) => true,
            _ => false,
        }
    }

    /// Whether a connection kept from an earlier letter may be the reason: servers close idle connections and
    /// limit the letters of one. Nothing was handed over yet, so a new connection risks no second letter.
    pub(super) fn may_come_of_age(&self) -> bool {
        self.step < Step::Receipt
            && match &self.what {
                What::Answer(reply) => self.step <= Step::From || reply.code < 400 || reply.code == 421,
                What::Line(_) | What::Nonsense(_) => true,
                What::Settings(_) | What::Unfit(_) | What::Large(..) => false,
            }
    }

    /// The outcome, by the table at the head of this file.
    pub(super) fn outcome(self, relay: &Relay, recipient: &str) -> Outcome {
        let why = self.sentence(relay, recipient);
        if self.is_of_size() {
            return Outcome::TooLarge { why };
        }
        let code = match &self.what {
            What::Answer(reply) => reply.code,
            What::Unfit(_) => return Outcome::Refused { address: self.step == Step::To, why },
            What::Settings(_) => return Outcome::TryLater { why, all: true },
            What::Line(_) | What::Nonsense(_) | What::Large(..) => 0,
        };
        if self.step < Step::To {
            return Outcome::TryLater { why, all: true };
        }
        match code {
            421 | 503 | 530 | 534 | 535 | 538 => Outcome::TryLater { why, all: true },
            400..=499 => Outcome::TryLater { why, all: false },
            500..=599 => Outcome::Refused { address: self.step == Step::To, why },
            _ if self.step == Step::Receipt => Outcome::Uncertain { why },
            _ => Outcome::TryLater { why, all: true },
        }
    }

    /// Whether it was the size of the letter: RFC 3463 says so with 5.3.4 and 5.2.3; RFC 5321 with a bare 552 once the letter
    /// is announced, where it is not 5.2.2, a mailbox that is full.
    fn is_of_size(&self) -> bool {
        match &self.what {
            What::Large(..) => true,
            What::Answer(reply) if self.step >= Step::From && (500..600).contains(&reply.code) => {
                let says = |status: &str| {
                    reply.lines.iter().any(|line| line.split_whitespace().next() == Some(status))
                };
                let bare =
                    reply.code == 552 && (self.step > Step::To || self.step == Step::From) && !says("5.2.2");
                says("5.3.4") || says("5.2.3") || bare
            }
            _ => false,
        }
    }

    /// What was being done, to which server, what happened, what to try.
    fn sentence(&self, relay: &Relay, recipient: &str) -> String {
        let server = format!("{}:{}", relay.host, relay.port);
        let action = match self.step {
            Step::Connect => format!("connecting to {server}"),
            Step::Encrypt => format!("agreeing with {server} on encryption"),
            Step::Greeting => format!("waiting for the greeting of {server}"),
            Step::Hello => format!("introducing ourselves to {server} as {}", relay.hello),
            Step::StartTls => format!("asking {server} for encryption"),
            Step::Login => match &relay.login {
                Some(login) => format!("logging in to {server} as {}", login.user),
                None => format!("logging in to {server}"),
            },
            Step::Reset => format!("beginning the next letter at {server}"),
            Step::From => format!("naming the sender to {server}"),
            Step::To => format!("naming the recipient {recipient} to {server}"),
            Step::Data => format!("announcing the letter for {recipient} to {server}"),
            Step::Letter => format!("handing the letter for {recipient} to {server}"),
            Step::Receipt => format!("waiting for {server} to confirm the letter for {recipient}"),
        };
        let (happened, remedy) = self.happened(relay);
        match remedy {
            Some(remedy) => format!("{action}: {happened}; {remedy}"),
            None => format!("{action}: {happened}"),
        }
    }

    fn happened(&self, relay: &Relay) -> (String, Option<&'static str>) {
        match &self.what {
            What::Answer(reply) if self.is_of_size() => {
                (format!("it answered {reply}"), Some("a shorter letter takes its place"))
            }
            What::Answer(reply) => (format!("it answered {reply}"), Some(self.remedy(reply.code))),
            What::Large(size, most) => (
                format!("the letter has {size} bytes and the server takes {most} (SIZE)"),
                Some("a shorter letter takes its place"),
            ),
            What::Settings(said) | What::Unfit(said) => (said.clone(), None),
            What::Nonsense(said) => {
                (said.clone(), Some(self.after("see whether host and port are those of a mail server")))
            }
            What::Line(fault) => {
                if let Some(inner) = fault.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                    return (causes(fault), Some(tls::remedy(inner)));
                }
                let happened = match fault.kind() {
                    ErrorKind::TimedOut => {
                        format!("nothing came of it within {:?}", self.step.patience(relay.timeout))
                    }
                    ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => {
                        "the server closed the connection".to_owned()
                    }
                    _ => causes(fault),
                };
                let remedy = match (self.step, relay.tls) {
                    (Step::Connect, _) => {
                        "see whether host and port are right and whether a firewall stands between"
                    }
                    (Step::Greeting, TlsMode::StartTls | TlsMode::None) => {
                        "see whether the server expects encryption from the first byte (tls = implicit)"
                    }
                    (Step::Encrypt, TlsMode::Implicit) => {
                        "see whether the server expects encryption only on request (tls = starttls)"
                    }
                    _ => "see the server's log",
                };
                (happened, Some(self.after(remedy)))
            }
        }
    }

    fn remedy(&self, code: u16) -> &'static str {
        match (self.step, code) {
            (_, 421) => "the server is closing or limits us, the letters wait",
            (Step::Login, _) | (_, 530 | 534 | 535 | 538) => {
                "check user, password file and mechanism, the letters wait"
            }
            (Step::From, 500..) => {
                "set the sender to an address that this login may send as, the letters wait"
            }
            (_, 503) => "check whether the server wants a login, the letters wait",
            (Step::To, 500..) => "correct the address where contacts are kept, or let the server accept it",
            (Step::Data | Step::Letter | Step::Receipt, 500..) => {
                "ask the server's administrator why; the letter is not sent again"
            }
            (Step::To | Step::Data | Step::Letter | Step::Receipt, 400..=499) => "this letter waits",
            (_, 400..=499) => "the letters wait",
            _ => self.after("see the server's log"),
        }
    }

    /// After the final dot only one thing is to be said.
    fn after(&self, otherwise: &'static str) -> &'static str {
        if self.step == Step::Receipt {
            "it may have arrived and is sent again under the same Message-ID"
        } else {
            otherwise
        }
    }
}
