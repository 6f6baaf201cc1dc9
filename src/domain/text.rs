//! Words: those of values in files, database and on screen, and sentences in both languages.

pub use fault::Fault;
pub use language::{Language, Phrases};
pub(crate) use message::say;
pub use message::{Kept, Text};
pub use nearest::{distance, nearest};
impl Text {
    /// Whether it is a message of a key, or has one within it.
    pub fn says(&self, key: &str) -> bool {
        match self {
            Self::Message { key: own, values } => own == key || values.iter().any(|(_, it)| it.says(key)),
            Self::List { items, .. } => items.iter().any(|item| item.says(key)),
            Self::Kept(kept) => kept.text.as_ref().is_some_and(|text| text.says(key)),
            Self::Plain(_) | Self::Number(_) | Self::Named(_) => false,
        }
    }
}

#[cfg(test)]
pub(crate) use pseudo::accented;
pub use sentence::Sentence;

/// A number, a share in a hundred, or both, of which the larger counts: `5`, `5%`, `5 or 5%`.
pub(super) fn number_or_share(text: &str) -> Option<(u32, u32)> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let share = |text: &str| number(text.trim().strip_suffix('%')?).filter(|share| *share <= 100);
    let both = |(count, percent): (&str, &str)| number(count).zip(share(percent));
    let read = number(text).map(|count| (count, 0)).or_else(|| share(text).map(|percent| (0, percent)));
    read.or_else(|| text.split_once(" or ").and_then(both))
}

/// That a text is none of some words, each with its word in Chinese.
pub(crate) fn no_word(text: &str, words: impl Iterator<Item = (&'static str, &'static str)>) -> Fault {
    let known = Text::list(words.map(|(word, zh)| say!("wrong-word", word, zh)), "list-comma");
    Fault(say!("wrong-no_word", text, known))
}

/// Gives an enum its words: in files and database, and on screen.
macro_rules! words {
    ($type:ident { $($(#[cfg($when:meta)])? $variant:ident = $word:literal, $zh:literal;)+ }) => {
        impl $type {
            /// Every value with its word in files and database and its word on screen.
            pub const ALL: &'static [($type, &'static str, &'static str)] =
                &[$($(#[cfg($when)])? ($type::$variant, $word, $zh)),+];

            /// The word in files and database.
            pub fn word(self) -> &'static str {
                match self { $($(#[cfg($when)])? $type::$variant => $word),+ }
            }

            /// The word people read.
            #[allow(dead_code, reason = "not every enum is read on screen")]
            pub fn zh(self) -> &'static str {
                match self { $($(#[cfg($when)])? $type::$variant => $zh),+ }
            }

            /// The word people read, in their language.
            #[allow(dead_code, reason = "not every enum is read on screen")]
            pub fn text(self) -> $crate::domain::text::Text {
                $crate::domain::text::Text::Named($crate::domain::text::Sentence {
                    zh: self.zh().to_owned(),
                    en: self.word().to_owned(),
                })
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::domain::text::Fault;

            /// Takes the English word or the Chinese one.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().find(|(_, word, zh)| *word == text || *zh == text).map(|(it, ..)| *it)
                    .ok_or_else(|| $crate::domain::text::no_word(text, Self::ALL.iter().map(|(_, word, zh)| (*word, *zh))))
            }
        }

        $crate::domain::text::as_text!($type);
    };
}
pub(crate) use words;

// After the macros that they use.
mod fault;
mod kept;
mod language;
mod message;
mod nearest;
#[cfg(test)]
mod pseudo;
mod replaced;
mod sentence;
pub mod visible;

/// Keeps a value as the text that `Display` writes and `FromStr` reads.
macro_rules! as_text {
    ($($type:ty),+) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
pub(crate) use as_text;
