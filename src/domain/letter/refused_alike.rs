//! Refusals that are the server's fault: it answers several addresses alike and takes no letter meanwhile. Then nothing is refused, and
//! all wait.

use std::collections::BTreeSet;

/// A letter that was refused since the server last took one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its row.
    pub letter: i64,
    /// To whom it was.
    pub address: String,
    /// What the server answered.
    pub why: String,
    /// When, as it was entered.
    pub at: String,
}

/// Refusals that are one fault.
#[derive(Debug, PartialEq, Eq)]
pub struct Alike<'r> {
    /// The letters that were refused before.
    pub letters: Vec<i64>,
    /// Whose fault it was not.
    pub addresses: BTreeSet<&'r str>,
    /// When the first of them was refused.
    pub since: &'r str,
}

/// Those of the refusals before that are one fault with that of a letter to an address, in the order in which they came; `None`: it
/// was refused for itself.
pub fn alike<'r>(address: &str, why: &str, before: &'r [Refusal]) -> Option<Alike<'r>> {
    let same: Vec<&Refusal> = before.iter().filter(|it| codes(&it.why) == codes(why)).collect();
    let addresses: BTreeSet<&str> = same.iter().map(|it| it.address.as_str()).collect();
    if addresses.iter().all(|it| *it == address) {
        return None;
    }
    let since = same.first().map_or("", |it| it.at.as_str());
    Some(Alike { letters: same.iter().map(|it| it.letter).collect(), addresses, since })
}

/// The codes of an answer (RFC 5321 section 4.2, RFC 3463 section 2): its words may name the address.
fn codes(why: &str) -> Vec<&str> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let reply = |text: &str| text.len() == 3 && digits(text) && text.starts_with(['4', '5']);
    let enhanced = |text: &str| text.split('.').count() == 3 && text.split('.').all(digits);
    let words = why.split(|at: char| at.is_whitespace() || matches!(at, ':' | '-' | '“' | '`'));
    words.filter(|word| reply(word) || enhanced(word)).take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCKED: &str = "554 5.7.1 blocked";

    fn refusals(of: &[(&str, &str)]) -> Vec<Refusal> {
        let refusal = |(letter, (address, why)): (i64, &(&str, &str))| Refusal {
            letter,
            address: (*address).to_owned(),
            why: (*why).to_owned(),
            at: format!("2012-03-0{letter}"),
        };
        (1..).zip(of).map(refusal).collect()
    }

    /// Two addresses that are answered alike; not one address however often, and not two answers.
    #[test]
    fn several_are_two_addresses_with_one_answer() {
        assert_eq!(alike("a@b", BLOCKED, &[]), None);
        assert_eq!(alike("a@b", BLOCKED, &refusals(&[("a@b", BLOCKED), ("a@b", BLOCKED)])), None);
        assert_eq!(alike("a@b", BLOCKED, &refusals(&[("x@b", "550 5.1.1 no such user")])), None);
        let before =
            refusals(&[("z@b", "550 5.1.1 no such user"), ("a@b", BLOCKED), ("x@b", "554 5.7.1 <x@b> no")]);
        let found = alike("a@b", BLOCKED, &before).unwrap();
        assert_eq!((found.letters, found.since), (vec![2, 3], "2012-03-02"));
        assert_eq!(found.addresses, BTreeSet::from(["a@b", "x@b"]), "z@b was refused for itself");
    }

    /// RFC 3463 section 2: the reply code and, where there is one, the enhanced code; whatever is said with them.
    #[test]
    fn answers_are_alike_by_their_codes() {
        assert_eq!(codes("the server refused a@b.cn: 554 5.7.1 <a@b.cn> blocked at 12:00"), ["554", "5.7.1"]);
        assert_eq!(codes("the server refused: 554-DT:SPM 163 smtp"), ["554"]);
        assert_ne!(codes("550 5.1.1 no such user"), codes("550 5.7.1 no such user"));
        assert_eq!(codes("it is full"), [""; 0]);
    }
}
