//! What becomes of findings that are on no single case: on our own running, and on many cases together.

use crate::domain::card::Card;
use crate::domain::finding::Standing;
use crate::domain::text::Text;

/// A finding on many cases as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownAcross {
    /// Where it stands.
    pub standing: Standing,
    /// Its card.
    pub card: Card,
    /// How much it was of when it was last told.
    pub weight: u64,
}

/// What becomes of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is raised.
    Raise,
    /// It is over and holds again.
    Reopen,
    /// Its card rises.
    Escalate,
    /// Its card is withdrawn, and it goes on with a lower one.
    Lower,
    /// It is told again, as there is so much more of it.
    Grow,
    /// It is over.
    Resolve,
}

/// Of a finding on our own running, which holds as long as there is a reason (`why`); `None`: nothing.
pub fn own(known: Option<Standing>, why: Option<&Text>) -> Option<Step> {
    match (known, why) {
        (None, Some(_)) => Some(Step::Raise),
        (Some(standing), Some(_)) if standing != Standing::Open => Some(Step::Reopen),
        (Some(Standing::Open), None) => Some(Step::Resolve),
        _ => None,
    }
}

/// Of a finding on many cases that holds, with this card and weight; `None`: nothing. What a person withdrew is not raised again,
/// and one that grows is told again when it has doubled.
pub fn across(known: Option<KnownAcross>, card: Card, weight: u64) -> Option<Step> {
    let Some(known) = known else { return Some(Step::Raise) };
    match known.standing {
        Standing::Revoked => None,
        Standing::Resolved => Some(Step::Reopen),
        _ if card > known.card => Some(Step::Escalate),
        _ if card < known.card => Some(Step::Lower),
        _ => (weight >= known.weight.max(1) * 2).then_some(Step::Grow),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Issue 12.5: our own running is told once while it stands, and once when it is over.
    #[test]
    fn a_finding_on_our_own_running_stands_as_long_as_there_is_a_reason() {
        let why = Text::from("x");
        assert_eq!((own(None, None), own(None, Some(&why))), (None, Some(Step::Raise)));
        for (standing, holds, over) in [
            (Standing::Open, None, Some(Step::Resolve)),
            (Standing::Resolved, Some(Step::Reopen), None),
            (Standing::Revoked, Some(Step::Reopen), None),
            (Standing::Pending, Some(Step::Reopen), None),
        ] {
            assert_eq!(
                (own(Some(standing), Some(&why)), own(Some(standing), None)),
                (holds, over),
                "{standing}"
            );
        }
    }

    /// By its card one below, the same and one above; by its weight one less than twice as much, twice, and one more.
    #[test]
    fn a_finding_on_many_cases_changes_with_its_card_and_when_it_has_doubled() {
        let known = |standing, weight| Some(KnownAcross { standing, card: Card::Yellow, weight });
        let open = known(Standing::Open, 5);
        assert_eq!(across(None, Card::Notice, 0), Some(Step::Raise));
        assert_eq!(
            [Card::Notice, Card::Yellow, Card::Red].map(|card| across(open, card, 5)),
            [Some(Step::Lower), None, Some(Step::Escalate)]
        );
        assert_eq!(
            [9, 10, 11].map(|weight| across(open, Card::Yellow, weight)),
            [None, Some(Step::Grow), Some(Step::Grow)]
        );
        let nothing = known(Standing::Pending, 0);
        assert_eq!([1, 2].map(|weight| across(nothing, Card::Yellow, weight)), [None, Some(Step::Grow)]);
        assert_eq!(across(known(Standing::Resolved, 5), Card::Notice, 1), Some(Step::Reopen));
        assert_eq!(across(known(Standing::Revoked, 5), Card::Red, 99), None);
    }
}
