//! A record says that it was entered at a time at which it was not there yet.

use super::{CaseView, Rule, late_entry};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::columns::is_before_it_happened;
use crate::domain::text::Sentence;

pub(super) const RULE: Rule = Rule {
    id: "backdated-entry",
    zh: "录入时间倒填",
    en: "entry dated back",
    meaning: "A trace says that it was entered (`recorded`) more than a working day (`within` of late-entry) before the last reading \
              of its source in which it was not there, less the source's `lag`. Where it would lift a card, it counts as entered \
              no earlier than that reading. An entry before what happened cannot be, and is a remark on its source.",
    basis: "录入时间由系统自动生成，不得倒填；以读取时的存档为证；本规则为推定",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let false_entry = matter.traces.iter().find_map(|trace| {
        let (said, unseen) = (trace.recorded?, trace.entry.unseen_at?);
        let is_false =
            !is_before_it_happened(trace.occurred, said) && late_entry::is_late(matter, said, unseen);
        is_false.then_some((trace, said, unseen))
    });
    let Some((trace, said, unseen)) = false_entry else { return Vec::new() };
    let (said, unseen, when) = (said.to_the_minute(), unseen.to_the_minute(), trace.occurred.to_the_minute());
    let why = Sentence {
        zh: format!("{} {when} 记为 {said} 录入，而 {unseen} 读取时尚无此记录", trace.kind.zh()),
        en: format!(
            "`{}` of {when} says it was entered {said}, and was not there when the source was read at {unseen}",
            trace.kind
        ),
    };
    matter.found_at(&RULE, trace, why)
}
