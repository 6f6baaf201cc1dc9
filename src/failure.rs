//! What ends the program: a sentence, its causes, what to try, and an exit code.

use crate::domain::text::{Language, Text, say};
use crate::edge::operator;

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
    sentence: Text,
    /// Lines below the sentence.
    details: Option<String>,
    cause: Option<Box<Text>>,
    remedy: Option<Box<Text>>,
    code: ExitCode,
}

impl Failure {
    /// A failure in one sentence.
    pub fn new(code: ExitCode, sentence: impl Into<Text>) -> Self {
        let (closed_pipe, details, cause, remedy) = (false, None, None, None);
        Self { closed_pipe, sentence: sentence.into(), details, cause, remedy, code }
    }

    /// Adds why it happened, if that is known.
    #[must_use]
    pub fn because(self, cause: Option<Text>) -> Self {
        Self { cause: cause.map(Box::new), ..self }
    }

    /// Adds lines below the sentence.
    #[must_use]
    pub fn with_details(self, details: String) -> Self {
        Self { details: Some(details), ..self }
    }

    /// Adds what the operator can try.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<Text>) -> Self {
        self.remedy = Some(Box::new(remedy.into()));
        self
    }

    /// The failure as the operator reads it: sentence, cause, remedy.
    pub fn for_operator(&self, language: Language) -> String {
        let mut text = say!("failure-head").words(language) + &self.sentence.words(language) + "\n";
        if let Some(details) = &self.details {
            text.extend(["\n", details, "\n"]);
        }
        let below = [(say!("failure-because"), &self.cause), (say!("failure-try"), &self.remedy)];
        for (label, said) in below.iter().filter_map(|(label, said)| Some((label, said.as_ref()?))) {
            text.extend(["  ", &label.words(language), &said.words(language), "\n"]);
        }
        text
    }

    /// The failure in the language of whoever runs the program.
    pub fn for_whoever_runs_it(&self) -> String {
        self.for_operator(operator::language())
    }

    /// The same on one line, for a status.
    pub fn in_one_line(&self, language: Language) -> String {
        let mut line = self.sentence.words(language).lines().next().unwrap_or_default().to_owned();
        let behind = [(say!("failure-line_because"), &self.cause), (say!("failure-line_try"), &self.remedy)];
        for (label, said) in behind.iter().filter_map(|(label, said)| Some((label, said.as_ref()?))) {
            line.extend([label.words(language), said.words(language)]);
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
        Self::new(code, error.said()).because(error.cause()).with_remedy(error.remedy())
    }
}

impl From<crate::edge::notify::NotifyError> for Failure {
    fn from(error: crate::edge::notify::NotifyError) -> Self {
        Self::new(ExitCode::Config, error.said()).because(error.cause())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        let closed_pipe = error.kind() == std::io::ErrorKind::BrokenPipe;
        Self { closed_pipe, ..Self::new(ExitCode::Unavailable, operator::why(&error)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operator_reads_sentence_causes_and_remedy() {
        let failure = Failure::new(ExitCode::Config, "cannot do it").with_remedy("do it otherwise");
        let english = failure.for_operator(Language::English);
        assert_eq!(english, "jianchad: cannot do it\n  try: do it otherwise\n");
        assert_eq!(failure.in_one_line(Language::English), "cannot do it; try: do it otherwise");
        let chinese = failure.for_operator(Language::Chinese);
        assert_eq!(chinese, "jianchad：cannot do it\n  处理办法：do it otherwise\n");
        assert_eq!(failure.exit_code(), 78);
    }
}
