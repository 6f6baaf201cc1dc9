//! A cell of a source's row, as far as it can be trusted: its text, and how it may be quoted.

use std::borrow::Cow;

use crate::domain::text::visible::on_one_line;
use crate::domain::text::{Text, say};

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number of floating point.
    Real(f64),
    /// A number of a column that has decimals, as it is written.
    Decimal(&'a str),
    /// A number of floating point that is kept with so few digits that others are written alike, as it is written.
    Single(&'a str),
    /// Text.
    Text(&'a str),
    /// A day or moment by the type of its cell, as ISO 8601 writes it.
    Time(&'a str),
    /// Bytes that stand where text should, and are none in the encoding of the source: what can be read of them.
    Garbled(&'a str),
    /// Text that is longer than a cell of a record may be.
    TooLong,
    /// Bytes that were never meant as text.
    Blob,
    /// A formula of a spreadsheet without a result: `#N/A`.
    Failed,
}

/// Why a cell is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoText {
    /// As of [`Value::Garbled`].
    Garbled,
    /// As of [`Value::TooLong`].
    TooLong,
    /// As of [`Value::Blob`].
    Blob,
    /// As of [`Value::Failed`].
    Failed,
}

impl From<NoText> for Text {
    fn from(why: NoText) -> Self {
        match why {
            NoText::Garbled => say!("cell-garbled"),
            NoText::TooLong => say!("cell-too_long"),
            NoText::Blob => say!("cell-blob"),
            NoText::Failed => say!("cell-failed"),
        }
    }
}

/// A row of a source: its cells by position.
pub trait Row {
    /// The cell at a position that the row's header has.
    fn cell(&self, column: usize) -> Value<'_>;
}

impl Row for [Value<'_>] {
    fn cell(&self, column: usize) -> Value<'_> {
        self[column]
    }
}

impl<'a> Value<'a> {
    /// The cell as trimmed text, a number in decimal; empty for nothing. `Err` says why it is no text.
    pub fn text(self) -> Result<Cow<'a, str>, NoText> {
        match self {
            Self::Null => Ok(Cow::Borrowed("")),
            Self::Integer(number) => Ok(Cow::Owned(number.to_string())),
            Self::Real(number) => Ok(Cow::Owned(number.to_string())),
            Self::Text(text) | Self::Time(text) | Self::Decimal(text) | Self::Single(text) => {
                Ok(Cow::Borrowed(text.trim()))
            }
            Self::Garbled(_) => Err(NoText::Garbled),
            Self::TooLong => Err(NoText::TooLong),
            Self::Blob => Err(NoText::Blob),
            Self::Failed => Err(NoText::Failed),
        }
    }

    /// The same without the decimals of a whole number, for whoever reads times or compares: they come of the column and not of what was
    /// entered.
    pub fn plain(self) -> Self {
        match self {
            Self::Decimal(text) => match whole(text).map(str::parse) {
                Some(Ok(number)) => Self::Integer(number),
                _ => Self::Text(text),
            },
            Self::Single(text) => Self::Text(text),
            other => other,
        }
    }

    /// Whether nothing stands there: NULL, or text of nothing but white space.
    pub fn is_empty(self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.trim_start().is_empty(),
            _ => false,
        }
    }
}

/// A number without its decimals; `None`: it has a fraction.
pub(super) fn whole(number: &str) -> Option<&str> {
    let Some((whole, decimals)) = number.split_once('.') else { return Some(number) };
    decimals.bytes().all(|digit| digit == b'0').then_some(whole)
}

/// Longest stretch of a value that a message shows, in characters.
const SHOWN: usize = 40;

/// A value as a message may show it: at most 40 characters, and not at all where it looks like an identity,
/// bank or telephone number.
pub fn quoted(text: &str) -> Text {
    match shown(text) {
        Some(shown) => say!("cell-quoted", shown),
        None => say!("cell-not_shown"),
    }
}

/// Names of columns that a message lists at most.
const LISTED: usize = 16;

