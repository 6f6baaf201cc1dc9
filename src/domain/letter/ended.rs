//! 服务中断: the administrators are told that the service ended by failure and runs again: what, when, what to do.

use super::kind::LetterKind;
use super::news::Draft;
use super::page::escaped;
use super::{Address, Letter, LetterContext, message_id};
use crate::domain::registry::Contact;
use crate::domain::text::{Language, Text, say, words};

/// By what a run of the service ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A fault of the program.
    Panicked,
    /// Something that it cannot go on without, such as its ledger.
    Failed,
    /// A round that did not go on: the service manager ended it.
    StoodStill,
    /// Nobody knows: killed, or for want of memory.
    Killed,
}

words!(Cause {
    Panicked = "panicked", "程序故障";
    Failed = "failed", "运行条件缺失";
    StoodStill = "stood-still", "长时间无进展";
    Killed = "killed", "进程被终止";
});

/// How a run of the service ended that was not stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// By what.
    pub cause: Cause,
    /// When it began: `2011-10-14 09:05`.
    pub began: String,
    /// When it ended, or stood still from; empty: nobody knows.
    pub at: String,
    /// What it said of that itself, for whoever looks for the cause; may be empty.
    pub why: String,
}

/// What was told last of a cause: the day, and how often it came since without being told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    day: String,
    untold: u32,
}

impl Earlier {
    /// From what the ledger keeps.
    pub fn parse(kept: &str) -> Option<Self> {
        let (day, untold) = kept.split_once(' ')?;
        Some(Self { day: day.to_owned(), untold: untold.parse().ok()? })
    }

    /// Whether one more of the same cause is told on a day, with how many untold ones; and what to keep. At most one letter a day.
    pub fn tell(earlier: Option<&Self>, today: &str) -> (Option<u32>, String) {
        match earlier {
            Some(Self { day, untold }) if day == today => {
                (None, format!("{day} {}", untold.saturating_add(1)))
            }
            earlier => (Some(earlier.map_or(0, |it| it.untold)), format!("{today} 0")),
        }
    }
}

/// The letter to one administrator. `untold`: how often the same cause came since it was last told.
pub fn write(contact: &Contact, ended: &Ended, untold: u32, context: &LetterContext<'_>) -> Draft {
    let LetterContext { policy, pages, id_domain, now, .. } = context;
    let language = contact.language;
    let said = paragraphs(ended, untold, &now.instant.format("%Y-%m-%d %H:%M").to_string());
    let said = said.into_iter().map(|text| pages.masked(text.words(language)));
    let said: Vec<String> = said.chain([policy.office.clone()]).collect();
    let subject = say!("ended-subject").words(language);
    let letter = Letter {
        message_id: message_id(LetterKind::System, &contact.address, now, id_domain),
        to: Address { name: contact.name.clone(), address: contact.address.clone() },
        html: page(&subject, &said, language),
        subject,
        text: said.join("\n\n") + "\n",
        attachments: Vec::new(),
        written_at: now.instant,
        thread: None,
    };
    Draft {
        kind: LetterKind::System,
        urgency: 2,
        letter,
        events: Vec::new(),
        capacities: Vec::new(),
        answer_due: None,
    }
}

fn paragraphs(ended: &Ended, untold: u32, now: &str) -> Vec<Text> {
    let Ended { cause, began, at, why } = ended;
    let what = match cause {
        Cause::Panicked => say!("ended-panicked", at),
        Cause::Failed => say!("ended-failed", at),
        Cause::StoodStill => say!("ended-stood_still", at),
        Cause::Killed => say!("ended-killed", began),
    };
    let remedy = match cause {
        Cause::Panicked => say!("ended-panicked_remedy"),
        Cause::Failed => say!("ended-failed_remedy"),
        Cause::StoodStill => say!("ended-stood_still_remedy"),
        Cause::Killed => say!("ended-killed_remedy"),
    };
    let mut said = vec![what];
    if !why.is_empty() {
        said.push(say!("ended-why", why));
    }
    said.push(say!("ended-runs_again", now));
    if untold > 0 {
        said.push(say!("ended-untold", untold));
    }
    said.extend([remedy, say!("ended-once_a_day")]);
    said
}

fn page(subject: &str, paragraphs: &[String], language: Language) -> String {
    let body: String = paragraphs.iter().map(|text| format!("<p>{}</p>\n", escaped(text))).collect();
    let (lang, title) = (language.word(), escaped(subject));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n</head>\n\
         <body style=\"margin:0 auto;max-width:680px;padding:16px;font-family:sans-serif;font-size:15px;line-height:1.6;\
         overflow-wrap:anywhere\">\n{body}</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(cause: Cause, why: &str) -> Ended {
        let [began, at] = ["2011-10-14 09:05", "2011-10-14 11:20"].map(str::to_owned);
        Ended { cause, began, at, why: why.to_owned() }
    }

    /// Once a day for a cause, however often it comes; the next day's letter says how often it came untold.
    #[test]
    fn one_letter_a_day_for_a_cause() {
        let (mut kept, mut told) = (None, Vec::new());
        for day in ["2011-10-14", "2011-10-14", "2011-10-14", "2011-10-15", "2011-10-16", "2011-10-16"] {
            let (tell, keep) = Earlier::tell(kept.as_ref(), day);
            told.push(tell);
            kept = Earlier::parse(&keep);
            assert!(kept.is_some(), "{keep}");
        }
        assert_eq!(told, [Some(0), None, None, Some(2), Some(0), None]);
        assert_eq!(Earlier::parse("garbage"), None);
        assert_eq!(Earlier::parse("2011-10-14 x"), None);
    }

    /// Every cause is told in every language with what, when and what to do; what a fault says is no markup.
    #[test]
    fn every_cause_is_told_with_its_remedy() {
        for (language, ..) in Language::ALL {
            let mut all = Vec::new();
            for (cause, ..) in Cause::ALL {
                let said: Vec<String> = paragraphs(&ended(*cause, ""), 0, "2011-10-14 11:21")
                    .into_iter()
                    .map(|text| text.words(*language))
                    .collect();
                let when = if *cause == Cause::Killed { "09:05" } else { "11:20" };
                assert!(said[0].contains(when) && said[1].contains("11:21"), "{said:?}");
                assert_eq!(said.len(), 4);
                all.extend([said[0].clone(), said[2].clone()]);
            }
            all.sort();
            all.dedup();
            assert_eq!(all.len(), 2 * Cause::ALL.len(), "each cause in words of its own: {all:?}");
            let said = paragraphs(&ended(Cause::Panicked, "<b>x"), 3, "2011-10-14 11:21");
            let said: Vec<String> = said.into_iter().map(|text| text.words(*language)).collect();
            assert!(said[1].contains("<b>x") && said[3].contains('3'), "{said:?}");
            assert!(page("s", &said, *language).contains("&lt;b&gt;x"));
        }
    }
}
