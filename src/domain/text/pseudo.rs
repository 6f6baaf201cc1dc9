//! A made-up language for tests: English with accents, so that whatever does not go by the messages stands out.

use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement, Resource};
use fluent_syntax::{parser, serializer};

/// The messages of English, each with accents on its vowels: what a translator would put into `lang/en-XA.ftl`.
pub(super) fn messages() -> String {
    let english = include_str!("../../../lang/en.ftl").to_owned();
    let mut messages: Resource<String> = parser::parse(english).expect("English is read by a test");
    for entry in &mut messages.body {
        if let Entry::Message(message) = entry {
            message.value.iter_mut().for_each(translate);
        }
    }
    serializer::serialize(&messages)
}

fn translate(pattern: &mut Pattern<String>) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value } => *value = accented(value),
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter_mut().for_each(|variant| translate(&mut variant.value));
            }
            PatternElement::Placeable { .. } => {}
        }
    }
}

/// English as the made-up language writes it.
pub(crate) fn accented(english: &str) -> String {
    let accent = |letter| match letter {
        'a' => 'á',
        'e' => 'é',
        'i' => 'í',
        'o' => 'ó',
        'u' => 'ú',
        other => other,
    };
    english.chars().map(accent).collect()
}

#[cfg(test)]
mod tests {
    use super::super::language::Language;
    use super::super::say;
    use super::accented;

    /// Issue 12.2: a new language is one file and one line. It has every message, plurals too, and its word is read like any.
    #[test]
    fn a_third_language_is_one_file_and_one_line() {
        let third: Language = "en-XA".parse().unwrap();
        assert_eq!(third, Language::Pseudo);
        let said = |count: u32| say!("alert-cases", count).words(third);
        assert_eq!((&*said(1), &*said(2)), ("1 cásé", "2 cásés"));
        let phrases = |language: Language| {
            let parts = language.phrases().iter();
            parts.flat_map(|(part, names)| names.iter().map(move |(name, words)| (part, name, words)))
        };
        let mut differ = 0;
        for ((part, name, english), (.., words)) in phrases(Language::English).zip(phrases(third)) {
            assert_eq!(accented(words), accented(english), "{part}-{name}");
            differ += usize::from(words != english);
        }
        assert!(differ > 1000, "{differ}");
    }
}
