//! What a source said was changed, or taken back, after it had been read; worst after a mail had told of it.

use std::cmp::Reverse;

use chrono::{DateTime, Days, FixedOffset};

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::{HeaderChange, Revision, header_words, trace_words};
use crate::domain::finding::{Breach, Change, Known, Standing};
use crate::domain::moment::Moment;
use crate::domain::policy::Policy;
use crate::domain::record::planned::{STEP_DUE, step_words};
use crate::domain::record::{Trace, TraceKind};
use crate::domain::text::{Text, say};

pub(in crate::domain) const RULE: Rule = Rule {
    id: "changed-after-fact",
    meaning: "A trace that had been read was given another time, kind, due day or (an extension or special procedure) length, or \
              was emptied; or the case's own row names another \
              item or date, or, after a mail had told of the case, another unit. Both values stand in the ledger; if a mail \
              had told of the case before, its time is named. What is changed again and again is said with its first and its \
              last value and how many times; each further change is said of the same finding, once a day at most. Who dismisses \
              or withdraws it decides on the changes that it had named, and on no other: a later one is found anew.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::NeedsWitness],
    judge: Some(judge),
};

/// Changes that one finding names one by one: those after a mail first, then the latest.
const NAMED: usize = 5;

/// What a source said differently of a case before.
#[derive(Clone, Copy)]
pub(in crate::domain) struct Changes<'a> {
    /// Of its traces.
    pub revisions: &'a [Revision],
    /// Of its own row.
    pub headers: &'a [HeaderChange],
}

/// What became of one thing since a person last decided.
struct Chain {
    what: Text,
    times: usize,
    first: Moment,
    seen: Moment,
    told: Option<Moment>,
}

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let since = known(matter).and_then(|known| known.covered);
    let changes = Changes::of(matter);
    let mut chains = changes.of_traces(since, matter.policy);
    chains.extend(changes.of_header(since, matter.policy));
    if chains.is_empty() {
        return Vec::new();
    }
    chains.sort_by_key(|chain| Reverse((chain.told.is_some(), chain.seen.at())));
    let more = chains.len().saturating_sub(NAMED);
    let mut why: Vec<Text> = chains.into_iter().take(NAMED).map(Chain::text).collect();
    why.extend((more > 0).then(|| say!("changed_after-more", more)));
    let why = Text::list(why, "list-semicolon");
    let why = if since.is_some() { say!("changed_after-again", what = why) } else { why };
    matter.found(&RULE, why)
}

fn known<'a>(matter: &CaseView<'a>) -> Option<&'a Known> {
    matter.known.iter().find(|known| known.rule == RULE.id)
}

/// Whether something was changed since a person withdrew a finding: he decided on what had been changed by then.
pub(in crate::domain) fn is_another(known: &Known, changes: Changes<'_>) -> bool {
    known.rule == RULE.id
        && known.settled
        && known
            .covered
            .is_some_and(|covered| changes.last_seen().is_some_and(|seen| seen.order(&covered).is_gt()))
}

/// Whether a trace of a case was moved. What was emptied is a fault of its record where it matters.
pub(in crate::domain) fn has_moved_traces(matter: &CaseView<'_>) -> bool {
    let changes = Changes::of(matter);
    let moved = |it: &&Revision| it.after.as_ref().is_some_and(|after| after.kind == it.before.kind);
    changes.weighty().any(|it| moved(&it))
}

/// That more was changed than the finding has said so far, once a day at most.
pub(in crate::domain) fn grown(breach: &Breach, matter: &CaseView<'_>) -> Option<Change> {
    if breach.rule != RULE.id {
        return None;
    }
    let known = known(matter)?;
    let said = unsaid_since(known, matter)?;
    (matter.now.today() > said.date()).then(|| Change::Grow { id: known.id, why: breach.why.clone() })
}

/// When what was changed and is not said yet is to be said.
pub(in crate::domain) fn next_change(matter: &CaseView<'_>) -> Option<DateTime<FixedOffset>> {
    let said = unsaid_since(known(matter)?, matter)?;
    let next = Moment::day(said.date().checked_add_days(Days::new(1))?, matter.policy.zone).at();
    (next > matter.now.instant).then_some(next)
}

