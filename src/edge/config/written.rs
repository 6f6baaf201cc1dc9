//! The file as written: a table read key by key, so that every mistake is found and none hides another.

mod missing;
mod names;
mod pairs;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::files::Files;
use super::problems::{Problems, TomlText};
use crate::domain::text::{Fault, Text, distance, say};
use names::type_of;
pub(super) use names::{list, meant, nearest};

/// That a key is missing, as it was said.
struct Missing {
    key: &'static str,
    /// The name under which it was said.
    name: String,
    message: Text,
}

/// A table of the file, with the keys that were asked for so far.
pub(super) struct Table<'a> {
    text: TomlText<'a>,
    problems: &'a RefCell<Problems>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    path: String,
    /// The path with names of the user's own choice as `*`.
    pattern: String,
    asked: RefCell<BTreeSet<&'static str>>,
    /// Keys of which it was said that they are missing.
    missing: RefCell<Vec<Missing>>,
}

/// A value with the place it stands at.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
    pub(super) key: String,
}

impl<T> At<T> {
    /// The place alone.
    pub(super) fn place(&self) -> At<()> {
        At { value: (), span: self.span.clone(), key: self.key.clone() }
    }
}

impl<'a> Table<'a> {
    /// The whole file.
    pub(super) fn whole(text: TomlText<'a>, table: &'a DeTable<'a>, problems: &'a RefCell<Problems>) -> Self {
        let (path, pattern, asked) = (String::new(), String::new(), RefCell::default());
        let missing = RefCell::default();
        Self { text, problems, table, span: 0..0, path, pattern, asked, missing }
    }

    /// The files that the configuration is made of.
    pub(super) fn files(&self) -> Files {
        self.problems.borrow().files.clone()
    }

