//! What a source said was changed, or taken back, after it had been read; worst after a mail had told of it.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::{HeaderChange, header_words};
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::text::{Text, say};

pub(super) const RULE: Rule = Rule {
    id: "changed-after-fact",
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
    matter.found(&RULE, Text::list(why, "list-semicolon"))
}

/// Of what the case's own row said differently, the change that weighs most.
fn header_changed(matter: &CaseView<'_>) -> Option<Text> {
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
    let words = words.into_iter().map(|(old, new)| say!("changed_after-header", old, new));
    Some(seen_and_told(Text::list(words, "list-clause"), change.seen_at, change.told_at))
}

fn seen_and_told(what: Text, seen: Moment, told: Option<Moment>) -> Text {
    match told {
        None => say!("changed_after", what, seen),
        Some(told) => say!("changed_after-told", what, seen, told),
    }
}

/// Of what traces said differently, the change that weighs most: one after a mail weighs more.
fn trace_changed(matter: &CaseView<'_>) -> Option<Text> {
    let weighty = matter.revisions.iter().filter(|it| !it.remapped).filter(|it| match &it.after {
        None => true,
        Some(after) => after.kind != it.before.kind || after.occurred != it.before.occurred,
    });
    let revision = weighty.max_by_key(|it| (it.told_at.is_some(), it.seen_at.at()))?;
    let (kind, before) = (revision.before.kind.text(), revision.before.occurred);
    let what = match &revision.after {
        None => say!("changed_after-emptied", kind, before),
        Some(after) => {
            say!("changed_after-trace", kind, before, when = after.occurred, after = after.kind.text())
        }
    };
    Some(seen_and_told(what, revision.seen_at, revision.told_at))
}
