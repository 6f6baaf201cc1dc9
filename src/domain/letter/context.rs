//! What letters are written with.

use super::page::Pages;
use super::reach::Reach;
use super::sheet::WriteWorkbook;
use crate::domain::now::Now;
use crate::domain::policy::Policy;

/// What letters are written with.
#[derive(Debug, Clone, Copy)]
pub struct LetterContext<'c> {
    /// What judges, and whom it tells.
    pub policy: &'c Policy,
    /// The templates.
    pub pages: &'c Pages,
    /// Right-hand side of Message-IDs.
    pub id_domain: &'c str,
    /// How lists become workbooks.
    pub workbook: WriteWorkbook,
    /// Who can be reached.
    pub reach: Reach<'c>,
    /// Since when nothing ran, if what is told comes late for it.
    pub away: Option<&'c str>,
    /// As of when.
    pub now: &'c Now,
}
