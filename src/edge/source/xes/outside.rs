//! Events that stand outside any trace.

use std::sync::Arc;

use crate::domain::record::Rejected;
use crate::domain::text::say;

/// Events outside any trace, as what cannot be read.
pub(super) fn rejected(file: &Arc<str>, events: u64) -> Rejected {
    let reason = say!("cell-outside", file = &**file, events);
    Rejected {
        row: format!("{file}: events outside a trace"),
        case: None,
        column: None,
        reason,
        unmapped: None,
    }
}
