//! What is wrong with a cell, and whose fault that is.

use super::value::quoted;

/// How the reason ends of a row whose code stands in no mapping.
pub(super) const UNKNOWN_CODE: &str = "is an unknown code: add it to `codes`";
/// The same of how a matter was decided.
pub(super) const UNKNOWN_OUTCOME: &str = "is an unknown outcome: add it to `outcomes`";

/// What is wrong with a cell. Whose fault that is stands in a value of its own: the sentence quotes what an office types.
pub(super) struct Wrong {
    /// In a sentence for the operator.
    pub reason: String,
    /// The code, as it may be shown, if all that is wrong is that the mapping does not know it.
    pub unmapped: Option<String>,
}

impl From<String> for Wrong {
    fn from(reason: String) -> Self {
        Self { reason, unmapped: None }
    }
}

impl From<&str> for Wrong {
    fn from(reason: &str) -> Self {
        reason.to_owned().into()
    }
}

impl Wrong {
    /// A code that the mapping does not know.
    pub fn unmapped(code: &str, what: &str) -> Self {
        let shown = quoted(code);
        let bare = shown.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')).unwrap_or(&shown);
        Self { unmapped: Some(bare.to_owned()), reason: format!("{shown} {what}") }
    }
}
