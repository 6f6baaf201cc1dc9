//! How a text is kept: its words as they were said, and what it says as data, so that every language can say it later.

use std::borrow::Cow;

use super::message::{Kept, Text};
use super::sentence::Sentence;

/// Longest form as data that is kept, in bytes: what a hostile record makes longer is kept by its words alone.
const LONGEST: usize = 8 * 1024;

impl Kept {
    /// Takes what stands in the ledger. Data that cannot be read is as good as none.
    pub fn new(words: Sentence, data: Option<&str>) -> Self {
        Self { words, text: data.and_then(|data| serde_json::from_str(data).ok()) }
    }

    /// Whether it is a message, or began with these words when that was not kept.
    pub fn is(&self, key: &str, beginning: &str) -> bool {
        match &self.text {
            Some(Text::Message { key: said, .. }) => said == key,
            Some(_) => false,
            None => self.words.zh.starts_with(beginning),
        }
    }

    /// Whether a message is it or stands within it; `None`: its keys were not kept.
    pub fn holds(&self, key: &str) -> Option<bool> {
        self.text.as_ref().map(|text| text.holds(key))
    }
}

impl Text {
    fn holds(&self, key: &str) -> bool {
        match self {
            Self::Message { key: said, values } => said == key || values.iter().any(|(_, it)| it.holds(key)),
            Self::List { items, .. } => items.iter().any(|it| it.holds(key)),
            _ => false,
        }
    }

    /// What is kept of it as data; `None`: it is too long.
    pub fn data(&self) -> Option<String> {
        serde_json::to_string(self).ok().filter(|data| data.len() <= LONGEST)
    }

    /// The same text with another in the place of each message of a key.
    pub fn with(self, key: &str, other: &Self) -> Self {
        match self {
            Self::Message { key: said, .. } if said == key => other.clone(),
            Self::Message { key: said, values } => {
                let value = |(name, value): (Cow<'static, str>, Self)| (name, value.with(key, other));
                Self::Message { key: said, values: values.into_iter().map(value).collect() }
            }
            Self::List { items, between } => {
                Self::List { items: items.into_iter().map(|item| item.with(key, other)).collect(), between }
            }
            plain => plain,
        }
    }

    /// The same text with others in the place of what stands in a record.
    pub fn with_plain(self, other: &mut dyn FnMut(&str) -> Option<String>) -> Self {
        match self {
            Self::Plain(said) => Self::Plain(other(&said).unwrap_or(said)),
            Self::Message { key, values } => {
                let mut of = |(name, value): (Cow<'static, str>, Self)| (name, value.with_plain(other));
                Self::Message { key, values: values.into_iter().map(&mut of).collect() }
            }
            Self::List { items, between } => {
                Self::List { items: items.into_iter().map(|item| item.with_plain(other)).collect(), between }
            }
            Self::Kept(kept) => match kept.text {
                Some(text) => text.with_plain(other),
                None => {
                    let [zh, en] = [kept.words.zh, kept.words.en].map(|said| other(&said).unwrap_or(said));
                    Self::Kept(Box::new(Kept { words: Sentence { zh, en }, text: None }))
                }
            },
            named_or_number => named_or_number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::language::Language;
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

    /// A reason within a reason keeps its own words: they stand where the program knows its key no more.
    #[test]
    fn what_is_kept_within_a_text_has_its_words_too() {
        let within = |key: &str| {
            let inner = Kept::new(old(), Some(&format!(r#"{{"key":"{key}","values":{{"count":2}}}}"#)));
            let data = say!("alert-greeting", name = inner).data().unwrap();
            Kept::new(old(), Some(&data)).words(Language::English).into_owned()
        };
        assert!(within("alert-cases").contains("2 cases"), "{}", within("alert-cases"));
        assert!(within("alert-gone").contains("two cases"), "{}", within("alert-gone"));
    }

    #[test]
    fn what_is_for_nobody_is_taken_out_wherever_it_stands() {
        let cell = say!("cell-quoted", shown = "秘");
        let list = Text::list([say!("cell-unknown_code", code = cell), Text::from("x")], "list-comma");
        let shown = list.with("cell-quoted", &say!("data_fault-content")).words(Language::Chinese);
        assert!(shown.contains("所填内容") && !shown.contains('秘'), "{shown}");
    }

    #[test]
    fn a_message_is_known_by_its_key_and_an_older_one_by_its_words() {
        let data = say!("alert-cases", count = 2).data().unwrap();
        assert!(kept(&data).is("alert-cases", "别的") && !kept(&data).is("alert-case", "2件"));
        assert!(Kept::from(old()).is("alert-case", "2件") && !Kept::from(old()).is("alert-cases", "3件"));
        assert!(!kept(r#""2件""#).is("alert-cases", "2件"));
    }

    /// A name in one language is a name.
    #[test]
    fn nothing_is_said_where_no_language_says_anything() {
        let empty = |zh: &str, en: &str| Text::from(Sentence { zh: zh.into(), en: en.into() }).is_empty();
        assert_eq!(
            [empty("", ""), empty("甲", ""), empty("", "A"), empty("甲", "A")],
            [true, false, false, false]
        );
    }
}
