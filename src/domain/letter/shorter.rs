//! A letter made shorter for a mail server that takes none of its size: first what goes with it, then in parts.

use super::page::{escaped, phrase};
use super::{Attachment, Letter};
use crate::domain::policy::Policy;
use crate::domain::text::Language;

/// Lines below which a letter is not parted any further.
const SHORTEST: usize = 12;
/// How the page of a letter without its layout begins.
const BARE: &str = "<!doctype html><meta charset=\"utf-8\"><pre style=\"white-space:pre-wrap\">";

/// What goes in the place of a letter, in the language of who has its address; nothing: it cannot become shorter.
pub fn in_place_of(letter: &Letter, policy: &Policy) -> Vec<Letter> {
    let reader = policy.registry.contacts.iter().find(|contact| contact.address == letter.to.address);
    shorter(letter, reader.map_or(policy.language, |reader| reader.language))
}

/// The next shorter form: without the files that are no lists, then without pictures and layout and with its lists as text, then in
/// two parts, as often as it takes. Each says so at its head, and no line is lost: who is told of a card that is withdrawn must
/// have read of it.
fn shorter(letter: &Letter, language: Language) -> Vec<Letter> {
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "shorter", name, values);
    let notes = ["without_files", "plain", "part"].map(|name| format!("{}\n\n", say(name, &[])));
    let own = notes.iter().find_map(|note| letter.text.strip_prefix(note.as_str())).unwrap_or(&letter.text);
    let mut short = letter.clone();
    let files = letter.attachments.len();
    short.attachments.retain(|file| file.shown_as.is_some() || is_list(file));
    if short.attachments.len() < files {
        short.text = format!("{}{own}", notes[0]);
        short.html = under(&letter.html, &say("without_files", &[]));
        return vec![short];
    }
    if !letter.html.starts_with(BARE) {
        let mut text = own.to_owned();
        for file in letter.attachments.iter().filter(|file| is_list(file)) {
            let head = say("attached", &[("name", &file.name)]);
            text.push_str(&format!("\n{head}\n{}", file.as_text.as_deref().unwrap_or_default()));
        }
        return vec![bare(letter, &notes[1], &text)];
    }
    let lines: Vec<&str> = own.lines().collect();
    if lines.len() < SHORTEST {
        return Vec::new();
    }
    let half = lines.len() / 2;
    let at = (half..lines.len() - 1).find(|at| lines[*at].is_empty()).unwrap_or(half);
    [&lines[..at], &lines[at..]]
        .map(|part| bare(letter, &notes[2], part.join("\n").trim_matches('\n')))
        .into()
}

/// A letter without files and layout.
fn bare(letter: &Letter, note: &str, text: &str) -> Letter {
    let text = format!("{note}{text}\n");
    let html = format!("{BARE}{}</pre>", escaped(&text));
    Letter { text, html, attachments: Vec::new(), ..letter.clone() }
}

/// Whether a file is a list that can stand in the letter itself.
fn is_list(file: &Attachment) -> bool {
    file.as_text.is_some()
}

/// A page with a sentence at its head.
fn under(html: &str, note: &str) -> String {
    let body = html.find("<body").and_then(|at| html[at..].find('>').map(|end| at + end + 1)).unwrap_or(0);
    format!("{}<p>{}</p>{}", &html[..body], escaped(note), &html[body..])
}

#[cfg(test)]
mod tests {
    use super::super::Address;
    use super::*;

    fn letter(lines: usize) -> Letter {
        let file = |name: &str, media_type: &str, shown_as: Option<&str>| Attachment {
            name: name.into(),
            media_type: media_type.into(),
            content: b"PK".into(),
            shown_as: shown_as.map(str::to_owned),
            as_text: (name == "list.xlsx").then(|| "办件编号\nA-1\n".into()),
        };
        Letter {
            message_id: "1@czs.test".into(),
            to: Address { name: "甲".into(), address: "a@czs.test".into() },
            subject: "【黄牌】".into(),
            text: (0..lines).map(|line| format!("第{line}行<\n")).collect(),
            html: "<html><body class=\"x\"><b>甲</b></body></html>".into(),
            attachments: vec![
                file("list.xlsx", "application/x", None),
                file("chart.png", "image/png", Some("c@czs.test")),
                file("all.xlsx", "application/x", None),
            ],
            written_at: chrono::DateTime::parse_from_rfc3339("2011-10-14T09:05:00+08:00").unwrap(),
            thread: None,
        }
    }

    /// Files that are no list, then layout, then in parts: each form says so, there is a last one, and every line is in one of them.
    #[test]
    fn what_goes_first_is_what_is_missed_least_and_no_line_is_lost() {
        let note = |name: &str| phrase(Language::Chinese, "shorter", name, &[]);
        let first = shorter(&letter(40), Language::Chinese).remove(0);
        assert_eq!(first.attachments.len(), 2, "the picture and the list stay");
        assert!(first.text.starts_with(&note("without_files")) && first.text.ends_with("第39行<\n"));
        assert!(first.html.starts_with(&format!("<html><body class=\"x\"><p>{}</p>", note("without_files"))));
        let second = shorter(&first, Language::Chinese).remove(0);
        assert!(second.attachments.is_empty() && second.html.contains("第39行&lt;"));
        assert!(
            second.text.starts_with(&note("plain")) && second.text.ends_with("办件编号\nA-1\n\n"),
            "{}",
            second.text
        );
        let whole: Vec<&str> = second.text.lines().skip(2).filter(|line| !line.is_empty()).collect();
        let (mut waiting, mut last) = (vec![second.clone()], Vec::new());
        while let Some(next) = waiting.pop() {
            let parts = shorter(&next, Language::Chinese);
            assert!(parts.iter().all(|part| part.text.starts_with(&format!("{}\n\n", note("part")))));
            assert!(parts.iter().all(|part| part.text.matches(&note("part")).count() == 1));
            assert!(parts.iter().all(|part| (&part.subject, &part.to) == (&next.subject, &next.to)));
            if parts.is_empty() { last.push(next) } else { waiting.extend(parts.into_iter().rev()) }
        }
        let told: Vec<&str> =
            last.iter().flat_map(|part| part.text.lines().skip(2)).filter(|line| !line.is_empty()).collect();
        assert_eq!(told, whole);
        assert!(last.len() > 3 && last.iter().all(|part| part.text.lines().count() - 2 < SHORTEST));
    }

    /// A letter of eleven lines is as short as it gets; one of twelve is taken apart, and so is one of thirteen.
    #[test]
    fn a_letter_of_twelve_lines_is_taken_apart() {
        let parts = |lines: usize| {
            let plain = letter(lines);
            shorter(&bare(&plain, "", plain.text.trim_end()), Language::Chinese).len()
        };
        assert_eq!([11, 12, 13].map(parts), [0, 2, 2]);
    }
}
