//! Closings heaped on the last day.

use std::collections::BTreeMap;

use super::{Rule, Sentence};
use crate::domain::across::{Across, Ending};
use crate::domain::finding::{Card, Mode};
use crate::domain::record::TraceKind;

pub(in crate::domain) const RULE: Rule = Rule {
    id: "last-day-heap",
    zh: "办结集中于最后一日",
    en: "closed on the last day",
    meaning: "Of the cases that a unit decided within ninety days, twenty or more, half were decided on the very day they \
              were due. A hint that dates are fitted to limits, or that limits are the only thing that moves work.",
    basis: "以速度排名诱发虚填日期（成都取消提速率排名）；本规则为推定",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge: |_| Vec::new(),
};

/// Of fewer cases nothing is said.
const ENOUGH: usize = 20;

pub(in crate::domain) fn across(endings: &[Ending]) -> Vec<Across> {
    let mut units: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for ending in endings {
        let Some(due) =
            ending.due_on.filter(|_| matches!(ending.kind, TraceKind::Decided | TraceKind::Closed))
        else {
            continue;
        };
        let (all, last) = units.entry(&ending.unit).or_default();
        *all += 1;
        *last += usize::from(ending.ended.date() == due);
    }
    units.retain(|_, (all, last)| *all >= ENOUGH && *last * 2 >= *all);
    units
        .into_iter()
        .map(|(unit, (all, last))| Across {
            subject: unit.to_owned(),
            unit: Some(unit.to_owned()),
            item: None,
            why: Sentence {
                zh: format!("九十日内办结 {all} 件，其中 {last} 件恰在到期当日办结"),
                en: format!(
                    "of {all} cases decided in ninety days {last} were decided on the day they were due"
                ),
            },
        })
        .collect()
}