/// When a finding was last said, where something was changed since.
fn unsaid_since(known: &Known, matter: &CaseView<'_>) -> Option<Moment> {
    let stands = matches!(known.standing, Standing::Open | Standing::Pending);
    let said = known.said.filter(|_| stands)?;
    Changes::of(matter).last_seen().filter(|seen| seen.order(&said).is_gt()).map(|_| said)
}

impl<'a> Changes<'a> {
    fn of(matter: &CaseView<'a>) -> Self {
        Self { revisions: matter.revisions, headers: matter.headers }
    }

    /// Revisions that weigh; those of one trace stand together, in the order in which they were read.
    fn weighty(self) -> impl Iterator<Item = &'a Revision> {
        self.revisions.iter().filter(move |it| !it.remapped && self.weighs(it))
    }

    fn weighs(self, revision: &Revision) -> bool {
        let before = &revision.before;
        revision.after.as_ref().is_none_or(|after| {
            after.kind != before.kind
                || after.occurred != before.occurred
                || is_longer_or_shorter(before, after)
                || (after.due != before.due && !self.has_in_its_row(before))
                || after.step_dues != before.step_dues
        })
    }

    /// Whether the due day of a step stands in the case's own row too, whose change is said already.
    fn has_in_its_row(self, trace: &Trace) -> bool {
        let name = format!("{STEP_DUE}{}", trace.stage.as_deref().unwrap_or(trace.kind.word()));
        self.headers.iter().any(|it| it.before.date(&name) != it.after.date(&name))
    }

    /// Changes of the case's own row that weigh. That a case passes from one unit to another is lawful, and told to both; after a card
    /// it may be a way out.
    fn weighty_headers(self) -> impl Iterator<Item = &'a HeaderChange> {
        let weighs = |change: &&HeaderChange| {
            let (before, after) = (&change.before, &change.after);
            before.item != after.item
                || before.dates != after.dates
                || (before.unit != after.unit && change.told_at.is_some())
        };
        self.headers.iter().filter(|change| !change.remapped).filter(weighs)
    }

    /// When the last change was read.
    fn last_seen(self) -> Option<Moment> {
        let seen = self.weighty().map(|it| it.seen_at).chain(self.weighty_headers().map(|it| it.seen_at));
        seen.max_by_key(Moment::at)
    }

    fn of_traces(self, since: Option<Moment>, policy: &Policy) -> Vec<Chain> {
        let all: Vec<&Revision> = self.weighty().collect();
        let chain = |chain: &[&Revision]| {
            let (decided, new) = chain.split_at(chain.partition_point(|it| !is_new(it.seen_at, since)));
            let (first, last) = (new.first()?, new.last()?);
            let what = words(&first.before, last.after.as_ref(), policy);
            let what = match decided.first().map(|it| it.before.occurred) {
                Some(origin) if origin != first.before.occurred => {
                    say!("changed_after-origin", what, origin)
                }
                _ => what,
            };
            let told = new.iter().filter_map(|it| it.told_at).max_by_key(Moment::at);
            Some(Chain { what, times: new.len(), first: first.seen_at, seen: last.seen_at, told })
        };
        all.chunk_by(|one, next| one.slot == next.slot).filter_map(chain).collect()
    }

    fn of_header(self, since: Option<Moment>, policy: &Policy) -> Option<Chain> {
        let new: Vec<_> = self.weighty_headers().filter(|it| is_new(it.seen_at, since)).collect();
        let (first, last) = (new.first()?, new.last()?);
        let mut words = header_words(&first.before, &last.after, policy);
        if words.is_empty() {
            words = header_words(&last.before, &last.after, policy); // There and back.
        }
        let words = words.into_iter().map(|(old, new)| say!("changed_after-header", old, new));
        let told = new.iter().filter_map(|it| it.told_at).max_by_key(Moment::at);
        let what = Text::list(words, "list-clause");
        Some(Chain { what, times: new.len(), first: first.seen_at, seen: last.seen_at, told })
    }
}

fn is_new(seen: Moment, since: Option<Moment>) -> bool {
    since.is_none_or(|since| seen.order(&since).is_gt())
}

