//! An item was used that the catalogue no longer offers, or does not offer yet.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::text::Sentence;

pub(super) const RULE: Rule = Rule {
    id: "expired-item",
    zh: "使用失效事项",
    en: "expired item used",
    meaning: "A case was applied for or accepted on a day on which the catalogue does not offer its item (有效期起, \
              有效期止).",
    basis: "事项调整后应当及时变更系统（宁波考核办法；芜湖第六条）",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let (from, until) = (matter.item.valid_from, matter.item.valid_until);
    if from.is_none() && until.is_none() {
        return Vec::new();
    }
    let begins = |kind| matches!(kind, TraceKind::Applied | TraceKind::Accepted);
    let Some(begun) = matter.traces.iter().find(|trace| begins(trace.kind)) else { return Vec::new() };
    let (day, when) = (begun.occurred.date(), begun.occurred.to_the_minute());
    let name = &matter.item.name;
    let why = match (from, until) {
        (_, Some(until)) if day > until => Sentence {
            zh: format!("{when} {}，而事项“{name}”已于 {until} 后失效", begun.kind.zh()),
            en: format!("`{}` at {when}, when the item “{name}” had ended on {until}", begun.kind),
        },
        (Some(from), _) if day < from => Sentence {
            zh: format!("{when} {}，而事项“{name}”自 {from} 起才生效", begun.kind.zh()),
            en: format!("`{}` at {when}, before the item “{name}” began on {from}", begun.kind),
        },
        _ => return Vec::new(),
    };
    matter.found_at(&RULE, begun, why)
}
