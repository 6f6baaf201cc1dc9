//! Personal text that was erased, and the mark that stands in its place. Equal texts have equal marks, so that whatever a rule makes of
//! a text (that it is there, that two are the same, which cause of a special procedure it names) it makes of its mark.

pub mod literal;
pub mod stays;

use ring::hmac::{HMAC_SHA256, Key, sign};

use crate::domain::record::{TraceKind, says_something};
use crate::domain::text::Text;

/// How a mark begins. It is read by everybody who reads the ledger, in whatever language.
pub const BEGINS: &str = "〔已删除 erased ";
/// What stands in the place of the words of an old letter.
pub const WORDS: &str = "〔已删除 erased〕";
/// How it ends, but for words that a rule asks for.
const ENDS: char = '〕';
/// Between such words.
const BETWEEN: char = '、';
/// Letters by which texts are the same but for marks and spaces, and as many by which they are the same altogether.
const LETTERS: usize = 8;
/// Fewest characters of a name: one is in every sentence.
pub const SHORTEST_NAME: usize = 2;
/// So many digits in a row may be somebody's number.
const NUMBER: usize = 7;

/// How long personal text is kept; `None`: as long as the ledger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retention {
    /// Years after the end of a case for which its personal text is kept.
    pub personal_text: Option<u32>,
    /// Years for which the words of letters are kept.
    pub letters: Option<u32>,
}

/// The field in which a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Who did it.
    By,
    /// The note of a trace of a kind.
    Note(Option<TraceKind>),
    /// The name that is shown for a case.
    Display,
}

/// Of whom a text is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Of everybody: all that may be somebody's, as its case was erased.
    Case,
    /// Of the persons who were erased: what names one of them.
    Persons,
}

/// How a name stands in a text that names somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameStands {
    /// By itself, as one name may begin as another.
    Alone,
    /// Anywhere.
    Anywhere,
}

/// Makes the marks of one ledger, and knows the persons who are erased from it by theirs.
#[derive(Debug, Clone)]
pub struct Marks {
    key: Key,
    /// Words that a rule looks for in notes: they stay.
    keeps: Vec<String>,
    /// Marks of names, each with the characters of the name.
    names: Vec<(String, usize)>,
    /// The same of longer names in which they are, which are somebody else's.
    longer: Vec<(String, usize)>,
}

impl Marks {
    /// By the ledger's own secret.
    pub fn new(secret: &[u8], keeps: Vec<String>, names: Vec<(String, usize)>) -> Self {
        Self { key: Key::new(HMAC_SHA256, secret), keeps, names, longer: Vec::new() }
    }

    /// The same with one more person.
    #[must_use]
    pub fn with_name(mut self, name: &str) -> Self {
        let known = (self.name(name), name.chars().count());
        if !self.names.contains(&known) {
            self.names.push(known);
        }
        self
    }

    /// The same, with longer names that stay.
    #[must_use]
    pub fn with_longer(mut self, longer: Vec<(String, usize)>) -> Self {
        self.longer.extend(longer);
        self
    }

    /// The mark of a name.
    pub fn name(&self, name: &str) -> String {
        self.marked(name, &[])
    }

    /// The mark of a text.
    pub fn of(&self, text: &str) -> String {
        let kept: Vec<&str> = self.keeps.iter().map(String::as_str).filter(|it| text.contains(it)).collect();
        self.marked(text, &kept)
    }

    fn marked(&self, text: &str, kept: &[&str]) -> String {
        let bare: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let (bare, exact) = (self.letters("bare", &bare), self.letters("exact", text));
        let mut mark = format!("{BEGINS}{bare}{exact}{ENDS}");
        for (place, word) in kept.iter().enumerate() {
            if place > 0 {
                mark.push(BETWEEN);
            }
            mark.push_str(word);
        }
        mark
    }

    fn letters(&self, what: &str, text: &str) -> String {
        let tag = sign(&self.key, format!("{what} {text}").as_bytes());
        let halves = tag.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
        halves.take(LETTERS).map(|half| char::from(b'a' + half)).collect()
    }

    /// Whether a text is a mark, and holds nothing besides.
    pub fn is_mark(&self, text: &str) -> bool {
        let Some((_, rest)) = split(text) else { return false };
        rest.is_empty() || rest.split(BETWEEN).all(|word| self.keeps.iter().any(|keep| keep == word))
    }

