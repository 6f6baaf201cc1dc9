//! Numbers of cases that differ only in how they are spelled.

/// What a number is but for its spelling: full-width characters as their plain ones, brackets of every shape alike, no blanks, no
/// characters without width, no apostrophe or `="…"` that a spreadsheet put around it, in small letters. A case is known by its
/// number as it stands; this only says which numbers hardly are two.
pub fn plain(number: &str) -> String {
    let mut plain = String::with_capacity(number.len());
    for sign in number.chars().map(half_width) {
        match sign {
            '〔' | '［' | '【' | '﹝' | '[' | '〖' => plain.push('('),
            '〕' | '］' | '】' | '﹞' | ']' | '〗' => plain.push(')'),
            _ if sign.is_whitespace() || has_no_width(sign) => {}
            _ => plain.extend(sign.to_lowercase()),
        }
    }
    let bare = plain.strip_prefix('=').unwrap_or(&plain).trim_matches(['"', '\'', '’', '‘', '“', '”']);
    if bare.is_empty() { plain } else { bare.to_owned() }
}

/// A full-width form as its plain one.
fn half_width(sign: char) -> char {
    match sign {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign),
        _ => sign,
    }
}

fn has_no_width(sign: char) -> bool {
    matches!(sign, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::plain;

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
        ] {
            assert_eq!(plain(spelled), "建(2025)1号", "{spelled}");
        }
        assert_eq!(plain("Ａb-1"), plain("AB-1"));
        for other in ["建〔2025〕11号", "建〔2025〕2号", "建2025 1号", "住建〔2025〕1号", "建〔2025〕1-号"]
        {
            assert_ne!(plain(other), "建(2025)1号", "{other}");
        }
        assert_eq!(plain("'"), "'", "a number of nothing else is none other");
    }
}
