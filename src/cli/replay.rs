//! `jianchad replay`: the past once more, and what would have been found under other rules.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use super::progress::Progress;
use super::table::List;
use super::{Common, Format, Show};
use crate::domain::card::Card;
use crate::domain::policy::Policy;
use crate::domain::rules;
use crate::domain::text::Language;
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
            let sentence = format!("the last day {} lies before the first, {}", self.to, self.from);
            return Err(Failure::new(ExitCode::Usage, sentence));
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

    /// What the period gives under a configuration.
    fn judge_anew(&self, config: &Config, keep: Option<&Path>) -> Result<Verdicts, Failure> {
        let folder = tempfile::tempdir()?;
        let scratch = keep.map_or_else(|| folder.path().join("replay.db"), Path::to_owned);
        if scratch.exists() {
            let sentence =
                format!("`{}` is there already, and a replay needs a ledger of its own", scratch.display());
            return Err(
                Failure::new(ExitCode::Usage, sentence).with_remedy("give --keep the name of a new file")
            );
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
            let sentence = format!("the past cannot be judged: {} cannot be read whole", dark.join(", "));
            return Err(Failure::new(ExitCode::Unavailable, sentence)
                .with_remedy("`jianchad once` says what is wrong with a source"));
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

/// Two sets of findings side by side.
struct Comparison<'a> {
    policy: &'a Policy,
    before: &'a Verdicts,
    replayed: &'a Verdicts,
    show: &'a Show,
    replay: &'a Replay,
}

impl Comparison<'_> {
    fn chinese(&self) -> bool {
        self.show.tongue.chinese()
    }

    /// What differs: a card that only one of them gives, or another card.
    fn differences(&self) -> Vec<(&VerdictKey, Option<&Verdict>, Option<&Verdict>)> {
        let keys: BTreeSet<&VerdictKey> = self.before.keys().chain(self.replayed.keys()).collect();
        let pair = |key| (key, self.before.get(key), self.replayed.get(key));
        let differs = |(_, before, after): &(&VerdictKey, Option<&Verdict>, Option<&Verdict>)| {
            before.map(|it| it.card) != after.map(|it| it.card)
        };
        keys.into_iter().map(pair).filter(differs).collect()
    }

    fn write(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let differences = self.differences();
        if self.show.format != Format::Table {
            return self.list(&differences).write(self.show.format, out);
        }
        let say = |zh: &'static str, en: &'static str| if self.chinese() { zh } else { en };
        let Replay { from, to, against, .. } = self.replay;
        let other = match against {
            Some(file) => file.display().to_string(),
            None => say("台账所载", "what the ledger holds").to_owned(),
        };
        let (version, table) = (&self.policy.version, &self.policy.cards.name);
        if self.chinese() {
            writeln!(out, "回放 {from} 至 {to}，规则版本 {version}，发牌规则 {table}；对照：{other}")?;
        } else {
            writeln!(
                out,
                "replay of {from} to {to} by rules {version}, cards {table}; compared with {other}"
            )?;
        }
        self.counts(&differences).write(Format::Table, out)?;
        const SHOWN: usize = 20;
        self.list(&differences[..differences.len().min(SHOWN)]).write(Format::Table, out)?;
        if differences.len() > SHOWN {
            let rest = differences.len() - SHOWN;
            let all = say("另有", "and");
            let how = say("条，--format csv 列出全部", "more; --format csv lists them all");
            writeln!(out, "{all} {rest} {how}")?;
        }
        Ok(())
    }

    /// How many of each card, before and now, and how many came and went.
    fn counts(&self, differences: &[(&VerdictKey, Option<&Verdict>, Option<&Verdict>)]) -> List {
        let columns = [
            ("card", "牌", "card"),
            ("before", "对照", "compared"),
            ("replayed", "回放", "replayed"),
            ("new", "新增", "new"),
            ("gone", "消失", "gone"),
        ];
        let mut list = List::new(&columns, self.chinese());
        for card in [Card::Red, Card::Yellow, Card::Notice] {
            let of = |it: &&Verdict| it.card == card;
            let name = if self.chinese() { card.zh() } else { card.word() };
            list.push(vec![
                json!(name),
                json!(self.before.values().filter(of).count()),
                json!(self.replayed.values().filter(of).count()),
                json!(differences.iter().filter_map(|(_, _, after)| *after).filter(of).count()),
                json!(differences.iter().filter_map(|(_, before, _)| *before).filter(of).count()),
            ]);
        }
        list
    }

    fn list(&self, differences: &[(&VerdictKey, Option<&Verdict>, Option<&Verdict>)]) -> List {
        let columns = [
            ("case_number", "办件编号", "case"),
            ("unit", "单位", "unit"),
            ("item", "事项", "item"),
            ("rule", "规则", "rule"),
            ("clock", "计时", "clock"),
            ("card_before", "对照", "compared"),
            ("raised_before", "发现于", "raised"),
            ("card_replayed", "回放", "replayed"),
            ("raised_replayed", "发现于", "raised"),
            ("source", "来源", "source"),
        ];
        let (chinese, table) = (self.chinese(), self.show.format == Format::Table);
        let mut list = List::new(&columns, chinese);
        let card =
            |it: Option<&Verdict>| it.map(|it| if chinese && table { it.card.zh() } else { it.card.word() });
        let registry = &self.policy.registry;
        for ((source, case, rule, clock), before, after) in differences {
            let any = after.or(*before);
            let unit = any.and_then(|it| it.unit.as_ref()).and_then(|code| registry.units.get(code));
            let item = any.and_then(|it| it.item.as_ref()).and_then(|code| registry.items.get(code));
            let known = self.policy.clock(clock, None, None).filter(|_| table);
            list.push(vec![
                json!(case),
                json!(unit.map(|unit| &unit.name)),
                json!(item.map(|item| &item.name)),
                json!(if table { rules::name(rule, Language::of(chinese)) } else { rule }),
                json!(known.map_or_else(
                    || clock.clone(),
                    |known| known.name_of(clock).words(Language::of(chinese))
                )),
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
