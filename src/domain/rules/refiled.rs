//! A case was withdrawn at its limit, and the same matter filed again.

use super::withdrawn_at_limit::is_near;
use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::clock::Reading;
use crate::domain::finding::Breach;
use crate::domain::limit::{Limit, LimitSource};
use crate::domain::moment::Moment;
use crate::domain::record::runs::runs;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::text::Sentence;

/// So many working days after a withdrawal, at most, a second acceptance without an application is a word taken back.
const SOON: u32 = 3;

pub(super) const RULE: Rule = Rule {
    id: "refiled",
    zh: "撤回后重新申报",
    en: "filed again",
    meaning: "A case was withdrawn, returned or voided on the last working day of its limit or the one before, and the same \
              matter was filed again, under its own number or another that names it (`earlier` of the mapping): the clock \
              was stopped and begun anew. Or, on whatever day, it was withdrawn and accepted again under its own number \
              within three working days without a new application, as an office does that takes its own acceptance back, or more \
              than once after however many days. A withdrawal and an acceptance count as of the day on which they were entered, where \
              they were not there when the source was read before.",
    basis: "以退件、作废、删除终止计时后重新录入（交换数据：原业务流水号）；本规则为推定",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if let Some(why) = same_number(matter).or_else(|| taken_back(matter)) {
        return matter.found(&RULE, why);
    }
    // What is due the same day is always on its last day.
    let Some(earlier) = matter.earlier.filter(|_| matter.item.promised != Some(Limit::SameDay)) else {
        return Vec::new();
    };
    let near = earlier.due_at.is_some_and(|due| is_near(matter.calendar(), earlier.withdrawn_at, due));
    let (Some(due), true) = (earlier.due_at, near) else { return Vec::new() };
    let (number, due, when) = (&earlier.number, due.to_the_minute(), earlier.withdrawn_at.to_the_minute());
    let why = Sentence {
        zh: format!("原办件 {number} 于 {when} 撤回（{due} 到期），本办件为其重新申报"),
        en: format!(
            "{number} was withdrawn at {when}, when it was due {due}, and is filed again as this case"
        ),
    };
    matter.found(&RULE, why)
}

/// A run of the case itself that was withdrawn near its limit, with another after it.
fn same_number(matter: &CaseView<'_>) -> Option<Sentence> {
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
    let Sentence { zh, en } = matter.entry_words(withdrawn);
    let (withdrawn, due) = (withdrawn.occurred.to_the_minute(), due.to_the_minute());
    Some(Sentence {
        zh: format!("{withdrawn} 撤回{zh}（{due} 到期），此后以同一编号重新受理"),
        en: format!(
            "withdrawn at {withdrawn}{en}, when it was due {due}, and accepted again under the same number"
        ),
    })
}

/// A run of the case itself that was withdrawn, with another soon after it that nobody applied for: the withdrawal and the second
/// acceptance are rows that the office may have typed alone. Whoever files again applies again, or waits; but not time and again.
fn taken_back(matter: &CaseView<'_>) -> Option<Sentence> {
    let of_case: Vec<&[Trace]> = runs(matter.traces).collect();
    let pairs = of_case.windows(2).enumerate();
    let unasked: Vec<(u32, &Trace, &Trace)> = pairs
        .filter_map(|(place, pair)| {
            let withdrawn = pair[0].iter().rfind(|trace| trace.kind.ends_a_case())?;
            let again =
                pair[1].first().filter(|_| pair[1].iter().all(|trace| trace.kind != TraceKind::Applied))?;
            (withdrawn.kind == TraceKind::Withdrawn).then_some((place as u32 + 1, withdrawn, again))
        })
        .collect();
    let within = |withdrawn: Moment, again: Moment| {
        matter.calendar().after(withdrawn.date(), SOON).is_ok_and(|soon| again.date() <= soon)
    };
    let soon = |(_, withdrawn, again): &&(u32, &Trace, &Trace)| {
        within(withdrawn.occurred, again.occurred)
            || within(matter.bears_from(withdrawn), matter.bears_from(again))
    };
    let (run, withdrawn, again) =
        unasked.iter().rev().find(soon).or(unasked.last().filter(|_| unasked.len() > 1)).copied()?;
    let [left, back] = [withdrawn, again].map(|trace| matter.entry_words(trace));
    let (withdrawn, again) = (withdrawn.occurred.to_the_minute(), again.occurred.to_the_minute());
    let mut why = Sentence {
        zh: format!(
            "{withdrawn} 撤回{}，{again} 未见重新申请即以同一编号再次受理{}，时限重新起算",
            left.zh, back.zh
        ),
        en: format!(
            "withdrawn at {withdrawn}{} and accepted again at {again}{} under the same number without a new application, so that its \
             time began anew",
            left.en, back.en
        ),
    };
    if unasked.len() > 1 {
        why.zh.push_str(&format!("；该件已如此 {} 次", unasked.len()));
        why.en.push_str(&format!("; {} times by now", unasked.len()));
    }
    let first =
        matter.clocks.iter().find(|clock| clock.run == run && clock.rule.limit == LimitSource::Promised);
    if let Some((started, due)) = first.and_then(|clock| clock.started.zip(clock.due)) {
        let (started, due) = (started.to_the_minute(), due.at.to_the_minute());
        why.zh.push_str(&format!("；首次计时自 {started} 起，{due} 到期"));
        why.en.push_str(&format!("; the run before began at {started} and was due {due}"));
    }
    Some(why)
}
