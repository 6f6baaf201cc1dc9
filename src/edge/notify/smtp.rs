//! A mail server as the way out: one conversation, kept for all letters of a run.
//!
//! lettre writes the commands and the letter; the conversation is ours. Its own transports stop at the first
//! recipient refused, wait without end for answers, and take an answer in GBK after a delivered letter for a broken
//! line, which sends the letter twice.

mod conversation;
mod reply;
mod tls;
mod verdict;
mod wire;

use std::fmt;
use std::sync::Arc;

use rustls::ClientConfig;

use crate::domain::letter::relay::{Relay, Sender, TlsMode};
use crate::domain::letter::{Letter, Mailer, Outcome};
use crate::domain::now::Clock;
use crate::domain::text::say;

use super::mime;
use conversation::{Conversation, Parcel, stuffed};
use verdict::{Setback, Step, What};

/// Hands letters to a mail server.
pub struct Smtp {
    relay: Relay,
    sender: Sender,
    tls: Option<Arc<ClientConfig>>,
    kept: Option<Conversation>,
}

impl Smtp {
    /// A server, the way to speak to it, and the sender of all letters. Nothing is connected yet.
    pub fn new(relay: Relay, sender: Sender) -> Self {
        Self { relay, sender, tls: None, kept: None }
    }

    /// Begins a conversation.
    fn open(&mut self, clock: &dyn Clock) -> Result<Conversation, Setback> {
        if self.relay.tls != TlsMode::None && self.tls.is_none() {
            let config = tls::config(self.relay.ca_file.as_deref())
                .map_err(|fault| Setback { step: Step::Encrypt, what: What::Settings(fault.said()) })?;
            self.tls = Some(config);
        }
        Conversation::open(&self.relay, self.tls.as_ref(), clock)
    }

    fn hand_over(&mut self, parcel: &Parcel, clock: &dyn Clock) -> Outcome {
        if let Some(mut kept) = self.kept.take() {
            kept.next_letter(clock);
            match kept.hand_over(parcel, clock) {
                // The server had enough of this connection. A new one tells whether it has anything else.
                Err(setback) if setback.may_come_of_age() => drop(kept),
                result => return self.settle(kept, parcel, result),
            }
        }
        match self.open(clock) {
            Ok(mut fresh) => {
                let result = fresh.hand_over(parcel, clock);
                self.settle(fresh, parcel, result)
            }
            Err(setback) => setback.outcome(&self.relay, parcel.to.as_ref()),
        }
    }

    /// Keeps the conversation if it can go on, and says what came of the letter.
    fn settle(
        &mut self,
        talk: Conversation,
        parcel: &Parcel,
        result: Result<reply::Reply, Setback>,
    ) -> Outcome {
        match result {
            Ok(receipt) => {
                self.kept = Some(talk);
                Outcome::Sent { reply: receipt.to_string() }
            }
            Err(setback) => {
                if setback.leaves_connection() {
                    self.kept = Some(talk);
                }
                setback.outcome(&self.relay, parcel.to.as_ref())
            }
        }
    }
}

impl Mailer for Smtp {
    fn send(&mut self, letter: &Letter, clock: &dyn Clock) -> Outcome {
        match parcel(letter, &self.sender) {
            Ok(parcel) => self.hand_over(&parcel, clock),
            Err(fault) => {
                Outcome::Refused { address: false, why: say!("smtp-unwritable", why = fault.said()) }
            }
        }
    }

    fn finish(&mut self) {
        if let Some(kept) = self.kept.take() {
            kept.quit();
        }
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp")
            .field("relay", &self.relay)
            .field("kept", &self.kept.is_some())
            .finish_non_exhaustive()
    }
}

fn parcel(letter: &Letter, sender: &Sender) -> Result<Parcel, mime::MimeError> {
    Ok(Parcel {
        from: mime::address(&sender.from)?,
        to: mime::address(&letter.to)?,
        data: stuffed(&mime::bytes(letter, sender)?),
    })
}
