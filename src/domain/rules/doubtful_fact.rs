//! A limit hangs on a fact that the record does not show beyond doubt.

use std::cmp::Ordering;

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::clock::{Doubt, Doubtful, Reading};
use crate::domain::count::Due;
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::text::{Text, say};

/// Its id.
pub const ID: &str = "doubtful-fact";

pub(super) const RULE: Rule = Rule {
    id: ID,
    meaning: "A limit ends on one of two days, as a fact on record can be read in two ways: a special procedure \
              without its cause, its written notice or its end, or longer than its record is believed, an extension without an approver, a start without \
              an hour for a limit in office hours. Notices go by the earlier day, cards by the later. It stands while the difference matters, and falls when the record is mended.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[Property::OfClocks],
    judge: Some(judge),
};

/// A clock that is due on one of two days.
struct TwoDays<'r, 'a> {
    clock: &'r Reading<'a>,
    doubt: &'r Doubtful,
    /// The later of them.
    due: Due,
}

/// One finding a case, whatever the number of clocks it bears on.
fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let clocks: Vec<TwoDays<'_, '_>> = matter.clocks.iter().filter_map(matters).collect();
    if clocks.is_empty() {
        return Vec::new();
    }
    let card = matter.policy.rules.get(RULE.id).map_or(Card::Notice, |setting| setting.card);
    let why = why(&clocks);
    let doubtful = [TraceKind::Paused, TraceKind::Extended];
    let fact = matter.traces.iter().rfind(|trace| doubtful.contains(&trace.kind));
    let unit = fact.and_then(|trace| matter.unit_at(trace));
    vec![Breach { rule: RULE.id, clock: String::new(), card, ongoing: true, passed: false, unit, why }]
}

/// The difference matters while the clock runs, and where it stopped between the two days. That nobody noted the hour
/// matters only then: of a source that never does every case would have to be told.
fn matters<'r, 'a>(clock: &'r Reading<'a>) -> Option<TwoDays<'r, 'a>> {
    let (doubt, due) = (clock.doubt.as_deref()?, clock.due?);
    let matters = match clock.stopped {
        Some((stop, _)) => stop.order(&doubt.earliest.at) == Ordering::Greater,
        None => doubt.reasons.iter().any(|reason| !matches!(reason, Doubt::Hour { .. })),
    };
    (matters && !clock.late()).then_some(TwoDays { clock, doubt, due })
}

fn why(clocks: &[TwoDays<'_, '_>]) -> Text {
    let (mut reasons, mut remedies, mut days) = (Vec::new(), Vec::new(), Vec::new());
    for TwoDays { clock, doubt, due } in clocks {
        for reason in &doubt.reasons {
            let (words, remedy) = (reason.text(), reason.remedy());
            if !reasons.contains(&words) {
                reasons.push(words);
            }
            if !remedies.contains(&remedy) {
                remedies.push(remedy);
            }
        }
        let (name, earliest, latest) = (clock.name(), doubt.earliest.at, due.at);
        days.push(say!("doubtful_fact-due", name, earliest, latest));
    }
    let [reasons, days, remedies] = [reasons, days, remedies].map(|it| Text::list(it, "list-semicolon"));
    say!("doubtful_fact", reasons, days, remedies)
}
