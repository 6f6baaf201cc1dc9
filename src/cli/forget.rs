//! `jianchad forget`: erases personal text of a case or a person, and leaves the facts.

use std::io::Write;

use clap::Args;

use super::attribution::{self, Attribution};
use super::{Common, LangOption, not_found};
use crate::domain::erased::literal::Literal;
use crate::domain::erased::stays::Stays;
use crate::domain::erased::{Field, SHORTEST_NAME};
use crate::domain::letter::relay::Way;
use crate::domain::now::Clock;
use crate::domain::text::{Language, Text, say};
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::ledger::{Erased, Erasure, Ledger, LedgerError, Left, Person, Place, Remains, Whose};
use crate::edge::notify;
use crate::failure::{ExitCode, Failure};
use crate::service;

/// Erases personal text for good: handlers, notes and names that were taken of a case or person. Days, cards and findings stay as
/// they are, and so does the note of who erased what and why.
#[derive(Debug, Args)]
pub(crate) struct Forget {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    lang_option: LangOption,
    #[command(flatten)]
    whose: Of,
    /// Only the case of this source, where several know the number.
    #[arg(long, value_name = "NAME", requires = "case")]
    source: Option<String>,
    /// Also where nobody by this name is in the ledger: what comes later is marked.
    #[arg(long, requires = "person")]
    in_advance: bool,
    /// Leaves the name in the sentences of letters and findings: for one that is also a word of theirs.
    #[arg(long, requires = "person")]
    only_records: bool,
    #[command(flatten)]
    attribution: Attribution,
}

#[derive(Debug, Args)]
#[group(id = "whose", required = true, multiple = false)]
struct Of {
    /// The case, by its number: all its personal text.
    #[arg(long, value_name = "NUMBER", value_parser = super::said)]
    case: Option<String>,
    /// The person, by the name as records write it: whatever names them.
    #[arg(long, value_name = "NAME", value_parser = super::said)]
    person: Option<String>,
}

impl Forget {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = service::load(&self.common.config)?;
        let now = SystemClock::new(config.policy.zone).now();
        let language = self.lang_option.language();
        let login = attribution::login(&config, &self.common, language)?;
        let Attribution { by, why, asked } = &self.attribution;
        let (whose, meant) = match (&self.whose.case, &self.whose.person) {
            (_, Some(name)) => {
                self.allowed(name, language)?;
                let Self { in_advance, only_records, .. } = *self;
                let ask = if only_records {
                    say!("forget-ask_records", name)
                } else {
                    say!("forget-ask_person", name)
                };
                (Whose::Person(Person { name, in_advance, only_records }), ask)
            }
            (number, None) => {
                let (number, source) = (number.as_deref().unwrap_or_default(), self.source.as_deref());
                (Whose::Case { number, source }, say!("forget-ask_case", number))
            }
        };
        // Nothing of it may stay in the memory of a daemon, so nobody else writes meanwhile.
        if !config.ledger.exists() {
            return Err(Ledger::at_keyboard(&config.ledger, config.policy.zone)
                .err()
                .map_or_else(|| not_found(config.ledger.display().to_string()), Failure::from));
        }
        let mut ledger = open(&config, language)?.signed(&login);
        attribution::refused_while_held(&ledger, &now, language)?;
        let stays = stays(&ledger, &config)?;
        if let Whose::Person(person) = &whose {
            nobody_else(person, &stays, &ledger)?;
        }
        asked.agreed(&meant, language)?;
        let erasure = Erasure { whose, by, why, at: now.instant, stays: &stays };
        let Some(erased) = ledger.erase(&erasure)? else { return Err(none(&whose, &ledger)?) };
        let swept = ledger.sweep_out();
        let mut still = Vec::new();
        for line in said(&erased, &config, &mut still) {
            writeln!(out, "{}", line.words(language))?;
        }
        ledger.told_who_has_it(&still)?;
        match swept {
            Ok(true) if !still.is_empty() => {
                Err(Failure::new(ExitCode::Partly, say!("forget-unfinished", count = still.len()))
                    .with_remedy(say!("forget-unfinished_remedy")))
            }
            Ok(true) => Ok(()),
            Ok(false) => Err(unswept(language)),
            Err(error) => {
                Err(Failure::from(error).with_remedy(say!("forget-unswept_remedy").words(language)))
            }
        }
    }

    /// A name of one letter is in every sentence; and who is erased is not to be named in the note of it.
    fn allowed(&self, name: &str, language: Language) -> Result<(), Failure> {
        let wrong = |why: Text| Err(Failure::new(ExitCode::Usage, why.words(language)));
        if name.chars().count() < SHORTEST_NAME {
            return wrong(say!("forget-short", name, characters = SHORTEST_NAME));
        }
        if self.attribution.by.contains(name) || self.attribution.why.contains(name) {
            return wrong(say!("forget-named"));
        }
        Ok(())
    }
}

