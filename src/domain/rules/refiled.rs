//! A case was withdrawn at its limit, and the same matter filed again.

use super::withdrawn_at_limit::is_near;
use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::clock::{Act, Reading};
use crate::domain::count::Due;
use crate::domain::finding::Breach;
use crate::domain::limit::{Limit, LimitSource};
use crate::domain::moment::Moment;
use crate::domain::record::runs::{is_one_run, runs};
use crate::domain::record::{Trace, TraceKind};
use crate::domain::text::{Text, say};

/// So many working days after a withdrawal, at most, a second acceptance without an application is a word taken back.
const SOON: u32 = 3;
/// So many lives of one number, each begun within [`OFTEN`] working days of the end before, are looked at however they ended.
const LIVES: usize = 3;
/// See [`LIVES`].
const OFTEN: u32 = 20;

pub(super) const RULE: Rule = Rule {
    id: "refiled",
    meaning: "A case was withdrawn, returned or voided on the last working day of its limit or the one before, and the same \
              matter was filed again, under its own number or another that names it (`earlier` of the mapping): the clock \
              was stopped and begun anew. Or, on whatever day, it was withdrawn and accepted again under its own number \
              within three working days without a new application, as an office does that takes its own acceptance back, or more \
              than once after however many days; or it was ended in another way (办结, 不予受理, 转报) at its limit and accepted \
              again so. Or it is in its third life or a later one, each begun within twenty working days of the end before, however it \
              ended and whoever applied: a matter whose clock begins anew for ever is never late. An end and an acceptance count as of the day on which they were entered, where \
              they were not there when the source was read before.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if !is_one_run(matter.traces)
        && let Some(why) =
            same_number(matter).or_else(|| taken_back(matter)).or_else(|| time_and_again(matter))
    {
        return matter.found(&RULE, why);
    }
    // What is due the same day is always on its last day.
    let Some(earlier) = matter.earlier.filter(|_| matter.item.promised != Some(Limit::SameDay)) else {
        return Vec::new();
    };
    let near = earlier.due_at.is_some_and(|due| is_near(matter.calendar(), earlier.withdrawn_at, due));
    let (Some(due), true) = (earlier.due_at, near) else { return Vec::new() };
    let why = say!("refiled-earlier", number = &earlier.number, when = earlier.withdrawn_at, due);
    matter.found(&RULE, why)
}

/// A run of the case itself that was withdrawn near its limit, with another after it.
fn same_number(matter: &CaseView<'_>) -> Option<Text> {
    let promised =
        |clock: &&Reading<'_>| clock.rule.limit == LimitSource::Promised && clock.limit != Limit::SameDay;
    let last = matter.clocks.iter().map(|clock| clock.run).max()?;
    let left = matter.clocks.iter().filter(|clock| clock.run < last && promised(clock));
    let near = |clock: &Reading<'_>| {
        let (withdrawn, kind) = clock.stopped?;
        let trace = matter.traces.iter().find(|it| (it.kind, it.occurred) == (kind, withdrawn))?;
        let due = clock.due?.at;
        let near = kind == TraceKind::Withdrawn && is_near(clock.calendar, matter.bears_from(trace), due);
        near.then_some((trace, due))
    };
    let (withdrawn, due) = left.filter_map(near).next_back()?;
    let entry = matter.entry_words(withdrawn);
    Some(say!("refiled-same_number", when = withdrawn.occurred, entry, due))
}

/// A run that ended, and the acceptance after it for which nobody applied.
struct Retaken<'a> {
    /// Its number, from one.
    run: u32,
    end: &'a Trace,
    again: &'a Trace,
}

/// A run of the case itself that was withdrawn, or ended in another way at its limit, with another soon after it that nobody applied
/// for: the end and the second acceptance are rows that the office may have typed alone. Whoever files again applies again, or
/// waits; but not time and again.
fn taken_back(matter: &CaseView<'_>) -> Option<Text> {
    let of_case: Vec<&[Trace]> = runs(matter.traces).collect();
    let within = |left: Moment, back: Moment| {
        matter.calendar().after(left.date(), SOON).is_ok_and(|soon| back.date() <= soon)
    };
    let pairs = of_case.windows(2).enumerate();
    let unasked: Vec<Retaken<'_>> = pairs
        .filter_map(|(place, pair)| {
            let run = place as u32 + 1;
            let end = pair[0].iter().rfind(|trace| trace.kind.ends_a_case())?;
            let again =
                pair[1].first().filter(|_| pair[1].iter().all(|trace| trace.kind != TraceKind::Applied))?;
            let at_its_limit =
                || ended_at_its_limit(matter, run, end) && within(end.occurred, again.occurred);
            (end.kind == TraceKind::Withdrawn || at_its_limit()).then_some(Retaken { run, end, again })
        })
        .collect();
    let soon = |Retaken { end, again, .. }: &&Retaken<'_>| {
        within(end.occurred, again.occurred) || within(matter.bears_from(end), matter.bears_from(again))
    };
    let &Retaken { run, end, again } =
        unasked.iter().rev().find(soon).or(unasked.last().filter(|_| unasked.len() > 1))?;
    let mut why = say!(
        "refiled-taken_back",
        left = end.occurred,
        end = Act::Finish.done(end.kind),
        left_entry = matter.entry_words(end),
        back = again.occurred,
        back_entry = matter.entry_words(again),
    );
    if unasked.len() > 1 {
        why = say!("refiled-times", why, count = unasked.len());
    }
    let first =
        matter.clocks.iter().find(|clock| clock.run == run && clock.rule.limit == LimitSource::Promised);
    if let Some((started, due)) = first.and_then(|clock| clock.started.zip(clock.due)) {
        why = say!("refiled-first_run", why, started, due = due.at);
    }
    Some(why)
}

/// That the last run is the third or a later one of those that followed one another, whatever is typed between them.
fn time_and_again(matter: &CaseView<'_>) -> Option<Text> {
    let lives: Vec<&[Trace]> = runs(matter.traces).collect();
    let followed = |pair: &[&[Trace]]| {
        let end = pair[0].iter().rfind(|trace| trace.kind.ends_a_case());
        let (Some(end), Some(begun)) = (end, pair[1].first()) else { return false };
        let until = matter.calendar().after(end.occurred.date(), OFTEN);
        until.is_ok_and(|until| begun.occurred.date() <= until)
    };
    let count = lives.windows(2).rev().take_while(|pair| followed(pair)).count() + 1;
    if count < LIVES {
        return None;
    }
    let (first, last) = (lives[lives.len() - count].first()?, lives.last()?.first()?);
    Some(say!("refiled-time_and_again", count, first = first.occurred, last = last.occurred))
}

/// Whether a run was ended by an act of the office on the last working day of one of its limits or the one before, and not on the
/// day on which it began.
fn ended_at_its_limit(matter: &CaseView<'_>, run: u32, end: &Trace) -> bool {
    matter.clocks.iter().filter(|clock| clock.run == run && clock.limit != Limit::SameDay).any(|clock| {
        let stopped = clock.stopped.is_some_and(|(at, kind)| (at, kind) == (end.occurred, end.kind));
        let lasted = clock.started.is_some_and(|started| started.date() < end.occurred.date());
        let near = |due: Due| is_near(clock.calendar, end.occurred, due.at);
        // What was late has its card.
        stopped && lasted && !clock.late() && clock.due.is_some_and(near)
    })
}
