//! A letter as the bytes of RFC 5322: the same letter gives the same bytes, always.

use std::time::SystemTime;

use lettre::Address;
use lettre::address::AddressError;
use lettre::message::header::{
    ContentId, ContentTransferEncoding, ContentType, ContentTypeErr, HeaderName, HeaderValue,
};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};

use super::file_name::{Disposition, Kind};
use crate::domain::letter::dkim;
use crate::domain::letter::relay::Sender;
use crate::domain::letter::{self, Attachment, Letter};
use crate::domain::text::{Text, say};

/// Why a letter has no bytes. It concerns this letter only, and waiting does not mend it.
#[derive(Debug, thiserror::Error)]
pub enum MimeError {
    /// An address that no mail server would take.
    #[error("{address:?} is no mail address; correct it where contacts are kept")]
    Address {
        /// As given.
        address: String,
        /// What is wrong with it.
        source: AddressError,
    },
    /// The media type of an attachment cannot be read.
    #[error("attachment {name:?} has the media type {media_type:?}, which cannot be read")]
    MediaType {
        /// File name.
        name: String,
        /// As given.
        media_type: String,
        /// What is wrong with it.
        source: ContentTypeErr,
    },
    /// The Message-ID would break its header.
    #[error("{message_id:?} is no Message-ID: it must be ASCII and look like key@host")]
    MessageId {
        /// As given.
        message_id: String,
    },
    /// The parts do not make a message.
    #[error("the letter's headers do not make a message")]
    Headers {
        /// What is missing.
        source: lettre::error::Error,
    },
}

impl MimeError {
    /// What is wrong; what lettre says of it is quoted.
    pub fn said(&self) -> Text {
        match self {
            Self::Address { address, source } => {
                let (address, words) = (format!("{address:?}"), source.to_string());
                say!("failure-address", address, words)
            }
            Self::MediaType { name, media_type, .. } => say!("failure-media_type", name, media_type),
            Self::MessageId { message_id } => say!("failure-message_id", message_id),
            Self::Headers { source } => say!("failure-headers", words = source.to_string()),
        }
    }
}

/// The letter as it goes over the wire or into a file: lines end in CRLF, every byte is ASCII unless an address
/// itself is not.
pub fn bytes(letter: &Letter, sender: &Sender) -> Result<Vec<u8>, MimeError> {
    let boundary = format!("jianchad-{}", fingerprint(&letter.message_id));
    let mut builder = Message::builder()
        .date(SystemTime::from(letter.written_at))
        .from(mailbox(&sender.from)?)
        .to(mailbox(&letter.to)?)
        .message_id(Some(message_id(&letter.message_id)?))
        .subject(one_line(&letter.subject));
    if let Some(reply_to) = &sender.reply_to {
        builder = builder.reply_to(mailbox(reply_to)?);
    }
    if let Some(thread) = &letter.thread {
        let thread = message_id(thread)?;
        builder = builder.in_reply_to(thread.clone()).references(thread);
    }
    let bodies = MultiPart::alternative()
        .boundary(format!("{boundary}-a"))
        .singlepart(SinglePart::plain(letter.text.clone()));
    let page = SinglePart::html(letter.html.clone());
    let mut pictures = letter.attachments.iter().filter(|file| file.shown_as.is_some()).peekable();
    let bodies = if pictures.peek().is_none() {
        bodies.singlepart(page)
    } else {
        let shown = MultiPart::related().boundary(format!("{boundary}-r")).singlepart(page);
        bodies.multipart(
            pictures.try_fold(shown, |shown, file| attachment(file).map(|part| shown.singlepart(part)))?,
        )
    };
    let mut files = letter.attachments.iter().filter(|file| file.shown_as.is_none()).peekable();
    let whole = if files.peek().is_none() {
        bodies
    } else {
        let mixed = MultiPart::mixed().boundary(format!("{boundary}-m")).multipart(bodies);
        files.try_fold(mixed, |mixed, file| attachment(file).map(|part| mixed.singlepart(part)))?
    };
    let mut message = builder.multipart(whole).map_err(|source| MimeError::Headers { source })?;
    let headers = message.headers_mut();
    // lettre knows only UTC; a reader compares the date with the hall's own clock.
    headers.insert_raw(header("Date", letter.written_at.to_rfc2822()));
    headers.insert_raw(header("Auto-Submitted", "auto-generated".to_owned()));
    headers.insert_raw(header("Precedence", "list".to_owned()));
    headers.insert_raw(header("List-Id", format!("<{}>", one_line(&sender.list_id))));
    let bytes = message.formatted();
    Ok(match &sender.dkim {
        Some(dkim) => dkim::signed(bytes, dkim, letter.written_at.timestamp()),
        None => bytes,
    })
}

/// Checks an address as it stands in a command to the server.
pub(super) fn address(given: &letter::Address) -> Result<Address, MimeError> {
    given.address.parse().map_err(|source| MimeError::Address { address: given.address.clone(), source })
}

