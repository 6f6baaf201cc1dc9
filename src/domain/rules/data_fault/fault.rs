//! What is wrong with a record.

use crate::domain::text::Sentence;

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What, in words.
    pub why: Sentence,
    /// It is the mapping that does not know a code.
    pub of_mapping: bool,
}

pub(super) fn say(zh: String, en: String) -> Fault {
    Fault { why: Sentence { zh, en }, of_mapping: false }
}
