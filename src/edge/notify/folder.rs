//! Letters as `.eml` files in a folder: what is done until a mail server is set.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use crate::domain::letter::relay::Sender;
use crate::domain::letter::{Letter, Mailer, Outcome};
use crate::domain::now::Clock;
use crate::domain::text::{Text, say};
use crate::edge::operator;

use super::mime;

/// Writes each letter to a file of its own. The folder must be there: one that appears by itself would hide that
/// the share it should lie on is not mounted.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    sender: Sender,
}

impl Folder {
    /// A folder and the sender of what is written to it.
    pub fn new(path: PathBuf, sender: Sender) -> Self {
        Self { path, sender }
    }
}

impl Mailer for Folder {
    fn send(&mut self, letter: &Letter, _clock: &dyn Clock) -> Outcome {
        let bytes = match mime::bytes(letter, &self.sender) {
            Ok(bytes) => bytes,
            Err(fault) => {
                return Outcome::Refused { address: false, why: say!("smtp-unwritable", why = fault.said()) };
            }
        };
        let target = self.path.join(named(letter));
        match write(&self.path, &target, &bytes) {
            Ok(()) => Outcome::Sent { reply: target.display().to_string() },
            Err(fault) => {
                let file = target.display().to_string();
                let why = say!(
                    "smtp-not_written",
                    file,
                    why = operator::why(&fault),
                    remedy = remedy(fault.kind())
                );
                Outcome::TryLater { why, all: true }
            }
        }
    }
}

/// `20111226T083000-zhangsan@czs.gov.cn-<fingerprint>.eml`: sorts by time, reads by recipient, and the same letter
/// has the same name again.
pub(super) fn file_name(message_id: &str, address: &str, written_at: DateTime<FixedOffset>) -> String {
    let time = written_at.format("%Y%m%dT%H%M%S");
    let readable = |c: char| if c.is_alphanumeric() || "@._+-".contains(c) { c } else { '_' };
    // A file name has at most 255 bytes, and a character of an address up to four.
    let recipient: String = address.chars().map(readable).take(48).collect();
    format!("{time}-{recipient}-{}.eml", mime::fingerprint(message_id))
}

fn named(letter: &Letter) -> String {
    file_name(&letter.message_id, &letter.to.address, letter.written_at)
}

fn write(folder: &Path, target: &Path, bytes: &[u8]) -> io::Result<()> {
    // The extension keeps half a letter out of sight of whoever collects *.eml.
    let unfinished = target.with_extension("unfinished");
    let written = write_synced(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, target));
    if written.is_err() && unfinished.exists() {
        // The first fault is the one to tell; what is left over is overwritten by the next attempt.
        let _ = fs::remove_file(&unfinished);
    }
    written?;
    // A rename is only kept over a power cut once its folder is. Shares that cannot do that say so.
    match File::open(folder)?.sync_all() {
        Err(fault) if matches!(fault.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn remedy(kind: ErrorKind) -> Text {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => say!("smtp-try_room"),
        ErrorKind::PermissionDenied => say!("smtp-try_right"),
        ErrorKind::ReadOnlyFilesystem => say!("smtp-try_mount_writing"),
        ErrorKind::NotFound => say!("smtp-try_folder"),
        ErrorKind::NotADirectory => say!("smtp-try_no_file"),
        _ => say!("smtp-try_see"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::letter::Address;
    use crate::domain::now::Now;
    use crate::domain::text::Language;

    struct Still;

    impl Clock for Still {
        fn now(&self) -> Now {
            Now { instant: letter().written_at, replay: true }
        }

        fn running(&self) -> std::time::Duration {
            std::time::Duration::ZERO
        }
    }

    fn letter() -> Letter {
        Letter {
            message_id: "1@jianchad.czs.test".to_owned(),
            to: Address { name: "张三".to_owned(), address: "zhangsan@czs.test".to_owned() },
            subject: "【黄牌】".to_owned(),
            text: "超期".to_owned(),
            html: "<p>超期</p>".to_owned(),
            attachments: Vec::new(),
            written_at: chrono::DateTime::parse_from_rfc3339("2011-12-26T08:30:00+08:00").unwrap(),
            thread: None,
        }
    }

    fn folder(path: &Path) -> Folder {
        let from = Address { name: String::new(), address: "jiancha@czs.test".to_owned() };
        Folder::new(
            path.to_owned(),
            Sender { from, reply_to: None, list_id: "jianchad.czs.test".to_owned(), dkim: None },
        )
    }

    fn files(path: &Path) -> Vec<String> {
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    fn waits(path: &Path) -> String {
        match folder(path).send(&letter(), &Still) {
            Outcome::TryLater { why, all: true } => why.words(Language::English),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_same_letter_again_is_the_same_file_and_another_is_another() {
        let place = tempfile::tempdir().unwrap();
        let first = folder(place.path()).send(&letter(), &Still);
        assert_eq!(folder(place.path()).send(&letter(), &Still), first);
        let names = files(place.path());
        assert_eq!(names.len(), 1);
        assert!(
            names[0].starts_with("20111226T083000-zhangsan@czs.test-") && names[0].ends_with(".eml"),
            "{names:?}"
        );
        folder(place.path())
            .send(&Letter { message_id: "2@jianchad.czs.test".to_owned(), ..letter() }, &Still);
        assert_eq!(files(place.path()).len(), 2);
    }

    #[test]
    fn no_address_leads_out_of_the_folder() {
        let place = tempfile::tempdir().unwrap();
        let mut sly = letter();
        sly.to.address = "../../etc/cron.d/x@czs.test".to_owned();
        folder(place.path()).send(&sly, &Still);
        assert!(named(&sly).starts_with("20111226T083000-.._.._etc_cron.d_x@czs.test-"));
        sly.to.address = format!("{}@czs.test", "字".repeat(300));
        assert!(named(&sly).len() <= 255);
    }

    #[test]
    fn a_folder_that_cannot_take_the_letter_leaves_it_waiting_with_a_remedy() {
        let place = tempfile::tempdir().unwrap();
        let missing = place.path().join("mail");
        assert!(waits(&missing).contains("create the folder"), "{}", waits(&missing));
        fs::write(&missing, "").unwrap();
        assert!(waits(&missing).contains("name a folder"), "{}", waits(&missing));
        assert_eq!(files(place.path()), ["mail"]);
        // Not even root may make files there.
        let said = waits(Path::new("/proc/self"));
        assert!(said.contains("/proc/self/20111226T083000-"), "{said}");
    }

    #[test]
    fn a_full_disk_leaves_the_letter_waiting_and_nothing_half_written() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join(named(&letter()));
        // What is written to this device finds the disk full.
        std::os::unix::fs::symlink("/dev/full", target.with_extension("unfinished")).unwrap();
        assert!(waits(place.path()).contains("make room"), "{}", waits(place.path()));
        assert_eq!(files(place.path()), Vec::<String>::new());
    }
}
