//! What is wrong with a cell, and whose fault that is.

use super::value::{NoText, quoted, shown};
use crate::domain::text::{Language, Text, say};

/// What is wrong with a cell. Whose fault that is stands in a value of its own: the sentence quotes what an office types.
pub(super) struct Wrong {
    /// In a sentence for the operator.
    pub reason: Text,
    /// The code, as it may be shown, if all that is wrong is that the mapping does not know it.
    pub unmapped: Option<String>,
}

impl From<Text> for Wrong {
    fn from(reason: Text) -> Self {
        Self { reason, unmapped: None }
    }
}

impl From<NoText> for Wrong {
    fn from(why: NoText) -> Self {
        Text::from(why).into()
    }
}

impl Wrong {
    /// A code that the mapping does not know.
    pub fn unknown_code(code: &str) -> Self {
        Self::unmapped(code, say!("cell-unknown_code", code = quoted(code)))
    }

    /// The same of how a matter was decided.
    pub fn unknown_outcome(code: &str) -> Self {
        Self::unmapped(code, say!("cell-unknown_outcome", code = quoted(code)))
    }

    fn unmapped(code: &str, reason: Text) -> Self {
        let bare = shown(code).unwrap_or_else(|| quoted(code).words(Language::English));
        Self { unmapped: Some(bare), reason }
    }
}
