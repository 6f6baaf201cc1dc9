//! A letter goes out, an outcome comes back.

pub mod folder;
pub mod mime;
mod sentence;
pub mod smtp;

use crate::domain::letter::Mailer;
use crate::domain::letter::relay::{Sender, TlsMode, Way};

use mime::MimeError;

/// Why no letter at all can leave by this way.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    /// The sender would be refused everywhere.
    #[error("the {which} of all letters cannot be used; set it to an address like jiancha@example.gov.cn")]
    Sender {
        /// `sender` or `reply-to address`.
        which: &'static str,
        /// What is wrong with it.
        source: MimeError,
    },
    /// The name for EHLO is none.
    #[error(
        "{hello:?} is no name to introduce ourselves to a mail server with; set hello to this machine's name"
    )]
    Hello {
        /// As given.
        hello: String,
    },
}

/// Opens the way out. Nothing is connected or written yet: what the world has against it shows with the first
/// letter, as an outcome.
pub fn open(way: &Way, sender: &Sender) -> Result<Box<dyn Mailer + Send>, NotifyError> {
    mime::address(&sender.from).map_err(|source| NotifyError::Sender { which: "sender", source })?;
    if let Some(reply_to) = &sender.reply_to {
        mime::address(reply_to)
            .map_err(|source| NotifyError::Sender { which: "reply-to address", source })?;
    }
    match way {
        Way::Folder(path) => Ok(Box::new(folder::Folder::new(path.clone(), sender.clone()))),
        Way::Smtp(relay) => {
            if relay.hello.is_empty() || !relay.hello.bytes().all(|b| b.is_ascii_graphic()) {
                return Err(NotifyError::Hello { hello: relay.hello.clone() });
            }
            Ok(Box::new(smtp::Smtp::new(relay.as_ref().clone(), sender.clone())))
        }
    }
}

/// The way in a few words: `folder mail/`, `smtps://mail.czs.gov.cn:465`.
pub fn describe(way: &Way) -> String {
    match way {
        Way::Folder(path) => format!("folder {}/", path.display().to_string().trim_end_matches('/')),
        Way::Smtp(relay) => {
            let (scheme, note) = match relay.tls {
                TlsMode::Implicit => ("smtps", ""),
                TlsMode::StartTls => ("smtp", " (STARTTLS)"),
                TlsMode::None => ("smtp", " (not encrypted)"),
            };
            format!("{scheme}://{}:{}{note}", relay.host, relay.port)
        }
    }
}
