//! `jianchad replay`: the past once more, and what would have been found under other rules.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use super::progress::Progress;
use super::table::List;
use super::{Common, Show};
use crate::domain::card::Card;
use crate::domain::policy::Policy;
use crate::domain::rules;
use crate::domain::text::{Language, Text, say};
use crate::edge::config::Config;
use crate::edge::ledger::{Ledger, LedgerError, Verdict, VerdictKey};
use crate::failure::{ExitCode, Failure};
use crate::round;
use crate::service::{self, Service};

/// Judges a period of the past once more, day by day, into a scratch ledger, and compares: with what the ledger of the
/// configuration holds, or with the same period under another configuration. Nobody is told of anything.
#[derive(Debug, Args)]
pub(crate) struct Replay {
    #[command(flatten)]
    common: Common,
    /// First day.
    #[arg(long, value_name = "DAY")]
    from: NaiveDate,
    /// Last day.
    #[arg(long, value_name = "DAY")]
    to: NaiveDate,
    /// Compare with this configuration, replayed too, instead of with the ledger: other limits, another card table,
    /// another calendar.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Keep the scratch ledger under this name, to query it.
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
    #[command(flatten)]
    show: Show,
}

type Verdicts = BTreeMap<VerdictKey, Verdict>;

impl Replay {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        if self.to < self.from {
            let sentence = say!("replay-backwards", to = self.to, from = self.from);
            return Err(self.fails(ExitCode::Usage, sentence));
        }
        let config = service::load(&self.common.config)?;
        let replayed = self.judge_anew(&config, self.keep.as_deref())?;
        let before = match &self.against {
            Some(other) => self.judge_anew(&service::load(other)?, None)?,
            None => self.as_it_was(&config)?,
        };
        Comparison {
            policy: &config.policy,
            before: &before,
            replayed: &replayed,
            show: &self.show,
            replay: self,
        }
        .write(out)
    }

    fn words(&self, text: Text) -> String {
        text.words(self.show.lang_option.language())
    }

    fn fails(&self, code: ExitCode, sentence: Text) -> Failure {
        Failure::new(code, self.words(sentence))
    }

    /// What the period gives under a configuration.
    fn judge_anew(&self, config: &Config, keep: Option<&Path>) -> Result<Verdicts, Failure> {
        let folder = tempfile::tempdir()?;
        let scratch = keep.map_or_else(|| folder.path().join("replay.db"), Path::to_owned);
        if scratch.exists() {
            let taken =
                self.fails(ExitCode::Usage, say!("replay-taken", file = scratch.display().to_string()));
            return Err(taken.with_remedy(self.words(say!("replay-taken_remedy"))));
        }
        let mut config = config.clone();
        config.ledger = scratch;
        let mut service = Service::open(&config)?;
        service.mailer = None;
        let days = (self.to - self.from).num_days() + 2;
        let progress = Progress::steps("replay", days.unsigned_abs());
        let dark = round::replay(&mut service, self.from, self.to, &progress, &|| progress.step())?;
        progress.clear();
        if !dark.is_empty() {
            let sources = Text::list(dark.into_iter().map(Text::from), "list-comma");
            return Err(self
                .fails(ExitCode::Unavailable, say!("replay-dark", sources))
                .with_remedy(self.words(say!("replay-dark_remedy"))));
        }
        Ok(service.ledger.verdicts(self.from, self.to)?)
    }

    /// What was found in the period when it was the present.
    fn as_it_was(&self, config: &Config) -> Result<Verdicts, Failure> {
        match Ledger::read_only(&config.ledger, config.policy.zone) {
            Ok(ledger) => Ok(ledger.verdicts(self.from, self.to)?),
            Err(LedgerError::Missing { .. }) => Ok(Verdicts::new()),
            Err(error) => Err(error.into()),
        }
    }
}

/// A finding with a card that only one of two sets gives, or another one.
struct Difference<'a> {
    key: &'a VerdictKey,
    before: Option<&'a Verdict>,
    after: Option<&'a Verdict>,
}

/// Two sets of findings side by side.
struct Comparison<'a> {
    policy: &'a Policy,
    before: &'a Verdicts,
    replayed: &'a Verdicts,
    show: &'a Show,
    replay: &'a Replay,
}

