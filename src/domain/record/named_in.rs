//! Which tickets or receipts a clerk's note names.

use super::number::plain;

/// A note names so many pieces at most: who lists a day's tickets names none of them.
const MOST: usize = 3;
/// A longer note is a text.
const LONGEST: usize = 60;
/// What a number stands behind, the longest first.
const LABELS: [&str; 12] = [
    "排队号码",
    "排队叫号",
    "排队号",
    "叫号",
    "取号",
    "票号",
    "票据号",
    "收据号",
    "号码",
    "编号",
    "号票",
    "no.",
];

/// A key of evidence without the hyphen between its letters and its digits: `a-008` is `a008`. Digits keep theirs, as `1-23` and `12-3`
/// are two.
pub fn joined(key: &str) -> String {
    match key.split_once(['-', '_']) {
        Some((letters, digits)) if is_letters(letters) && is_digits(digits) => format!("{letters}{digits}"),
        _ => key.to_owned(),
    }
}

/// The keys that a note names beside what it says as a whole, as [`plain`] and [`joined`] spell them: `票号A003`, `A002号`, `A004、A005`,
/// `A-008`, `A010/窗口3`. Digits alone count where a word says that they are a number, or where the note is a list of nothing
/// else of three digits or more: else they may be a day or a window.
pub fn keys_named(note: &str) -> Vec<String> {
    if note.chars().count() > LONGEST {
        return Vec::new();
    }
    let pieces: Vec<&str> = note.split(is_between).filter(|piece| !piece.is_empty()).collect();
    let is_list =
        !note.contains(['/', '／', ':', '：']) && pieces.iter().all(|piece| is_number(&plain(piece)));
    let (mut labelled, mut keys) = (false, Vec::new());
    for piece in pieces {
        let piece = plain(piece);
        let bare = LABELS.iter().find_map(|label| piece.strip_prefix(label));
        labelled |= bare.is_some();
        let bare = bare.unwrap_or(&piece);
        let key = joined(bare.strip_suffix('号').unwrap_or(bare));
        let is_key = is_digits(&key) && (labelled || is_list) || is_of_letters_and_digits(&key);
        if is_key && (key != piece || note != piece) {
            keys.push(key);
        }
    }
    keys.sort();
    keys.dedup();
    if keys.len() > MOST { Vec::new() } else { keys }
}

fn is_between(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(
            sign,
            '、' | '，' | ',' | '；' | ';' | '/' | '／' | '|' | '：' | ':' | '和' | '及' | '与' | '+'
        )
        || matches!(sign, '（' | '）' | '(' | ')' | '。')
}

fn is_letters(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits of a number that is hardly a day, a month or a window.
fn is_number(text: &str) -> bool {
    text.len() > 2 && is_digits(text)
}

fn is_of_letters_and_digits(text: &str) -> bool {
    let has = |of: fn(&u8) -> bool| text.bytes().any(|byte| of(&byte));
    let only = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    text.bytes().all(only) && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Issue 13: a ticket noted with a word, a list of two, a window behind it, a hyphen in it.
    #[test]
    fn a_note_names_tickets_as_clerks_write_them() {
        for (note, named) in [
            ("A002号", &["a002"][..]),
            ("票号A003", &["a003"]),
            ("票号：A003", &["a003"]),
            ("Ｎｏ．A003", &["a003"]),
            ("A004、A005", &["a004", "a005"]),
            ("A004和A005 A004", &["a004", "a005"]),
            ("A-008", &["a008"]),
            ("A010/窗口3", &["a010"]),
            ("叫号：A011，现场取件", &["a011"]),
            ("票号1023", &["1023"]),
            ("排队号：7、8", &["7", "8"]),
            ("101、102", &["101", "102"]),
            ("A1、A2、A3", &["a1", "a2", "a3"]),
        ] {
            assert_eq!(keys_named(note), named, "{note}");
        }
    }

    /// A day, a window, a count, a text and a list of a day's tickets name none.
    #[test]
    fn what_is_no_ticket_is_not_named() {
        let long = "现场".repeat(30) + "A001";
        for note in [
            "2026/3/2",
            "2026-03-02",
            "3月2号",
            "材料3份",
            "窗口3",
            "10、11",
            "现场取件",
            "",
            "号",
            long.as_str(),
            "A1、A2、A3、A4",
        ] {
            assert_eq!(keys_named(note), [""; 0], "{note}");
        }
        assert_eq!(keys_named("a001"), [""; 0], "it says so as a whole");
    }

    #[test]
    fn a_hyphen_between_letters_and_digits_is_spelling() {
        for (key, is) in
            [("a-008", "a008"), ("a_8", "a8"), ("1-23", "1-23"), ("a-1-2", "a-1-2"), ("a-", "a-")]
        {
            assert_eq!(joined(key), is);
        }
    }
}
