//! Who knows of a finding, by the letters that were written on it.

use std::collections::BTreeMap;

use super::news::Informed;
use crate::domain::finding::Event;

/// A letter on something that happened to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterOn {
    /// What happened.
    pub event: Event,
    /// For whom it was written.
    pub reader: Informed,
    /// Another one took its place.
    pub superseded: bool,
    /// It went to its address, or may have arrived there.
    pub handed_over: bool,
}

/// Those for whom a letter stands of which the last does not take the finding back, by address. `letters` are in the order in which
/// what they tell happened.
pub fn still_informed(letters: &[LetterOn]) -> Vec<Informed> {
    let standing = letters.iter().filter(|it| !it.superseded);
    let last: BTreeMap<&str, &LetterOn> = standing.map(|it| (it.reader.address.as_str(), it)).collect();
    let holds = last.into_values().filter(|it| it.event != Event::Revoked);
    holds.map(|it| it.reader.clone()).collect()
}

/// Whether a letter on the finding went to an address; of one that was to read nothing of it but its withdrawal, in the place of
/// another, whether one went to anybody.
pub fn was_told(letters: &[LetterOn], address: &str) -> bool {
    let of_card = |it: &&LetterOn| it.event != Event::Revoked;
    let to_read = letters.iter().filter(of_card).any(|it| it.reader.address == address);
    let handed_over = || letters.iter().filter(|it| it.handed_over);
    handed_over().any(|it| it.reader.address == address) || (!to_read && handed_over().any(|it| of_card(&it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A letter to an address; `!` before it: superseded; `>` before it: handed over.
    fn letter(event: Event, to: &str) -> LetterOn {
        let address = to.trim_start_matches(['!', '>']).to_owned();
        let reader = Informed { address, capacities: Vec::new() };
        LetterOn { event, reader, superseded: to.contains('!'), handed_over: to.contains('>') }
    }

    fn letters(of: &[(Event, &str)]) -> Vec<LetterOn> {
        of.iter().map(|(event, to)| letter(*event, to)).collect()
    }

    /// Who has a letter that stands, until one takes the finding back; raised once more, it stands again.
    #[test]
    fn who_was_told_is_informed_until_it_is_taken_back() {
        let informed = |of: &[(Event, &str)]| {
            still_informed(&letters(of)).into_iter().map(|it| it.address).collect::<Vec<_>>()
        };
        let (raised, back) = (Event::Raised, Event::Revoked);
        assert_eq!(informed(&[]), [""; 0]);
        assert_eq!(informed(&[(raised, "b"), (raised, "a"), (raised, "!c")]), ["a", "b"]);
        assert_eq!(informed(&[(raised, "a"), (raised, "b"), (back, "a")]), ["b"]);
        assert_eq!(informed(&[(raised, "a"), (back, "!a")]), ["a"], "its withdrawal does not stand");
        assert_eq!(informed(&[(raised, "a"), (back, "a"), (raised, "a")]), ["a"]);
    }

    /// A letter that left tells its address; one that waits does not. Who takes another's place is told of a withdrawal if anybody was.
    #[test]
    fn an_address_was_told_by_what_left() {
        let (raised, back) = (Event::Raised, Event::Revoked);
        assert!(!was_told(&[], "a"));
        assert!(was_told(&letters(&[(raised, ">a")]), "a"));
        assert!(!was_told(&letters(&[(raised, "a")]), "a"), "it waits");
        assert!(!was_told(&letters(&[(raised, "a"), (raised, ">b")]), "a"), "another was told");
        assert!(was_told(&letters(&[(raised, ">b"), (back, "a")]), "a"), "in the place of another");
        assert!(!was_told(&letters(&[(raised, "b"), (back, "a")]), "a"), "who was not told either");
        assert!(!was_told(&letters(&[(back, ">b"), (back, "a")]), "a"), "nobody was told of the card");
        assert!(was_told(&letters(&[(raised, "!>a")]), "a"), "what was superseded had left");
    }
}
