//! Numbers of cases that differ only in how they are spelled.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizer;

/// What a number is but for its spelling: compatibility forms as their plain ones (NFKC), brackets of every shape alike, no blanks, no
/// characters without width, no apostrophe or `="…"` that a spreadsheet put around it, no `.0` behind it, in small letters. A case is known by its
/// number as it stands; this only says which numbers hardly are two.
pub fn plain(number: &str) -> String {
    let mut plain = String::with_capacity(number.len());
    // What is plain already needs no table; nearly all numbers are.
    let usual = |sign: char| sign.is_ascii() || ('\u{4E00}'..='\u{9FFF}').contains(&sign) || is_bracket(sign);
    let number = match number.chars().all(usual) {
        true => Cow::Borrowed(number),
        false => ComposingNormalizer::new_nfkc().normalize(number),
    };
    for sign in number.chars() {
        match sign {
            '〔' | '【' | '[' | '〖' | '{' | '〚' | '〘' | '「' | '『' => plain.push('('),
            '〕' | '】' | ']' | '〗' | '}' | '〛' | '〙' | '」' | '』' => plain.push(')'),
            _ if sign.is_whitespace() || has_no_width(sign) => {}
            _ => plain.extend(sign.to_lowercase()),
        }
    }
    // A column of numbers that was read as one of floating point.
    let whole = plain.strip_suffix(".0").filter(|whole| whole.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(whole) = whole.filter(|whole| !whole.is_empty()) {
        return whole.to_owned();
    }
    let bare = plain.strip_prefix('=').unwrap_or(&plain).trim_matches(['"', '\'', '’', '‘', '“', '”']);
    if bare.is_empty() { plain } else { bare.to_owned() }
}

/// Brackets that stand in most numbers.
fn is_bracket(sign: char) -> bool {
    matches!(sign, '〔' | '〕' | '【' | '】')
}

/// A full-width form as its plain one.
pub(in crate::domain) fn half_width(sign: char) -> char {
    match sign {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign),
        _ => sign,
    }
}

/// A number or code without the `="…"` or the leading apostrophe by which a spreadsheet was told that it is a text.
pub fn unwrapped(text: &str) -> &str {
    let formula = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    formula.unwrap_or_else(|| text.strip_prefix('\'').unwrap_or(text)).trim()
}

/// Whether a number is what a spreadsheet writes where it has none: `#N/A`, `#REF!`, or `####` where the column is too narrow.
pub fn is_no_value(number: &str) -> bool {
    const ERRORS: [&str; 9] =
        ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "[object Object]"];
    ERRORS.iter().any(|error| error.eq_ignore_ascii_case(number))
        || (number.len() > 1 && number.bytes().all(|byte| byte == b'#'))
}

/// Whether a number was written in scientific form (`4.31002E+17`), as spreadsheets write one of more than eleven digits: others
/// were written alike.
pub fn is_damaged(number: &str) -> bool {
    let Some((digits, power)) = number.split_once(['e', 'E']) else { return false };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let of_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let power = power.strip_prefix('+').or(Some(power).filter(|_| digits.contains('.')));
    whole.len() == 1
        && of_digits(whole)
        && of_digits(fraction)
        && power.is_some_and(|power| (1..=3).contains(&power.len()) && of_digits(power))
}

fn has_no_width(sign: char) -> bool {
    matches!(sign, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
        | '\u{180E}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::{is_damaged, is_no_value, plain, unwrapped};

    /// Issue 13: what a spreadsheet puts around a number comes off; a number in scientific form has lost its last digits. A code that
    /// has an E is no such number.
    #[test]
    fn what_a_spreadsheet_does_to_a_number() {
        for text in ["=\"431002\"", "'431002", "431002", "=\" 431002 \""] {
            assert_eq!(unwrapped(text), "431002");
        }
        assert_eq!(unwrapped("建'1"), "建'1");
        assert!(["#N/A", "#REF!", "#name?", "########", "[object Object]"].into_iter().all(is_no_value));
        assert!(!["#", "#1", "N/A-1", "1#"].into_iter().any(is_no_value));
        assert!(["4.31002E+17", "4.31002e17", "4E+17"].into_iter().all(is_damaged));
        assert!(
            !["4E17", "12E+3", "A1E+3", "431002", "4.31E", "E+17", "4.31E+1755"].into_iter().any(is_damaged)
        );
    }

    /// Issue 13: blanks, brackets, full-width forms, case and what a spreadsheet adds are spelling; a digit, a sign between digits or
    /// a word is another number.
    #[test]
    fn spelling_makes_no_other_number() {
        for spelled in [
            "建〔2025〕1号",
            "建[2025]1号",
            "建［2025］1号",
            "建【2025】1号",
            "建(2025)1号",
            "建（2025）1号",
            " 建 〔2025〕\u{3000}1号",
            "建〔２０２５〕１号",
            "'建〔2025〕1号",
            "=\"建〔2025〕1号\"",
            "建〔2025〕\u{200B}1号",
            "‘建〔2025〕1号",
            "建〔2025〕①号",
            "建﹝2025﹞1号",
            "建｛2025｝1号",
            "建〔2025〕1\u{FE0F}号",
            "建〔2025〕\u{2066}1\u{2069}号",
        ] {
            assert_eq!(plain(spelled), "建(2025)1号", "{spelled}");
        }
        assert_eq!(plain("Ａb-1"), plain("AB-1"));
        assert_eq!(plain("Ⅲ-\u{F90A}"), "iii-金", "compatibility forms");
        for other in ["建〔2025〕11号", "建〔2025〕2号", "建2025 1号", "住建〔2025〕1号", "建〔2025〕1-号"]
        {
            assert_ne!(plain(other), "建(2025)1号", "{other}");
        }
        assert_eq!(
            (plain("1002.0"), plain("1.0.0"), plain(".0")),
            ("1002".into(), "1.0.0".into(), ".0".into())
        );
        assert_eq!(plain("'"), "'", "a number of nothing else is none other");
    }
}