fn is_longer_or_shorter(before: &Trace, after: &Trace) -> bool {
    matches!(before.kind, TraceKind::Extended | TraceKind::Paused) && before.amount != after.amount
}

fn words(before: &Trace, after: Option<&Trace>, policy: &Policy) -> Text {
    let (kind, at) = (before.kind.text(), before.occurred);
    let Some(after) = after else { return say!("changed_after-emptied", kind, before = at) };
    if is_longer_or_shorter(before, after) {
        let (old, new) = (trace_words(before, policy), trace_words(after, policy));
        return say!("changed_after-header", old, new);
    }
    let step = || before.stage.as_deref().map_or_else(|| before.kind.text(), Text::from);
    let changed = |step: Text, before: Option<Moment>, after: Option<Moment>| {
        let is = |due: Option<Moment>| {
            let value = due.map_or_else(|| say!("record-none"), Text::from);
            say!("record-step_due_is", step = step.clone(), value)
        };
        (before != after).then(|| say!("changed_after-header", old = is(before), new = is(after)))
    };
    let moved = (before.kind, at) != (after.kind, after.occurred);
    let mut dues: Vec<Text> = changed(step(), before.due, after.due).into_iter().collect();
    let mut names: Vec<&str> =
        before.step_dues.iter().chain(&after.step_dues).map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let of = |name: &&str| changed(step_words(name), before.step_due(name), after.step_due(name));
    dues.extend(names.iter().filter_map(of));
    let moved = (moved || dues.is_empty()).then(|| {
        let (before, when) = Moment::told_apart(&at, &after.occurred);
        say!("changed_after-trace", kind, before, when, after = after.kind.text())
    });
    Text::list(moved.into_iter().chain(dues), "list-clause")
}

impl Chain {
    fn text(self) -> Text {
        let Self { what, times, first, seen, told } = self;
        match (times, told) {
            (..=1, None) => say!("changed_after", what, seen),
            (..=1, Some(told)) => say!("changed_after-told", what, seen, told),
            (_, None) => say!("changed_after-many", what, times, first, seen),
            (_, Some(told)) => say!("changed_after-many_told", what, times, first, seen, told),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::tests::policy;
    use crate::domain::record::Header;
    use crate::domain::text::Language;

    fn at(text: &str) -> Moment {
        Moment::instant(format!("2011-10-{text}T09:00:00+08:00").parse().unwrap())
    }

    /// A step that moved says so, one whose due day was changed says that, one of both says both.
    #[test]
    fn what_was_changed_is_said_and_nothing_else() {
        let policy = policy(&[]);
        let step =
            |day: &str, due: &str| Trace { due: Some(at(due)), ..Trace::new(TraceKind::Step, at(day)) };
        let said = |after: &Trace| {
            let said = words(&step("10", "20"), Some(after), &policy).words(Language::English);
            ["2011-10-10", "2011-10-11", "2011-10-20", "2011-10-21"].map(|day| said.contains(day))
        };
        assert_eq!(said(&step("11", "20")), [true, true, false, false]);
        assert_eq!(said(&step("10", "21")), [false, false, true, true]);
        assert_eq!(said(&step("11", "21")), [true; 4]);
    }

    /// Of a case that went from one item over another to a third the first and the last are said; where it came back, the last step.
    #[test]
    fn the_first_and_the_last_item_are_said() {
        let header = |item: &str| Header { item: item.into(), ..Header::default() };
        let change = |before: &str, after: &str, day: &str| HeaderChange {
            before: header(before),
            after: header(after),
            seen_at: at(day),
            told_at: None,
            remapped: false,
        };
        let said = |headers: &[HeaderChange]| {
            let changes = Changes { revisions: &[], headers };
            let said = changes.of_header(None, &policy(&[])).unwrap().what.words(Language::English);
            ["I1", "I2", "I3"].map(|item| said.contains(item))
        };
        assert_eq!(said(&[change("I1", "I2", "10"), change("I2", "I3", "11")]), [true, false, true]);
        assert_eq!(said(&[change("I1", "I2", "10"), change("I2", "I1", "11")]), [true, true, false]);
    }
}
