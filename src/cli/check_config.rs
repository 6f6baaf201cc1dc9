//! `jianchad check-config`: every mistake at once, and what the file would change.

mod beside;
mod codes;
mod fact;
mod promises;
mod readers;
mod sources;

use std::io::{IsTerminal, Write};

use clap::Args;

use super::{Common, LangOption, effect, progress::Progress};
use crate::domain::limit::LimitSource;
use crate::domain::now::Clock;
use crate::domain::policy::{ClockRule, Policy};
use crate::domain::registry::Item;
use crate::domain::statute::Keeper;
use crate::domain::text::{Language, Text, say};
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::ledger::{Ledger, LedgerError};
use crate::failure::{ExitCode, Failure};
use crate::round;

/// Reads configuration and registry and reports every mistake at once, and what would come and go among the open cards.
#[derive(Debug, Args)]
pub(crate) struct CheckConfig {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    lang_option: LangOption,
    /// Opens every source too, and shows its first rows as the cases they become; at a terminal by default.
    #[arg(long)]
    sources: bool,
    /// Only the configuration and the files that it names: no source, no ledger. What a reload asks first.
    #[arg(long, conflicts_with = "sources")]
    only_files: bool,
}

impl CheckConfig {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let (config, language) = (crate::service::load(&self.common.config)?, self.lang_option.language());
        for warning in &config.warnings {
            writeln!(out, "{warning}")?;
        }
        if let Some(warning) = unsupervised(&config.policy) {
            writeln!(out, "{}", warning.words(language))?;
        }
        let today = SystemClock::new(config.policy.zone).now().today();
        promises::write(&config.policy, today, language, out)?;
        if let Some(warning) = readers::warning(&config.policy, today) {
            writeln!(out, "{}", warning.words(language))?;
        }
        let (file, of_pages) = (self.common.config.display().to_string(), config.mistakes_of_pages());
        let pages = if of_pages == 0 {
            writeln!(out, "{}", say!("check-in_order", file).words(language))?;
            Ok(())
        } else {
            let said = say!("check-pages", file, count = of_pages).words(language);
            Err(Failure::new(ExitCode::Config, said))
        };
        for (name, words) in lines(&config) {
            line(name, words, language, out)?;
        }
        if self.only_files {
            return pages;
        }
        if let Some(words) = beside::words(&config, &self.common.config) {
            line(say!("check-new_ledger"), words, language, out)?;
        }
        let looked = if self.sources || std::io::stdout().is_terminal() {
            let now = SystemClock::new(config.policy.zone).now();
            sources::look(&config.policy, &config.sources, &now, language, out)
        } else {
            Ok(())
        };
        match change(&config, language, out) {
            // The file is in order all the same: whoever checks it need not be able to read the ledger.
            Err(Unseen::Ledger(error)) => {
                let (why, remedy) = (error.said(), error.remedy());
                let words = say!("check-change_unknown", why, remedy);
                Ok(line(say!("check-change"), words, language, out)?)
            }
            Err(Unseen::Output(failure)) => Err(failure),
            Ok(()) => Ok(()),
        }?;
        looked.and(pages)
    }
}

fn line(name: Text, words: Text, language: Language, out: &mut dyn Write) -> std::io::Result<()> {
    let name = name.words(language);
    // A Chinese sign is as wide as two letters.
    let wide = name.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum::<usize>();
    writeln!(out, "  {name}{} {}", " ".repeat(11_usize.saturating_sub(wide)), words.words(language))
}

/// What the file says, in short: name of the line, and its words.
fn lines(config: &Config) -> [(Text, Text); 7] {
    let policy = &config.policy;
    let registry = &policy.registry;
    let counts = say!(
        "check-counts",
        regions = registry.regions.len(),
        units = registry.units.len(),
        items = registry.items.len(),
        contacts = registry.contacts.len()
    );
    let sources: Vec<&str> = config.sources.iter().map(|source| source.name.as_str()).collect();
    let known = policy.calendar.known();
    [
        (say!("check-registry"), counts),
        (say!("check-sources"), sources.join(", ").into()),
        (say!("check-card_table"), policy.cards.title()),
        (say!("check-calendar"), say!("check-days", first = *known.start(), last = *known.end())),
        (say!("check-ledger"), config.ledger.display().to_string().into()),
        (say!("check-letters"), crate::edge::notify::describe(&config.way)),
        (say!("check-version"), (&policy.version).into()),
    ]
}

/// Which items no clock with a card runs on, whatever is put on record: the catalogue gives them no limit, and no law that is
/// known here does.
fn unsupervised(policy: &Policy) -> Option<Text> {
    let gives = |item: &Item, clock: &ClockRule| {
        let staged = || item.stages.iter().any(|stage| stage.limit.is_some());
        let own = clock.by_law.keeper == Keeper::Unit && !clock.by_law.conditional && !clock.repeats;
        own && (clock.limit != LimitSource::Stage || staged()) && !policy.cards.of(&clock.id).is_empty()
    };
    let nothing =
        policy.registry.items.values().filter(|item| !policy.clocks_on(item).any(|clock| gives(item, clock)));
    let codes: Vec<&str> = nothing.map(|item| item.code.as_str()).collect();
    let shown = codes[..codes.len().min(SHOWN)].join(", ");
    let items = if codes.len() > SHOWN { format!("{shown}, …") } else { shown };
    (!codes.is_empty()).then(|| say!("check-unlimited", count = codes.len(), items))
}

/// How many items are named.
const SHOWN: usize = 20;

/// Why it cannot be said what the file would change.
enum Unseen {
    Ledger(LedgerError),
    Output(Failure),
}

impl From<LedgerError> for Unseen {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<std::io::Error> for Unseen {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error.into())
    }
}

/// What would come and go among the open cards, with a ledger at hand.
fn change(config: &Config, language: Language, out: &mut dyn Write) -> Result<(), Unseen> {
    let ledger = match Ledger::at_hand(&config.ledger, config.policy.zone) {
        Err(LedgerError::Missing { .. }) => return Ok(()),
        opened => opened?,
    };
    for (name, why) in ledger.doubted_sources()? {
        line(say!("check-doubted"), say!("check-doubt", source = name, why), language, out)?;
    }
    let now = SystemClock::new(config.policy.zone).now();
    let progress = Progress::new("change");
    let wanted = round::carried(&ledger, &config.policy, &now)?;
    let proposal = round::propose(&ledger, &wanted, &config.sources, &now, &progress)?;
    progress.clear();
    let name = say!("check-change");
    let Some(proposal) = proposal else {
        return Ok(line(name, say!("check-change_none"), language, out)?);
    };
    let before = &proposal.before;
    let words = match proposal.waits {
        true => say!("check-change_waits", before),
        false => say!("check-change_next", before),
    };
    line(name, words, language, out)?;
    effect::write(&proposal.effect, language, out).map_err(Unseen::Output)
}
