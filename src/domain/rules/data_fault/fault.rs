//! What is wrong with a record.

use crate::domain::text::Sentence;

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What, in words.
    pub why: Sentence,
    /// It is the mapping that does not know a code.
    pub of_mapping: bool,
    /// The part of the Chinese sentence that stays the same as long as it is the same fault.
    pub known_by: String,
}

pub(super) fn say(zh: String, en: String) -> Fault {
    Fault { known_by: zh.clone(), why: Sentence { zh, en }, of_mapping: false }
}
