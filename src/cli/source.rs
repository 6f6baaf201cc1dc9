//! `jianchad source`: what a person says of a source that is doubted.

use std::io::Write;

use clap::{Args, Subcommand};

use super::attribution::{Acceptance, Attribution, Entry};
use super::not_found;
use crate::domain::text::{nearest, say};
use crate::failure::Failure;

/// Sources that are doubted.
#[derive(Debug, Args)]
pub(crate) struct SourceCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Says that a doubted source is right as it is: it is judged by again, and each case that is gone from it is found as a vanished
    /// record.
    Accept(Accept),
}

#[derive(Debug, Args)]
struct Accept {
    /// Name of the source, as the configuration has it.
    source: String,
    #[command(flatten)]
    says: Acceptance,
}

impl SourceCommand {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.what {
            What::Accept(accept) => accept.run(out),
        }
    }
}

impl Accept {
    fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let Entry { mut ledger, now, language, sources } = self.says.entry()?;
        let doubts = ledger.doubted_sources()?;
        if let Some((name, why)) = doubts.into_iter().find(|(name, _)| *name == self.source) {
            self.says.attribution.asked.agreed(&say!("check-doubt", source = name, why), language)?;
        }
        let Attribution { by, why, .. } = &self.says.attribution;
        let accepted = ledger.accept_source(&self.source, by, why, now.instant)?;
        let Some(accepted) = accepted else {
            let sentence = say!("source-nothing", source = &self.source).words(language);
            let names = sources.iter().map(String::as_str).filter(|name| *name != self.source);
            let remedy = match nearest(&self.source, names).filter(|_| !sources.contains(&self.source)) {
                Some(name) => say!("findings-meant", name),
                None => say!("source-nothing_remedy"),
            };
            return Err(not_found(sentence).with_remedy(remedy.words(language)));
        };
        let (source, since) = (&self.source, &accepted.since);
        let doubted = say!("source-doubted", source, since, why = accepted.why);
        writeln!(out, "{}", doubted.words(language))?;
        let said = say!("source-accepted", by);
        Ok(writeln!(out, "{}", said.words(language))?)
    }
}
