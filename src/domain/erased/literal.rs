//! What was erased, as it may be quoted in a sentence.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Field, SHORTEST_NAME};

/// Longer words of which a text is a part and which are not meant: a name that begins as another, the number of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Longer {
    words: BTreeSet<String>,
    /// How many bytes such a word has before the text, and how many in all.
    shapes: BTreeSet<(usize, usize)>,
}

impl Longer {
    /// Those of some words that hold a text and more.
    pub fn of<'w>(text: &str, words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut longer = Self::default();
        if text.is_empty() {
            return longer;
        }
        for word in words.into_iter().filter(|word| word.len() > text.len()) {
            let places: Vec<(usize, usize)> =
                word.match_indices(text).map(|(before, _)| (before, word.len())).collect();
            if !places.is_empty() {
                longer.shapes.extend(places);
                longer.words.insert(word.to_owned());
            }
        }
        longer
    }

    /// They.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether what stands at a place of a sentence is a part of one of them.
    fn surround(&self, sentence: &str, at: usize) -> bool {
        self.shapes.iter().any(|(before, length)| {
            let from = at.checked_sub(*before);
            let word = from.and_then(|from| sentence.get(from..from + length));
            word.is_some_and(|word| self.words.contains(word))
        })
    }
}

/// What was erased, as it may be quoted in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The text.
    pub text: String,
    /// What stands in its place.
    pub mark: String,
    /// It is found only where it stands by itself: it may be a word of any sentence.
    pub alone: bool,
    /// It is a word of ours too: it stays in sentences.
    pub ours: bool,
    /// Where it is no more than a part of one of these it is somebody or something else.
    pub longer: Rc<Longer>,
}

/// A note as short as this is a word, such as a consent, and says nothing of anybody unless it stands by itself.
const WORD: usize = 4;

impl Literal {
    /// A text of a field, with its mark.
    pub fn new(text: &str, mark: &str, field: Field) -> Self {
        let alone = matches!(field, Field::Note(_)) && text.chars().count() < WORD;
        let longer = Rc::default();
        Self { text: text.to_owned(), mark: mark.to_owned(), alone, ours: false, longer }
    }

    /// The same in another way of writing.
    #[must_use]
    pub fn written(&self, how: impl Fn(&str) -> String) -> Self {
        let text = how(&self.text);
        let longer: Vec<String> = self.longer.words().map(&how).collect();
        let longer = Rc::new(Longer::of(&text, longer.iter().map(String::as_str)));
        Self { text, longer, ..self.clone() }
    }

    fn is_in_ideographs(&self) -> bool {
        self.text.chars().any(|c| c > '\u{2e7f}')
    }

    /// Whether it is known wherever it stands, in the middle of a sentence too.
    pub fn is_anywhere(&self) -> bool {
        !self.alone && self.is_in_ideographs() && self.text.chars().count() >= SHORTEST_NAME
    }

    /// Where it stands in a sentence. What is no name in ideographs must be a word of its own, and no part of a day or number: `0731`
    /// is not in `2011-0731`.
    pub fn places(&self, sentence: &str) -> Vec<usize> {
        let what = self.text.as_str();
        if what.chars().count() < if self.is_in_ideographs() { SHORTEST_NAME } else { 3 } {
            return Vec::new();
        }
        let joined = |c: char| c.is_alphanumeric() || "-.:/#".contains(c);
        let is = |at: &usize| {
            let last = sentence[..*at].chars().next_back();
            let next = sentence[at + what.len()..].chars().next();
            let open = self.is_anywhere() || !(last.is_some_and(joined) || next.is_some_and(joined));
            open && !self.longer.surround(sentence, *at)
        };
        sentence.match_indices(what).map(|(at, _)| at).filter(is).collect()
    }

    /// Whether it stands in a sentence.
    pub fn is_in(&self, sentence: &str) -> bool {
        !self.places(sentence).is_empty()
    }

    /// A sentence with the mark in its place; `None`: it does not stand in it.
    pub fn replaced_in(&self, sentence: &str) -> Option<String> {
        let places = self.places(sentence);
        let (mut said, mut from) = (String::new(), 0);
        for at in &places {
            said.push_str(&sentence[from..*at]);
            said.push_str(&self.mark);
            from = at + self.text.len();
        }
        said.push_str(&sentence[from..]);
        (!places.is_empty()).then_some(said)
    }
}
