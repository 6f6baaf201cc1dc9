//! What a record says, as it may stand in a line that people read: it ends no line, turns none round and commands no terminal.

use std::borrow::Cow;

/// What stands in the place of a character that is not seen.
const UNSEEN: char = '\u{fffd}';

/// Longest run without a blank that is left as it is, in characters.
const RUN: usize = 200;

/// A text on one line: line breaks and tabs become blanks, other control characters, marks of direction and characters without
/// a width become `�`, and of a run of more than 200 characters the rest is cut off.
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    if text.len() <= RUN && !text.contains(|c| is_break(c) || is_unseen(c)) {
        return Cow::Borrowed(text);
    }
    let (mut line, mut run) = (String::with_capacity(text.len().min(4 * RUN)), 0);
    for c in text.chars() {
        let c = match c {
            c if is_break(c) => ' ',
            c if is_unseen(c) => UNSEEN,
            c => c,
        };
        run = if c.is_whitespace() || is_ideograph(c) { 0 } else { run + 1 };
        match run {
            ..=RUN => line.push(c),
            _ if !line.ends_with('…') => line.push('…'),
            _ => {}
        }
    }
    Cow::Owned(line)
}

/// A text of several lines without what is not seen: for a terminal. Line breaks are its own.
pub fn seen(text: &str) -> Cow<'_, str> {
    if text.contains(is_unseen) {
        Cow::Owned(text.replace(is_unseen, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A cell of a table for spreadsheets, on one line, and taken by none for a formula.
pub fn cell(text: &str) -> Cow<'_, str> {
    let cell = on_one_line(text);
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        cell
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Control characters, marks of direction, and what has no width; joiners of scripts are left.
fn is_unseen(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Chinese is written without blanks, and may be broken anywhere.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Issue 14.6: what people read is not written by the record.
    #[test]
    fn what_a_record_says_stays_on_its_line() {
        assert!(matches!(on_one_line("长期未办结，见附件（一）"), Cow::Borrowed(_)));
        assert_eq!(on_one_line("甲\r\n黄牌：乙\t丙"), "甲  黄牌：乙 丙");
        assert_eq!(on_one_line("\u{1b}[2J\u{202e}gro.live\u{2066}\u{200b}\u{9b}x"), "�[2J�gro.live���x");
        assert_eq!(on_one_line("क्\u{200d}ष"), "क्\u{200d}ष", "a joiner is part of the script");
    }

    /// A run of 200 characters is left, one of 201 cut; Chinese may be broken anywhere.
    #[test]
    fn an_overlong_run_is_cut() {
        assert_eq!(on_one_line(&"x".repeat(200)), "x".repeat(200));
        assert_eq!(on_one_line(&"x".repeat(201)), format!("{}…", "x".repeat(200)));
        let long = format!("{} y", "x".repeat(1000));
        assert_eq!(on_one_line(&long), format!("{}… y", "x".repeat(200)));
        assert_eq!(on_one_line(&"长".repeat(300)), "长".repeat(300));
    }

    #[test]
    fn a_spreadsheet_runs_no_cell() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\t=1", "' =1"),
            ("\r=1", "' =1"),
            ("＝1", "'＝1"),
            ("1-1", "1-1"),
            ("", ""),
            ("a\n=1", "a =1"),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }

    #[test]
    fn a_terminal_is_commanded_by_nobody() {
        assert_eq!(seen("一\n二\u{1b}]0;x\u{7}\r\n"), "一\n二�]0;x�\r\n");
    }
}
