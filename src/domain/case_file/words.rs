//! What a record says, and when it was entered, as people read it.

use super::history::{MOVES_A_LIMIT, Version};
use crate::domain::policy::Policy;
use crate::domain::record::{Amount, Header, Trace};
use crate::domain::text::Sentence;

/// When a version was entered, as people read it.
pub(in crate::domain) fn entry<T>(version: &Version<T>) -> Sentence {
    let seen = version.seen.to_the_minute();
    let (zh, en) = match (&version.value, version.entered) {
        (None, _) => (format!("{seen} 发现"), format!("seen {seen}")),
        _ if version.remapped => {
            (format!("{seen} 按更改后的映射读出"), format!("read by another mapping {seen}"))
        }
        (_, Some(at)) => (format!("{} 录入", at.to_the_minute()), format!("entered {}", at.to_the_minute())),
        (_, None) => (format!("{seen} 首次读取时已在案"), format!("on record when first read {seen}")),
    };
    Sentence { zh, en }
}

pub(in crate::domain) fn trace_words(trace: &Trace, policy: &Policy) -> Sentence {
    let when = trace.occurred.to_the_minute();
    let mut words =
        Sentence { zh: format!("{when} {}", trace.kind.zh()), en: format!("`{}` {when}", trace.kind) };
    if let Some(stage) = trace.stage.as_deref().filter(|stage| !stage.is_empty()) {
        words.zh += &format!("“{stage}”");
        words.en += &format!(" `{stage}`");
    }
    if let Some(code) = &trace.unit {
        let unit = named(policy.registry.units.get(code).map(|unit| unit.name.as_str()), code);
        words.zh += &format!("，单位{}", unit.zh);
        words.en += &format!(", unit {}", unit.en);
    }
    if let Some(asked) = trace.asked.map(|it| it.to_the_minute()) {
        words.zh += &format!("，{asked} 申请");
        words.en += &format!(", asked for {asked}");
    }
    if MOVES_A_LIMIT.contains(&trace.kind) {
        moved_by(trace, &mut words);
    }
    words
}

/// The length of what moves a limit, and its notice or cause: what is missing there may be typed in later.
fn moved_by(trace: &Trace, words: &mut Sentence) {
    match &trace.amount {
        Some(Amount::Limit(limit)) => {
            let limit = Sentence::from(limit.text());
            words.zh += &format!("，{}", limit.zh);
            words.en += &format!(", {}", limit.en);
        }
        Some(Amount::Bare(number)) => {
            words.zh += &format!("，数额 {number}");
            words.en += &format!(", by {number}");
        }
        None => {}
    }
    for said in [&trace.note, &trace.by].into_iter().flatten().filter(|said| !said.is_empty()) {
        words.zh += &format!("，{said}");
        words.en += &format!(", {said}");
    }
}

/// A unit or item by its name with the code behind it, or by the code alone where nothing bears it.
pub(in crate::domain) fn named(name: Option<&str>, code: &str) -> Sentence {
    match name {
        Some(name) => Sentence { zh: format!("{name}（{code}）"), en: format!("{name} ({code})") },
        None => Sentence { zh: format!("“{code}”"), en: format!("`{code}`") },
    }
}

/// What differs between two versions of the case's own row, items and units by their names.
pub fn header_words(before: &Header, after: &Header, policy: &Policy) -> Vec<(Sentence, Sentence)> {
    let registry = &policy.registry;
    let mut words = Vec::new();
    let item = |code: &str| named(registry.items.get(code).map(|item| item.name.as_str()), code);
    let unit = |header: &Header| {
        let code = header.unit.as_deref();
        code.map(|code| named(registry.units.get(code).map(|unit| unit.name.as_str()), code))
    };
    let mut differ = |zh: &str, en: &str, old: Option<Sentence>, new: Option<Sentence>| {
        let say = |value: Option<Sentence>| match value {
            Some(value) => Sentence { zh: format!("{zh}{}", value.zh), en: format!("{en} {}", value.en) },
            None => Sentence { zh: format!("{zh}（空）"), en: format!("{en} (none)") },
        };
        if old != new {
            words.push((say(old), say(new)));
        }
    };
    differ("事项", "item", Some(item(&before.item)), Some(item(&after.item)));
    differ("单位", "unit", unit(before), unit(after));
    let mut names: Vec<&str> =
        before.dates.iter().chain(&after.dates).map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let day = |header: &Header| {
            header.date(name).map(|at| Sentence { zh: at.to_the_minute(), en: at.to_the_minute() })
        };
        differ(&format!("日期“{name}”"), &format!("date {name}"), day(before), day(after));
    }
    words
}
