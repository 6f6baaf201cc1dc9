//! A row of a source as whoever sets it up sees it.

use crate::domain::policy::Policy;
use crate::domain::record::Fact;
use crate::domain::text::{Language, say};

/// A row as the case that it becomes: number, item, unit, and what happened when.
pub(super) fn shown(fact: &Fact, policy: &Policy, language: Language) -> String {
    let registry = &policy.registry;
    let mut parts = vec![fact.case.clone()];
    if let Some(header) = &fact.header {
        let code = &header.item;
        parts.push(match registry.items.get(code) {
            Some(item) => format!("{} ({code})", item.name),
            None if code.is_empty() => say!("check-no_item").words(language),
            None => say!("check-unknown_item", code).words(language),
        });
        parts.extend(header.unit.as_ref().map(|code| match registry.units.get(code) {
            Some(unit) => format!("{} ({code})", unit.name),
            None => say!("check-unknown_unit", code).words(language),
        }));
        parts.extend(header.dates.iter().map(|(name, at)| format!("{name} {}", at.to_the_minute())));
    }
    for trace in fact.traces.iter().filter_map(|(_, trace)| trace.as_ref()) {
        let stage = trace.stage.as_deref().map(|stage| format!(" {stage}")).unwrap_or_default();
        parts.push(format!(
            "{}{stage} {}",
            trace.kind.text().words(language),
            trace.occurred.to_the_minute()
        ));
    }
    parts.join(" · ")
}
