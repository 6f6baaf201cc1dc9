//! What the tests of mail share: a letter, a sender, a clock that runs, a way to tell outcomes apart.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::DateTime;
use jianchad::testing::domain::letter::relay::{Relay, Sender, TlsMode};
use jianchad::testing::domain::letter::{Address, Attachment, Letter, Outcome};
use jianchad::testing::domain::now::{Clock, Now};
use jianchad::testing::domain::text::Language;

/// The words of the sample letter, as they must come out at the other end.
pub const SUBJECT: &str = "【红牌】市住建局 3 件超法定时限（最长超 5 个工作日）";
pub const NAME: &str = "张三(规划科), 主任";
pub const FILE: &str = "超时办件清单 2011年12月.csv";

/// A clock that really runs, for time limits on waiting.
pub struct Running(Instant);

impl Running {
    #[expect(clippy::disallowed_methods, reason = "a test's own clock")]
    pub fn new() -> Self {
        Self(Instant::now())
    }
}

impl Clock for Running {
    fn now(&self) -> Now {
        Now { instant: written_at(), replay: true }
    }

    fn running(&self) -> Duration {
        self.0.elapsed()
    }
}

pub fn sender() -> Sender {
    Sender {
        from: Address { name: "郴州市电子监察".to_owned(), address: "jiancha@czs.test".to_owned() },
        reply_to: Some(Address { name: "监察室".to_owned(), address: "jcs@czs.test".to_owned() }),
        list_id: "jianchad.czs.test".to_owned(),
        dkim: None,
    }
}

pub fn letter(number: u32, to: &str) -> Letter {
    Letter {
        message_id: format!("20111226.{number}@jianchad.czs.test"),
        to: Address { name: NAME.to_owned(), address: to.to_owned() },
        subject: SUBJECT.to_owned(),
        text: "张三同志：\n\n您单位有 3 件办件超过法定时限。\n.\n.单独的点\n".to_owned(),
        html: "<p>张三同志：</p><p>您单位有 <b>3</b> 件办件超过法定时限。</p>".to_owned(),
        attachments: vec![Attachment {
            name: FILE.to_owned(),
            media_type: "text/csv; charset=utf-8".to_owned(),
            content: "\u{feff}办件号,事项\n1,建筑工程施工许可\r\n".into(),
            shown_as: None,
            as_text: None,
        }],
        written_at: written_at(),
        thread: None,
    }
}

pub fn relay(port: u16) -> Relay {
    Relay {
        host: "127.0.0.1".to_owned(),
        port,
        tls: TlsMode::None,
        ca_file: None,
        login: None,
        hello: "jianchad.czs.test".to_owned(),
        timeout: Duration::from_secs(20),
    }
}

/// Writes a password file.
pub fn secret(folder: &Path, name: &str, password: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, password).unwrap();
    path
}

/// Outcomes without their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sent,
    LaterAll,
    LaterThis,
    Uncertain,
    TooLarge,
    Refused,
}

pub fn kind(outcome: &Outcome) -> Kind {
    match outcome {
        Outcome::Sent { .. } => Kind::Sent,
        Outcome::TryLater { all: true, .. } => Kind::LaterAll,
        Outcome::TryLater { all: false, .. } => Kind::LaterThis,
        Outcome::Uncertain { .. } => Kind::Uncertain,
        Outcome::TooLarge { .. } => Kind::TooLarge,
        Outcome::Refused { .. } => Kind::Refused,
    }
}

/// The words of an outcome.
pub fn words(outcome: &Outcome) -> String {
    outcome.said().words(Language::English)
}

fn written_at() -> DateTime<chrono::FixedOffset> {
    DateTime::parse_from_rfc3339("2011-12-26T08:30:00+08:00").unwrap()
}
