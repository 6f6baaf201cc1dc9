//! What was done was entered much later: the trace was not left when the work was.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::count::Asked;
use crate::domain::finding::Breach;
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "late-entry",
    meaning: "A trace was entered later after it happened than the setting allows (one working day, `within`): \
              done first and typed afterwards. It needs the time of entry (`recorded`), and somebody who saw it \
              appear: what a source holds when it is read for the first time, or the first time after it was \
              away, the daemon was down for a day or the mapping changed, is left out, as many tables keep only \
              the time of the last change. What is entered later in a case that was there by then counts as in any other.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[Property::NeedsWitness, Property::TakesWithin],
    judge: Some(judge),
};

/// Whether what happened at one moment and was entered at another was entered later than is allowed.
pub(super) fn is_late(matter: &CaseView<'_>, occurred: Moment, entered: Moment) -> bool {
    let allowed = matter.setting(RULE.id).and_then(|setting| setting.within.as_ref());
    let usual = Limit::Span { amount: 1, unit: LimitUnit::WorkingDays };
    let allowed = allowed.unwrap_or(&usual);
    // The usual case, without a count: entered on the same day.
    if occurred.date() == entered.date() && !allowed.is_in_hours() {
        return false;
    }
    let asked = Asked { start: occurred, limit: allowed, extensions: &[], pauses: &[] };
    let due = matter.policy.counting.due(matter.calendar(), matter.policy.zone, &asked);
    due.is_ok_and(|due| entered.order(&due.at).is_gt())
}

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let seen = matter.traces.iter().filter(|trace| matter.saw_appear(trace));
    let entries = seen.filter_map(|trace| Some((trace, matter.entered(trace)?)));
    let late: Vec<_> = entries.filter(|(trace, entered)| is_late(matter, trace.occurred, *entered)).collect();
    let Some((worst, recorded)) =
        late.iter().max_by_key(|(trace, recorded)| recorded.at() - trace.occurred.at())
    else {
        return Vec::new();
    };
    let (count, kind, when) = (late.len(), worst.kind.text(), worst.occurred);
    let why = say!("late_entry", count, kind, when, entered = *recorded);
    matter.found_at(&RULE, worst, why)
}
