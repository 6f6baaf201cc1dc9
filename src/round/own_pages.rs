//! What is wrong with pages of letters that an administrator wrote: it is told, and stops nothing.

use crate::domain::text::say;
use crate::edge::ledger::LedgerError;
use crate::edge::operator::words;
use crate::service::Service;

/// Notes what is wrong with pages for digest and status; what was not known before is said in the journal.
pub(super) fn note(service: &mut Service) -> Result<(), LedgerError> {
    let Service { ledger, pages, .. } = service;
    for fault in ledger.note_page_faults(&pages.fingerprint(), &pages.faults())? {
        tracing::error!("{}", words(&say!("journal-page", why = fault)));
    }
    Ok(())
}
