//! A letter made shorter for a mail server that takes none of its size: first what goes with it, then its layout and the length of its
//! list, then in a few parts.

use super::page::{escaped, phrase};
use super::{Attachment, Letter};
use crate::domain::policy::Policy;
use crate::domain::registry::Role;
use crate::domain::text::Language;

/// Lines below which a letter is not cut any further.
const SHORTEST: usize = 12;
/// Parts that a letter goes out in at most; what is still too large is cut.
const PARTS: usize = 8;
/// How the page of a letter without its layout begins.
const BARE: &str = "<!doctype html><meta charset=\"utf-8\"><pre style=\"white-space:pre-wrap\">";
/// What of a list stands in the letter itself, by the names of its columns: which card, whose, for what, by when.
const COLUMNS: [&str; 5] = ["card", "case", "unit", "rule", "due"];

/// What goes in the place of a letter, in the language of who has its address; nothing: it cannot become shorter.
pub fn in_place_of(letter: &Letter, policy: &Policy) -> Vec<Letter> {
    let reader = policy.registry.contacts.iter().find(|contact| contact.address == letter.to.address);
    let language = reader.map_or(policy.language, |reader| reader.language);
    let is_admin = reader.is_some_and(|reader| reader.role == Role::Admin);
    let whose = if is_admin { "rest_admin" } else { "rest" };
    Shorter { language, rest: phrase(language, "shorter", whose, &[]) }.of(letter)
}

/// What a letter is made shorter with: the language of its reader, and where he finds what is not in it.
struct Shorter {
    language: Language,
    rest: String,
}

impl Shorter {
    /// The next shorter form: without the files that are no lists; then without pictures and layout and with the list in short, a line a
    /// case; then in two parts, four, eight, each numbered; then cut. Each says so at its head and where the rest is; until it is
    /// cut every card is named: who is told of a card that is withdrawn must have read of it.
    fn of(&self, letter: &Letter) -> Vec<Letter> {
        let without_files = self.head("without_files", &[]);
        let own = letter.text.strip_prefix(&without_files).unwrap_or(&letter.text);
        let mut short = letter.clone();
        let files = letter.attachments.len();
        short.attachments.retain(|file| file.shown_as.is_some() || is_list(file));
        if short.attachments.len() < files {
            short.text = format!("{without_files}{own}");
            short.html = under(&letter.html, without_files.trim_end());
            return vec![short];
        }
        if !letter.html.starts_with(BARE) {
            let lists = letter.attachments.iter().filter(|file| is_list(file));
            let text = lists.fold(own.to_owned(), |text, file| format!("{text}\n{}", self.list(file)));
            return vec![bare(letter, &letter.subject, &self.head("plain", &[]), &text)];
        }
        let (part, of) = self.place(letter);
        let own = letter.text.strip_prefix(&self.head_of(part, of)).unwrap_or(&letter.text);
        let lines: Vec<&str> = own.lines().collect();
        if lines.len() < SHORTEST {
            return Vec::new();
        }
        let half = lines.len() / 2;
        let subject = letter.subject.strip_suffix(&self.number(part, of)).unwrap_or(&letter.subject);
        if of >= PARTS {
            let cut = self.say("cut", &[("rest", &self.rest)]);
            let text = format!("{}\n{cut}", lines[..half].join("\n"));
            return vec![bare(letter, &letter.subject, &self.head_of(part, of), &text)];
        }
        let at = (half..lines.len() - 1).find(|at| lines[*at].is_empty()).unwrap_or(half);
        let halves = [lines[..at].join("\n"), self.second(&lines, at)];
        let numbers = [2 * part - 1, 2 * part];
        let parts = halves.iter().zip(numbers).map(|(text, number)| {
            let subject = format!("{subject}{}", self.number(number, 2 * of));
            bare(letter, &subject, &self.head_of(number, 2 * of), text.trim_matches('\n'))
        });
        parts.collect()
    }

    /// The second half of the lines: below the salutation, and where it goes on within a list below that list's name and headings.
    fn second(&self, lines: &[&str], at: usize) -> String {
        let salutation = lines.iter().find(|line| !line.is_empty()).copied();
        let lists = lines[..at].iter().rposition(|line| self.is_head_of_list(line));
        let list = lists.map_or(&[][..], |head| &lines[head..at.min(head + 2)]);
        let again = salutation.into_iter().chain([""]).chain(list.iter().copied());
        again.chain(lines[at..].iter().copied()).collect::<Vec<_>>().join("\n")
    }

