//! The applicant was sent away more than once for corrections.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::text::{Text, say};

pub(super) const RULE: Rule = Rule {
    id: "second-correction",
    meaning: "The applicant was asked for corrections more than once, or after the case had been accepted: \
              everything to be corrected is to be told at once, and before acceptance.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::PerRun],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if !matter.kinds.has(TraceKind::SupplementRequested) {
        return Vec::new();
    }
    let asked: Vec<_> =
        matter.traces.iter().filter(|trace| trace.kind == TraceKind::SupplementRequested).collect();
    let accepted = matter.first(TraceKind::Accepted);
    let after = accepted
        .and_then(|accepted| asked.iter().find(|asked| asked.occurred.order(&accepted.occurred).is_gt()));
    let why = match (asked.len(), after) {
        (0, _) | (1, None) => return Vec::new(),
        (1, Some(asked)) => say!("second_correction-after", when = asked.occurred),
        (count, _) => {
            let days = Text::list(asked.iter().map(|asked| Text::from(asked.occurred)), "list-comma");
            say!("second_correction", count, days)
        }
    };
    match asked.last() {
        Some(last) => matter.found_at(&RULE, last, with_effect(why, matter)),
        None => Vec::new(),
    }
}

/// What the second one does not do, where a limit begins anew once.
fn with_effect(why: Text, matter: &CaseView<'_>) -> Text {
    let mut vain = matter.clocks.iter().filter(|clock| clock.vain_correction.is_some());
    let Some(clock) = vain.next() else { return why };
    say!("second_correction-effect", why, name = clock.name())
}
