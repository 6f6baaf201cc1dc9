//! `jianchad adopt`: a person puts in force a change of what judges that would move many cards.

use std::io::Write;

use clap::Args;

use super::attribution::{self, MaybeDeed};
use super::progress::Progress;
use super::{Common, LangOption, effect};
use crate::domain::adoption::{Carried, Effect};
use crate::domain::now::Clock;
use crate::domain::policy::Policy;
use crate::domain::text::{Text, say};
use crate::edge::clock::SystemClock;
use crate::edge::ledger::{Adoption, Ledger, Step};
use crate::failure::{ExitCode, Failure};
use crate::round::{self, Proposal};
use crate::service;

/// Shows which change of what judges waits, and what it would do; with --by and --why it judges from the next round on.
///
/// Clocks, card table, rules, calendar, registry, how a source is read and how far it is believed, or a new version of this
/// program: a change that would move more open cards
/// than `review_above` is not judged by until somebody adopts it.
#[derive(Debug, Args)]
pub(crate) struct Adopt {
    #[command(flatten)]
    common: Common,
    /// The version that was looked at: refused if the configuration file now says something else.
    version: Option<String>,
    #[command(flatten)]
    attribution: MaybeDeed,
    /// Only show what waits, as without --by.
    #[arg(long, conflicts_with = "by")]
    show: bool,
    /// Versions of the catalogue that are dated back: have them hold for the cases met before them too.
    #[arg(long)]
    backdated: bool,
    #[command(flatten)]
    lang_option: LangOption,
}

impl Adopt {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = service::load(&self.common.config)?;
        let language = self.lang_option.language();
        let mut ledger = match &self.attribution.by {
            Some(_) => attribution::ledger(&config, &self.common, language)?,
            None => Ledger::at_hand(&config.ledger, config.policy.zone)?,
        };
        let now = SystemClock::new(config.policy.zone).now();
        let met = ledger.catalogue_met(&config.policy.version, &now)?;
        let wanted = round::carried(&ledger, &config.policy, &now)?;
        let in_force = ledger.in_force()?;
        let last = ledger.last_adoption()?;
        self.refuse_another(&wanted, last.as_ref().filter(|last| last.step == Step::Waits))?;
        let known = last.filter(|last| last.before == in_force);
        let known = known.as_ref().and_then(|last| Some((last, wanted.of(&last.version)?)));
        if let Some((allowed, policy)) = known.filter(|(last, _)| last.step == Step::Allowed) {
            return self.show_allowed(&policy.version, allowed, out);
        }
        let waiting = known.filter(|(last, _)| last.step == Step::Waits).map(|(_, policy)| policy);
        let nothing = in_force.as_ref().is_none_or(|before| *before == wanted.policy.version);
        if (nothing && !self.backdated) || (self.backdated && wanted.backdated.is_none()) {
            return self.show_nothing(&wanted, out);
        }
        let asked = |policy: &&Policy| self.backdated || self.version.as_ref() == Some(&policy.version);
        let backdated = wanted.backdated.as_ref().filter(asked);
        // What it would do is worked out anew: cases have moved since a round met it.
        let progress = Progress::new("adopt");
        let proposal = match backdated.or(waiting) {
            Some(policy) => round::propose_this(&ledger, policy, &config.sources, &now, &progress)?,
            None => round::propose(&ledger, &wanted, &config.sources, &now, &progress)?,
        };
        progress.clear();
        let Some(Proposal { policy, before, effect, waits, .. }) = proposal else { return Ok(()) };
        let version = policy.version;
        let follows =
            if waits || waiting.is_some() { self.said_of_waiting() } else { say!("adopt-by_itself") };
        self.show_change(&before, &version, &effect, follows, out)?;
        let Some(attribution) = self.attribution.said() else { return Ok(()) };
        attribution.asked.agreed(&say!("deed-adopt", version = &version), language)?;
        let (by, why) = (attribution.by, attribution.why);
        let leave =
            Adoption { step: Step::Allowed, version, before: Some(before), by: Some(by), why, effect };
        ledger.remember_catalogue(&config.policy.version, met)?;
        ledger.note_adoption(&leave, &now)?;
        Ok(self.write(say!("adopt-noted"), out)?)
    }

    /// Nothing waits; cases may keep what the catalogue said before versions dated back.
    fn show_nothing(&self, wanted: &Carried, out: &mut dyn Write) -> Result<(), Failure> {
        let none = if self.backdated { say!("adopt-none_backdated") } else { say!("adopt-none") };
        self.write(none, out)?;
        if wanted.backdated.is_some() && !self.backdated {
            self.write(say!("adopt-backdated"), out)?;
        }
        Ok(())
    }

    fn show_allowed(&self, version: &str, allowed: &Adoption, out: &mut dyn Write) -> Result<(), Failure> {
        let (by, why) = (allowed.by.as_deref().unwrap_or_default(), &allowed.why);
        Ok(self.write(say!("adopt-allowed", by, version, why), out)?)
    }

    fn write(&self, text: Text, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "{}", text.words(self.lang_option.language()))
    }

    /// What is adopted is what was looked at, and what the file says.
    fn refuse_another(&self, wanted: &Carried, waiting: Option<&Adoption>) -> Result<(), Failure> {
        let gone = |version: &&str| wanted.of(version).is_none();
        let looked_at = self.version.as_deref().filter(gone);
        let waiting = waiting.map(|waiting| waiting.version.as_str()).filter(gone);
        let Some(other) = looked_at.or(waiting.filter(|_| self.attribution.by.is_some())) else {
            return Ok(());
        };
        let version = &wanted.policy.version;
        let language = self.lang_option.language();
        let sentence = say!("adopt-another", other, version).words(language);
        Err(Failure::new(ExitCode::Usage, sentence).with_remedy(say!("adopt-another_remedy").words(language)))
    }

    fn show_change(
        &self,
        before: &str,
        version: &str,
        change: &Effect,
        follows: Text,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        self.write(say!("adopt-change", before, version), out)?;
        effect::write(change, self.lang_option.language(), out)?;
        if self.attribution.by.is_some() {
            return Ok(());
        }
        Ok(self.write(follows, out)?)
    }

    fn said_of_waiting(&self) -> Text {
        if self.backdated { say!("adopt-waits_backdated") } else { say!("adopt-waits") }
    }
}
