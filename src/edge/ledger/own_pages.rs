//! What is wrong with pages of the administrator's, from the round that found it until other pages are there.

use std::collections::BTreeSet;

use super::{Ledger, LedgerError};
use crate::domain::text::visible::on_one_line;

/// The fingerprint of the pages on the first line, then a fault a line.
const PAGES: &str = "page_faults";

impl Ledger {
    /// What is known to be wrong with pages of the administrator's.
    pub fn page_faults(&self) -> Result<Vec<String>, LedgerError> {
        let kept = self.recall(PAGES)?.unwrap_or_default();
        Ok(kept.lines().skip(1).map(str::to_owned).collect())
    }

    /// Notes what is wrong with pages, beside what was found of the same pages before; gives what is new.
    pub fn note_page_faults(
        &mut self,
        pages: &str,
        faults: &BTreeSet<String>,
    ) -> Result<Vec<String>, LedgerError> {
        let kept = self.recall(PAGES)?;
        if kept.is_none() && faults.is_empty() {
            return Ok(Vec::new());
        }
        let known = kept.as_deref().and_then(|kept| kept.strip_prefix(pages)).unwrap_or_default();
        let known: BTreeSet<String> = known.lines().skip(1).map(str::to_owned).collect();
        let found: BTreeSet<String> = faults.iter().map(|fault| on_one_line(fault).into_owned()).collect();
        let lines: Vec<&str> = known.union(&found).map(String::as_str).collect();
        self.remember(PAGES, &format!("{pages}\n{}", lines.join("\n")))?;
        Ok(found.difference(&known).cloned().collect())
    }
}
