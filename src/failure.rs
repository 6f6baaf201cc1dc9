//! What ends the program: a sentence, its causes, what to try, and an exit code.

use std::error::Error;
use std::fmt::Write;

/// Exit codes, as documented in docs/operations.md and `jianchad help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitCode {
    /// The action was done in part: a row of a batch was bad, a letter was refused.
    Partly = 1,
    /// The command line was wrong (also what clap exits with).
    Usage = 2,
    /// What was asked for is not there: an unknown case, no ledger yet.
    NotFound = 66,
    /// Something of ours failed: a bug, or a ledger that cannot be read back.
    Software = 70,
    /// The world failed: disk, database, network.
    Unavailable = 74,
    /// Whoever asks may not do it: a file that he may not read, a group that he is not in.
    NotAllowed = 77,
    /// The configuration is wrong; trying again will not mend it.
    Config = 78,
}

/// What ends the program.
#[derive(Debug)]
pub struct Failure {
    /// The reader of our output went away (`| head`): nothing to report.
    closed_pipe: bool,
    sentence: String,
    causes: Vec<String>,
    remedy: Option<String>,
    code: ExitCode,
}

impl Failure {
    /// A failure in one sentence.
    pub fn new(code: ExitCode, sentence: impl Into<String>) -> Self {
        Self { closed_pipe: false, sentence: sentence.into(), causes: Vec::new(), remedy: None, code }
    }

    /// A failure with the whole chain of causes behind an error.
    pub fn caused(code: ExitCode, error: &dyn Error) -> Self {
        let mut causes = Vec::new();
        let mut deeper = error.source();
        while let Some(cause) = deeper {
            causes.push(cause.to_string());
            deeper = cause.source();
        }
        Self { causes, ..Self::new(code, error.to_string()) }
    }

    /// Adds a cause.
    #[must_use]
    pub fn because(mut self, cause: impl Into<String>) -> Self {
        self.causes.push(cause.into());
        self
    }

    /// Adds what the operator can try.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// The failure as the operator reads it: sentence, causes, remedy.
    pub fn for_operator(&self) -> String {
        let mut text = format!("jianchad: {}\n", self.sentence);
        for cause in &self.causes {
            writeln!(text, "  because {cause}").expect("a string can be written to");
        }
        if let Some(remedy) = &self.remedy {
            writeln!(text, "  try: {remedy}").expect("a string can be written to");
        }
        text
    }

    /// The same on one line, for a status.
    pub fn in_one_line(&self) -> String {
        let mut line = self.sentence.lines().next().unwrap_or_default().to_owned();
        for cause in &self.causes {
            write!(line, ": {cause}").expect("a string can be written to");
        }
        if let Some(remedy) = &self.remedy {
            write!(line, "; try: {remedy}").expect("a string can be written to");
        }
        line
    }

    /// Whether it may go away by itself: disk, database or network.
    pub fn may_mend_itself(&self) -> bool {
        self.code == ExitCode::Unavailable
    }

    /// Whether only the reader of our output went away.
    pub fn is_closed_pipe(&self) -> bool {
        self.closed_pipe
    }

    /// The exit code.
    pub fn exit_code(&self) -> u8 {
        self.code as u8
    }
}

impl From<crate::edge::ledger::LedgerError> for Failure {
    fn from(error: crate::edge::ledger::LedgerError) -> Self {
        use crate::edge::ledger::LedgerError::{Forbidden, Garbled, Missing};
        let code = match error {
            Garbled { .. } => ExitCode::Software,
            Missing { .. } => ExitCode::NotFound,
            Forbidden { .. } => ExitCode::NotAllowed,
            _ => ExitCode::Unavailable,
        };
        Self::caused(code, &error).with_remedy(error.remedy())
    }
}

impl From<crate::edge::notify::NotifyError> for Failure {
    fn from(error: crate::edge::notify::NotifyError) -> Self {
        Self::caused(ExitCode::Config, &error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        let closed_pipe = error.kind() == std::io::ErrorKind::BrokenPipe;
        Self { closed_pipe, ..Self::caused(ExitCode::Unavailable, &error) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operator_reads_sentence_causes_and_remedy() {
        let failure = Failure::new(ExitCode::Config, "cannot do it").with_remedy("do it otherwise");
        assert_eq!(failure.for_operator(), "jianchad: cannot do it\n  try: do it otherwise\n");
        assert_eq!(failure.exit_code(), 78);
    }
}
