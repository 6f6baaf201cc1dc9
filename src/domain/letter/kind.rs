//! The kinds of letters.

use crate::domain::text::words;

/// What a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterKind {
    /// It tells what happened to findings.
    Alert,
    /// It says each morning how things stand.
    Digest,
    /// It sums up a month.
    Bulletin,
    /// It tells the administrators of the service itself.
    System,
    /// It tries the way to the mail server.
    Test,
}

words!(LetterKind {
    Alert = "alert", "监察告知";
    Digest = "digest", "每日监察";
    Bulletin = "bulletin", "监察通报";
    System = "system", "系统通知";
    Test = "test", "测试邮件";
});
