//! `jianchad explain`: one case on one page, fit to attach to a letter.

mod clock;
mod data;
mod dispute;
mod page;
mod text;

use std::io::Write;

use clap::{Args, ValueEnum};

use super::once::as_of;
use super::{Common, LangOption, not_found};
use crate::domain::case_file::CaseFile;
use crate::domain::letter::page::Pages;
use crate::domain::now::{Clock, Now};
use crate::domain::plan::late;
use crate::domain::policy::Policy;
use crate::domain::record::chronological;
use crate::domain::text::{Language, Text, say};
use crate::edge::clock::SystemClock;
use crate::edge::ledger::{AsOf, CaseStory, Ledger};
use crate::failure::{ExitCode, Failure};
use page::{Case, Page};

/// One case: traces, clocks with the day-by-day count, findings, letters.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    common: Common,
    /// How to show it: text for a terminal, html for a letter or the printer, json for programs.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    lang_option: LangOption,
    /// The case's number.
    case: String,
    /// Only this clock: promise, statutory.
    #[arg(long)]
    clock: Option<String>,
    /// As of this moment: by the records, rules and calendar of the round that was the last one then.
    #[arg(long, value_name = "MOMENT")]
    as_of: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people at a terminal.
    Text,
    /// For a browser, a letter, the printer: one file, nothing fetched.
    Html,
    /// For programs.
    Json,
}

impl Explain {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let language = self.lang_option.language();
        let config = self.common.to_read(language)?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let policy = super::in_force(&ledger, &config.policy)?;
        let asked = self.as_of.as_ref().map(|text| as_of(text, config.policy.zone, language)).transpose()?;
        let now = asked.unwrap_or_else(|| SystemClock::new(config.policy.zone).now());
        let as_of = asked.map(|now| ledger.as_of(&now)).transpose()?.flatten();
        let stories = ledger.stories(&self.case, language, as_of.as_ref().map(|as_of| as_of.round))?;
        if stories.is_empty() {
            return Err(not_found(say!("explain-unknown", case = &self.case).words(language)));
        }
        if asked.is_none() {
            super::attribution::say_if_held(&ledger, language)?;
        }
        let mut pages = Vec::new();
        for story in &stories {
            let view = View::of(story, (&ledger, &policy), now, as_of.as_ref(), language)?;
            let disputes = late::disputes(&view.file, &view.policy, &view.now);
            let View { file, policy, now, reproduced } = &view;
            let case = Case { story, file, policy, now, reproduced: *reproduced, disputes, language };
            let only = self.clock.as_deref();
            match self.format {
                Format::Json => writeln!(out, "{:#}", case.data(only))?,
                Format::Text => text::write(&case.page(only), out)?,
                Format::Html => pages.push(case.page(only)),
            }
        }
        if self.format == Format::Html {
            let Some(first) = pages.first() else { return Ok(()) };
            let view = Book { subject: &first.title, pages: &pages };
            writeln!(out, "{}", Pages::default().render("case.html", language, view))?;
        }
        Ok(())
    }
}

#[derive(serde::Serialize)]
struct Book<'p> {
    subject: &'p str,
    pages: &'p [Page],
}

/// A case with what it is judged by.
struct View {
    file: CaseFile,
    policy: Policy,
    now: Now,
    /// It was judged so then; otherwise it is looked back at from today.
    reproduced: bool,
}

impl View {
    /// As of a moment the ledger was there: what it knew then, by what judged then. Before that, and for a case that
    /// was not known yet: what the record says of that moment, by what judges now.
    fn of(
        story: &CaseStory,
        (ledger, policy): (&Ledger, &Policy),
        now: Now,
        as_of: Option<&AsOf>,
        language: Language,
    ) -> Result<Self, Failure> {
        let known = as_of.filter(|as_of| story.first_round <= as_of.round);
        let mut view = match known {
            None => {
                Self { file: ledger.case_file(story.id)?, policy: policy.clone(), now, reproduced: false }
            }
            Some(as_of) => {
                let file = ledger.case_file_as_of(story.id, as_of.round)?;
                let policy = policy_as_of(ledger, policy, as_of, language)?;
                Self { file, policy, now: Now { replay: as_of.replay, ..now }, reproduced: true }
            }
        };
        if view.now.replay {
            view.file.traces.retain(|trace| trace.occurred.at() <= now.instant);
        }
        if known.is_none() {
            view.file.complete_until = ledger.horizon(view.file.source, &view.now)?;
        }
        chronological(&mut view.file.traces);
        view.file.set_planned_aside(&view.now);
        Ok(view)
    }
}

fn policy_as_of(
    ledger: &Ledger,
    policy: &Policy,
    as_of: &AsOf,
    language: Language,
) -> Result<Policy, Failure> {
    if as_of.policy == policy.version {
        return Ok(policy.clone());
    }
    let unread = |why: Text| {
        let sentence = say!("explain-rules_unread", version = &as_of.policy, why);
        Failure::new(ExitCode::NotFound, sentence.words(language))
            .with_remedy(say!("explain-rules_unread_remedy").words(language))
    };
    let kept = ledger.policy(&as_of.policy)?.ok_or_else(|| unread(say!("explain-rules_not_kept")))?;
    policy.clone().judging_by(&as_of.policy, &kept).map_err(|why| unread(why.to_string().into()))
}
