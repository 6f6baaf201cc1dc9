//! A letter (邮件): its parts, its identity, and what came of sending it.

pub mod address;
pub mod alert;
pub mod bulletin;
pub mod chart;
mod context;
pub mod digest;
pub mod dkim;
pub mod ended;
pub mod example;
mod figures;
pub mod informed;
mod kind;
pub mod leaving;
pub mod list;
mod mask;
pub mod news;
pub mod outdated;
pub mod page;
mod plain;
pub mod reach;
pub mod referred;
pub mod refused_alike;
pub mod relay;
pub mod route;
pub mod sending;
pub mod sheet;
pub mod shorter;
pub mod taken_back;
pub mod untold;

use chrono::{DateTime, FixedOffset};

use super::text::Text;

pub use context::{Away, LetterContext};
pub use kind::LetterKind;

/// One e-mail to one recipient, complete and unchanging once queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Stable Message-ID without angle brackets, derived from the letter's key: a repeated sending can be
    /// recognised by it.
    pub message_id: String,
    /// Recipient.
    pub to: Address,
    /// Subject.
    pub subject: String,
    /// Plain text part.
    pub text: String,
    /// HTML part.
    pub html: String,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
    /// The moment of the round that wrote it: its Date header.
    pub written_at: DateTime<FixedOffset>,
    /// Message-ID of the first letter on the same matter, under which mail programs show it; `None`: it is the first.
    pub thread: Option<String>,
}

/// A name and a mail address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// Display name; may hold any Unicode text.
    pub name: String,
    /// `local@domain`.
    pub address: String,
}

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// File name, may be Chinese.
    pub name: String,
    /// Media type, such as `image/png`.
    pub media_type: String,
    /// Content.
    pub content: Vec<u8>,
    /// The name under which the HTML part shows it in its place (Content-ID, without brackets); `None`: it is a file.
    pub shown_as: Option<String>,
    /// The same as text, for the letter itself where a server takes no files of this size; `None`: it is no list.
    pub as_text: Option<String>,
}

/// What came of one attempt to hand a letter over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server took responsibility for it. `reply` is its answer.
    Sent {
        /// The server's answer, or the path of the file written.
        reply: String,
    },
    /// Not now: connection, DNS, TLS, login, a 4xx answer, a full disk. The letter is good and waits.
    TryLater {
        /// A sentence for the operator.
        why: Text,
        /// The fault concerns every letter (server down, login refused), not this one: the others wait too.
        all: bool,
    },
    /// The connection broke after the whole letter was handed over and before the answer came: it may have
    /// arrived. It is sent again under the same Message-ID.
    Uncertain {
        /// A sentence for the operator.
        why: Text,
    },
    /// The server takes no letter of this size: a shorter one may go.
    TooLarge {
        /// A sentence for the operator, with the server's words.
        why: Text,
    },
    /// This recipient or this letter was refused for good (5xx).
    Refused {
        /// It is the recipient's address that was refused.
        address: bool,
        /// A sentence for the operator, with the server's words.
        why: Text,
    },
}

impl Outcome {
    /// The server's answer, or the sentence for the operator.
    pub fn said(&self) -> Text {
        match self {
            Self::Sent { reply } => reply.into(),
            Self::TryLater { why, .. }
            | Self::Uncertain { why }
            | Self::TooLarge { why }
            | Self::Refused { why, .. } => why.clone(),
        }
    }
}

/// Hands letters over, one at a time. Implementations keep a connection between calls where they can.
pub trait Mailer {
    /// Tries to hand over one letter. Never panics, never blocks longer than its time limits.
    fn send(&mut self, letter: &Letter, clock: &dyn super::now::Clock) -> Outcome;
    /// Ends a run of letters: closes the connection politely.
    fn finish(&mut self) {}
}

/// A Message-ID that stays the same however often the round is repeated: kind, moment of the round, and reader.
pub fn message_id(kind: LetterKind, address: &str, now: &super::now::Now, domain: &str) -> String {
    let hash = super::digest::digest(&[address]);
    format!("{kind}.{}.{hash:016x}@{domain}", now.instant.format("%Y%m%dT%H%M%S"))
}