impl Comparison<'_> {
    fn language(&self) -> Language {
        self.show.lang_option.language()
    }

    /// What differs: a card that only one of them gives, or another card.
    fn differences(&self) -> Vec<Difference<'_>> {
        let keys: BTreeSet<&VerdictKey> = self.before.keys().chain(self.replayed.keys()).collect();
        let pair = |key| Difference { key, before: self.before.get(key), after: self.replayed.get(key) };
        let differs = |it: &Difference<'_>| it.before.map(|it| it.card) != it.after.map(|it| it.card);
        keys.into_iter().map(pair).filter(differs).collect()
    }

    fn write(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let differences = self.differences();
        if !self.show.format().is_for_people() {
            return self.list(&differences).write(self.show.format(), out);
        }
        let Replay { from, to, against, .. } = self.replay;
        let other = match against {
            Some(file) => file.display().to_string().into(),
            None => say!("replay-ledger"),
        };
        let (version, table) = (&self.policy.version, self.policy.cards.title());
        let head = say!("replay-head", from = *from, to = *to, version, table, other);
        writeln!(out, "{}", self.replay.words(head))?;
        self.counts(&differences).write(self.show.format(), out)?;
        const SHOWN: usize = 20;
        self.list(&differences[..differences.len().min(SHOWN)]).write(self.show.format(), out)?;
        if differences.len() > SHOWN {
            let rest = differences.len() - SHOWN;
            writeln!(out, "{}", self.replay.words(say!("replay-more", rest)))?;
        }
        Ok(())
    }

    /// How many of each card, before and now, and how many came and went.
    fn counts(&self, differences: &[Difference<'_>]) -> List {
        let columns = [
            ("card", say!("column-card")),
            ("before", say!("column-compared")),
            ("replayed", say!("column-replayed")),
            ("new", say!("column-new")),
            ("gone", say!("column-gone")),
        ];
        let mut list = List::new(columns, self.language());
        for card in [Card::Red, Card::Yellow, Card::Notice] {
            let of = |it: &&Verdict| it.card == card;
            let name = card.text().words(self.language());
            list.push(vec![
                json!(name),
                json!(self.before.values().filter(of).count()),
                json!(self.replayed.values().filter(of).count()),
                json!(differences.iter().filter_map(|it| it.after).filter(of).count()),
                json!(differences.iter().filter_map(|it| it.before).filter(of).count()),
            ]);
        }
        list
    }

    fn list(&self, differences: &[Difference<'_>]) -> List {
        let columns = [
            ("case_number", say!("column-case")),
            ("unit", say!("column-unit")),
            ("item", say!("column-item")),
            ("rule", say!("column-rule")),
            ("clock", say!("column-clock")),
            ("card_before", say!("column-compared")),
            ("raised_before", say!("column-raised")),
            ("card_replayed", say!("column-replayed")),
            ("raised_replayed", say!("column-raised")),
            ("source", say!("column-source")),
        ];
        let (language, table) = (self.language(), self.show.format().is_for_people());
        let mut list = List::new(columns, language).leaving_out(&[
            "source",
            "raised_replayed",
            "raised_before",
            "clock",
            "item",
        ]);
        let card = |it: Option<&Verdict>| {
            let card = it?.card;
            Some(if table { card.text().words(language) } else { card.word().to_owned() })
        };
        let registry = &self.policy.registry;
        for Difference { key: VerdictKey { source, case, rule, clock }, before, after } in differences {
            let any = after.or(*before);
            let unit = any.and_then(|it| it.unit.as_ref()).and_then(|code| registry.units.get(code));
            let item = any.and_then(|it| it.item.as_ref()).and_then(|code| registry.items.get(code));
            let known = self.policy.clock(clock, None, None).filter(|_| table);
            list.push(vec![
                json!(case),
                json!(unit.map(|unit| &unit.name)),
                json!(item.map(|item| &item.name)),
                json!(if table { rules::name(rule).words(language) } else { rule.clone() }),
                json!(known.map_or_else(|| clock.clone(), |known| known.name_of(clock).words(language))),
                json!(card(*before)),
                json!(before.map(|it| &it.raised_on)),
                json!(card(*after)),
                json!(after.map(|it| &it.raised_on)),
                json!(source),
            ]);
        }
        list
    }
}
