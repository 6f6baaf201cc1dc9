//! What went wrong, where, and what that means for the letter.
//!
//! | where | what | outcome |
//! |---|---|---|
//! | up to the login | anything, 5xx too | `TryLater`, all letters: server or settings are at fault |
//! | sender | 4xx, 5xx | `TryLater`, all: nothing was said of the recipient yet, every letter has this sender |
//! | recipient, DATA, letter, receipt | 4xx | `TryLater`, this letter |
//! | the same | 421, and 503 530 534 535 538 | `TryLater`, all: the server closes, or wants another login |
//! | sender to receipt | 5xx that speaks of the letter's size, or an offer SIZE below it | `TooLarge` |
//! | the same | 5xx that says 5.3.1: the server itself is full | `TryLater`, all |
//! | recipient to receipt | 5xx that says 5.2.2, a bare 552 to the recipient: the mailbox is full | `TryLater`, this letter |
//! | the same | other 5xx | `Refused` |
//! | before the final dot | connection lost, time over, nonsense | `TryLater`, all |
//! | after it | the same | `Uncertain` |

use std::io::{self, ErrorKind};
use std::time::Duration;

use crate::domain::letter::Outcome;
use crate::domain::letter::relay::{Relay, TlsMode};
use crate::domain::text::{Text, say};
use crate::edge::operator;

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
    /// The answer makes no sense: what is wrong with it.
    Nonsense(Text),
    /// A whole answer, but not the one hoped for.
    Answer(Reply),
    /// We stopped ourselves: what and why, with the remedy.
    Settings(Text),
    /// The letter is larger than the server says it takes: so many bytes, of at most so many.
    Large(usize, usize),
    /// This letter cannot go through this server: what and why.
    Unfit(Text),
}

/// What has no room left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Full {
    Server,
    Mailbox,
}

/// Whether an answer gives an enhanced status code.
fn says(reply: &Reply, status: &str) -> bool {
    reply.lines.iter().any(|line| line.split_whitespace().next() == Some(status))
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
        let full = self.full();
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
            500..=599 if full == Some(Full::Server) => Outcome::TryLater { why, all: true },
            500..=599 if full == Some(Full::Mailbox) => Outcome::TryLater { why, all: false },
            // Of the recipient by then, whether his address or what he was to get.
            500..=599 => Outcome::Refused { address: true, why },
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
                let bare = reply.code == 552 && self.step != Step::To && self.full().is_none();
                says(reply, "5.3.4") || says(reply, "5.2.3") || bare
            }
            _ => false,
        }
    }

    /// What has no room left, if the answer says so: it passes, though it is said with 5xx (RFC 3463 sections 3.3 and 3.4; RFC 5321
    /// says a bare 552 to a recipient of his mailbox).
    fn full(&self) -> Option<Full> {
        let What::Answer(reply) = &self.what else { return None };
        if says(reply, "5.3.1") {
            Some(Full::Server)
        } else if says(reply, "5.2.2")
            || (self.step == Step::To && reply.code == 552 && !says(reply, "5.2.3") && !says(reply, "5.3.4"))
        {
            Some(Full::Mailbox)
        } else {
            None
        }
    }

    /// What was being done, to which server, what happened, what to try.
    fn sentence(&self, relay: &Relay, recipient: &str) -> Text {
        let server = format!("{}:{}", relay.host, relay.port);
        let doing = match self.step {
            Step::Connect => say!("smtp-connect", server),
            Step::Encrypt => say!("smtp-encrypt", server),
            Step::Greeting => say!("smtp-greeting", server),
            Step::Hello => say!("smtp-hello", server, name = &relay.hello),
            Step::StartTls => say!("smtp-start_tls", server),
            Step::Login => match &relay.login {
                Some(login) => say!("smtp-login_as", server, user = &login.user),
                None => say!("smtp-login", server),
            },
            Step::Reset => say!("smtp-reset", server),
            Step::From => say!("smtp-from", server),
            Step::To => say!("smtp-to", server, recipient),
            Step::Data => say!("smtp-data", server, recipient),
            Step::Letter => say!("smtp-letter", server, recipient),
            Step::Receipt => say!("smtp-receipt", server, recipient),
        };
        let (happened, remedy) = self.happened(relay);
        match remedy {
            Some(remedy) => say!("smtp-failed_try", doing, happened, remedy),
            None => say!("smtp-failed", doing, happened),
        }
    }

    fn happened(&self, relay: &Relay) -> (Text, Option<Text>) {
        match &self.what {
            What::Answer(reply) => {
                let shorter = self.is_of_size().then(|| say!("smtp-try_shorter"));
                let waits = self.full().filter(|_| self.step >= Step::From).map(|full| match full {
                    Full::Server => say!("smtp-try_all_wait"),
                    Full::Mailbox => say!("smtp-try_waits"),
                });
                let remedy = shorter.or(waits).unwrap_or_else(|| self.remedy(reply.code));
                (say!("smtp-answered", reply = reply.to_string()), Some(remedy))
            }
            What::Large(size, most) => {
                let (size, most) = (size.to_string(), most.to_string());
                (say!("smtp-large", size, most), Some(say!("smtp-try_shorter")))
            }
            What::Settings(said) | What::Unfit(said) => (said.clone(), None),
            What::Nonsense(said) => (said.clone(), Some(self.after(say!("smtp-try_port")))),
            What::Line(fault) => self.broke(fault, relay),
        }
    }

    /// What became of the connection.
    fn broke(&self, fault: &io::Error, relay: &Relay) -> (Text, Option<Text>) {
        if let Some(inner) = fault.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            return (
                say!("smtp-no_handshake", why = operator::of_tls(inner.to_string())),
                Some(tls::remedy(inner)),
            );
        }
        let happened = match fault.kind() {
            ErrorKind::TimedOut => {
                say!("smtp-mute", time = format!("{:?}", self.step.patience(relay.timeout)))
            }
            ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => {
                say!("smtp-closed")
            }
            _ => operator::why(fault),
        };
        let remedy = match (self.step, relay.tls) {
            (Step::Connect, _) => say!("smtp-try_host"),
            (Step::Greeting, TlsMode::StartTls | TlsMode::None) => say!("smtp-try_implicit"),
            (Step::Encrypt, TlsMode::Implicit) => say!("smtp-try_starttls"),
            _ => say!("smtp-try_log"),
        };
        (happened, Some(self.after(remedy)))
    }

    fn remedy(&self, code: u16) -> Text {
        match (self.step, code) {
            (_, 421) => say!("smtp-try_closing"),
            (Step::Login, _) | (_, 530 | 534 | 535 | 538) => say!("smtp-try_login"),
            (Step::From, 500..) => say!("smtp-try_sender"),
            (_, 503) => say!("smtp-try_wants_login"),
            (Step::To, 500..) => say!("smtp-try_address"),
            (Step::Data | Step::Letter | Step::Receipt, 500..) => say!("smtp-try_ask"),
            (Step::To | Step::Data | Step::Letter | Step::Receipt, 400..=499) => say!("smtp-try_waits"),
            (_, 400..=499) => say!("smtp-try_all_wait"),
            _ => self.after(say!("smtp-try_log")),
        }
    }

    /// After the final dot only one thing is to be said.
    fn after(&self, otherwise: Text) -> Text {
        if self.step == Step::Receipt { say!("smtp-try_again") } else { otherwise }
    }
}
