//! A letter goes out, an outcome comes back.

pub mod file_name;
mod folder;
pub mod mime;
mod relays;
pub mod smtp;

use std::path::Path;
use std::{fmt, fs, io};

use chrono::{DateTime, FixedOffset};

use crate::domain::letter::Mailer;
use crate::domain::letter::relay::{Relay, Sender, TlsMode, Way};
use crate::domain::text::{Language, Text, say};

use mime::MimeError;

/// Why no letter at all can leave by this way.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    /// The sender would be refused everywhere.
    Sender {
        /// What is wrong with it.
        source: MimeError,
    },
    /// Answers would reach nobody.
    ReplyTo {
        /// What is wrong with the address.
        source: MimeError,
    },
    /// The name for EHLO is none.
    Hello {
        /// As given.
        hello: String,
    },
}

impl NotifyError {
    /// What cannot be used, and what to write instead.
    pub fn said(&self) -> Text {
        match self {
            Self::Sender { .. } => say!("failure-sender"),
            Self::ReplyTo { .. } => say!("failure-reply_to"),
            Self::Hello { hello } => say!("failure-hello", hello = format!("{hello:?}")),
        }
    }

    /// Why.
    pub fn cause(&self) -> Option<Text> {
        match self {
            Self::Sender { source } | Self::ReplyTo { source } => Some(source.said()),
            Self::Hello { .. } => None,
        }
    }
}

/// Whoever prints it as it is reads English.
impl fmt::Display for NotifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said().words(Language::English))
    }
}

/// Opens the way out. Nothing is connected or written yet: what the world has against it shows with the first
/// letter, as an outcome.
pub fn open(way: &Way, sender: &Sender) -> Result<Box<dyn Mailer + Send>, NotifyError> {
    mime::address(&sender.from).map_err(|source| NotifyError::Sender { source })?;
    if let Some(reply_to) = &sender.reply_to {
        mime::address(reply_to).map_err(|source| NotifyError::ReplyTo { source })?;
    }
    match way {
        Way::Folder(path) => Ok(Box::new(folder::Folder::new(path.clone(), sender.clone()))),
        Way::Smtp(relays) => {
            for Relay { hello, .. } in relays {
                if hello.is_empty() || !hello.bytes().all(|b| b.is_ascii_graphic()) {
                    return Err(NotifyError::Hello { hello: hello.clone() });
                }
            }
            let servers = relays.iter().map(|relay| smtp::Smtp::new(relay.clone(), sender.clone()));
            Ok(Box::new(relays::Relays::new(servers.collect())))
        }
    }
}

/// Takes a letter back from the folder it was written to. Gives whether it was still there.
///
/// # Errors
/// If the file is there and cannot be removed.
pub fn take_back(
    folder: &Path,
    message_id: &str,
    address: &str,
    written_at: DateTime<FixedOffset>,
) -> io::Result<bool> {
    match fs::remove_file(folder.join(folder::file_name(message_id, address, written_at))) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// The way in a few words: `folder mail/`, `smtps://mail.czs.gov.cn:465`.
pub fn describe(way: &Way) -> Text {
    match way {
        Way::Folder(path) => {
            let path = path.display().to_string();
            say!("mail-way_folder", path = format!("{}/", path.trim_end_matches('/')))
        }
        Way::Smtp(relays) => {
            let one = |relay: &Relay| {
                let at = format!("{}:{}", relay.host, relay.port);
                match relay.tls {
                    TlsMode::Implicit => format!("smtps://{at}").into(),
                    TlsMode::StartTls => format!("smtp://{at} (STARTTLS)").into(),
                    TlsMode::None => say!("mail-way_clear", server = format!("smtp://{at}")),
                }
            };
            Text::list(relays.iter().map(one), "list-else")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::letter::Address;
    use crate::domain::text::Language;

    fn sender(address: &str) -> Sender {
        let from = Address { name: String::new(), address: address.to_owned() };
        Sender { from, reply_to: None, list_id: "jianchad.czs.test".to_owned(), dkim: None }
    }

    fn smtp(tls: TlsMode, hello: &str) -> Way {
        Way::Smtp(vec![Relay {
            host: "mail.czs.gov.cn".to_owned(),
            port: 465,
            tls,
            ca_file: None,
            login: None,
            hello: hello.to_owned(),
            timeout: Duration::from_secs(1),
        }])
    }

    #[test]
    fn a_way_is_told_in_a_few_words() {
        assert_eq!(describe(&Way::Folder("mail/".into())).words(Language::English), "folder mail/");
        assert_eq!(describe(&Way::Folder("/var/mail".into())).words(Language::English), "folder /var/mail/");
        assert_eq!(
            describe(&smtp(TlsMode::Implicit, "a")).words(Language::English),
            "smtps://mail.czs.gov.cn:465"
        );
        assert_eq!(
            describe(&smtp(TlsMode::StartTls, "a")).words(Language::English),
            "smtp://mail.czs.gov.cn:465 (STARTTLS)"
        );
        assert_eq!(
            describe(&smtp(TlsMode::None, "a")).words(Language::English),
            "smtp://mail.czs.gov.cn:465 (not encrypted)"
        );
    }

    #[test]
    fn a_sender_or_a_hello_that_no_server_would_take_is_refused_at_once() {
        let fault = |way: &Way, from: &str| open(way, &sender(from)).err().map(|fault| fault.to_string());
        let folder = Way::Folder("mail".into());
        assert_eq!(fault(&folder, "jiancha@czs.test"), None);
        assert!(fault(&folder, "jiancha").unwrap().starts_with("the sender of all letters"));
        for hello in ["", "a b", "a\r\nMAIL FROM:<x@y.test>", "监察"] {
            assert!(
                fault(&smtp(TlsMode::Implicit, hello), "jiancha@czs.test").unwrap().contains("set hello")
            );
        }
    }
}