/// Names of columns as a message may list them: the first 16, each as [`quoted`], as a file without a header row has values
/// in their place.
pub fn listed<S: AsRef<str>>(names: &[S]) -> Text {
    let first = Text::list(names.iter().take(LISTED).map(|name| quoted(name.as_ref())), "list-comma");
    match names.len().saturating_sub(LISTED) {
        0 => first,
        more => say!("fault-names_more", names = first, more),
    }
}

/// The same without quotation marks; `None`: it is not to be shown.
pub(super) fn shown(text: &str) -> Option<String> {
    if looks_personal(text) {
        return None;
    }
    let mut shown = on_one_line(cut(text, SHOWN)).into_owned();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    Some(shown)
}

/// A run of 15 digits or more (identity numbers old and new, bank cards), or of 11 beginning as mobile
/// numbers do; also with a hyphen, a blank or the like between the digits, and in digits of full width.
fn looks_personal(text: &str) -> bool {
    let mut run: Vec<char> = Vec::new();
    let is_personal = |run: &[char]| run.len() >= 15 || (run.len() == 11 && run[0] == '1' && run[1] >= '3');
    let mut gap = false;
    for c in text.chars().chain(['\n']) {
        match c {
            '0'..='9' => run.push(c),
            '０'..='９' => run.extend(char::from_digit(u32::from(c) - u32::from('０'), 10)),
            // Between two digits a single one of these splits no number.
            '-' | ' ' | '.' | '_' | '－' | '‐' | '–' | '—' | '\u{a0}' | '\u{3000}'
                if !gap && !run.is_empty() =>
            {
                gap = true;
                continue;
            }
            _ if is_personal(&run) => return true,
            _ => run.clear(),
        }
        gap = false;
    }
    false
}

/// The first `limit` characters.
pub(super) fn cut(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    /// DESIGN section 2: personal data stays where it is.
    #[test]
    fn a_message_shows_a_value_short_and_never_a_personal_number() {
        let words =
            |text: &str| [Language::Chinese, Language::English].map(|language| quoted(text).words(language));
        assert_eq!(words("2011-02-30"), ["“2011-02-30”", "`2011-02-30`"]);
        assert_eq!(words(&"长".repeat(41))[1].chars().count(), 43);
        for number in ["431002198001011234", "43100219800101123X", "13800138000", "电话13800138000"] {
            let [zh, en] = words(number);
            assert!(!zh.contains("00") && !en.contains("00"), "{en}");
        }
    }

    /// Identity numbers of old have fifteen digits: fourteen, fifteen, sixteen.
    #[test]
    fn fifteen_digits_are_personal() {
        let shown =
            ["43100280010112", "431002800101123", "4310028001011234"].map(|digits| shown(digits).is_some());
        assert_eq!(shown, [true, false, false]);
    }

    /// However wide a file is, what is said of its columns fits a screen.
    #[test]
    fn of_many_names_the_first_are_listed() {
        let listed = |names: &[&str]| listed(names).words(Language::English);
        assert_eq!(listed(&["a", "b"]), "`a`, `b`");
        let wide = listed(&vec![&*"长".repeat(400); 300]);
        assert!(wide.ends_with("…` and 284 more"), "{wide}");
        assert!(wide.chars().count() < 24 * 80 / 2, "{wide}");
        assert!(!listed(&["431002198001011234"]).contains("00"));
    }

    /// The zeros of `decimal(20,2)` are the column's and not the number's; a fraction is the number's own.
    #[test]
    fn decimals_of_a_whole_number_come_off() {
        assert_eq!(Value::Decimal("20260302.0000").plain(), Value::Integer(20_260_302));
        assert_eq!(Value::Decimal("20260302.0001").plain(), Value::Text("20260302.0001"));
        assert_eq!(Value::Decimal("43100219800101123456.00").plain(), Value::Text("43100219800101123456.00"));
        assert_eq!(Value::Text("1001.00").plain(), Value::Text("1001.00"), "a text says what it says");
        assert_eq!([whole("1001.00"), whole("1001"), whole("1001.50")], [Some("1001"), Some("1001"), None]);
    }

    #[test]
    fn white_space_is_nothing() {
        assert!(Value::Text(" \u{3000}\t").is_empty());
        assert!(!Value::Integer(0).is_empty());
    }
}
