//! A special procedure that looks like a way to stop the clock.

use std::cmp::Ordering;

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::clock::{Reading, granted_length};
use crate::domain::finding::Breach;
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::record::TraceKind;
use crate::domain::record::pairs::{Pair, procedures};
use crate::domain::text::{Text, say};

pub(super) const RULE: Rule = Rule {
    id: "special-misuse",
    meaning: "A special procedure began on the last day of a limit or later, was not ended before the \
              case was, or was granted for longer than the cap (fifteen working days, `within`; for a hearing of a licence the twenty of the law).",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::TakesWithin],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if !matter.kinds.has(TraceKind::Paused) {
        return Vec::new();
    }
    let begun: Vec<_> = matter.traces.iter().filter(|trace| trace.kind == TraceKind::Paused).collect();
    let fifteen = Limit::Span { amount: 15, unit: LimitUnit::WorkingDays };
    let cap = matter.setting(RULE.id).and_then(|setting| setting.within.as_ref()).unwrap_or(&fifteen);
    let mut why: Vec<Text> = Vec::new();
    for pause in &begun {
        let when = pause.occurred;
        // The limit as it stood when the procedure began.
        let on_its_last_day = |clock: &&Reading<'_>| {
            clock.rule.pauses.is_some()
                && clock.runs_at(pause.occurred)
                && clock
                    .due_before(pause.occurred, matter.policy.zone)
                    .is_some_and(|due| pause.occurred.date() >= due.date())
        };
        let last_day = matter.clocks.iter().find(on_its_last_day);
        if let Some(clock) = last_day {
            why.push(say!("special_misuse-last_day", when, name = clock.name()));
        }
        // What the law itself gives is not too long.
        let by_law = matter.policy.time_by_law(matter.item, pause).map(|time| &time.limit);
        let cap = by_law.filter(|limit| limit.rough_days() > cap.rough_days()).unwrap_or(cap);
        if let Some(granted) = granted_length(pause).filter(|it| it.rough_days() > cap.rough_days()) {
            why.push(say!("special_misuse-long", when, granted = granted.text(), cap = cap.text()));
        }
    }
    why.extend(ends(matter));
    if why.is_empty() {
        return Vec::new();
    }
    matter.found_with(&RULE, TraceKind::Paused, Text::list(why, "list-semicolon"))
}

/// What is wrong with the ends of special procedures of a case that is over, if anything.
fn ends(matter: &CaseView<'_>) -> Option<Text> {
    let traces = matter.traces;
    let over = traces.iter().rfind(|trace| trace.kind.ends_a_case()).filter(|_| matter.is_over())?;
    let after = |at: usize| traces[at].occurred.order(&over.occurred) == Ordering::Greater;
    let pairs = procedures(traces).pairs;
    if pairs.iter().any(|pair| pair.ended.is_none()) {
        return Some(say!("special_misuse-no_end"));
    }
    let late = |pair: &Pair| !after(pair.begun) && pair.ended.is_some_and(after);
    pairs.iter().any(late).then(|| say!("special_misuse-late_end"))
}
