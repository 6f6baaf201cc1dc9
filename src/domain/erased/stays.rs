//! What stays whoever is erased: words by which everybody is told, of which a record may make a name.

use super::literal::Literal;
use crate::domain::text::{Language, Text, say};

/// What a word of ours is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ours {
    /// The supervising office.
    Office,
    /// A unit.
    Unit,
    /// A region.
    Region,
    /// An item.
    Item,
    /// A stage of an item's way.
    Stage,
    /// A limit, or the clause that it is of.
    Limit,
    /// A source.
    Source,
}

/// What stays whoever is erased.
#[derive(Debug, Clone, Default)]
pub struct Stays {
    /// Causes of special procedures, which a rule looks for in notes.
    pub causes: Vec<String>,
    /// Names and codes of what is supervised.
    pub words: Vec<(Ours, String)>,
    /// Those who are told.
    pub people: Vec<String>,
}

impl Stays {
    /// What a text is besides, if letters and findings say it of everybody: without it they could no longer be read.
    pub fn ours(&self, literal: &Literal) -> Option<Text> {
        let text = literal.text.as_str();
        let is_in = |word: &str| word.contains(text) && literal.is_in(word);
        if is_figure(text) {
            return Some(say!("forget-our_figure"));
        }
        if let Some((what, word)) = self.words.iter().find(|(_, word)| is_in(word)) {
            return Some(match what {
                Ours::Office => say!("forget-our_office", word),
                Ours::Unit => say!("forget-our_unit", word),
                Ours::Region => say!("forget-our_region", word),
                Ours::Item => say!("forget-our_item", word),
                Ours::Stage => say!("forget-our_stage", word),
                Ours::Limit => say!("forget-our_limit", word),
                Ours::Source => say!("forget-our_source", word),
            });
        }
        let is_said = |(language, _, _): &(Language, &str, &str)| language.says(&is_in);
        let is_cause = self.causes.iter().any(|cause| is_in(cause));
        (is_cause || Language::ALL.iter().any(is_said)).then(|| say!("forget-our_word"))
    }

    /// Whether somebody of a name is told.
    pub fn tells(&self, name: &str) -> bool {
        self.people.iter().any(|known| known == name || names_in(known).any(|known| known == name))
    }
}

/// The names in a text: what stands between marks and blanks.
pub fn names_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|name| !name.is_empty())
}

/// A day, an hour or a count, which stand in every letter: `2011-10-24`, `3月3日`. A number as long as a handler's is none.
fn is_figure(text: &str) -> bool {
    /// Fewest digits of such a number.
    const DIGITS: usize = 4;
    /// Digits in a row that are in no day: a telephone.
    const LONG: usize = 7;
    if text.chars().all(|c| c.is_ascii_digit()) {
        return text.len() < DIGITS;
    }
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let digits = text.chars().any(|c| c.is_ascii_digit());
    let of_days = |word: &str| {
        word.chars().all(|c| c > '\u{2e7f}') && Language::Chinese.says(&|said| said.contains(word))
    };
    let is_long = text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= LONG);
    if digits { !is_long && words.all(of_days) } else { words.next().is_none() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::erased::Field;

    /// Six digits in a row may be of a day, seven are a telephone; four are a handler's number, three a count.
    #[test]
    fn a_long_number_is_no_figure() {
        let figures = ["3月12345日", "3月123456日", "3月1234567日", "3月12345678日"].map(is_figure);
        assert_eq!(figures, [true, true, false, false]);
        assert_eq!(["731", "0731"].map(is_figure), [true, false]);
    }

    /// A number that is only a part of one of ours is not ours.
    #[test]
    fn what_is_a_part_of_our_words_is_not_ours() {
        let stays =
            Stays { words: vec![(Ours::Office, "示范市 2011-0731 0888".into())], ..Stays::default() };
        let ours = |text: &str| stays.ours(&Literal::new(text, "〔〕", Field::By)).is_some();
        assert_eq!([ours("0888"), ours("0731"), ours("0999")], [true, false, false]);
    }
}
