//! What came of an attempt to send a letter, as it is kept.

use crate::domain::text::{Language, Text};

/// What is kept of an attempt, or of an address. What another version of the program said is said in its words.
pub(in crate::edge::ledger) fn said(words: String, data: Option<&str>) -> Text {
    let text = data.and_then(|data| serde_json::from_str::<Text>(data).ok());
    text.filter(|text| text.whole(Language::Chinese).is_some()).unwrap_or_else(|| words.into())
}
