//! What a source said was changed, or taken back, after it had been read; worst after a mail had told of it.

use super::time_limit::short;
use super::{Breach, Matter, Rule, Sentence};
use crate::domain::finding::{Card, Mode};

pub(super) const RULE: Rule = Rule {
    id: "changed-after-fact",
    zh: "事后更改记录",
    en: "changed after the fact",
    meaning: "A trace that had been read was given another time or kind, or was emptied. Both values stand in \
              the ledger; if a mail had told of the case before, its time is named.",
    basis: "数据变更应当留痕（广东数据交换规范：变更递增版本号）；本规则为推定",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge,
};

fn judge(matter: &Matter<'_>) -> Vec<Breach> {
    let weighty = matter.revisions.iter().filter(|it| !it.remapped).filter(|it| match &it.after {
        None => true,
        Some(after) => after.kind != it.before.kind || after.occurred != it.before.occurred,
    });
    // One after a mail weighs more, and is the one to be told of.
    let Some(revision) = weighty.max_by_key(|it| (it.told_at.is_some(), it.seen_at.at())) else {
        return Vec::new();
    };
    let (kind, before) = (revision.before.kind, short(revision.before.occurred));
    let (after_zh, after_en) = match &revision.after {
        None => ("已清空".to_owned(), "emptied".to_owned()),
        Some(after) => {
            let when = short(after.occurred);
            (format!("改为 {when}（{}）", after.kind.zh()), format!("changed to {when} (`{}`)", after.kind))
        }
    };
    let seen = short(revision.seen_at);
    let mut why = Sentence {
        zh: format!("{}时间 {before} {after_zh}，{seen} 读到", kind.zh()),
        en: format!("`{kind}` of {before} was {after_en}, as read at {seen}"),
    };
    if let Some(told) = revision.told_at.map(short) {
        why.zh = format!("{}；此前 {told} 已发出告知邮件", why.zh);
        why.en = format!("{}; a mail of {told} had told of the case before", why.en);
    }
    matter.found(&RULE, why)
}