    /// A list as it stands in the letter: its name, its headings, a line a case. How each limit was counted day by day is left out.
    fn list(&self, file: &Attachment) -> String {
        let name = |name: &str| phrase(self.language, "alert", name, &[]);
        let days = ["case", "limit", "day"].map(name).join(" | ");
        let text = file.as_text.as_deref().unwrap_or_default();
        let mut lines = text.lines().take_while(|line| **line != days).map(|line| line.split(" | "));
        let Some(headings) = lines.next() else { return String::new() };
        let wanted = COLUMNS.map(name);
        let kept: Vec<bool> = headings.clone().map(|heading| wanted.iter().any(|it| it == heading)).collect();
        let all = !kept.contains(&true);
        let short = |cells: std::str::Split<'_, &str>| {
            let cells = cells.enumerate().filter(|(at, _)| all || kept.get(*at).is_some_and(|kept| *kept));
            cells.map(|(_, cell)| cell).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ") + "\n"
        };
        let head = self.say("attached", &[("name", &file.name)]);
        let rows: String = std::iter::once(headings).chain(lines).map(short).collect();
        format!("{head}\n{rows}")
    }

    /// Whether a line names a list that follows.
    fn is_head_of_list(&self, line: &str) -> bool {
        const NAME: &str = "\u{fffc}";
        let head = self.say("attached", &[("name", NAME)]);
        head.split_once(NAME).is_some_and(|(before, after)| {
            line.len() > before.len() + after.len() && line.starts_with(before) && line.ends_with(after)
        })
    }

    /// Which part of how many a letter without layout is.
    fn place(&self, letter: &Letter) -> (usize, usize) {
        let parts = [2, 4, PARTS].into_iter().flat_map(|of| (1..=of).map(move |part| (part, of)));
        let is = |place: &(usize, usize)| {
            letter.text.starts_with(&self.head_of(place.0, place.1))
                && letter.subject.ends_with(&self.number(place.0, place.1))
        };
        parts.into_iter().find(is).unwrap_or((1, 1))
    }

    /// What stands at the head of a part; of a whole letter what is missing of it.
    fn head_of(&self, part: usize, of: usize) -> String {
        if of == 1 {
            return self.head("plain", &[]);
        }
        self.head("part", &[("part", &part.to_string()), ("of", &of.to_string())])
    }

    fn head(&self, name: &str, values: &[(&str, &str)]) -> String {
        let values: Vec<_> = values.iter().copied().chain([("rest", self.rest.as_str())]).collect();
        format!("{}\n\n", self.say(name, &values))
    }

    /// The number of a part, at the end of its subject.
    fn number(&self, part: usize, of: usize) -> String {
        if of == 1 {
            return String::new();
        }
        self.say("number", &[("part", &part.to_string()), ("of", &of.to_string())])
    }

    fn say(&self, name: &str, values: &[(&str, &str)]) -> String {
        phrase(self.language, "shorter", name, values)
    }
}

