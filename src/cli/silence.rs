//! `jianchad silence`: for a while nobody is told of something, for a reason, until a day.

use std::io::Write;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::json;

use super::attribution::{self, Asked, Attribution};
use super::table::List;
use super::{Common, LangOption, Show, not_found};
use crate::domain::now::Clock;
use crate::domain::registry::Registry;
use crate::domain::rules;
use crate::domain::silence::Silence;
use crate::domain::text::{nearest, say};
use crate::edge::clock::SystemClock;
use crate::edge::ledger::Ledger;
use crate::failure::{ExitCode, Failure};
use crate::service;

/// Silences: what they cover is found and counted as ever, and told to nobody until they end.
#[derive(Debug, Args)]
pub(crate) struct SilenceCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Sets one.
    Add(Add),
    /// Ends one before its day; what it hid is told in the next letters.
    End {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        lang_option: LangOption,
        /// Its number.
        silence: i64,
        /// Who ends it.
        #[arg(long, value_name = "NAME", value_parser = super::said)]
        by: String,
        #[command(flatten)]
        asked: Asked,
    },
    /// Lists them, with what they hid.
    List {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        show: Show,
        /// Also those that are over.
        #[arg(long)]
        all: bool,
    },
}

#[derive(Debug, Args)]
struct Add {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    lang_option: LangOption,
    #[command(flatten)]
    attribution: Attribution,
    /// The last day on which it holds; 90 days from now at most.
    #[arg(long, value_name = "DAY")]
    until: NaiveDate,
    /// Only this unit, by code.
    #[arg(long)]
    unit: Option<String>,
    /// Only this item, by code.
    #[arg(long)]
    item: Option<String>,
    /// Only this rule, by id.
    #[arg(long)]
    rule: Option<String>,
    /// Only this case, by number, or this source, by name.
    #[arg(long, value_name = "NUMBER")]
    case: Option<String>,
}

impl SilenceCommand {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.what {
            What::Add(add) => add.run(out),
            What::End { common, lang_option, silence, by, asked } => {
                let (silence, language) = (*silence, lang_option.language());
                let config = service::load(&common.config)?;
                let now = SystemClock::new(config.policy.zone).now();
                let mut ledger = attribution::ledger(&config, common, language)?;
                asked.agreed(&say!("silence-to_end", silence, by), language)?;
                if !ledger.end_silence(silence, by, &now)? {
                    return Err(not_found(say!("silence-none", silence).words(language))
                        .with_remedy(say!("silence-none_remedy").words(language)));
                }
                Ok(writeln!(out, "{}", say!("silence-ended", silence, by).words(language))?)
            }
            What::List { common, show, all } => {
                list(common, *show, if *all { Silences::All } else { Silences::InForce }, out)
            }
        }
    }
}

impl Add {
    fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = service::load(&self.common.config)?;
        let now = SystemClock::new(config.policy.zone).now();
        self.check(&config.policy.registry)?;
        let silence = Silence {
            id: 0,
            by: self.attribution.by.clone(),
            why: self.attribution.why.clone(),
            until: self.until,
            unit: self.unit.clone(),
            item: self.item.clone(),
            rule: self.rule.clone(),
            subject: self.case.clone(),
        };
        let language = self.lang_option.language();
        silence.allowed(now.today()).map_err(|why| Failure::new(ExitCode::Usage, why.words(language)))?;
        let scope = silence.scope(&config.policy.registry);
        let mut ledger = attribution::ledger(&config, &self.common, language)?;
        self.attribution.asked.agreed(&say!("silence-to_set", until = self.until, scope), language)?;
        let id = ledger.silence(&silence, &now)?;
        let set = say!("silence-set", silence = id, until = self.until, by = &self.attribution.by);
        Ok(writeln!(out, "{}", set.words(language))?)
    }

    fn check(&self, registry: &Registry) -> Result<(), Failure> {
        let unknown = match (&self.unit, &self.item, &self.rule) {
            (Some(code), ..) if !registry.units.contains_key(code) => say!("silence-no_unit", code),
            (_, Some(code), _) if !registry.items.contains_key(code) => say!("silence-no_item", code),
            (.., Some(code)) if rules::rule(code).is_none() && !rules::OWN.contains(&&**code) => {
                say!("silence-no_rule", code)
            }
            _ => return Ok(()),
        };
        let language = self.lang_option.language();
        let failure = not_found(unknown.words(language));
        let meant = match (&self.unit, &self.item) {
            (Some(code), _) => nearest(code, registry.units.keys().map(String::as_str)),
            (None, Some(code)) => nearest(code, registry.items.keys().map(String::as_str)),
            (None, None) => self.rule.as_ref().and_then(|code| nearest(code, rules::ids())),
        };
        Err(match meant {
            Some(name) => failure.with_remedy(say!("findings-meant", name).words(language)),
            None => failure,
        })
    }
}

/// Which silences are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Silences {
    InForce,
    All,
}

fn list(common: &Common, show: Show, which: Silences, out: &mut dyn Write) -> Result<(), Failure> {
    let config = common.to_read(show.lang_option.language())?;
    let today = SystemClock::new(config.policy.zone).now().today();
    let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
    let columns = [
        ("silence", say!("column-silence")),
        ("until", say!("column-until")),
        ("unit", say!("column-unit")),
        ("item", say!("column-item")),
        ("rule", say!("column-rule")),
        ("case_number", say!("column-case")),
        ("by", say!("column-set_by")),
        ("why", say!("column-why")),
        ("ended", say!("column-ended_early")),
        ("hidden", say!("column-hidden")),
    ];
    let (people, language) = (show.format().is_for_people(), show.lang_option.language());
    let named = |code: &String| {
        let unit = config.policy.registry.units.get(code).filter(|_| people);
        unit.map_or_else(|| code.clone(), |unit| unit.name.clone())
    };
    let rule_named = |id: &String| if people { rules::name(id).words(language) } else { id.clone() };
    let mut list = List::new(columns, language).leaving_out(&["ended", "hidden", "rule", "by", "item"]);
    for line in ledger.silences()? {
        if which == Silences::InForce && !line.holds(today) {
            continue;
        }
        let silence = line.silence;
        let ended = line.ended.map(|(at, by)| format!("{} {by}", at.chars().take(10).collect::<String>()));
        list.push(vec![
            json!(silence.id),
            json!(silence.until.to_string()),
            json!(silence.unit.as_ref().map(named)),
            json!(silence.item),
            json!(silence.rule.as_ref().map(rule_named)),
            json!(silence.subject),
            json!(silence.by),
            json!(silence.why),
            json!(ended),
            json!(line.hidden),
        ]);
    }
    list.write(show.format(), out)
}
