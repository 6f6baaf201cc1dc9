//! A case was withdrawn at its limit, and the same matter filed again.

use super::withdrawn_at_limit::is_near;
use super::{Matter, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::clock::Reading;
use crate::domain::finding::Breach;
use crate::domain::limit::{Limit, LimitSource};
use crate::domain::record::TraceKind;
use crate::domain::text::Sentence;

pub(super) const RULE: Rule = Rule {
    id: "refiled",
    zh: "撤回后重新申报",
    en: "filed again",
    meaning: "A case was withdrawn, returned or voided on the last working day of its limit or the one before, and the same \
              matter was filed again, under its own number or another that names it (`earlier` of the mapping): the clock \
              was stopped and begun anew.",
    basis: "以退件、作废、删除终止计时后重新录入（交换数据：原业务流水号）；本规则为推定",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge: Some(judge),
};

fn judge(matter: &Matter<'_>) -> Vec<Breach> {
    if let Some(why) = same_number(matter) {
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
fn same_number(matter: &Matter<'_>) -> Option<Sentence> {
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
