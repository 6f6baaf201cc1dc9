//! A trace was entered when the office was closed.

use chrono::{NaiveTime, TimeDelta};

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "off-hours-entry",
    meaning: "A trace was entered on a day off, or more than two hours before the office opens or after it closes. A \
              hint: somebody may have worked late. What applicants do themselves is left out. Where rows arrive by a \
              nightly exchange their time of arrival says nothing: switch the rule off. Like `late-entry` it needs \
              the time of entry (`recorded`) and a source that was watched.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::NeedsWitness],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let of_office = |trace: &&Trace| {
        !matches!(
            trace.kind,
            TraceKind::Applied | TraceKind::SupplementReceived | TraceKind::Withdrawn | TraceKind::Charged
        )
    };
    let seen = matter.traces.iter().filter(of_office).filter(|trace| matter.saw_appear(trace));
    let late = seen.filter_map(|trace| Some((trace, matter.entered(trace)?)));
    let mut late = late.filter(|(_, entered)| is_out_of_hours(matter, entered)).peekable();
    let Some((trace, entered)) = late.peek().copied() else { return Vec::new() };
    let (count, kind, when) = (late.count(), trace.kind.text(), entered);
    let why = if matter.calendar().day(entered.date()).working {
        say!("off_hours_entry", count, kind, when)
    } else {
        say!("off_hours_entry-day_off", count, kind, when)
    };
    matter.found_at(&RULE, trace, why)
}

fn is_out_of_hours(matter: &CaseView<'_>, entered: &Moment) -> bool {
    let Some(time) = entered.time() else { return false };
    if !matter.calendar().day(entered.date()).working {
        return true;
    }
    let hours = matter.policy.counting.hours.on(matter.calendar(), entered.date());
    let slack = TimeDelta::hours(2);
    let (opens, _) = hours.opening().overflowing_sub_signed(slack.min(since_midnight(hours.opening())));
    let (closes, next_day) = hours.closing().overflowing_add_signed(slack);
    time < opens || (next_day == 0 && time > closes)
}

fn since_midnight(time: NaiveTime) -> TimeDelta {
    time - NaiveTime::MIN
}
