//! How sources and outbox are, as the digest says it.

use crate::domain::letter::page::phrase;
use crate::domain::letter::plain::Detail;
use crate::domain::overview::{Overview, SourceHealth};
use crate::domain::text::Language;

/// A source in one line. What failed is for the administrator, but for cases that a source no longer has.
pub(super) fn health(language: Language, source: &SourceHealth, detail: Detail) -> String {
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "digest", name, values);
    let state = say(&format!("source_{}", source.state), &[]);
    let mut text = format!("{} · {state}", source.name);
    if let Some(message) =
        source.message.as_ref().filter(|_| detail == Detail::Full || source.state == "suspect")
    {
        text.push_str(&format!(" · {message}"));
    }
    if let Some(at) = &source.last_read_at {
        text.push_str(&format!(" · {}", say("last_read", &[("at", at)])));
    }
    if let Some(at) = source.newest_at.as_ref().filter(|at| !at.is_empty()) {
        text.push_str(&format!(" · {}", say("newest", &[("at", at)])));
    }
    if let Some(at) = &source.complete_until {
        text.push_str(&format!(" · {}", say("complete_until", &[("at", at)])));
    }
    if let Some(numbers) = source.alike_numbers.as_ref().filter(|_| detail == Detail::Full) {
        let count = source.alike_count.to_string();
        text.push_str(&format!(" · {}", say("alike", &[("count", &count), ("numbers", numbers)])));
    }
    if let Some(cases) = source.held_back {
        text.push_str(&format!(" · {}", say("held_back", &[("cases", &cases.to_string())])));
    }
    if let Some(at) = &source.held_since {
        text.push_str(&format!(" · {}", say("held_since", &[("at", at)])));
    }
    text
}

/// What the outbox holds, in one line.
pub(super) fn letters(language: Language, overview: &Overview, detail: Detail) -> String {
    let letters = &overview.letters;
    let numbers = [letters.sent, letters.queued, letters.refused].map(|count| count.to_string());
    let values = [("sent", numbers[0].as_str()), ("queued", &numbers[1]), ("refused", &numbers[2])];
    let mut text = phrase(language, "digest", "letters", &values);
    if let Some(why) = letters.last_failure.as_ref().filter(|_| detail == Detail::Full) {
        text.push_str(&phrase(language, "digest", "last_failure", &[("why", why)]));
    }
    text
}