    /// Where the table stands.
    pub(super) fn place(&self) -> At<()> {
        At { value: (), span: self.span.clone(), key: self.path.clone() }
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key);
        self.problems.borrow_mut().asked.insert(format!("{}{key}", self.pattern));
        self.table.get(key)
    }

    /// Whether other keys stand there too.
    pub(super) fn has_more_than(&self, keys: &[&str]) -> bool {
        self.table.keys().any(|key| !keys.contains(&key.get_ref().as_ref()))
    }

    fn name(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Adds a mistake at a place.
    pub(super) fn wrong<T>(&self, at: &At<T>, message: impl Into<Fault>) {
        self.problems.borrow_mut().at(&self.text, &at.span, &at.key, message);
    }

    /// Adds a warning at a place.
    pub(super) fn warn<T>(&self, at: &At<T>, message: impl Into<Fault>) {
        let mut problems = self.problems.borrow_mut();
        problems.at(&self.text, &at.span, &at.key, message);
        problems.only_a_warning();
    }

    /// Adds a mistake of a page of letters at a place.
    pub(super) fn wrong_page<T>(&self, at: &At<T>, message: impl Into<Fault>) {
        let mut problems = self.problems.borrow_mut();
        problems.at(&self.text, &at.span, &at.key, message);
        problems.only_of_a_page();
    }

    fn typed<T>(
        &self,
        key: &'static str,
        wanted: Text,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<At<T>> {
        let found = self.get(key)?;
        let at = At { value: (), span: found.span(), key: self.name(key) };
        match read(found.get_ref()) {
            Some(value) => Some(At { value, span: at.span, key: at.key }),
            None => {
                self.wrong(&at, say!("config-must_be", wanted, is = type_of(found.get_ref())));
                None
            }
        }
    }

    /// A text.
    pub(super) fn text(&self, key: &'static str) -> Option<At<String>> {
        self.typed(key, say!("config-want_text"), |value| value.as_str().map(str::to_owned))
    }

    /// A text that must be there.
    pub(super) fn required(&self, key: &'static str) -> Option<At<String>> {
        if !self.table.contains_key(key) {
            self.get(key);
            self.lacks(&[key], At { key: self.name(key), ..self.place() }, say!("config-missing"));
            return None;
        }
        self.text(key)
    }

    /// A text that stands for something.
    pub(super) fn parsed<T: FromStr>(&self, key: &'static str) -> Option<At<T>>
    where
        Text: From<T::Err>,
    {
        let At { value, span, key } = self.text(key)?;
        match value.parse() {
            Ok(value) => Some(At { value, span, key }),
            Err(error) => {
                self.wrong(&At { value: (), span, key }, Text::from(error));
                None
            }
        }
    }

    /// Whether nothing stands there.
    pub(super) fn is_missing(&self, key: &'static str) -> bool {
        self.get(key).is_none()
    }

    /// Whether a text stands there, where something else might.
    pub(super) fn is_text(&self, key: &'static str) -> bool {
        self.get(key).is_some_and(|value| value.get_ref().as_str().is_some())
    }

    /// True or false.
    pub(super) fn truth(&self, key: &'static str) -> Option<At<bool>> {
        self.typed(key, say!("config-want_truth"), DeValue::as_bool)
    }

    /// A whole number from 0 on.
    pub(super) fn number(&self, key: &'static str) -> Option<At<u32>> {
        self.typed(key, say!("config-want_number"), |value| value.as_integer()?.as_str().parse().ok())
    }

    /// A day, written as a TOML date or a text.
    pub(super) fn day(&self, key: &'static str) -> Option<At<chrono::NaiveDate>> {
        self.typed(key, say!("config-want_day"), |value| match value {
            DeValue::Datetime(day) => day.to_string().parse().ok(),
            DeValue::String(text) => text.parse().ok(),
            _ => None,
        })
    }

    /// A list of texts; a single text is a list of one.
    pub(super) fn texts(&self, key: &'static str) -> Option<Vec<At<String>>> {
        let name = self.name(key);
        let wanted = say!("config-want_texts");
        self.typed(key, wanted, |value| match value {
            DeValue::Array(list) => list
                .iter()
                .map(|one| {
                    let value = one.get_ref().as_str()?.to_owned();
                    Some(At { value, span: one.span(), key: name.clone() })
                })
                .collect(),
            DeValue::String(text) => {
                let span = self.table.get(key)?.span();
                Some(vec![At { value: text.to_string(), span, key: name.clone() }])
            }
            _ => None,
        })
        .map(|list| list.value)
    }

    /// A list of texts that each stand for something.
    pub(super) fn parsed_list<T: FromStr>(&self, key: &'static str) -> Option<Vec<T>>
    where
        Text: From<T::Err>,
    {
        let parse = |one: At<String>| match one.value.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(&one, Text::from(error));
                None
            }
        };
        Some(self.texts(key)?.into_iter().filter_map(parse).collect())
    }

    fn below(&self, table: &'a DeTable<'a>, span: Range<usize>, path: String, pattern: &str) -> Self {
        let pattern = format!("{}{pattern}.", self.pattern);
        Self {
            text: self.text,
            problems: self.problems,
            table,
            span,
            path,
            pattern,
            asked: RefCell::default(),
            missing: RefCell::default(),
        }
    }

    /// A table; an empty one where the key is absent, so that its defaults are read in one place.
    pub(super) fn table(&self, key: &'static str) -> Option<Self> {
        let table = self.typed(key, say!("config-want_table"), DeValue::as_table)?;
        Some(self.below(table.value, table.span, self.name(key), key))
    }

    /// Tables under names of the user's own choice.
    pub(super) fn named(&self, key: &'static str) -> Vec<(At<String>, Self)> {
        let wanted = say!("config-want_tables");
        let Some(tables) = self.typed(key, wanted, DeValue::as_table) else { return Vec::new() };
        let mut named = Vec::new();
        for (name, value) in tables.value {
            let path = format!("{}.{}", self.name(key), name.get_ref());
            let at = At { value: name.get_ref().to_string(), span: name.span(), key: path.clone() };
            match value.get_ref().as_table() {
                Some(table) => {
                    named.push((at, self.below(table, value.span(), path, &format!("{key}.*"))));
                }
                None => self.wrong(&at, say!("config-be_table")),
            }
        }
        named
    }

    /// A list of tables (`[[key]]`).
    pub(super) fn list(&self, key: &'static str) -> Vec<Self> {
        let wanted = say!("config-want_list", key);
        let read = |value: &'a DeValue<'a>| {
            value.as_array()?.iter().map(|one| Some((one.get_ref().as_table()?, one.span()))).collect()
        };
        let tables: Option<At<Vec<_>>> = self.typed(key, wanted, read);
        let tables = tables.map(|tables| tables.value).unwrap_or_default();
        let numbered = |(number, (table, span)): (usize, (&'a DeTable<'a>, Range<usize>))| {
            self.below(table, span, format!("{}[{number}]", self.name(key)), key)
        };
        tables.into_iter().enumerate().map(numbered).collect()
    }

    /// Every key that nobody asked for is a mistake.
    pub(super) fn nothing_else(&self) {
        let asked = self.asked.borrow();
        for name in self.table.keys() {
            let key = name.get_ref().as_ref();
            if asked.contains(key) {
                continue;
            }
            let near = asked.iter().map(|known| (distance(known, key), *known)).min();
            let hint = match near {
                Some((far, known)) if far <= 2 => {
                    self.not_missing(known);
                    say!("config-no_key_meant", known)
                }
                _ => say!("config-no_key", known = list(asked.iter().copied())),
            };
            self.wrong(&At { value: (), span: name.span(), key: self.name(key) }, hint);
        }
    }
}
