//! What is wrong with a cell, and whose fault that is.

use super::value::{NoText, quoted, shown};
use crate::domain::text::Sentence;

/// How the reason ends of a row whose code stands in no mapping, in Chinese and English.
pub(super) const UNKNOWN_CODE: [&str; 2] =
    ["是未知代码：请补入 `codes`", "is an unknown code: add it to `codes`"];
/// The same of how a matter was decided.
pub(super) const UNKNOWN_OUTCOME: [&str; 2] =
    ["是未知的办理结果：请补入 `outcomes`", "is an unknown outcome: add it to `outcomes`"];

/// What is wrong with a cell. Whose fault that is stands in a value of its own: the sentence quotes what an office types.
pub(super) struct Wrong {
    /// In a sentence for the operator.
    pub reason: Sentence,
    /// The code, as it may be shown, if all that is wrong is that the mapping does not know it.
    pub unmapped: Option<String>,
}

impl From<Sentence> for Wrong {
    fn from(reason: Sentence) -> Self {
        Self { reason, unmapped: None }
    }
}

impl From<NoText> for Wrong {
    fn from(why: NoText) -> Self {
        Sentence::from(why).into()
    }
}

impl Wrong {
    /// A sentence in Chinese and English.
    pub fn say(zh: &str, en: &str) -> Self {
        Sentence { zh: zh.to_owned(), en: en.to_owned() }.into()
    }

    /// A code that the mapping does not know.
    pub fn unmapped(code: &str, [zh, en]: [&str; 2]) -> Self {
        let Sentence { zh: code_zh, en: code_en } = quoted(code);
        let bare = shown(code).unwrap_or_else(|| code_en.clone());
        let reason = Sentence { zh: format!("{code_zh}{zh}"), en: format!("{code_en} {en}") };
        Self { unmapped: Some(bare), reason }
    }
}
