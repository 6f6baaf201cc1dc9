//! A letter made shorter for a mail server that takes none of its size: first what goes with it, then what stands in it.

use super::Letter;
use super::page::{escaped, phrase};
use crate::domain::policy::Policy;
use crate::domain::registry::Language;

/// Lines below which a letter is not cut any further.
const SHORTEST: usize = 12;
/// How the page of a letter without its layout begins.
const BARE: &str = "<!doctype html><meta charset=\"utf-8\"><pre style=\"white-space:pre-wrap\">";

/// The next shorter form of a letter, in the language of who has its address; `None`: it cannot become shorter.
pub fn in_place_of(letter: &Letter, policy: &Policy) -> Option<Letter> {
    let reader = policy.registry.contacts.iter().find(|contact| contact.address == letter.to.address);
    shorter(letter, reader.map_or(policy.language, |reader| reader.language))
}

/// The next shorter form: without its files, then without pictures and layout, then with the first half of its lines, as often
/// as it takes. Each says at its head what is missing and where the rest is. `None`: it cannot become shorter.
fn shorter(letter: &Letter, language: Language) -> Option<Letter> {
    let say = |name: &str| phrase(language, "shorter", name, &[]);
    let notes = ["without_files", "cut"].map(|name| format!("{}\n\n", say(name)));
    let own = notes.iter().find_map(|note| letter.text.strip_prefix(note.as_str())).unwrap_or(&letter.text);
    let mut short = letter.clone();
    let files = letter.attachments.len();
    short.attachments.retain(|file| file.shown_as.is_some());
    if short.attachments.len() < files {
        short.text = format!("{}{own}", notes[0]);
        short.html = under(&letter.html, &say("without_files"));
        return Some(short);
    }
    short.attachments.clear();
    let cut = letter.html.starts_with(BARE);
    let lines: Vec<&str> = own.lines().collect();
    if cut && lines.len() < SHORTEST {
        return None;
    }
    let kept = if cut { lines.len() / 2 } else { lines.len() };
    short.text = format!("{}{}\n", notes[usize::from(cut)], lines[..kept].join("\n"));
    short.html = format!("{BARE}{}</pre>", escaped(&short.text));
    Some(short)
}

/// A page with a sentence at its head.
fn under(html: &str, note: &str) -> String {
    let body = html.find("<body").and_then(|at| html[at..].find('>').map(|end| at + end + 1)).unwrap_or(0);
    format!("{}<p>{}</p>{}", &html[..body], escaped(note), &html[body..])
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Attachment};
    use super::*;

    fn letter(lines: usize) -> Letter {
        let file = |name: &str, shown_as: Option<&str>| Attachment {
            name: name.into(),
            media_type: "text/csv".into(),
            content: vec![0; 9],
            shown_as: shown_as.map(str::to_owned),
        };
        Letter {
            message_id: "1@czs.test".into(),
            to: Address { name: "甲".into(), address: "a@czs.test".into() },
            subject: "【黄牌】".into(),
            text: (0..lines).map(|line| format!("第{line}行<\n")).collect(),
            html: "<html><body class=\"x\"><b>甲</b></body></html>".into(),
            attachments: vec![file("list.csv", None), file("chart.png", Some("c@czs.test"))],
            written_at: chrono::DateTime::parse_from_rfc3339("2011-10-14T09:05:00+08:00").unwrap(),
            thread: None,
        }
    }

    /// Files, then layout, then the end of the list: each form is shorter, says so, and there is a last one.
    #[test]
    fn what_goes_first_is_what_is_missed_least() {
        let note = |name: &str| phrase(Language::Chinese, "shorter", name, &[]);
        let first = shorter(&letter(40), Language::Chinese).unwrap();
        assert_eq!(first.attachments.len(), 1, "the picture stays");
        assert!(first.text.starts_with(&note("without_files")) && first.text.ends_with("第39行<\n"));
        assert!(first.html.starts_with(&format!("<html><body class=\"x\"><p>{}</p>", note("without_files"))));
        let second = shorter(&first, Language::Chinese).unwrap();
        assert!(second.attachments.is_empty() && second.html.contains("第39行&lt;"));
        assert_eq!(second.text, first.text);
        let mut last = second;
        let mut sizes = Vec::new();
        while let Some(next) = shorter(&last, Language::Chinese) {
            assert!(next.text.starts_with(&format!("{}\n\n第0行", note("cut"))), "{}", next.text);
            assert_eq!(next.text.matches(&note("cut")).count(), 1);
            sizes.push(next.text.lines().count() - 2);
            last = next;
        }
        assert_eq!(sizes, [20, 10]);
        assert_eq!((last.subject, last.to), (letter(1).subject, letter(1).to));
    }
}
