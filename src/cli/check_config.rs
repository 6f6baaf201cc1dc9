//! `jianchad check-config`: every mistake at once, and what the file would change.

mod beside;
mod promises;
mod readers;

use std::io::Write;

use clap::Args;

use super::{Common, Tongue, effect, progress::Progress};
use crate::domain::limit::LimitSource;
use crate::domain::now::Clock;
use crate::domain::policy::{ClockRule, Policy};
use crate::domain::registry::Item;
use crate::domain::statute::Keeper;
use crate::domain::text::Language;
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::ledger::{Ledger, LedgerError};
use crate::failure::Failure;
use crate::round;

/// Reads configuration and registry and reports every mistake at once, and what would come and go among the open cards.
#[derive(Debug, Args)]
pub(crate) struct CheckConfig {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    tongue: Tongue,
}

impl CheckConfig {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let (config, chinese) = (crate::service::load(&self.common.config)?, self.tongue.chinese());
        for warning in &config.warnings {
            writeln!(out, "{warning}")?;
        }
        unsupervised(&config.policy, chinese, out)?;
        let today = SystemClock::new(config.policy.zone).now().today();
        promises::write(&config.policy, today, self.tongue.language(), out)?;
        readers::write(&config.policy, today, chinese, out)?;
        let file = self.common.config.display();
        writeln!(out, "{file}: {}", if chinese { "无误" } else { "in order" })?;
        for (zh, en, words) in lines(&config, chinese) {
            line(if chinese { zh } else { en }, &words, out)?;
        }
        beside::write(&config, &self.common.config, chinese, out)?;
        match change(&config, chinese, out) {
            // The file is in order all the same: whoever checks it need not be able to read the ledger.
            Err(Unseen::Ledger(error)) => {
                let remedy = error.remedy();
                if chinese {
                    line("规则改动", &format!("无法得知：{error}；请尝试：{remedy}"), out)?;
                } else {
                    line("change", &format!("not known: {error}; try: {remedy}"), out)?;
                }
                Ok(())
            }
            Err(Unseen::Output(failure)) => Err(failure),
            Ok(()) => Ok(()),
        }
    }
}

fn line(name: &str, words: &str, out: &mut dyn Write) -> std::io::Result<()> {
    // A Chinese sign is as wide as two letters.
    let wide = name.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum::<usize>();
    writeln!(out, "  {name}{} {words}", " ".repeat(11_usize.saturating_sub(wide)))
}

/// What the file says, in short: name of the line in both languages, and its words.
fn lines(config: &Config, chinese: bool) -> [(&'static str, &'static str, String); 7] {
    let policy = &config.policy;
    let registry = &policy.registry;
    let (regions, units) = (registry.regions.len(), registry.units.len());
    let (items, contacts) = (registry.items.len(), registry.contacts.len());
    let counts = if chinese {
        format!("区划{regions}个，单位{units}家，事项{items}项，联系人{contacts}人")
    } else {
        format!("{regions} regions, {units} units, {items} items, {contacts} contacts")
    };
    let sources: Vec<&str> = config.sources.iter().map(|source| source.name.as_str()).collect();
    let known = policy.calendar.known();
    let (first, last) = (known.start(), known.end());
    let calendar = if chinese { format!("{first}至{last}") } else { format!("{first} to {last}") };
    [
        ("名录", "registry", counts),
        ("数据源", "sources", sources.join(", ")),
        (
            "发牌规则",
            "card table",
            if chinese { policy.cards.title(Language::Chinese) } else { policy.cards.name.clone() },
        ),
        ("工作日历", "calendar", calendar),
        ("台账", "ledger", config.ledger.display().to_string()),
        ("邮件", "letters", crate::edge::notify::describe(&config.way)),
        ("规则版本", "version", policy.version.clone()),
    ]
}

/// Which items no clock with a card runs on, whatever is put on record: the catalogue gives them no limit, and no law that is
/// known here does.
fn unsupervised(policy: &Policy, chinese: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let gives = |item: &Item, clock: &ClockRule| {
        let staged = || item.stages.iter().any(|stage| stage.limit.is_some());
        let own = clock.by_law.keeper == Keeper::Unit && !clock.by_law.conditional && !clock.repeats;
        own && (clock.limit != LimitSource::Stage || staged()) && !policy.cards.of(&clock.id).is_empty()
    };
    let nothing =
        policy.registry.items.values().filter(|item| !policy.clocks_on(item).any(|clock| gives(item, clock)));
    let codes: Vec<&str> = nothing.map(|item| item.code.as_str()).collect();
    if codes.is_empty() {
        return Ok(());
    }
    let shown = codes[..codes.len().min(SHOWN)].join(", ");
    let more = if codes.len() > SHOWN { ", …" } else { "" };
    let count = codes.len();
    if chinese {
        return Ok(writeln!(out, "注意：{count}个事项在目录和法律中均无可超期的时限：{shown}{more}")?);
    }
    Ok(writeln!(
        out,
        "warning: no time limit can ever be late on {count} item(s), by the catalogue or by law: {shown}{more}"
    )?)
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
fn change(config: &Config, chinese: bool, out: &mut dyn Write) -> Result<(), Unseen> {
    let ledger = match Ledger::at_hand(&config.ledger, config.policy.zone) {
        Err(LedgerError::Missing { .. }) => return Ok(()),
        opened => opened?,
    };
    for (name, why) in ledger.doubted_sources()? {
        let words = if chinese { format!("{name}：{}", why.zh) } else { format!("{name}: {}", why.en) };
        line(if chinese { "存疑" } else { "doubted" }, &words, out)?;
    }
    let now = SystemClock::new(config.policy.zone).now();
    let progress = Progress::new("change");
    let wanted = round::carried(&ledger, &config.policy, &now)?;
    let proposal = round::propose(&ledger, &wanted, &config.sources, &now, &progress)?;
    progress.clear();
    let name = if chinese { "规则改动" } else { "change" };
    let Some(proposal) = proposal else {
        let none =
            if chinese { "无：现行规则即为本文件所定" } else { "none: this judges already" };
        return Ok(line(name, none, out)?);
    };
    let before = &proposal.before;
    let words = match (chinese, proposal.waits) {
        (true, true) => {
            format!("现行规则为{before}；本文件的规则须经 jianchad adopt --by 姓名 --why 理由 确认后生效")
        }
        (true, false) => format!("现行规则为{before}；本文件的规则自下一轮起生效"),
        (false, true) => {
            format!("{before} judges now; this one waits for `jianchad adopt --by NAME --why TEXT`")
        }
        (false, false) => format!("{before} judges now; this one is adopted by the next round"),
    };
    line(name, &words, out)?;
    effect::write(&proposal.effect, chinese, out).map_err(Unseen::Output)
}
