//! 提请督促: a fault of the record that stands in the way of the verdict on a case which is late, or nearly so. Its supervisor is told of
//! it, and not only who handles the case: once for each fault, however long it stands.

use super::case_view::mode;
use crate::domain::card::Mode;
use crate::domain::finding::{Breach, Change, Known, Standing};
use crate::domain::policy::Policy;
use crate::domain::rules::data_fault::{Fault, says_more};
use crate::domain::rules::{DATA_FAULT, time_limit};

/// Whether a case is late or nearly so: a limit that runs gives a notice or a card, or what was given for one stands.
pub(super) fn is_late<'b>(mut breaches: impl Iterator<Item = &'b Breach>, known: &[Known]) -> bool {
    let stands = |it: &Known| it.rule == time_limit::ID && it.standing == Standing::Open;
    breaches.any(|breach| breach.rule == time_limit::ID && breach.ongoing) || known.iter().any(stands)
}

/// Tells the supervisor of what is wrong with the record of a late case, where that says more than he was told since it began.
/// What waits for a review is told to nobody, and what a person withdrew is over.
pub(super) fn of(
    known: Option<&Known>,
    breach: &Breach,
    faults: &[Fault],
    policy: &Policy,
) -> Option<Change> {
    let open = known.filter(|known| known.standing == Standing::Open);
    let waits = open.is_none() && mode(policy, breach.rule) == Mode::Review;
    let told = open.and_then(|known| known.referred.as_ref());
    let over = known.is_some_and(|known| known.settled);
    let knows = told.is_some_and(|words| !says_more(faults, words));
    let refers = breach.rule == DATA_FAULT && !waits && !over && !knows;
    refers.then(|| Change::Refer { id: known.map(|known| known.id), why: breach.why.clone() })
}
