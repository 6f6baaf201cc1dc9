//! What a record says, and when it was entered, as people read it.

use super::history::{MOVES_A_LIMIT, Version};
use crate::domain::policy::Policy;
use crate::domain::record::planned::{STEP_DUE, step_words};
use crate::domain::record::{Amount, Header, Trace};
use crate::domain::text::{Text, say};

/// When a version was entered, as people read it.
pub(in crate::domain) fn entry<T>(version: &Version<T>) -> Text {
    let seen = version.seen;
    match (&version.value, version.entered) {
        (None, _) => say!("record-seen", seen),
        _ if version.remapped => say!("record-remapped", seen),
        (_, Some(at)) => say!("record-entered", at),
        (_, None) => say!("record-first_read", seen),
    }
}

pub(in crate::domain) fn trace_words(trace: &Trace, policy: &Policy) -> Text {
    let mut words = say!("record-trace", when = trace.occurred, kind = trace.kind.text());
    if let Some(stage) = trace.stage.as_deref().filter(|stage| !stage.is_empty()) {
        words = say!("record-stage", trace = words, stage);
    }
    if let Some(code) = &trace.unit {
        let unit = named(policy.registry.units.get(code).map(|unit| unit.name.as_str()), code);
        words = say!("record-unit", trace = words, unit);
    }
    if let Some(asked) = trace.asked {
        words = say!("record-asked", trace = words, asked);
    }
    if MOVES_A_LIMIT.contains(&trace.kind) {
        words = moved_by(trace, words);
    }
    words
}

/// The length of what moves a limit, and its notice or cause: what is missing there may be typed in later.
fn moved_by(trace: &Trace, words: Text) -> Text {
    let words = match &trace.amount {
        Some(Amount::Limit(limit)) => say!("record-amount", trace = words, limit = limit.text()),
        Some(Amount::Bare(number)) => say!("record-number", trace = words, number = number.to_string()),
        None => words,
    };
    let said = [&trace.note, &trace.by].into_iter().flatten().filter(|said| !said.is_empty());
    said.fold(words, |words, said| say!("record-said", trace = words, said))
}

/// A unit or item by its name with the code behind it, or by the code alone where nothing bears it.
pub(in crate::domain) fn named(name: Option<&str>, code: &str) -> Text {
    match name {
        Some(name) => say!("record-named", name, code),
        None => say!("record-code", code),
    }
}

/// What differs between two versions of the case's own row, items and units by their names.
pub fn header_words(before: &Header, after: &Header, policy: &Policy) -> Vec<(Text, Text)> {
    let registry = &policy.registry;
    let item = |code: &str| named(registry.items.get(code).map(|item| item.name.as_str()), code);
    let unit = |header: &Header| {
        let code = header.unit.as_deref()?;
        Some(named(registry.units.get(code).map(|unit| unit.name.as_str()), code))
    };
    let value = |value: Option<Text>| value.unwrap_or_else(|| say!("record-none"));
    let mut words: Vec<(Text, Text)> = Vec::new();
    if before.item != after.item {
        let say = |code: &str| say!("record-item_is", value = item(code));
        words.push((say(&before.item), say(&after.item)));
    }
    if unit(before) != unit(after) {
        let say = |header: &Header| say!("record-unit_is", value = value(unit(header)));
        words.push((say(before), say(after)));
    }
    let mut names: Vec<&str> =
        before.dates.iter().chain(&after.dates).map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let day = |header: &Header| header.date(name).map(Text::from);
        if day(before) != day(after) {
            let say = |header: &Header| match name.strip_prefix(STEP_DUE) {
                Some(step) => say!("record-step_due_is", step = step_words(step), value = value(day(header))),
                None => say!("record-date_is", name, value = value(day(header))),
            };
            words.push((say(before), say(after)));
        }
    }
    words
}