/// A letter without files and layout.
fn bare(letter: &Letter, subject: &str, note: &str, text: &str) -> Letter {
    let text = format!("{note}{}\n", text.trim_end_matches('\n'));
    let html = format!("{BARE}{}</pre>", escaped(&text));
    Letter { subject: subject.to_owned(), text, html, attachments: Vec::new(), ..letter.clone() }
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

    /// A list as it is attached: the cases, then the days of each.
    const LIST: &str = "牌 | 办件编号 | 单位 | 设定依据 | 到期日\n黄牌 | A-1 | 市住建局 | 第四十二条 | 10月8日\n办件编号 | 时限 | 日期\nA-1 | 承诺时限 | 10月1日\n";

    fn shorter(letter: &Letter) -> Vec<Letter> {
        Shorter { language: Language::Chinese, rest: "找管理员".into() }.of(letter)
    }

    /// What goes out of a letter to a server that takes none of more lines than so many.
    fn sent(first: &Letter, most: usize) -> Vec<Letter> {
        let (mut waiting, mut sent) = (vec![first.clone()], Vec::new());
        while let Some(next) = waiting.pop() {
            let parts = if next.text.lines().count() > most { shorter(&next) } else { Vec::new() };
            if parts.is_empty() { sent.push(next) } else { waiting.extend(parts.into_iter().rev()) }
        }
        sent
    }

    fn letter(lines: usize) -> Letter {
        let file = |name: &str, media_type: &str, shown_as: Option<&str>| Attachment {
            name: name.into(),
            media_type: media_type.into(),
            content: b"PK".into(),
            shown_as: shown_as.map(str::to_owned),
            as_text: (name == "list.xlsx").then(|| LIST.into()),
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

    /// Files that are no list go first, then layout and the days of the list: each form says so and where the rest is.
    #[test]
    fn what_goes_first_is_what_is_missed_least() {
        let first = shorter(&letter(40)).remove(0);
        assert_eq!(first.attachments.len(), 2, "the picture and the list stay");
        assert!(
            first.text.contains("未带附件；找管理员") && first.text.ends_with("第39行<\n"),
            "{}",
            first.text
        );
        assert!(first.html.starts_with("<html><body class=\"x\"><p>（邮件服务器"), "{}", first.html);
        let second = shorter(&first).remove(0);
        assert!(second.attachments.is_empty() && second.html.contains("第39行&lt;"));
        assert!(second.text.contains("找管理员") && !second.text.contains("未带附件"), "{}", second.text);
        let list =
            "附件“list.xlsx”的内容：\n牌 | 办件编号 | 单位 | 到期日\n黄牌 | A-1 | 市住建局 | 10月8日\n";
        assert!(second.text.ends_with(list), "{}", second.text);
        assert_eq!(second.subject, "【黄牌】");
    }

    /// Parts are few and numbered, none of them begins without salutation or within a list that it does not name, and no line is lost
    /// of what goes out in no more than eight.
    #[test]
    fn parts_are_numbered_and_complete() {
        let long = LIST.lines().next().unwrap().to_owned()
            + "\n"
            + &(0..90)
                .map(|case| format!("黄牌 | A-{case} | 市住建局 | 第四十二条 | 10月8日\n"))
                .collect::<String>();
        let mut whole = letter(20);
        whole.text.insert_str(0, "李四同志：\n\n");
        whole.attachments[0].as_text = Some(long);
        let whole = shorter(&shorter(&whole).remove(0)).remove(0);
        for (most, parts) in [(130, 1), (70, 2), (40, 4), (25, 8)] {
            let sent = sent(&whole, most);
            assert_eq!(sent.len(), parts, "{most}");
            for (place, part) in sent.iter().enumerate() {
                let number = format!("（第{}封，共{parts}封）", place + 1);
                assert!(part.text.lines().nth(2) == Some("李四同志："), "{}", part.text);
                assert_eq!(
                    part.subject,
                    if parts == 1 { "【黄牌】".into() } else { format!("【黄牌】{number}") }
                );
                let cases = part.text.lines().position(|line| line.starts_with("黄牌 | "));
                let named = part.text.lines().position(|line| line == "附件“list.xlsx”的内容：");
                assert_eq!(cases, cases.and(named).map(|head| head + 2), "{}", part.text);
            }
            let all: String = sent.iter().map(|part| part.text.as_str()).collect();
            for line in (0..20)
                .map(|line| format!("第{line}行<\n"))
                .chain((0..90).map(|case| format!("| A-{case} |")))
            {
                assert_eq!(all.matches(&line).count(), 1, "{most}: {line}");
            }
        }
        let cut = sent(&whole, 20);
        assert_eq!(cut.len(), 8);
        assert!(
            cut.iter().any(|part| part.text.contains("以下略去") && part.text.ends_with("找管理员）\n")),
            "{}",
            cut[7].text
        );
        assert!(sent(&whole, 1).len() == 8, "there is a last one");
    }

    /// A letter of eleven lines is as short as it gets; one of twelve is taken apart, and so is one of thirteen.
    #[test]
    fn a_letter_of_twelve_lines_is_taken_apart() {
        let parts = |lines: usize| {
            let plain = letter(lines);
            shorter(&bare(&plain, &plain.subject, "", &plain.text)).len()
        };
        assert_eq!([11, 12, 13].map(parts), [0, 2, 2]);
    }
}
