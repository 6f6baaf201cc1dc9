//! Numbers of the shape of an identity number, hidden in what leaves by mail: some offices number their cases so.

use chrono::NaiveDate;

/// Digits of an identity number, and those of them before the birthday and behind it.
const DIGITS: usize = 18;
const REGION: usize = 6;
const BIRTHDAY: usize = 8;

/// A text with the birthdays of identity numbers in it hidden: `431002198001011234` becomes `431002********1234`. Hyphens and
/// blanks between the digits hide none.
pub(super) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut after_digit = false;
    while let Some(c) = rest.chars().next() {
        match number(rest).filter(|_| !after_digit) {
            Some(number) => {
                let mut place = 0;
                for c in number.chars() {
                    let hidden = (REGION..REGION + BIRTHDAY).contains(&place) && is_digit(c);
                    out.push(if hidden { '*' } else { c });
                    place += usize::from(is_digit(c));
                }
                rest = &rest[number.len()..];
                after_digit = true;
            }
            None => {
                out.push(c);
                after_digit = is_digit(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

/// The identity number that a text begins with.
fn number(text: &str) -> Option<&str> {
    let mut digits = String::with_capacity(DIGITS);
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => digits.push(c),
            '０'..='９' => digits.extend(char::from_digit(u32::from(c) - u32::from('０'), 10)),
            'x' | 'X' if digits.len() == DIGITS - 1 => digits.push('0'),
            '-' | ' ' | '－' | '–' if (1..DIGITS).contains(&digits.len()) => continue,
            _ => break,
        }
        if digits.len() > DIGITS {
            return None;
        }
        end = at + c.len_utf8();
    }
    (digits.len() == DIGITS && is_birthday(&digits[REGION..REGION + BIRTHDAY])).then(|| &text[..end])
}

fn is_birthday(digits: &str) -> bool {
    let part = |range: std::ops::Range<usize>| digits[range].parse::<u32>().unwrap_or(0);
    let year = part(0..4);
    (1850..2200).contains(&year) && NaiveDate::from_ymd_opt(year as i32, part(4..6), part(6..8)).is_some()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::masked;

    /// Issue 14.6: with a check digit of X, with hyphens, in digits of full width, in the middle of a sentence.
    #[test]
    fn the_birthday_of_an_identity_number_is_hidden() {
        for (text, shown) in [
            ("431002198001011234", "431002********1234"),
            ("43100219800101123X 号件", "431002********123X 号件"),
            ("办件431002-19800101-1234：", "办件431002-********-1234："),
            ("４３１００２１９８００１０１１２３４", "４３１００２********１２３４"),
            ("431002198001011234 2011", "431002********1234 2011"),
            ("431002198001011234、431002199912311234", "431002********1234、431002********1234"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    /// A birthday lies between 1850 and 2199: nobody who has business with an office was born before or will be after.
    #[test]
    fn a_birthday_lies_in_a_year_of_people() {
        for (born, hidden) in [
            ("18491231", false),
            ("18500101", true),
            ("21991231", true),
            ("22000101", false),
            ("20000229", true),
            ("20010229", false),
            ("20000001", false),
            ("20001301", false),
            ("20000100", false),
        ] {
            let number = format!("431002{born}1234");
            assert_eq!(masked(&number) == "431002********1234", hidden, "{born}");
            assert_eq!(masked(&number) == number, !hidden, "{born}");
        }
    }

    /// An X is a check digit in the last place alone; hyphens and blanks stand between digits and not before or behind the number.
    #[test]
    fn what_stands_between_the_digits_and_around_them() {
        for (text, shown) in [
            ("43100219800101123x", "431002********123x"),
            ("4310021980010112X4", "4310021980010112X4"),
            ("-431002198001011234-1", "-431002********1234-1"),
            ("4-3-1 0 0 2–1980－0101 1234", "4-3-1 0 0 2–****－**** 1234"),
            ("1 431002198001011234", "1 431002********1234"),
            ("1431002198001011234", "1431002198001011234"),
            ("第1号431002198001011234", "第1号431002********1234"),
            ("43100219800101123", "43100219800101123"),
            ("", ""),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    /// Longer and shorter runs, and those without a birthday in them, are other numbers.
    #[test]
    fn other_numbers_are_left() {
        for text in [
            "4310021980010112345",
            "43100219800101123",
            "431002198013011234",
            "2011-10-26 09:05:00",
            "431000201110260001234",
            "A-2011-001",
        ] {
            assert_eq!(masked(text), text);
        }
    }
}
