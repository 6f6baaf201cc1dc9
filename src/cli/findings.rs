//! `jianchad findings`: the list, filtered.

mod gbt39046;

use std::io::Write;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::table::List;
use super::{Common, Format, LangOption, Layout, word};
use crate::domain::card::Card;
use crate::domain::finding::Standing;
use crate::domain::registry::Registry;
use crate::domain::rules;
use crate::domain::text::{Language, Text, nearest, say};
use crate::edge::ledger::{FindingFilter, FindingLine, Ledger, WhichCards};
use crate::failure::{ExitCode, Failure};

/// Lists findings, the gravest first.
#[derive(Debug, Args)]
pub(crate) struct Findings {
    #[command(flatten)]
    common: Common,
    /// How to show it; gbt39046 is the exchange table 电子监察 of GB/T 39046—2020 as CSV, with its eleven fields.
    #[arg(long, value_enum, default_value = "table")]
    format: Shape,
    #[command(flatten)]
    layout: Layout,
    #[command(flatten)]
    lang_option: LangOption,
    /// Also those that are resolved or withdrawn.
    #[arg(long)]
    all: bool,
    /// Only this card: red, yellow or notice.
    #[arg(long, value_parser = |text: &str| text.parse::<Card>())]
    card: Option<Card>,
    /// Only this unit, by code or name.
    #[arg(long)]
    unit: Option<String>,
    /// Only this rule, by id.
    #[arg(long)]
    rule: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
    /// For the platform above.
    Gbt39046,
}

/// What a narrow terminal does without, the first first.
const LEAVES_OUT: [&str; 7] = ["why", "clock", "raised_at", "standing", "item_name", "rule", "unit_name"];

/// What is found. Nothing, of a unit that nobody knows, is a mistake.
fn found(
    ledger: &Ledger,
    filter: &FindingFilter,
    registry: &Registry,
    language: Language,
) -> Result<Vec<FindingLine>, Failure> {
    let found = ledger.findings(filter, language)?;
    if let Some(rule) = filter.rule.as_ref().filter(|_| found.is_empty()) {
        known_rule(rule, language)?;
    }
    if let Some(unit) = filter.unit.as_ref().filter(|_| found.is_empty()) {
        known_unit(unit, registry, language)?;
    }
    Ok(found)
}

/// A unit by code or name; one that nobody knows would give an empty list, and that reads as if all were well.
fn known_unit(wanted: &str, registry: &Registry, language: Language) -> Result<(), Failure> {
    let names = || registry.units.values().flat_map(|unit| [unit.code.as_str(), unit.name.as_str()]);
    if names().any(|name| name == wanted) {
        return Ok(());
    }
    let failure = Failure::new(ExitCode::Usage, say!("findings-no_unit", unit = wanted).words(language));
    Err(meant(failure, nearest(wanted, names()), language))
}

/// A rule by its id; one that there is not would give an empty list too.
fn known_rule(wanted: &str, language: Language) -> Result<(), Failure> {
    if rules::ids().any(|id| id == wanted) {
        return Ok(());
    }
    let failure = Failure::new(ExitCode::Usage, say!("silence-no_rule", code = wanted).words(language));
    Err(meant(failure, nearest(wanted, rules::ids()), language))
}

fn meant(failure: Failure, name: Option<&str>, language: Language) -> Failure {
    match name {
        Some(name) => failure.with_remedy(say!("findings-meant", name).words(language)),
        None => failure,
    }
}

/// The columns, by their names as data and on screen.
fn columns() -> [(&'static str, Text); 11] {
    [
        ("finding", say!("column-finding")),
        ("card", say!("column-card")),
        ("standing", say!("column-standing")),
        ("case_number", say!("column-case")),
        ("unit_name", say!("column-unit")),
        ("item_name", say!("column-item")),
        ("rule", say!("column-rule")),
        ("clock", say!("column-clock")),
        ("due_at", say!("column-due")),
        ("raised_at", say!("column-raised")),
        ("why", say!("column-why")),
    ]
}

impl Findings {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = self.common.to_read(self.lang_option.language())?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let format = self.layout.or(match self.format {
            Shape::Table => Format::Table,
            Shape::Json => Format::Json,
            Shape::Csv => Format::Csv,
            Shape::Gbt39046 => {
                let which = if self.all { WhichCards::All } else { WhichCards::Open };
                return gbt39046::write(&ledger.standard_cards(which)?, out);
            }
        });
        let language = self.lang_option.language();
        let filter = FindingFilter {
            open: !self.all,
            card: self.card.map(|card| card.word().to_owned()),
            unit: self.unit.clone(),
            rule: self.rule.clone(),
        };
        let mut list = List::new(columns(), language).leaving_out(&LEAVES_OUT);
        let table = format.is_for_people() || format == Format::Excel;
        for line in found(&ledger, &filter, &config.policy.registry, language)? {
            let (card, standing) = if table {
                let card = word(&line.card, Card::text).words(language);
                (card, word(&line.standing, Standing::text).words(language))
            } else {
                (line.card, line.standing)
            };
            let rule = if table { rules::name(&line.rule).words(language) } else { line.rule };
            let rule_of = config.policy.clock(&line.clock, None, None);
            let clock = match rule_of.filter(|_| table) {
                Some(known) => known.name_of(&line.clock).words(language),
                None => line.clock,
            };
            let raised = if table { line.raised_at.chars().take(16).collect() } else { line.raised_at };
            list.push(vec![
                json!(line.finding),
                json!(card),
                json!(standing),
                json!(line.case_number),
                json!(line.unit_name),
                json!(line.item_name),
                json!(rule),
                json!(clock),
                json!(line.due_at),
                json!(raised.replace('T', " ")),
                json!(line.why),
            ]);
        }
        list.write(format, out)
    }
}

#[cfg(test)]
mod tests;
