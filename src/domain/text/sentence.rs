//! A sentence or a name in both languages.

use serde::{Deserialize, Serialize};

use super::language::Language;

/// A sentence or a name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sentence {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Sentence {
    /// The sentence in one language; in one that it does not have in English.
    pub fn words(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            _ => &self.en,
        }
    }
}
