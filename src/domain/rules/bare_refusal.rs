//! An application was not accepted, and no reason is on record.

use super::time_limit::short;
use super::{Breach, Matter, Rule, Sentence};
use crate::domain::finding::{Card, Mode};
use crate::domain::record::{TraceKind, says_something};

pub(super) const RULE: Rule = Rule {
    id: "bare-refusal",
    zh: "不予受理未说明理由",
    en: "refusal without reason",
    meaning: "An application was not accepted and the trace gives no reason (its note is empty, or 无, / and \
              the like).",
    basis: "《行政许可法》第三十八条第二款、第七十二条；不依法说明不受理理由（行政审批电子监察办法所列情形）",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    judge,
};

fn judge(matter: &Matter<'_>) -> Vec<Breach> {
    if !matter.kinds.has(TraceKind::NotAccepted) {
        return Vec::new();
    }
    let bare = |note: &Option<String>| !note.as_deref().is_some_and(says_something);
    let refused =
        matter.traces.iter().find(|trace| trace.kind == TraceKind::NotAccepted && bare(&trace.note));
    let Some(refused) = refused else { return Vec::new() };
    let when = short(refused.occurred);
    let why = Sentence {
        zh: format!("{when} 不予受理，没有说明理由"),
        en: format!("not accepted at {when}, and no reason is on record"),
    };
    matter.found(&RULE, why)
}
