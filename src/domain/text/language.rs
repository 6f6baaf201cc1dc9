//! The languages, each a file of messages in the form of Project Fluent: one file in `lang/` and one line here.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

/// Gives the languages their values, words and messages.
macro_rules! languages {
    ($($(#[cfg($when:meta)])? $variant:ident = $code:literal, $zh:literal, $messages:expr;)+) => {
        /// Language of letters and of what is shown.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Language {
            $($(#[cfg($when)])? #[doc = $zh] $variant,)+
        }

        words!(Language { $($(#[cfg($when)])? $variant = $code, $zh;)+ });

        impl Language {
            fn catalog(self) -> &'static Catalog {
                match self {
                    $($(#[cfg($when)])? Self::$variant => {
                        static CATALOG: LazyLock<Catalog> =
                            LazyLock::new(|| Catalog::of(Language::$variant, $messages));
                        &CATALOG
                    })+
                }
            }
        }
    };
}

// Code, Chinese word, messages. What the configuration names in Chinese and English alone is said in English by any other language.
languages! {
    Chinese = "zh-CN", "中文", include_str!("../../../lang/zh-CN.ftl");
    English = "en", "英文", include_str!("../../../lang/en.ftl");
    #[cfg(test)] Pseudo = "en-XA", "伪文", &super::pseudo::messages();
}

/// Letters are in Chinese where nothing else is said.
impl Default for Language {
    fn default() -> Self {
        Self::Chinese
    }
}

/// Messages, their variables open, by the part of their key before the first hyphen and by what follows it: `t.alert.case` of a
/// page.
pub type Phrases = BTreeMap<String, BTreeMap<String, String>>;

/// What a language says.
struct Catalog {
    bundle: FluentBundle<Arc<FluentResource>>,
    messages: Arc<FluentResource>,
    /// Made when the first page is written: they are every message once more.
    phrases: OnceLock<Phrases>,
}

impl Language {
    /// A message with its variables filled in, and whether it is whole: the language has it, and was given all that it names. One
    /// that it does not have gives its key: a test finds it.
    pub(super) fn message(self, key: &str, values: &FluentArgs<'_>) -> (String, bool) {
        let bundle = &self.catalog().bundle;
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return (key.to_owned(), false);
        };
        let mut faults = Vec::new();
        let words = bundle.format_pattern(pattern, Some(values), &mut faults).into_owned();
        (words, faults.is_empty())
    }

    /// Whether the language has a message.
    pub fn has(self, key: &str) -> bool {
        self.catalog().bundle.has_message(key)
    }

    /// Whether what it says in letters and on screen holds words, of which one piece between variables is asked after the other. The
    /// help of commands is in no letter.
    pub fn says(self, holds: &dyn Fn(&str) -> bool) -> bool {
        self.catalog().messages.entries().any(|entry| match entry {
            Entry::Message(message) if !message.id.name.starts_with("help") => {
                message.value.as_ref().is_some_and(|pattern| pieces(pattern, holds))
            }
            _ => false,
        })
    }

    /// What pages name directly.
    pub fn phrases(self) -> &'static Phrases {
        let catalog = self.catalog();
        catalog.phrases.get_or_init(|| catalog.phrases())
    }
}

impl Catalog {
    fn of(language: Language, text: &str) -> Self {
        let messages = FluentResource::try_new(text.to_owned());
        let messages = Arc::new(messages.expect("the shipped messages are read by a test"));
        let locale = language.word().parse().expect("the word of a language is its code");
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        bundle.add_resource(Arc::clone(&messages)).expect("no message is there twice, by a test");
        Self { bundle, messages, phrases: OnceLock::new() }
    }

    fn phrases(&self) -> Phrases {
        let mut phrases = Phrases::new();
        for entry in self.messages.entries() {
            let Entry::Message(message) = entry else { continue };
            if let Some((pattern, (part, name))) = message.value.as_ref().zip(message.id.name.split_once('-'))
            {
                let text = self.bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned();
                phrases.entry(part.to_owned()).or_default().insert(name.to_owned(), text);
            }
        }
        phrases
    }
}

fn pieces(pattern: &Pattern<&str>, holds: &dyn Fn(&str) -> bool) -> bool {
    pattern.elements.iter().any(|element| match element {
        PatternElement::TextElement { value } => holds(value),
        PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
            variants.iter().any(|variant| pieces(&variant.value, holds))
        }
        PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::StringLiteral { value }),
        } => holds(value),
        PatternElement::Placeable { .. } => false,
    })
}
