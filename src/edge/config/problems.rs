//! What is wrong with a configuration: every mistake, with file, line and key.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr;

use super::files::Files;
use crate::domain::text::{Fault, Language, Text, say};
use crate::edge::operator;

/// That a text is no length of time.
impl From<humantime::DurationError> for Text {
    fn from(error: humantime::DurationError) -> Self {
        say!("cause-no_duration", words = error.to_string())
    }
}

/// That a text is no day.
impl From<chrono::ParseError> for Text {
    fn from(error: chrono::ParseError) -> Self {
        say!("cause-no_day", words = error.to_string())
    }
}

/// That a text is no zone.
impl From<chrono_tz::ParseError> for Text {
    fn from(error: chrono_tz::ParseError) -> Self {
        say!("cause-no_zone", words = error.to_string())
    }
}

/// Longest key of a mistake, in characters.
const KEY: usize = 120;
/// Longest message of a mistake, in characters.
const MESSAGE: usize = 1200;
/// Longest stretch of a line that an excerpt shows, in characters. With key and message it fits a screen.
const EXCERPT: usize = 100;
/// What such a stretch shows before the place, in characters.
const BEFORE: usize = 40;

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// Its line, from 1.
    pub line: Option<usize>,
    /// The key of a TOML file, or the column of a CSV file.
    pub key: String,
    /// What is wrong, and what to write instead.
    pub message: Text,
    /// The line itself and a caret under the place.
    pub excerpt: Option<String>,
    /// It does not keep the configuration from being used.
    pub warning: bool,
    /// It is one of a page of letters: the shipped page takes its place, so it keeps nothing from being used either.
    pub of_page: bool,
}

impl Problem {
    /// The mistake with its place and the line, in a language.
    pub fn words(&self, language: Language) -> String {
        let mut said = self.file.display().to_string();
        if let Some(line) = self.line {
            said.push_str(&format!(":{line}"));
        }
        said.push_str(": ");
        if self.warning {
            said.push_str(&say!("config-warning").words(language));
        }
        if !self.key.is_empty() {
            said.extend([self.key.clone(), say!("config-colon").words(language)]);
        }
        said.push_str(&clipped(self.message.words(language), MESSAGE));
        if let Some(excerpt) = &self.excerpt {
            said.extend(["\n", excerpt]);
        }
        said
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(operator::language()))
    }
}

/// All mistakes of a configuration.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    list: Vec<Problem>,
    /// Every key that was asked for, for the test that the example explains them all.
    pub(super) asked: BTreeSet<String>,
    /// Where the files are read in which they stand.
    pub(super) files: Files,
}

impl Problems {
    /// None yet, of a configuration made of these files.
    pub(super) fn of(files: Files) -> Self {
        Self { files, ..Self::default() }
    }

    /// The mistakes and warnings in the order they were found.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// Whether anything keeps the configuration from being used.
    pub fn any(&self) -> bool {
        self.list.iter().any(|problem| !problem.warning && !problem.of_page)
    }

    /// Adds a mistake of a file that is no TOML, or of no line in particular.
    pub(super) fn add(
        &mut self,
        file: &Path,
        line: Option<usize>,
        key: impl Into<String>,
        message: impl Into<Fault>,
    ) {
        self.push(file, line, key.into(), message.into().0, None);
    }

    /// Adds a mistake at a place of a TOML text.
    pub(super) fn at(
        &mut self,
        text: &TomlText<'_>,
        span: &Range<usize>,
        key: &str,
        message: impl Into<Fault>,
    ) {
        let (line, excerpt) = text.excerpt(span);
        self.push(text.file, Some(line), key.to_owned(), message.into().0, Some(excerpt));
    }

    fn push(
        &mut self,
        file: &Path,
        line: Option<usize>,
        key: String,
        message: Text,
        excerpt: Option<String>,
    ) {
        let (key, file) = (clipped(key, KEY), file.to_owned());
        self.list.push(Problem { file, line, key, message, excerpt, warning: false, of_page: false });
    }

    /// Takes over the mistakes of other files.
    pub(super) fn extend(&mut self, others: Self) {
        self.list.extend(others.list);
    }

    /// Takes back what was said of a missing key that stands there under a misspelt name.
    pub(super) fn take_back(&mut self, file: &Path, key: &str, message: &Text) {
        let said = |it: &Problem| it.file == file && it.key == key && it.message == *message;
        if let Some(at) = self.list.iter().rposition(said) {
            self.list.remove(at);
        }
    }

    /// Turns the mistake added last into a warning.
    pub(super) fn only_a_warning(&mut self) {
        if let Some(last) = self.list.last_mut() {
            last.warning = true;
        }
    }

    /// Turns the mistake added last into one of a page of letters.
    pub(super) fn only_of_a_page(&mut self) {
        if let Some(last) = self.list.last_mut() {
            last.of_page = true;
        }
    }
}

impl Problems {
    /// All of them and how many they are, in a language.
    pub fn words(&self, language: Language) -> String {
        let count = self.list.iter().filter(|problem| !problem.warning).count();
        let listed: String = self.list.iter().map(|problem| problem.words(language) + "\n\n").collect();
        listed + &say!("config-mistakes", count).words(language)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(operator::language()))
    }
}

/// A TOML text and where it came from.
#[derive(Clone, Copy)]
pub(super) struct TomlText<'a> {
    pub(super) file: &'a Path,
    pub(super) text: &'a str,
}

impl TomlText<'_> {
    /// The line of a place, and that line with a caret under the place: columns as a terminal shows them, where a
    /// Chinese character is two wide. Of a long line, the stretch around the place.
    fn excerpt(&self, span: &Range<usize>) -> (usize, String) {
        let start = span.start.min(self.text.len());
        let before = self.text.get(..start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let begin = before.rfind('\n').map_or(0, |at| at + 1);
        let whole = self.text[begin..].lines().next().unwrap_or_default();
        let left: Vec<char> = self.text.get(begin..start).unwrap_or_default().chars().collect();
        let marked: Vec<char> =
            self.text.get(start..span.end.min(begin + whole.len())).unwrap_or_default().chars().collect();
        let length = whole.chars().count();
        let cut = if length > EXCERPT { left.len().saturating_sub(BEFORE).min(length - EXCERPT) } else { 0 };
        let shown: String = whole.chars().skip(cut).take(EXCERPT).collect();
        let (head, tail) = (if cut > 0 { "…" } else { "" }, if cut + EXCERPT < length { "…" } else { "" });
        let indent = head.width() + width(&left[cut..]);
        let visible = (cut + EXCERPT).saturating_sub(left.len()).min(marked.len());
        let margin = " ".repeat(line.to_string().len());
        let carets = "^".repeat(width(&marked[..visible]).max(1));
        (line, format!("  {line} | {head}{shown}{tail}\n  {margin} | {}{carets}", " ".repeat(indent)))
    }
}

fn width(characters: &[char]) -> usize {
    characters.iter().collect::<String>().width()
}

/// A text of at most so many characters, and a sign that there was more.
fn clipped(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