/// What stays, by what judges and by what the file has.
fn stays(ledger: &Ledger, config: &Config) -> Result<Stays, Failure> {
    let (mut stays, wanted) = (super::in_force(ledger, &config.policy)?.stays(), config.policy.stays());
    stays.words.extend(wanted.words);
    stays.people.extend(wanted.people);
    Ok(stays)
}

/// What is no name of a person is in letters that tell of anybody.
fn nobody_else(person: &Person<'_>, stays: &Stays, ledger: &Ledger) -> Result<(), Failure> {
    let name = person.name;
    let mut what = stays.ours(&Literal::new(name, "", Field::By));
    if what.is_none() && ledger.is_case_number(name)? {
        what = Some(say!("forget-our_number"));
    }
    match what.filter(|_| !person.only_records) {
        Some(what) => Err(Failure::new(ExitCode::Usage, say!("forget-ours", name, what))
            .with_remedy(say!("forget-ours_remedy"))),
        None => Ok(()),
    }
}

/// That there is nothing to erase.
fn none(whose: &Whose<'_>, ledger: &Ledger) -> Result<Failure, Failure> {
    let number = match whose {
        Whose::Case { number, .. } => *number,
        Whose::Person(Person { name, .. }) => {
            let name = *name;
            return Ok(not_found(say!("forget-nobody", name)).with_remedy(say!("forget-nobody_remedy")));
        }
    };
    let unknown = not_found(say!("explain-unknown", case = number));
    let known = ledger.spelled_as(number)?;
    if known.is_empty() {
        return Ok(unknown);
    }
    let numbers = Text::list(known.into_iter().map(Text::from), "list-comma");
    Ok(unknown.with_remedy(say!("forget-spelled", numbers)))
}

fn open(config: &Config, language: Language) -> Result<Ledger, Failure> {
    Ledger::open(&config.ledger, config.policy.zone).map_err(|error| {
        let held = matches!(error, LedgerError::Held { .. });
        let failure = Failure::from(error);
        if held { failure.with_remedy(say!("forget-held_remedy").words(language)) } else { failure }
    })
}

fn unswept(language: Language) -> Failure {
    Failure::new(ExitCode::Partly, say!("forget-unswept").words(language))
        .with_remedy(say!("forget-unswept_remedy").words(language))
}

/// What was erased, and what is out of reach: letters that left. `still`: those that could not be taken out of their folder.
fn said(erased: &Erased, config: &Config, still: &mut Vec<Left>) -> Vec<Text> {
    let (texts, letters) = (erased.texts, erased.letters);
    let mut said = vec![say!("forget-done", texts, letters)];
    if let Way::Folder(folder) = &config.way {
        let mut removed = 0_u64;
        for left in &erased.left {
            match notify::take_back(folder, &left.message_id, &left.address, left.written_at) {
                Ok(found) => removed += u64::from(found),
                Err(error) => {
                    still.push(left.clone());
                    said.push(say!(
                        "forget-file",
                        folder = folder.display().to_string(),
                        why = error.to_string()
                    ));
                }
            }
        }
        if removed > 0 {
            said.push(say!("forget-files", removed));
        }
    } else if !erased.left.is_empty() {
        let mut readers: Vec<&str> = erased.left.iter().map(|left| left.address.as_str()).collect();
        readers.sort_unstable();
        readers.dedup();
        let readers = Text::list(readers.into_iter().map(Text::from), "list-comma");
        said.push(say!("forget-left", count = erased.left.len(), readers));
    }
    said.extend(erased.remains.iter().map(remains));
    said.push(say!("forget-copies"));
    said
}

/// What remains, and what can be done about it.
fn remains(remains: &Remains) -> Text {
    let count = remains.count;
    let some = Text::list(remains.some.iter().map(|text| Text::from(text.as_str())), "list-comma");
    let is_all = count == remains.some.len() as u64;
    let texts = if is_all { some } else { say!("list-comma_and_more", items = some) };
    match remains.place {
        Place::Number => say!("forget-stays_number", count, texts),
        Place::Item => say!("forget-stays_item", count, texts),
        Place::Stage => say!("forget-stays_stage", count, texts),
        Place::Code => say!("forget-stays_code", count, texts),
        Place::Contact => say!("forget-stays_contact", texts),
        Place::Longer => say!("forget-stays_longer", count, texts),
        Place::Spelling => say!("forget-stays_spelling", texts),
        Place::Alike => say!("forget-stays_alike", texts),
        Place::Ours => say!("forget-stays_ours", texts),
    }
}
