//! A text as data: the key of a message and its values, which every language says in its own way.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentValue};
use serde::{Deserialize, Serialize};

use super::language::Language;
use super::sentence::Sentence;
use super::visible::on_one_line;

/// What is said, in no language yet. As JSON: a string, a number, or an object of what the variant holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// A message of the language files, with its variables. Made by `say!`.
    Message {
        /// Its key.
        key: Cow<'static, str>,
        /// The variables by their names.
        #[serde(default, skip_serializing_if = "Vec::is_empty", with = "values")]
        values: Vec<(Cow<'static, str>, Text)>,
    },
    /// What stands in a record or is the same in every language: a name, a number of a case, a date.
    Plain(String),
    /// A number: it picks the plural.
    Number(i64),
    /// What the configuration names in two languages.
    Named(Sentence),
    /// What was said before, and is said once more.
    Kept(Box<Kept>),
    /// Several, with a message between them.
    List {
        /// The parts.
        items: Vec<Text>,
        /// Key of what stands between two of them.
        between: Cow<'static, str>,
    },
}

/// A text as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Kept {
    /// Its words as they were said.
    pub words: Sentence,
    /// What it says; `None`: it is older than that, a person's own words, or too long.
    pub text: Option<Text>,
}

impl Kept {
    /// The text in a language: in Chinese as it was said, else by this program's messages; where these have it no more, as it
    /// was said in English.
    pub fn words(&self, language: Language) -> Cow<'_, str> {
        let anew = self.text.as_ref().filter(|_| language != Language::Chinese);
        anew.and_then(|text| text.whole(language))
            .map_or_else(|| self.words.words(language).into(), Cow::Owned)
    }
}

impl Text {
    /// Several texts, with a message between them.
    pub fn list(items: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        Self::List { items: items.into_iter().collect(), between: between.into() }
    }

    /// The text in a language.
    pub fn words(&self, language: Language) -> String {
        self.rendered(language, &mut true)
    }

    /// The text in a language that has all its messages, with what it names: `None` of what another version of the program said.
    pub fn whole(&self, language: Language) -> Option<String> {
        let mut whole = true;
        let words = self.rendered(language, &mut whole);
        whole.then_some(words)
    }

    fn rendered(&self, language: Language, whole: &mut bool) -> String {
        let message = |key: &str, values: &FluentArgs<'_>, whole: &mut bool| {
            let (words, all) = language.message(key, values);
            *whole &= all;
            words
        };
        match self {
            Self::Message { key, values } => {
                let mut arguments = FluentArgs::with_capacity(values.len());
                for (name, value) in values {
                    arguments.set(name.as_ref(), value.argument(language, whole));
                }
                message(key, &arguments, whole)
            }
            Self::Plain(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Named(names) => names.words(language).to_owned(),
            Self::Kept(kept) => kept.words(language).into_owned(),
            Self::List { items, between } => {
                let item = |item: &Self| match item {
                    Self::Plain(text) => on_one_line(text).into_owned(),
                    other => other.rendered(language, whole),
                };
                let items: Vec<String> = items.iter().map(item).collect();
                items.join(&message(between, &FluentArgs::new(), whole))
            }
        }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Plain(text) => text.is_empty(),
            Self::Named(names) => names.zh.is_empty() && names.en.is_empty(),
            _ => false,
        }
    }

    /// The text in both languages, as the ledger keeps it.
    pub fn sentence(&self) -> Sentence {
        Sentence { zh: self.words(Language::Chinese), en: self.words(Language::English) }
    }

    fn argument(&self, language: Language, whole: &mut bool) -> FluentValue<'_> {
        match self {
            Self::Number(number) => FluentValue::from(*number),
            Self::Plain(text) => FluentValue::from(on_one_line(text)),
            other => FluentValue::from(other.rendered(language, whole)),
        }
    }
}

/// Nothing is said.
impl Default for Text {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

/// Variables as one object of JSON, in their order.
mod values {
    use std::borrow::Cow;
    use std::fmt;

    use serde::de::{Deserializer, MapAccess, Visitor};
    use serde::ser::Serializer;

    use super::Text;

