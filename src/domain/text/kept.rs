//! A text as it is kept: its words as they were said, and what it says as data, so that every language can say it later.

use std::borrow::Cow;

use super::language::Language;
use super::message::Text;
use super::sentence::Sentence;

/// Longest form as data that is kept, in bytes: what a hostile record makes longer is kept by its words alone.
const LONGEST: usize = 8 * 1024;

/// A text as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Its words as they were said.
    words: Sentence,
    /// What it says; `None`: it is older than that, a person's own words, or too long.
    text: Option<Text>,
}

impl Kept {
    /// Takes what stands in the ledger. Data that cannot be read is as good as none.
    pub fn new(words: Sentence, data: Option<&str>) -> Self {
        Self { words, text: data.and_then(|data| serde_json::from_str(data).ok()) }
    }

    /// The text in a language: in Chinese as it was said, else by this program's messages; where these have it no more, as it
    /// was said in English.
    pub fn words(&self, language: Language) -> Cow<'_, str> {
        let anew = self.text.as_ref().filter(|_| language != Language::Chinese);
        anew.and_then(|text| text.whole(language))
            .map_or_else(|| self.words.words(language).into(), Cow::Owned)
    }

    /// Whether it is a message, or began with these words when that was not kept.
    pub fn is(&self, key: &str, beginning: &str) -> bool {
        match &self.text {
            Some(Text::Message { key: said, .. }) => said == key,
            Some(_) => false,
            None => self.words.zh.starts_with(beginning),
        }
    }
}

/// Words that are nobody's message.
impl From<Sentence> for Kept {
    fn from(words: Sentence) -> Self {
        Self { words, text: None }
    }
}

impl Text {
    /// What is kept of it as data; `None`: it is too long.
    pub fn data(&self) -> Option<String> {
        serde_json::to_string(self).ok().filter(|data| data.len() <= LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::say;

    fn old() -> Sentence {
        Sentence { zh: "2件办件".into(), en: "two cases".into() }
    }

    fn kept(data: &str) -> Kept {
        Kept::new(old(), Some(data))
    }

    /// Issue 12.2: an old finding can be said in every language; what was told in Chinese stays as it was told.
    #[test]
    fn what_is_kept_is_said_in_every_language() {
        let kept = kept(&say!("alert-cases", count = 2).data().unwrap());
        assert_eq!(kept.words(Language::Chinese), "2件办件");
        assert_eq!(kept.words(Language::English), "2 cases");
        assert_eq!(kept.words(Language::Pseudo), "2 cásés");
    }

    /// A key that a later program has no more, a variable that it calls otherwise, one deep inside: the words stand.
    #[test]
    fn what_this_program_does_not_know_is_said_as_it_was() {
        for data in [
            r#"{"key":"alert-gone","values":{"count":2}}"#,
            r#"{"key":"alert-cases","values":{"number":2}}"#,
            r#"{"key":"alert-greeting","values":{"name":{"key":"alert-gone"}}}"#,
            r#"{"items":[{"key":"alert-gone"}],"between":"list-comma"}"#,
            r#"{"items":["x"],"between":"list-gone"}"#,
            r#"{"key":"alert-cases","values":"#,
            r#"{"later":"form"}"#,
        ] {
            for language in [Language::English, Language::Pseudo] {
                assert_eq!(kept(data).words(language), "two cases", "{data}");
            }
        }
        assert_eq!(Kept::from(old()).words(Language::English), "two cases", "a ledger of before");
    }

    /// What a record may write into a text has a bound: a byte more, and its words alone are kept.
    #[test]
    fn what_is_too_long_is_kept_by_its_words() {
        let text = |length: usize| Text::from("x".repeat(length));
        assert_eq!(text(LONGEST - 2).data().map(|data| data.len()), Some(LONGEST));
        assert_eq!(text(LONGEST - 1).data(), None);
    }

    #[test]
    fn a_message_is_known_by_its_key_and_an_older_one_by_its_words() {
        let data = say!("alert-cases", count = 2).data().unwrap();
        assert!(kept(&data).is("alert-cases", "别的") && !kept(&data).is("alert-case", "2件"));
        assert!(Kept::from(old()).is("alert-case", "2件") && !Kept::from(old()).is("alert-cases", "3件"));
        assert!(!kept(r#""2件""#).is("alert-cases", "2件"));
    }
}
