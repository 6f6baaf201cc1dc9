//! What a source said was changed, or taken back, after it had been read; worst after a mail had told of it.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::{HeaderChange, header_words};
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::text::Sentence;

pub(super) const RULE: Rule = Rule {
    id: "changed-after-fact",
    zh: "事后更改记录",
    en: "changed after the fact",
    meaning: "A trace that had been read was given another time or kind, or was emptied; or the case's own row names another \
              item or date, or, after a mail had told of the case, another unit. Both values stand in the ledger; if a mail \
              had told of the case before, its time is named.",
    basis: "数据变更应当留痕（广东数据交换规范：变更递增版本号）；本规则为推定",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let mut why = Vec::new();
    why.extend(trace_changed(matter));
    why.extend(header_changed(matter));
    if why.is_empty() {
        return Vec::new();
    }
    let join =
        |words: fn(&Sentence) -> &str, between| why.iter().map(words).collect::<Vec<_>>().join(between);
    let why = Sentence { zh: join(|it| &it.zh, "；"), en: join(|it| &it.en, "; ") };
    matter.found(&RULE, why.into())
}

/// Of what the case's own row said differently, the change that weighs most.
fn header_changed(matter: &CaseView<'_>) -> Option<Sentence> {
    let told = |change: &HeaderChange| change.told_at.is_some();
    // That a case passes from one unit to another is lawful, and told to both; after a card it may be a way out.
    let weighs = |change: &&HeaderChange| {
        let (before, after) = (&change.before, &change.after);
        before.item != after.item
            || before.dates != after.dates
            || (before.unit != after.unit && told(change))
    };
    let changes = matter.headers.iter().filter(|change| !change.remapped).filter(weighs);
    let change = changes.max_by_key(|change| (told(change), change.seen_at.at()))?;
    let words = header_words(&change.before, &change.after, matter.policy);
    let join = |words: Vec<String>, between: &str| words.join(between);
    let zh = words.iter().map(|(old, new)| format!("{} 改为 {}", old.zh, new.zh)).collect();
    let en = words.iter().map(|(old, new)| format!("{} was changed to {}", old.en, new.en)).collect();
    Some(seen_and_told(join(zh, "，"), join(en, ", "), change.seen_at, change.told_at))
}

fn seen_and_told(zh: String, en: String, seen: Moment, told: Option<Moment>) -> Sentence {
    let seen = seen.to_the_minute();
    let (mut zh, mut en) = (format!("{zh}，{seen} 读到"), format!("{en}, as read at {seen}"));
    if let Some(told) = told.map(|it| it.to_the_minute()) {
        zh.push_str(&format!("；此前 {told} 已发出告知邮件"));
        en.push_str(&format!("; a mail of {told} had told of the case before"));
    }
    Sentence { zh, en }
}

/// Of what traces said differently, the change that weighs most: one after a mail weighs more.
fn trace_changed(matter: &CaseView<'_>) -> Option<Sentence> {
    let weighty = matter.revisions.iter().filter(|it| !it.remapped).filter(|it| match &it.after {
        None => true,
        Some(after) => after.kind != it.before.kind || after.occurred != it.before.occurred,
    });
    let revision = weighty.max_by_key(|it| (it.told_at.is_some(), it.seen_at.at()))?;
    let (kind, before) = (revision.before.kind, revision.before.occurred.to_the_minute());
    let (after_zh, after_en) = match &revision.after {
        None => ("已清空".to_owned(), "emptied".to_owned()),
        Some(after) => {
            let when = after.occurred.to_the_minute();
            (format!("改为 {when}（{}）", after.kind.zh()), format!("changed to {when} (`{}`)", after.kind))
        }
    };
    let (zh, en) =
        (format!("{}时间 {before} {after_zh}", kind.zh()), format!("`{kind}` of {before} was {after_en}"));
    Some(seen_and_told(zh, en, revision.seen_at, revision.told_at))
}
