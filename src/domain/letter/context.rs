//! What letters are written with.

use super::page::Pages;
use super::reach::Reach;
use super::sheet::WriteWorkbook;
use crate::domain::now::Now;
use crate::domain::policy::Policy;

/// Why nobody looked for a while, or looked by a wrong clock; times as letters write them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Away {
    /// Nothing ran.
    Off {
        /// From then on.
        since: String,
    },
    /// The machine's clock was ahead.
    ClockAhead {
        /// The last moment that it showed.
        until: String,
    },
}

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
    /// Why what is told comes late, if it does.
    pub away: Option<&'c Away>,
    /// As of when.
    pub now: &'c Now,
}
