//! The words and pages of a letter: phrases by language, templates by kind.

mod unbroken;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex, PoisonError};

use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, value::Serde};
use serde::Serialize;

use super::mask::masked;
use crate::domain::digest::digest;
use crate::domain::text::visible::{on_one_line, seen};
use crate::domain::text::{Language, Phrases, Text, say};
use unbroken::unbroken;

/// The pages as they are shipped, by name.
pub const SHIPPED: [(&str, &str); 8] = [
    ("frame.html", include_str!("page/frame.html")),
    ("alert.html", include_str!("page/alert.html")),
    ("alert.txt", include_str!("page/alert.txt")),
    ("digest.html", include_str!("page/digest.html")),
    ("digest.txt", include_str!("page/digest.txt")),
    ("bulletin.html", include_str!("page/bulletin.html")),
    ("bulletin.txt", include_str!("page/bulletin.txt")),
    ("case.html", include_str!("page/case.html")),
];

/// The page of a case, which is no letter: it is read and printed across.
const CASE: &str = "case.html";

/// How pages for the plain part are written: nothing is markup there, and no value ends a line.
const PLAIN: &str = "plain";

/// Steps that filling in a page may take: the largest digest takes a fiftieth. A page that never ends is a fault of the page.
const FUEL: u64 = 5_000_000;

/// How deep pages may name one another.
const DEPTH: usize = 50;

/// The pages in force: the shipped ones, with an administrator's own in the place of some.
#[derive(Debug, Default)]
pub struct Pages {
    own: Option<Environment<'static>>,
    /// Numbers of the shape of an identity number are hidden in what is written.
    pub mask: bool,
    /// Their texts, and what was wrong with them from the beginning, by which one knows whether they are the same pages still.
    texts: String,
    /// Pages that are known not to be used: the shipped ones stand in their place.
    unused: BTreeSet<&'static str>,
    /// What is wrong with pages of the administrator's: the shipped ones take their place.
    faults: Mutex<BTreeMap<String, Text>>,
}

impl Pages {
    /// Puts a page in the place of a shipped one.
    ///
    /// # Errors
    /// What is wrong with it, with its line.
    pub fn replace(&mut self, name: &str, text: String) -> Result<(), Text> {
        self.texts.push_str(&format!("{name}\n{text}\n"));
        let own = self.own.get_or_insert_with(shipped);
        own.add_template_owned(name.to_owned(), text).map_err(|error| told(&error))
    }

    /// Puts the shipped page back in its place.
    pub fn leave_unused(&mut self, name: &'static str) {
        self.unused.insert(name);
    }

    /// Something is wrong with the pages as they were written.
    pub fn amiss(&mut self, fault: String) {
        self.texts.push_str(&format!("{fault}\n"));
        self.note(fault.clone(), fault.into());
    }

    fn note(&self, fault: String, said: Text) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).insert(fault, said);
    }

    /// A few letters by which one knows whether the pages are the same still.
    pub fn fingerprint(&self) -> String {
        format!("{:016x}", digest(&[&self.texts]))
    }

    /// A text as it may leave by mail.
    pub fn masked(&self, text: String) -> String {
        if self.mask { masked(&text) } else { text }
    }

    /// A page filled in. `view` is what the template names; the phrases stand under `t`.
    pub fn render(&self, template: &str, language: Language, view: impl Serialize) -> String {
        let page = self.masked(self.filled_in(template, language, view));
        if template.ends_with(".html") && template != CASE { unbroken(&page) } else { page }
    }

    fn filled_in(&self, template: &str, language: Language, view: impl Serialize) -> String {
        #[derive(Serialize)]
        struct Context<V> {
            t: &'static Phrases,
            lang: &'static str,
            v: V,
        }
        let context = Context { t: language.phrases(), lang: language.word(), v: view };
        let own = self.own.as_ref().filter(|_| !self.unused.contains(template));
        match own.map(|own| own.get_template(template).and_then(|page| page.render(Serde(&context)))) {
            None => {}
            Some(Ok(text)) => return text,
            Some(Err(error)) => {
                let what = told(&error);
                let fault = format!("{template}: {}", what.words(Language::English));
                self.note(fault, what);
            }
        }
        SHIPPED_PAGES
            .get_template(template)
            .and_then(|page| page.render(Serde(&context)))
            .expect("the shipped templates render every letter, by a test")
    }

    /// What is known to be wrong with pages.
    pub fn faults(&self) -> BTreeSet<String> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }

    /// The same of one of them as a text, without the name of the page.
    pub fn fault(&self, words: &str) -> Option<Text> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).get(words).cloned()
    }
}

/// An error as an operator reads it; what the library calls it is quoted.
fn told(error: &minijinja::Error) -> Text {
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    let words = format!("{}{detail}", error.kind());
    let what = match error.kind() {
        ErrorKind::SyntaxError => say!("page-syntax", words),
        ErrorKind::UndefinedError => say!("page-undefined", words),
        ErrorKind::UnknownFilter | ErrorKind::UnknownTest | ErrorKind::UnknownFunction => {
            say!("page-unknown", words)
        }
        ErrorKind::TemplateNotFound => say!("page-not_found", words),
        ErrorKind::OutOfFuel => say!("page-endless", words),
        _ => say!("page-other", words),
    };
    match error.line() {
        Some(line) => say!("page-line", line, what),
        None => what,
    }
}

static SHIPPED_PAGES: LazyLock<Environment<'static>> = LazyLock::new(shipped);

fn shipped() -> Environment<'static> {
    let mut pages = Environment::new();
    pages.set_undefined_behavior(UndefinedBehavior::Strict);
    pages.set_auto_escape_callback(|name| {
        if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::Custom(PLAIN.into()) }
    });
    pages.set_formatter(|out, state, value| match (state.auto_escape(), value.as_str()) {
        (AutoEscape::Custom(_), Some(text)) if !value.is_safe() => Ok(out.write_str(&on_one_line(text))?),
        (AutoEscape::Custom(_), _) => Ok(write!(out, "{value}")?),
        (AutoEscape::Html, Some(text)) if !value.is_safe() => Ok(out.write_str(&escaped(text))?),
        (_, Some(text)) => Ok(out.write_str(&without_unseen(text))?),
        _ => minijinja::escape_formatter(out, state, value),
    });
    pages.set_fuel(Some(FUEL));
    pages.set_recursion_limit(DEPTH);
    // What stands in a record is never markup, whatever a page says of it.
    pages.remove_filter("safe");
    for (name, text) in SHIPPED {
        pages.add_template(name, text).expect("the shipped templates are read by a test");
    }
    pages
}

/// A text as it stands in markup: what is not seen, turns text round or commands a terminal is shown as `�`.
pub(super) fn escaped(text: &str) -> String {
    minijinja::HtmlEscape(&without_unseen(text)).to_string()
}

fn without_unseen(text: &str) -> String {
    seen(text).replace('\r', " ")
}

/// One message of a part of the language files, its variables filled in.
pub fn phrase(language: Language, part: &str, name: &str, values: &[(&str, &str)]) -> String {
    let values = values.iter().map(|(name, value)| ((*name).to_owned().into(), Text::from(*value))).collect();
    Text::Message { key: format!("{part}-{name}").into(), values }.words(language)
}

#[cfg(test)]
mod tests;
