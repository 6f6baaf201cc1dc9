//! Why a program gives no rows, in the operator's words, and what to try.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::row::Wrong;
use crate::domain::text::visible::on_one_line;
use crate::domain::text::{Language, Text, say};
use crate::edge::operator;

/// Longest stretch of a program's own words that is shown, in characters.
const SAID: usize = 300;
/// Lines of it that are shown, the last ones.
const LINES: usize = 3;

/// Why a program cannot be read.
#[derive(Debug)]
pub struct ProgramError {
    /// Its file.
    pub path: PathBuf,
    /// What is wrong.
    pub fault: Fault,
    /// What it wrote to standard error, as far as it is shown.
    pub said: String,
}

/// What is wrong.
#[derive(Debug)]
pub enum Fault {
    /// Somebody else could change it, or it is no program.
    Untrusted(io::Error),
    /// It cannot be started.
    Start(io::Error),
    /// The folder in which it is to start cannot be entered.
    Folder(PathBuf, io::Error),
    /// A secret cannot be read.
    Credential(PathBuf, io::Error),
    /// What it is to be told does not fit.
    Request,
    /// It ended with this code.
    Code(i32),
    /// A signal ended it.
    Signal(i32),
    /// It computed for longer than so many seconds.
    Processor(u64),
    /// It ended without saying how many rows a read has.
    Unfinished(String),
    /// It said that it gave so many rows, and gave so many.
    Count(String, u64, u64),
    /// A line that is none of the protocol, by its number.
    Line(u64, Wrong),
    /// A line is longer than it may be.
    LongLine(u64),
    /// A row came before it was said of which read.
    NoRead(u64),
    /// Something comes behind the last row.
    After(u64),
    /// It ended, and others of its processes keep its output open.
    LeftBehind,
    /// It gave all its rows, and does not end.
    Lingers,
    /// The reading was ended from our side.
    Ended,
    /// Its output cannot be read.
    Broken(io::Error),
}

impl ProgramError {
    /// What is wrong, with what it wrote to standard error: the end of that, each line on one with the others.
    pub(super) fn new(path: PathBuf, fault: Fault, said: &[u8]) -> Self {
        let said = String::from_utf8_lossy(said);
        let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let said = lines[lines.len().saturating_sub(LINES)..].join(" ");
        let mut said = on_one_line(&said).into_owned();
        if let Some((end, _)) = said.char_indices().nth(SAID) {
            said.truncate(end);
            said.push('…');
        }
        Self { path, fault, said }
    }

    /// Whether it took more time than it may.
    pub fn is_of_limits(&self) -> bool {
        matches!(self.fault, Fault::Processor(_) | Fault::Lingers)
    }

    /// Whether it says more than that the time was up.
    pub fn knows_why(&self) -> bool {
        !matches!(self.fault, Fault::Ended)
    }

    /// What is wrong, with its own words behind it.
    pub fn text(&self) -> Text {
        let what = self.sentence();
        if self.said.is_empty() { what } else { say!("program-said", what, said = &self.said) }
    }

    fn sentence(&self) -> Text {
        let path = self.path.display().to_string();
        match &self.fault {
            Fault::Untrusted(why) => say!("program-untrusted", path, why = operator::why(why)),
            Fault::Start(why) => say!("program-start", path, why = operator::why(why)),
            Fault::Folder(folder, why) => {
                say!("program-folder", path, folder = folder.display().to_string(), why = operator::why(why))
            }
            Fault::Credential(file, why) => {
                say!("program-credential", path, file = file.display().to_string(), why = operator::why(why))
            }
            Fault::Request => say!("program-request", path),
            Fault::Code(code) => say!("program-code", path, code = code.to_string()),
            Fault::Signal(signal) => say!("program-signal", path, signal = signal.to_string()),
            Fault::Processor(seconds) => say!("program-processor", path, seconds = *seconds),
            Fault::Unfinished(read) => say!("program-unfinished", path, read),
            Fault::Count(read, told, counted) => {
                say!("program-count", path, read, told = told.to_string(), counted = counted.to_string())
            }
            Fault::Line(line, wrong) => {
                say!("program-line", path, line = line.to_string(), what = wrong.text())
            }
            Fault::LongLine(line) => say!("program-long_line", path, line = line.to_string()),
            Fault::NoRead(line) => say!("program-no_read", path, line = line.to_string()),
            Fault::After(line) => say!("program-after", path, line = line.to_string()),
            Fault::LeftBehind => say!("program-left_behind", path),
            Fault::Lingers => say!("program-lingers", path),
            Fault::Ended => say!("program-ended", path),
            Fault::Broken(why) => say!("program-broken", path, why = operator::why(why)),
        }
    }

    /// What to try.
    pub fn cure(&self) -> Text {
        match &self.fault {
            Fault::Untrusted(_) => say!("program-untrusted_try"),
            Fault::Start(_) | Fault::Folder(..) => say!("program-start_try"),
            Fault::Credential(..) => say!("program-credential_try"),
            Fault::Request => say!("program-request_try"),
            Fault::Code(_) | Fault::Unfinished(_) | Fault::Broken(_) => say!("program-code_try"),
            Fault::Signal(_) => say!("program-signal_try"),
            Fault::Processor(_) => say!("program-processor_try"),
            Fault::Line(_, Wrong::Float(_)) => say!("program-float_try"),
            Fault::Line(_, Wrong::NoUtf8) => say!("program-encoding_try"),
            Fault::Line(_, Wrong::Missing(..)) => say!("program-missing_try"),
            Fault::Count(..) | Fault::Line(..) | Fault::LongLine(_) | Fault::NoRead(_) | Fault::After(_) => {
                say!("program-protocol_try")
            }
            Fault::LeftBehind | Fault::Lingers => say!("program-ends_try"),
            Fault::Ended => say!("fault_remedy-silent"),
        }
    }
}

impl fmt::Display for ProgramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().words(Language::English))
    }
}

impl std::error::Error for ProgramError {}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a program writes to standard error commands no terminal, ends no line and is short.
    #[test]
    fn its_own_words_are_tame() {
        let said = |bytes: &[u8]| ProgramError::new("/p".into(), Fault::LeftBehind, bytes).said;
        assert_eq!(said(b"one\n\n two \nthree\nfour\n"), "two three four");
        assert_eq!(said(b"\x1b[2J\xffx"), "\u{fffd}[2J\u{fffd}x");
        assert_eq!(said("错".repeat(301).as_bytes()), format!("{}…", "错".repeat(300)));
        assert_eq!(said("错".repeat(300).as_bytes()), "错".repeat(300));
        assert_eq!(said(b" \n"), "");
    }
}