    /// What is to stand in the place of a text of a case that was erased; `None`: it stays, as it says nothing of anybody.
    pub fn in_place_of(&self, text: &str, field: Field) -> Option<String> {
        let is_sum = |text: &str| text.chars().all(|c| c.is_ascii_digit() || ".,， 元".contains(c));
        let rest = self.keeps.iter().fold(text.to_owned(), |rest, keep| rest.replace(keep, ""));
        let stays = match field {
            Field::Note(Some(TraceKind::Charged)) => is_sum(text),
            Field::Note(_) => !says_something(&rest),
            Field::By | Field::Display => !says_something(text),
        };
        (!stays && !self.is_mark(text)).then(|| self.mark(text, field))
    }

    /// The same of any case: only where the text names a person who was erased.
    pub fn if_named(&self, text: &str, field: Field) -> Option<String> {
        let stands = if field == Field::By { NameStands::Alone } else { NameStands::Anywhere };
        (!self.is_mark(text) && self.names(text, stands)).then(|| self.mark(text, field))
    }

    /// What is to stand in the place of a text, if there is one, of which so much is erased.
    pub fn within(&self, scope: Scope, text: Option<&str>, field: Field) -> Option<String> {
        match scope {
            Scope::Case => self.in_place_of(text?, field),
            Scope::Persons => self.if_named(text?, field),
        }
    }

    fn mark(&self, text: &str, field: Field) -> String {
        match field {
            Field::Note(_) => self.of(text),
            Field::By | Field::Display => self.name(text),
        }
    }

    /// Whether a text names a person who was erased.
    pub fn names(&self, text: &str, stands: NameStands) -> bool {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let alone = stands == NameStands::Alone;
        let letter = |at: Option<char>| alone && at.is_some_and(char::is_alphanumeric);
        self.names.iter().any(|name| {
            (0..ends.len().saturating_sub(name.1)).any(|first| {
                let (from, to) = (ends[first], ends[first + name.1]);
                let open = !letter(text[..from].chars().next_back()) && !letter(text[to..].chars().next());
                open && self.is_name(&text[from..to], name) && !self.is_part(text, &ends, first, name.1)
            })
        })
    }

    fn is_name(&self, text: &str, (name, _): &(String, usize)) -> bool {
        self.letters("exact", text) == split(name).map_or("", |(letters, _)| &letters[LETTERS..])
    }

    /// Whether what stands at a place, some characters long, is a part of a longer name.
    fn is_part(&self, text: &str, ends: &[usize], first: usize, characters: usize) -> bool {
        self.longer.iter().filter(|(_, longer)| *longer > characters).any(|name| {
            let starts = (first + characters).saturating_sub(name.1)..=first;
            let mut words = starts.filter_map(|start| text.get(ends[start]..*ends.get(start + name.1)?));
            words.any(|word| self.is_name(word, name))
        })
    }

    /// A reason of a row that is set aside, with a mark in the place of what it quotes and what is erased. `known`: what stays in any
    /// case, such as the column. `erased` hears of each quotation and its mark.
    pub fn in_reason(
        &self,
        reason: Text,
        scope: Scope,
        known: &[&str],
        erased: &mut dyn FnMut(&str, &str),
    ) -> Text {
        reason.with_plain(&mut |quoted| {
            if known.contains(&quoted) || self.is_mark(quoted) {
                return None;
            }
            let erase = match scope {
                Scope::Case => may_be_personal(quoted),
                Scope::Persons => self.names(quoted, NameStands::Anywhere),
            };
            let mark = erase.then(|| self.name(quoted))?;
            erased(quoted, &mark);
            Some(mark)
        })
    }
}

/// A word, or a number as long as somebody's; a day is neither.
fn may_be_personal(text: &str) -> bool {
    let digits = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    text.chars().any(char::is_alphabetic) || digits >= NUMBER
}

/// The letters of a mark, and what stands behind it.
fn split(text: &str) -> Option<(&str, &str)> {
    let (letters, rest) = text.strip_prefix(BEGINS)?.split_once(ENDS)?;
    let is = letters.len() == 2 * LETTERS && letters.bytes().all(|it| (b'a'..=b'p').contains(&it));
    is.then_some((letters, rest))
}

/// What of a text tells it from another but for marks and spaces.
pub fn bare(text: &str) -> String {
    match split(text) {
        Some((letters, _)) => format!("{BEGINS}{}", &letters[..LETTERS]),
        None => text.chars().filter(|c| c.is_alphanumeric()).collect(),
    }
}

#[cfg(test)]
mod tests;
