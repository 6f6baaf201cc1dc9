//! The languages, each a file of messages in the form of Project Fluent: one file in `lang/` and one line here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

/// Language of letters and of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// 简体中文.
    #[default]
    Chinese,
    /// English.
    English,
}

words!(Language { Chinese = "zh-CN", "中文"; English = "en", "英文"; });

/// Messages, their variables open, by the part of their key before the first hyphen and by what follows it: `t.alert.case` of a
/// page.
pub type Phrases = BTreeMap<String, BTreeMap<String, String>>;

/// What a language says.
struct Catalog {
    bundle: FluentBundle<FluentResource>,
    phrases: Phrases,
}

static CHINESE: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::of(Language::Chinese, include_str!("../../../lang/zh-CN.ftl")));
static ENGLISH: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::of(Language::English, include_str!("../../../lang/en.ftl")));

impl Language {
    /// Chinese or English.
    pub fn of(chinese: bool) -> Self {
        if chinese { Self::Chinese } else { Self::English }
    }

    fn catalog(self) -> &'static Catalog {
        match self {
            Self::Chinese => &CHINESE,
            Self::English => &ENGLISH,
        }
    }

    /// A message with its variables filled in. One that the language does not have gives its key: a test finds it.
    pub(super) fn message(self, key: &str, values: &FluentArgs<'_>) -> String {
        let bundle = &self.catalog().bundle;
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        bundle.format_pattern(pattern, Some(values), &mut Vec::new()).into_owned()
    }

    /// Whether the language has a message.
    pub fn has(self, key: &str) -> bool {
        self.catalog().bundle.has_message(key)
    }

    /// What pages name directly.
    pub fn phrases(self) -> &'static Phrases {
        &self.catalog().phrases
    }
}

impl Catalog {
    fn of(language: Language, text: &'static str) -> Self {
        let messages = FluentResource::try_new(text.to_owned());
        let messages = messages.expect("the shipped messages are read by a test");
        let keys: Vec<String> = messages.entries().filter_map(key).collect();
        let locale = language.word().parse().expect("the word of a language is its code");
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        bundle.add_resource(messages).expect("no message is there twice, by a test");
        let mut phrases = Phrases::new();
        for key in keys {
            let pattern = bundle.get_message(&key).and_then(|message| message.value());
            let text = pattern.map(|pattern| bundle.format_pattern(pattern, None, &mut Vec::new()));
            if let Some((text, (part, name))) = text.zip(key.split_once('-')) {
                let text = text.into_owned();
                phrases.entry(part.to_owned()).or_default().insert(name.to_owned(), text);
            }
        }
        Self { bundle, phrases }
    }
}

fn key(entry: &fluent_syntax::ast::Entry<&str>) -> Option<String> {
    match entry {
        fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    }
}
