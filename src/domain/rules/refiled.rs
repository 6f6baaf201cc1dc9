//! A case was withdrawn at its limit, and the same matter filed again.

use super::withdrawn_at_limit::is_near;
use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::clock::Reading;
use crate::domain::finding::Breach;
use crate::domain::limit::{Limit, LimitSource};
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
              within three working days without a new application, as an office does that takes its own acceptance back.",
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
        let due = clock.due?.at;
        (kind == TraceKind::Withdrawn && is_near(clock.calendar, withdrawn, due)).then_some((withdrawn, due))
    };
    let (withdrawn, due) = left.filter_map(near).next_back()?;
    let (withdrawn, due) = (withdrawn.to_the_minute(), due.to_the_minute());
    Some(Sentence {
        zh: format!("{withdrawn} 撤回（{due} 到期），此后以同一编号重新受理"),
        en: format!(
            "withdrawn at {withdrawn}, when it was due {due}, and accepted again under the same number"
        ),
    })
}

/// A run of the case itself that was withdrawn, with another soon after it that nobody applied for: the withdrawal and the second
/// acceptance are rows that the office may have typed alone. Whoever files again applies again, or waits.
fn taken_back(matter: &CaseView<'_>) -> Option<Sentence> {
    let of_case: Vec<&[Trace]> = runs(matter.traces).collect();
    let pairs = of_case.windows(2).enumerate();
    let (run, withdrawn, again) = pairs.rev().find_map(|(place, pair)| {
        let withdrawn = pair[0].iter().rfind(|trace| trace.kind.ends_a_case())?;
        let again =
            pair[1].first().filter(|_| pair[1].iter().all(|trace| trace.kind != TraceKind::Applied))?;
        let soon = matter.calendar().after(withdrawn.occurred.date(), SOON).ok()?;
        let back = withdrawn.kind == TraceKind::Withdrawn && again.occurred.date() <= soon;
        back.then_some((place as u32 + 1, withdrawn.occurred, again.occurred))
    })?;
    let (withdrawn, again) = (withdrawn.to_the_minute(), again.to_the_minute());
    let mut why = Sentence {
        zh: format!("{withdrawn} 撤回，{again} 未见重新申请即以同一编号再次受理，时限重新起算"),
        en: format!(
            "withdrawn at {withdrawn} and accepted again at {again} under the same number without a new application, so that its \
             time began anew"
        ),
    };
    let first =
        matter.clocks.iter().find(|clock| clock.run == run && clock.rule.limit == LimitSource::Promised);
    if let Some((started, due)) = first.and_then(|clock| clock.started.zip(clock.due)) {
        let (started, due) = (started.to_the_minute(), due.at.to_the_minute());
        why.zh.push_str(&format!("；首次计时自 {started} 起，{due} 到期"));
        why.en.push_str(&format!("; the run before began at {started} and was due {due}"));
    }
    Some(why)
}
