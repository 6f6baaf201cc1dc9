//! The words and pages of a letter: phrases by language, templates by kind.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use crate::domain::registry::Language;

/// Phrases of one language, by section and name.
pub type Phrases = BTreeMap<String, BTreeMap<String, String>>;

static CHINESE: LazyLock<Phrases> = LazyLock::new(|| phrases(include_str!("lang/zh-CN.toml")));
static ENGLISH: LazyLock<Phrases> = LazyLock::new(|| phrases(include_str!("lang/en.toml")));
static PAGES: LazyLock<Environment<'static>> = LazyLock::new(pages);

fn phrases(text: &str) -> Phrases {
    toml::from_str(text).expect("the shipped phrases are read by a test")
}

fn pages() -> Environment<'static> {
    let mut pages = Environment::new();
    pages.set_undefined_behavior(UndefinedBehavior::Strict);
    pages.set_auto_escape_callback(
        |name| if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None },
    );
    let shipped = [
        ("frame.html", include_str!("page/frame.html")),
        ("alert.html", include_str!("page/alert.html")),
        ("alert.txt", include_str!("page/alert.txt")),
        ("digest.html", include_str!("page/digest.html")),
        ("digest.txt", include_str!("page/digest.txt")),
        ("case.html", include_str!("page/case.html")),
    ];
    for (name, text) in shipped {
        pages.add_template(name, text).expect("the shipped templates are read by a test");
    }
    pages
}

/// The phrases of a language.
pub fn phrases_of(language: Language) -> &'static Phrases {
    match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    }
}

/// One phrase, its `{placeholders}` filled in.
pub fn phrase(language: Language, section: &str, name: &str, values: &[(&str, &str)]) -> String {
    let text = phrases_of(language).get(section).and_then(|section| section.get(name));
    let mut text = text.expect("a phrase that the code names is in every language, by a test").clone();
    for (key, value) in values {
        text = text.replace(&format!("{{{key}}}"), value);
    }
    text
}

/// A page filled in. `view` is what the template names; the phrases stand under `t`.
pub fn render(template: &str, language: Language, view: impl Serialize) -> String {
    #[derive(Serialize)]
    struct Context<V> {
        t: &'static Phrases,
        lang: &'static str,
        v: V,
    }
    let context = Context { t: phrases_of(language), lang: language.word(), v: view };
    PAGES
        .get_template(template)
        .and_then(|page| page.render(minijinja::value::Serde(context)))
        .expect("the shipped templates render every letter, by a test")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> =
            text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_language_has_the_same_phrases_with_the_same_placeholders() {
        let (zh, en) = (phrases_of(Language::Chinese), phrases_of(Language::English));
        assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
        for (section, phrases) in zh {
            assert_eq!(phrases.keys().collect::<Vec<_>>(), en[section].keys().collect::<Vec<_>>());
            for (name, text) in phrases {
                assert_eq!(placeholders(text), placeholders(&en[section][name]), "{section}.{name}");
            }
        }
    }
}
