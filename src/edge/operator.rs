//! What whoever looks after the machine reads, in his language: lines of the journal, and what the system and SQLite say of a
//! failure.

use std::io::{self, ErrorKind};
use std::sync::{PoisonError, RwLock};

use crate::domain::text::{Fault, Language, Text, say};

/// Like the subscriber of the log lines: one for the process.
static LANGUAGE: RwLock<Language> = RwLock::new(Language::English);

/// Journal and failures are in this language from now on.
pub fn speak(language: Language) {
    *LANGUAGE.write().unwrap_or_else(PoisonError::into_inner) = language;
}

/// The language of journal and failures; English until another is chosen.
pub fn language() -> Language {
    *LANGUAGE.read().unwrap_or_else(PoisonError::into_inner)
}

/// A text in the language of the journal.
pub fn words(text: &Text) -> String {
    text.words(language())
}

/// An error of the system that has words of our own.
pub fn refusal(kind: ErrorKind, why: Text) -> io::Error {
    io::Error::new(kind, Fault(why))
}

/// Why the system refused something. What has no words of its own here is quoted.
pub fn why(error: &io::Error) -> Text {
    if let Some(Fault(own)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return own.clone();
    }
    let words = error.to_string();
    match error.kind() {
        ErrorKind::NotFound => say!("cause-not_found", words),
        ErrorKind::PermissionDenied => say!("cause-not_allowed", words),
        ErrorKind::AlreadyExists => say!("cause-exists", words),
        ErrorKind::NotADirectory => say!("cause-no_folder", words),
        ErrorKind::IsADirectory => say!("cause-folder", words),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => say!("cause-full", words),
        ErrorKind::ReadOnlyFilesystem => say!("cause-read_only", words),
        ErrorKind::TimedOut => say!("cause-timed_out", words),
        ErrorKind::UnexpectedEof => say!("cause-breaks_off", words),
        ErrorKind::InvalidData => say!("cause-garbled", words),
        ErrorKind::ConnectionRefused => say!("cause-no_connection", words),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => say!("cause-no_route", words),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => say!("cause-cut_off", words),
        ErrorKind::BrokenPipe => say!("cause-pipe", words),
        _ => say!("cause-system", words),
    }
}

/// Why nothing could be encrypted with a peer, by what the library says of it, which is quoted.
pub fn of_tls(words: String) -> Text {
    let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    if says(&["UnknownIssuer", "BadSignature"]) {
        say!("cause-tls_authority", words)
    } else if says(&["for name", "NotValidForName"]) {
        say!("cause-tls_name", words)
    } else if says(&["certificate expired", "valid yet", "Expired", "NotValidYet"]) {
        say!("cause-tls_day", words)
    } else if says(&["peer certificate"]) {
        say!("cause-tls_certificate", words)
    } else if says(&["corrupt message"]) {
        say!("cause-tls_none", words)
    } else {
        say!("cause-tls", words)
    }
}

/// What SQLite says of a failure, by its primary result code. What has no words of its own here is quoted.
pub fn of_sqlite(code: Option<i32>, words: String) -> Text {
    match code.map(|code| code & 0xff) {
        Some(3) => say!("cause-sqlite_not_allowed", words),
        Some(5 | 6) => say!("cause-sqlite_busy", words),
        Some(7) => say!("cause-sqlite_memory", words),
        Some(8) => say!("cause-sqlite_read_only", words),
        Some(9) => say!("cause-sqlite_ended", words),
        Some(10) => say!("cause-sqlite_disk", words),
        Some(11) => say!("cause-sqlite_damaged", words),
        Some(13) => say!("cause-sqlite_full", words),
        Some(14) => say!("cause-sqlite_not_opened", words),
        Some(18) => say!("cause-sqlite_too_big", words),
        Some(26) => say!("cause-sqlite_none", words),
        _ => say!("cause-sqlite", words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// English keeps the words of the system, so that they can be looked for; Chinese has its own.
    #[test]
    fn the_system_is_heard_in_every_language() {
        let missing = why(&io::Error::from_raw_os_error(2));
        assert_eq!(missing.words(Language::English), "No such file or directory (os error 2)");
        assert_eq!(missing.words(Language::Chinese), "没有这个文件或文件夹");
        let own = refusal(ErrorKind::InvalidInput, say!("list-comma"));
        assert_eq!((why(&own), own.to_string()), (say!("list-comma"), ", ".to_owned()));
        let locked = of_sqlite(Some(5 | (2 << 8)), "database is locked".into());
        assert_eq!(locked.words(Language::English), "database is locked");
        assert_eq!(locked.words(Language::Chinese), "数据库被其他程序占用");
        let other = of_sqlite(None, "no such column: x".into());
        assert!(other.words(Language::Chinese).contains("no such column: x"));
    }
}
