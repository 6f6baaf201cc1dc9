//! What all entries at the keyboard have in common: who, why, by which login, and the question whether it is meant.

use std::io::{BufRead, IsTerminal, Write};

use clap::Args;

use super::terminal::Terminal;
use super::{Common, LangOption};
use crate::domain::now::{Clock, Now};
use crate::domain::text::{Language, Text, say};
use crate::edge::account::{self, SUPERVISORS};
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::ledger::Ledger;
use crate::failure::{ExitCode, Failure};
use crate::service;

/// Who enters it, and why.
#[derive(Debug, Clone, Args)]
pub(crate) struct Attribution {
    /// Who does it.
    #[arg(long, value_name = "NAME", value_parser = super::said)]
    pub(crate) by: String,
    /// Why; of an answer or objection, its words or where they are kept.
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    pub(crate) why: String,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// Somebody says that what waits for a person is right.
#[derive(Debug, Args)]
pub(crate) struct Acceptance {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    lang_option: LangOption,
    #[command(flatten)]
    pub(crate) attribution: Attribution,
}

/// Where an acceptance is entered.
pub(crate) struct Entry {
    pub(crate) ledger: Ledger,
    pub(crate) now: Now,
    pub(crate) language: Language,
    /// The sources of the configuration.
    pub(crate) sources: Vec<String>,
}

impl Acceptance {
    /// Opens the ledger for it.
    ///
    /// # Errors
    /// As [`ledger`], and if the configuration cannot be read.
    pub(crate) fn entry(&self) -> Result<Entry, Failure> {
        let config = service::load(&self.common.config)?;
        let now = SystemClock::new(config.policy.zone).now();
        let language = self.lang_option.language();
        let sources = names_of(&config);
        Ok(Entry { ledger: ledger(&config, &self.common, language)?, now, language, sources })
    }

    /// Opens the ledger for what is said of the clock itself, which may be held.
    ///
    /// # Errors
    /// As [`Acceptance::entry`].
    pub(crate) fn entry_on_clock(&self) -> Result<Entry, Failure> {
        let config = service::load(&self.common.config)?;
        let now = SystemClock::new(config.policy.zone).now();
        let language = self.lang_option.language();
        let sources = names_of(&config);
        Ok(Entry { ledger: opened(&config, &self.common, language)?, now, language, sources })
    }
}

/// The names of the sources.
fn names_of(config: &Config) -> Vec<String> {
    config.sources.iter().map(|source| source.name.clone()).collect()
}

/// The same of a command that also shows what it would do.
#[derive(Debug, Clone, Args)]
pub(crate) struct MaybeDeed {
    /// Who does it.
    #[arg(long, value_name = "NAME", value_parser = super::said, requires = "why")]
    pub(crate) by: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", value_parser = super::said, requires = "by")]
    pub(crate) why: Option<String>,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

impl MaybeDeed {
    /// What was said, if anything was.
    pub(crate) fn said(&self) -> Option<Attribution> {
        let (by, why) = (self.by.clone()?, self.why.clone()?);
        Some(Attribution { by, why, asked: self.asked })
    }
}

/// Whether to ask.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Asked {
    /// Does not ask whether it is meant; nobody is asked where the input is no terminal.
    #[arg(long)]
    yes: bool,
}

impl Asked {
    /// Says what is about to be done, and asks at a terminal whether it is meant.
    ///
    /// # Errors
    /// That it was not meant: nothing is to be entered then.
    pub(crate) fn agreed(self, what: &Text, language: Language) -> Result<(), Failure> {
        // The output may go into a file; this is for whoever sits there.
        let mut at_hand = Terminal::new(std::io::stderr().lock());
        writeln!(at_hand, "{}", what.words(language))?;
        if self.yes || !std::io::stdin().is_terminal() {
            return Ok(());
        }
        write!(at_hand, "{} ", say!("deed-ask").words(language))?;
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        if ["y", "yes", "是"].contains(&answer.trim().to_lowercase().as_str()) {
            return Ok(());
        }
        Err(Failure::new(ExitCode::Partly, say!("deed-not_meant").words(language)))
    }
}

/// The ledger for an entry by whoever sits at the keyboard.
///
/// # Errors
/// If there is none, if the account may not write to it, or may not enter what people do; and while the machine's clock is held: what is
/// entered would have its days by a clock that may be wrong, and keep them.
pub(crate) fn ledger(config: &Config, common: &Common, language: Language) -> Result<Ledger, Failure> {
    let ledger = opened(config, common, language)?;
    refused_while_held(&ledger, &SystemClock::new(config.policy.zone).now(), language)?;
    Ok(ledger)
}

/// # Errors
/// While the machine's clock is held.
pub(crate) fn refused_while_held(ledger: &Ledger, now: &Now, language: Language) -> Result<(), Failure> {
    let Some(held) = ledger.held_time()?.filter(|held| held.is_doubted(now)) else { return Ok(()) };
    let sentence = say!("deed-time_held", step = held.step()).words(language);
    let remedy = say!("deed-time_held_remedy").words(language);
    Err(Failure::new(ExitCode::Unavailable, sentence).with_remedy(remedy))
}

/// Says beside what is shown that the machine's clock is held, if it is: what stands there of days is by that clock.
///
/// # Errors
/// If the ledger cannot be read.
pub(crate) fn say_if_held(ledger: &Ledger, language: Language) -> Result<(), Failure> {
    if let Some(held) = ledger.held_time()?.filter(|held| held.accepted_by.is_none()) {
        writeln!(Terminal::new(std::io::stderr().lock()), "{}", held.said().words(language))?;
    }
    Ok(())
}

fn opened(config: &Config, common: &Common, language: Language) -> Result<Ledger, Failure> {
    let login = login(config, common, language)?;
    Ok(Ledger::at_keyboard(&config.ledger, config.policy.zone)?.signed(&login))
}

/// The login of whoever sits at the keyboard.
///
/// # Errors
/// If the account may not enter what people do.
pub(crate) fn login(config: &Config, common: &Common, language: Language) -> Result<String, Failure> {
    let account = account::at_keyboard(&config.ledger);
    let login = &account.login;
    if !account.may_enter {
        let sentence = say!("deed-not_allowed", login, group = SUPERVISORS).words(language);
        let remedy = say!("deed-not_allowed_remedy", group = SUPERVISORS).words(language);
        return Err(Failure::new(ExitCode::NotAllowed, sentence).with_remedy(remedy));
    }
    // Another configuration would judge by other rules, and name another ledger, with the rights of the daemon's user.
    if account.lent && common.config != std::path::Path::new(super::CONFIG) {
        let sentence = say!("deed-other_file", login, file = super::CONFIG).words(language);
        return Err(Failure::new(ExitCode::NotAllowed, sentence)
            .with_remedy(say!("deed-other_file_remedy").words(language)));
    }
    Ok(account.login)
}
