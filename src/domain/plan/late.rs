//! Who may lift a card: what was entered after its letter had left does not do so by itself, however the days go on.

mod criteria;
mod dispute;
mod lateness;
mod rests;
mod weighed;

use crate::domain::case_file::CaseFile;
use crate::domain::finding::{Breach, Known, Standing};
use crate::domain::rules::{CaseView, time_limit};
#[cfg(test)]
pub use dispute::Fact;
pub use dispute::{Counted, Dispute, Said, disputes};
pub use rests::resting_on;
pub(super) use weighed::Weighed;
use weighed::weigh_card;

/// Weighs the cards of a case that were told. Each is in question while the record as it stands, judged as of the moments at
/// which it was told and now, would not have given it or one as high, and what was on record when it was told does: so the
/// facts entered since make the difference, and only a supervisor, or their being taken back, ends that.
pub(super) fn weigh(file: &CaseFile, matter: &CaseView<'_>) -> Vec<Weighed> {
    let told = |known: &&Known| known.rule == time_limit::ID && !known.settled && known.told.is_some();
    let stands = |known: &&Known| known.standing != Standing::Revoked;
    file.known
        .iter()
        .filter(told)
        .filter(stands)
        .filter_map(|known| weigh_card(known, file, matter))
        .collect()
}

/// Puts what is late by the records on which cards rest in the place of what is late by the record as it stands.
pub(super) fn put_in(weighed: &[Weighed], breaches: &mut Vec<Breach>) {
    breaches.retain(|breach| !weighed.iter().any(|it| it.sets_aside(breach)));
    breaches.extend(weighed.iter().filter_map(|it| it.breach.clone()));
}

#[cfg(test)]
mod tests;
