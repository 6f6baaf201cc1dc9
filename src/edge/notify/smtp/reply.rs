//! What a server answers: the code decides, the words are only shown.

use std::fmt;

use crate::domain::text::{Fault, say};

/// Most lines an answer may have; the longest honest one, to EHLO, has some thirty.
const MOST_LINES: usize = 128;
/// Most bytes an answer may have.
const MOST_BYTES: usize = 64 * 1024;
/// Most characters of an answer that are shown.
const SHOWN: usize = 400;

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    /// Three digits, the first of them 2 to 5.
    pub(super) code: u16,
    /// The words of each line, without code and line end.
    pub(super) lines: Vec<String>,
}

impl Reply {
    /// 2xx.
    pub(super) fn is_yes(&self) -> bool {
        (200..300).contains(&self.code)
    }
}

/// `535 5.7.8 authentication failed`, cut to a length that fits a sentence.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.lines.join(" ");
        let words = words.trim();
        write!(f, "{}", self.code)?;
        if !words.is_empty() {
            write!(f, " {}", words.chars().take(SHOWN).collect::<String>())?;
        }
        if words.chars().count() > SHOWN {
            f.write_str("…")?;
        }
        Ok(())
    }
}

/// Takes the bytes of an answer as they come, until it is whole.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pending: Vec<u8>,
    taken: usize,
    code: Option<u16>,
    lines: Vec<String>,
}

impl Answer {
    /// Adds bytes. A whole answer comes back with the number of bytes that came after it; `Err` says what is
    /// wrong with it.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<Option<(Reply, usize)>, Fault> {
        self.pending.extend_from_slice(bytes);
        self.taken += bytes.len();
        while let Some(end) = self.pending.iter().position(|&b| b == b'\n') {
            let line: Vec<u8> = self.pending.drain(..=end).collect();
            if self.line(line.trim_ascii_end())? {
                let reply =
                    Reply { code: self.code.unwrap_or_default(), lines: std::mem::take(&mut self.lines) };
                return Ok(Some((reply, self.pending.len())));
            }
        }
        if self.taken > MOST_BYTES || self.lines.len() > MOST_LINES {
            return Err(say!("smtp-endless").into());
        }
        Ok(None)
    }

    /// Takes a line and says whether it was the last.
    fn line(&mut self, line: &[u8]) -> Result<bool, Fault> {
        let code = line.get(..3).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
        let last = match line.get(3) {
            Some(b'-') => Some(false),
            Some(b' ') | None => Some(true),
            Some(_) => None,
        };
        match (code, last) {
            (Some(code @ 200..=599), Some(last)) if self.code.is_none_or(|first| first == code) => {
                self.code = Some(code);
                self.lines.push(shown(line.get(4..).unwrap_or_default()));
                Ok(last)
            }
            _ => Err(say!("smtp-no_answer", answer = format!("{:?}", shown(line))).into()),
        }
    }
}

/// Older Chinese servers speak GBK. Control characters are taken out: the words go to terminals.
fn shown(bytes: &[u8]) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0,
    };
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(2 * SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Option<(Reply, usize)>, Fault> {
        Answer::default().add(bytes)
    }

    #[test]
    fn an_answer_ends_with_the_line_that_has_no_hyphen() {
        let (reply, rest) =
            read(b"250-mail.czs.gov.cn\r\n250-SIZE\r\n250 AUTH PLAIN\r\n421 bye").unwrap().unwrap();
        assert_eq!((reply.code, rest), (250, 7));
        assert_eq!(reply.lines, ["mail.czs.gov.cn", "SIZE", "AUTH PLAIN"]);
    }

    #[test]
    fn an_answer_may_come_byte_by_byte_and_without_words() {
        let mut answer = Answer::default();
        for byte in b"250\r" {
            assert_eq!(answer.add(&[*byte]), Ok(None));
        }
        assert_eq!(answer.add(b"\n").unwrap().unwrap().0.to_string(), "250");
    }

    #[test]
    fn words_in_gbk_are_read_and_never_hide_the_code() {
        let (gbk, ..) = encoding_rs::GBK.encode("550 用户不存在\r\n");
        assert_eq!(read(&gbk).unwrap().unwrap().0.to_string(), "550 用户不存在");
        assert_eq!(read(b"250 \xff\xfe\x81\r\n").unwrap().unwrap().0.code, 250);
    }

    #[test]
    fn what_is_no_answer_is_said_to_be_none() {
        for bytes in
            [&b"hello\r\n"[..], b"250-a\r\n550 b\r\n", b"199 a\r\n", b"999 a\r\n", b"25\r\n", b"250_\r\n"]
        {
            assert!(read(bytes).is_err(), "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn an_endless_answer_is_cut_off() {
        assert!(read(&b"250-on and on\r\n".repeat(200)).is_err());
        assert!(read(&[b'2'; MOST_BYTES + 1]).is_err());
    }

    #[test]
    fn no_answer_can_play_with_the_terminal() {
        let reply = read(b"250 \x1b[2Jok\r\n").unwrap().unwrap().0;
        assert_eq!(reply.to_string(), "250 [2Jok");
    }
}
