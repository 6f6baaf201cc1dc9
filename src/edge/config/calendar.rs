//! Working-day calendars: the one inside the program, one read from a file, and overlays on either.

mod check;
#[cfg(test)]
mod tests;
mod written;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use std::sync::LazyLock;

use crate::domain::calendar::{Calendar, Declared, Lunar};
use crate::domain::text::{Language, Text, say};
use crate::edge::{operator, plain_file};
use written::Written;

/// What ships inside the program: mainland China, by the State Council's notices.
const CHINA: &str = include_str!("../../../config/calendar/cn.toml");

/// The days that the moon and the sun fix.
const LUNAR: &str = include_str!("../../../config/calendar/lunar.toml");

static LUNAR_DAYS: LazyLock<BTreeMap<i32, Lunar>> =
    LazyLock::new(|| lunar(LUNAR).expect("the embedded file is read by a test"));

/// `2027 = ["02-06", "04-05", "06-09", "09-15"]`: 春节, 清明, 端午, 中秋.
fn lunar(text: &str) -> Option<BTreeMap<i32, Lunar>> {
    let years: BTreeMap<String, [String; 4]> = toml::from_str(text).ok()?;
    let one = |(year, days): (String, [String; 4])| {
        let days = days.map(|day| format!("{year}-{day}").parse::<NaiveDate>().ok());
        let [Some(spring), Some(qingming), Some(dragon_boat), Some(mid_autumn)] = days else { return None };
        Some((year.parse().ok()?, Lunar { spring, qingming, dragon_boat, mid_autumn }))
    };
    years.into_iter().map(one).collect()
}

/// A mistake in a calendar file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, from 1, where the mistake has one.
    pub line: Option<usize>,
    /// What is wrong and what is expected, in a sentence.
    pub message: Text,
}

impl Problem {
    /// The mistake with its line, in a language.
    pub fn words(&self, language: Language) -> String {
        let message = self.message.clone();
        match self.line {
            Some(line) => say!("config-in_line", line, message).words(language),
            None => message.words(language),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(operator::language()))
    }
}

/// The calendar of mainland China inside the program. Made once; every call clones a pointer.
pub fn embedded() -> Calendar {
    static EMBEDDED: LazyLock<Calendar> =
        LazyLock::new(|| parse(CHINA).expect("the embedded file is read by a test"));
    EMBEDDED.clone()
}

/// Reads a calendar that replaces the one inside the program.
///
/// # Errors
/// Every mistake of the file at once.
pub fn read(path: &Path) -> Result<Calendar, Vec<Problem>> {
    parse(&text_of(path)?)
}

/// Reads a calendar from the text of its file, as [`read`] does.
///
/// # Errors
/// Every mistake of the text at once.
pub fn parse(text: &str) -> Result<Calendar, Vec<Problem>> {
    let written = Written::parse(text)?;
    let mut declared = check::whole(&written, text)?;
    // Years without any holiday are not the State Council's: its law says nothing of what follows them.
    declared.fixed = written.plain.is_none().then(|| LUNAR_DAYS.clone());
    seal(declared)
}

/// Lays a file of the same form over a calendar: local holidays, closures, Saturday service. Its days win, it
/// need not balance and may open a weekday that the base has off; each of its blocks gives its source. A block with
/// `public_holidays` is a whole year's notice: it must balance, and makes the year after the base's last one known.
///
/// # Errors
/// Every mistake of the file at once.
pub fn overlay(base: &Calendar, path: &Path) -> Result<Calendar, Vec<Problem>> {
    overlay_text(base, &text_of(path)?)
}

/// Lays the text of an overlay file over a calendar, as [`overlay`] does.
///
/// # Errors
/// Every mistake of the text at once.
pub fn overlay_text(base: &Calendar, text: &str) -> Result<Calendar, Vec<Problem>> {
    let mut declared = base.declared().clone();
    let last = declared.known.end().year();
    let overlay = check::overlay(&Written::parse(text)?, text, last)?;
    if let Some(end) = overlay.notices.keys().last().and_then(|year| NaiveDate::from_ymd_opt(*year, 12, 31)) {
        declared.known = *declared.known.start()..=end;
    }
    declared.notices.extend(overlay.notices);
    declared.special.extend(overlay.special);
    seal(declared)
}

fn text_of(path: &Path) -> Result<String, Vec<Problem>> {
    plain_file::read_to_string(path).map_err(|cause| unreadable(path, &cause))
}

/// That a calendar file cannot be read.
pub(super) fn unreadable(path: &Path, cause: &std::io::Error) -> Vec<Problem> {
    let message =
        say!("config-calendar_unread", file = path.display().to_string(), why = operator::why(cause));
    vec![Problem { line: None, message }]
}

fn seal(declared: Declared) -> Result<Calendar, Vec<Problem>> {
    let digest = ring::digest::digest(&ring::digest::SHA256, declared.canonical().as_bytes());
    let version = digest.as_ref().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    Calendar::new(declared, version).map_err(|cause| vec![Problem { line: None, message: cause.into() }])
}
