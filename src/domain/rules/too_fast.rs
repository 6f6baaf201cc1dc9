//! Closed faster than anybody can have examined it.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::record::TraceKind;
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "too-fast",
    meaning: "A case with a promise of five working days or more was decided within ten minutes of its \
              acceptance. A hint and no more: steps without length are normal in exchange tables.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::PerRun],
    judge: Some(judge),
};

/// Nobody examines an application in less.
const MINUTES: i64 = 10;

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let long = matches!(
        matter.item.promised,
        Some(Limit::Span { amount, unit: LimitUnit::WorkingDays }) if amount >= 5
    );
    let first = |kind| matter.first(kind).map(|trace| trace.occurred);
    let (Some(begun), Some(ended)) = (first(TraceKind::Accepted), first(TraceKind::Decided)) else {
        return Vec::new();
    };
    let minutes = (ended.at().timestamp() - begun.at().timestamp()) / 60;
    if !long || !begun.hour_known() || !ended.hour_known() || !(0..MINUTES).contains(&minutes) {
        return Vec::new();
    }
    matter.found_at_end(&RULE, say!("too_fast", begun, ended, minutes))
}
