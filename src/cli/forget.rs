//! `jianchad forget`: erases personal text of a case or a person, and leaves the facts.

use std::io::Write;

use clap::Args;

use super::deed::{self, Deed};
use super::{Common, Tongue, not_found};
use crate::domain::erased::SHORTEST_NAME;
use crate::domain::letter::relay::Way;
use crate::domain::now::Clock;
use crate::domain::text::{Language, Text, say};
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::ledger::{Erased, Erasure, Ledger, LedgerError, Whose};
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
    tongue: Tongue,
    #[command(flatten)]
    whose: Of,
    /// Only the case of this source, where several know the number.
    #[arg(long, value_name = "NAME", requires = "case")]
    source: Option<String>,
    #[command(flatten)]
    deed: Deed,
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
        let language = self.tongue.language();
        let login = deed::login(&config, &self.common, language)?;
        let Deed { by, why, asked } = &self.deed;
        let (whose, meant) = match (&self.whose.case, &self.whose.person) {
            (_, Some(name)) => {
                self.allowed(name, language)?;
                (Whose::Person(name), say!("forget-ask_person", name))
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
        asked.agreed(&meant, language)?;
        let keeps = super::in_force(&ledger, &config.policy)?.clocks.causes();
        let erasure = Erasure { whose, by, why, at: now.instant, keeps };
        let Some(erased) = ledger.erase(&erasure)? else {
            let number = self.whose.case.as_deref().unwrap_or_default();
            return Err(not_found(say!("explain-unknown", case = number).words(language)));
        };
        let swept = ledger.sweep_out();
        for line in said(&erased, &config) {
            writeln!(out, "{}", line.words(language))?;
        }
        match swept {
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
        if self.deed.by.contains(name) || self.deed.why.contains(name) {
            return wrong(say!("forget-named"));
        }
        Ok(())
    }
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

/// What was erased, and what is out of reach: letters that left.
fn said(erased: &Erased, config: &Config) -> Vec<Text> {
    let (texts, letters) = (erased.texts, erased.letters);
    let mut said = vec![say!("forget-done", texts, letters)];
    if let Way::Folder(folder) = &config.way {
        let mut removed = 0_u64;
        for left in &erased.left {
            match notify::take_back(folder, &left.message_id, &left.address, left.written_at) {
                Ok(found) => removed += u64::from(found),
                Err(error) => {
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
    said.push(say!("forget-copies"));
    said
}