/// Twenty hexadecimal digits that stand for a Message-ID: long enough never to meet twice in one installation.
pub(super) fn fingerprint(message_id: &str) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, message_id.as_bytes());
    digest.as_ref().iter().take(10).map(|byte| format!("{byte:02x}")).collect()
}

fn mailbox(given: &letter::Address) -> Result<Mailbox, MimeError> {
    let name = one_line(&given.name);
    Ok(Mailbox::new(Some(name).filter(|name| !name.is_empty()), address(given)?))
}

fn message_id(given: &str) -> Result<String, MimeError> {
    let sound = given.bytes().all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>') && given.contains('@');
    if sound { Ok(format!("<{given}>")) } else { Err(MimeError::MessageId { message_id: given.to_owned() }) }
}

fn attachment(file: &Attachment) -> Result<SinglePart, MimeError> {
    ContentType::parse(&file.media_type).map_err(|source| MimeError::MediaType {
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        source,
    })?;
    let name = one_line(&file.name);
    let part = match &file.shown_as {
        Some(id) => SinglePart::builder()
            .header(ContentId::from(message_id(id)?))
            .header(Disposition::new("inline", &name)),
        None => SinglePart::builder().header(Disposition::new("attachment", &name)),
    };
    // Always base64: a text in 7bit would have its line ends rewritten on the way.
    let kind = Kind::new(&one_line(&file.media_type), &name);
    Ok(part.header(kind).header(ContentTransferEncoding::Base64).body(file.content.clone()))
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// What stands in a header stands on one line: mail programs differ in what they do with a line end in it.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::letter::Address as Mail;

    fn sender() -> Sender {
        Sender {
            from: Mail { name: "郴州市电子监察".to_owned(), address: "jiancha@czs.gov.cn".to_owned() },
            reply_to: Some(Mail { name: String::new(), address: "jcs@czs.gov.cn".to_owned() }),
            list_id: "jianchad.czs.gov.cn".to_owned(),
            dkim: None,
        }
    }

    fn letter() -> Letter {
        Letter {
            message_id: "20111226.1@jianchad.czs.gov.cn".to_owned(),
            to: Mail { name: "张三(规划科)".to_owned(), address: "zhangsan@czs.gov.cn".to_owned() },
            subject: "【红牌】市住建局 3 件超法定时限".to_owned(),
            text: "您好\n".to_owned(),
            html: "<p>您好</p>".to_owned(),
            attachments: vec![Attachment {
                name: "清单.csv".to_owned(),
                media_type: "text/csv; charset=utf-8".to_owned(),
                content: b"a,b\n1,2\n".to_vec(),
                shown_as: None,
                as_text: None,
            }],
            written_at: chrono::DateTime::parse_from_rfc3339("2011-12-26T08:30:00+08:00").unwrap(),
            thread: None,
        }
    }

    fn text(letter: &Letter) -> String {
        String::from_utf8(bytes(letter, &sender()).unwrap()).unwrap()
    }

    #[test]
    fn the_same_letter_gives_the_same_bytes_and_another_message_id_other_boundaries() {
        assert_eq!(text(&letter()), text(&letter()));
        let other = Letter { message_id: "2@jianchad.czs.gov.cn".to_owned(), ..letter() };
        assert!(!text(&other).contains(&fingerprint(&letter().message_id)));
    }

    #[test]
    fn a_letter_names_its_machine_its_list_and_its_moment() {
        let mail = text(&letter());
        for line in [
            "Auto-Submitted: auto-generated",
            "Precedence: list",
            "List-Id: <jianchad.czs.gov.cn>",
            "Reply-To: jcs@czs.gov.cn",
            "Message-ID: <20111226.1@jianchad.czs.gov.cn>",
            "MIME-Version: 1.0",
            "Date: Mon, 26 Dec 2011 08:30:00 +0800",
        ] {
            assert!(mail.contains(&format!("{line}\r\n")), "{line} is missing in\n{mail}");
        }
        assert_eq!(mail.matches("charset=utf-8").count(), 3);
        assert!(mail.is_ascii());
        assert!(mail.lines().all(|line| line.len() <= 998));
    }

    #[test]
    fn nothing_written_in_a_subject_or_a_name_becomes_a_header() {
        let mut sly = letter();
        sly.subject = "a\r\nBcc: thief@example.com".to_owned();
        sly.to.name = "b\nX-Sly: 1".to_owned();
        sly.attachments[0].name = "c\"\r\nX-Sly: 2.csv".to_owned();
        let mail = text(&sly);
        assert!(!mail.contains("\nBcc:") && !mail.contains("\nX-Sly"), "{mail}");
        sly.message_id = "a@b>\r\nX-Sly: 3".to_owned();
        assert!(bytes(&sly, &sender()).is_err());
    }

    #[test]
    fn an_address_that_is_none_is_named() {
        let mut lost = letter();
        lost.to.address = "zhangsan".to_owned();
        let said = bytes(&lost, &sender()).unwrap_err().to_string();
        assert!(said.contains("\"zhangsan\""), "{said}");
    }
}
