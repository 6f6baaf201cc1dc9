//! A sentence or a name in both languages.

use serde::{Deserialize, Serialize};

/// A sentence or a name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sentence {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Sentence {
    /// The sentence in one language.
    pub fn words(&self, chinese: bool) -> &str {
        if chinese { &self.zh } else { &self.en }
    }
}
