//! A change that waited, and of which the configuration says nothing any more.

use crate::domain::now::Now;
use crate::domain::text::{Language, say};
use crate::edge::ledger::{Adoption, Ledger, LedgerError, Step};
use crate::edge::operator::words;

/// The file says what is in force: nothing waits any more. A leave that no round has met yet is for what the file is to
/// become, and stays.
pub(super) fn take_back(
    ledger: &mut Ledger,
    steps: &[Adoption],
    said_in: Language,
    now: &Now,
) -> Result<(), LedgerError> {
    let Some(last) = steps.first() else { return Ok(()) };
    let met = steps.get(1).is_some_and(|met| met.step == Step::Waits && met.version == last.version);
    if last.step != Step::Waits && !(last.step == Step::Allowed && met) {
        return Ok(());
    }
    let why = say!("adopted-taken_back").words(said_in);
    let back = Adoption { step: Step::TakenBack, why, by: None, ..last.clone() };
    tracing::info!(policy = %back.version, "{}", words(&say!("journal-change_gone")));
    ledger.note_adoption(&back, now)
}
