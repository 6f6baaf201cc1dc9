//! An item was used that the catalogue no longer offers, or does not offer yet.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "expired-item",
    meaning: "A case was applied for or accepted on a day on which the catalogue does not offer its item (有效期起, \
              有效期止).",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let (from, until) = (matter.item.valid_from, matter.item.valid_until);
    if from.is_none() && until.is_none() {
        return Vec::new();
    }
    let begins = |kind| matches!(kind, TraceKind::Applied | TraceKind::Accepted);
    let Some(begun) = matter.traces.iter().find(|trace| begins(trace.kind)) else { return Vec::new() };
    let (day, when) = (begun.occurred.date(), begun.occurred);
    let (item, kind) = (&matter.item.name, begun.kind.text());
    let why = match (from, until) {
        (_, Some(until)) if day > until => say!("expired_item-ended", when, kind, item, until),
        (Some(from), _) if day < from => say!("expired_item-to_come", when, kind, item, from),
        _ => return Vec::new(),
    };
    matter.found_at(&RULE, begun, why)
}