    type Values = Vec<(Cow<'static, str>, Text)>;

    pub(super) fn serialize<S: Serializer>(values: &Values, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(values.iter().map(|(name, value)| (name, value)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Values, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Values;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the variables of a message")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Values, M::Error> {
                let mut values = Values::new();
                while let Some((name, value)) = map.next_entry::<String, Text>()? {
                    values.push((name.into(), value));
                }
                Ok(values)
            }
        }

        from.deserialize_map(InOrder)
    }
}

/// Words that are nobody's message.
impl From<Sentence> for Kept {
    fn from(words: Sentence) -> Self {
        Self { words, text: None }
    }
}

/// What is kept by its words alone is as good as a name.
impl From<Kept> for Text {
    fn from(kept: Kept) -> Self {
        if kept.text.is_some() { Self::Kept(Box::new(kept)) } else { Self::Named(kept.words) }
    }
}

impl From<Sentence> for Text {
    fn from(names: Sentence) -> Self {
        Self::Named(names)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::Plain(text.clone())
    }
}

impl From<chrono::NaiveDate> for Text {
    fn from(day: chrono::NaiveDate) -> Self {
        Self::Plain(day.to_string())
    }
}

impl From<&chrono::NaiveDate> for Text {
    fn from(day: &chrono::NaiveDate) -> Self {
        Self::from(*day)
    }
}

macro_rules! numbers {
    ($($type:ty)+) => {$(
        impl From<$type> for Text {
            fn from(number: $type) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )+};
}
numbers!(u8 u16 u32 u64 usize i32 i64);

impl From<Text> for Sentence {
    fn from(text: Text) -> Self {
        text.sentence()
    }
}

/// A message by its key, with its variables: `say!("refiled-again", withdrawn, due = due.date())`.
macro_rules! say {
    (@value $name:ident) => { $crate::domain::text::Text::from($name) };
    (@value $name:ident $value:expr) => { $crate::domain::text::Text::from($value) };
    ($key:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::domain::text::Text::Message {
            key: std::borrow::Cow::Borrowed($key),
            values: vec![$((
                std::borrow::Cow::Borrowed(stringify!($name)),
                $crate::domain::text::say!(@value $name $($value)?),
            )),*],
        }
    };
}
pub(crate) use say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_said_in_each_language_with_its_plural() {
        let text = |count: u32| say!("alert-cases", count);
        assert_eq!(text(1).words(Language::English), "1 case");
        assert_eq!(text(2).words(Language::English), "2 cases");
        assert_eq!(text(2).words(Language::Chinese), "2 件");
        let list = Text::list([text(1), Text::from("甲")], "list-comma");
        assert_eq!(list.words(Language::English), "1 case, 甲");
        assert_eq!(list.words(Language::Chinese), "1 件、甲");
    }

    /// What is kept of a text is read back as it was, in the order of its variables, and what an earlier version kept is read too.
    #[test]
    fn a_text_is_kept_as_json() {
        let names = Sentence { zh: "甲".into(), en: "A".into() };
        let text =
            say!("alert-cases", count = 2, name = names, list = Text::list([Text::from("x")], "list-comma"));
        let kept = serde_json::to_string(&text).unwrap();
        assert_eq!(
            kept,
            r#"{"key":"alert-cases","values":{"count":2,"name":{"zh":"甲","en":"A"},"list":{"items":["x"],"between":"list-comma"}}}"#
        );
        assert_eq!(serde_json::from_str::<Text>(&kept).unwrap(), text);
        assert_eq!(serde_json::to_string(&say!("list-comma")).unwrap(), r#"{"key":"list-comma"}"#);
        assert_eq!(serde_json::from_str::<Text>(r#"{"key":"list-comma"}"#).unwrap(), say!("list-comma"));
        assert_eq!(serde_json::from_str::<Text>(r#""""#).unwrap(), Text::default());
    }

    /// What stands in a record is never read as a message, whatever it says, and writes no line of its own.
    #[test]
    fn values_are_taken_as_they_are_on_one_line() {
        let hostile = "{ $count } { alert-cases } *[other]\u{2068}\nx";
        let said = "{ $count } { alert-cases } *[other]� x：";
        assert_eq!(say!("alert-greeting", name = hostile).words(Language::Chinese), said);
    }
}
