//! Events that stand outside any trace.

use std::sync::Arc;

use crate::domain::record::Rejected;
use crate::domain::text::Sentence;

/// Events outside any trace, as what cannot be read.
pub(super) fn rejected(file: &Arc<str>, events: u64) -> Rejected {
    let reason = Sentence {
        zh: format!("{file}：{events}个事件不在任何办件（trace）之内，未计入"),
        en: format!(
            "{file}: {events} events stand outside any trace, so nobody knows of which case they are"
        ),
    };
    Rejected {
        row: format!("{file}: events outside a trace"),
        case: None,
        column: None,
        reason,
        unmapped: None,
    }
}
