//! Whether a text says anything.

/// Whether a text says anything: 无, / and the like are what a form is filled with to be let through.
#[inline]
pub fn says_something(text: &str) -> bool {
    // Most names, notes and numbers need no look into the tables of Unicode.
    match text.as_bytes() {
        // It begins and ends with an ideograph; these are the fillers of two.
        [a, b, .., c, d, _] if ideograph(*a, *b) && ideograph(*c, *d) => {
            !matches!(text, "没有" | "不详" | "暂无")
        }
        [b'0'..=b'9', ..] => true, // No filler begins with a digit.
        _ => is_no_filler(text),
    }
}

/// Whether a character of UTF-8 that begins with these bytes is an ideograph, from U+4E00 to U+9FFF.
fn ideograph(first: u8, second: u8) -> bool {
    matches!((first, second), (0xE4, 0xB8..) | (0xE5..=0xE9, _))
}

fn is_no_filler(text: &str) -> bool {
    if text.contains('\u{fffd}') {
        return true; // Something stands there that cannot be read.
    }
    const EMPTY: [&str; 9] = ["无", "没有", "不详", "暂无", "空", "none", "null", "n/a", "na"];
    const LONGEST: usize = "没有".len();
    let ideograph = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let text = text.trim_matches(|c: char| !ideograph(c) && !c.is_alphanumeric());
    text.len() > LONGEST || !(text.is_empty() || EMPTY.iter().any(|empty| text.eq_ignore_ascii_case(empty)))
}
