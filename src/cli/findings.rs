//! `jianchad findings`: the list, filtered.

mod gbt39046;

use std::io::Write;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::table::List;
use super::{Common, Format, Tongue};
use crate::domain::card::Card;
use crate::domain::finding::Standing;
use crate::domain::rules;
use crate::domain::text::Language;
use crate::edge::ledger::{FindingFilter, Ledger};
use crate::failure::Failure;
use crate::service;

/// Lists findings, the gravest first.
#[derive(Debug, Args)]
pub(crate) struct Findings {
    #[command(flatten)]
    common: Common,
    /// How to show it; gbt39046 is the exchange table 电子监察 of GB/T 39046—2020 as CSV, with its eleven fields.
    #[arg(long, value_enum, default_value = "table")]
    format: Shape,
    #[command(flatten)]
    tongue: Tongue,
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

impl Findings {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = service::load(&self.common.config)?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let format = match self.format {
            Shape::Table => Format::Table,
            Shape::Json => Format::Json,
            Shape::Csv => Format::Csv,
            Shape::Gbt39046 => return gbt39046::write(&ledger.standard_cards(!self.all)?, out),
        };
        let chinese = self.tongue.chinese();
        let filter = FindingFilter {
            open: !self.all,
            card: self.card.map(|card| card.word().to_owned()),
            unit: self.unit.clone(),
            rule: self.rule.clone(),
        };
        let columns = [
            ("finding", "编号", "finding"),
            ("card", "牌", "card"),
            ("standing", "状态", "standing"),
            ("case_number", "办件编号", "case"),
            ("unit_name", "单位", "unit"),
            ("item_name", "事项", "item"),
            ("rule", "规则", "rule"),
            ("clock", "计时", "clock"),
            ("due_at", "到期", "due"),
            ("raised_at", "发现于", "raised"),
            ("why", "原因", "why"),
        ];
        let mut list = List::new(&columns, chinese);
        let table = format == Format::Table;
        for line in ledger.findings(&filter, Language::of(chinese))? {
            let word = |word: &str, zh: Option<&'static str>| match zh {
                Some(zh) if chinese && table => zh.to_owned(),
                _ => word.to_owned(),
            };
            let card = word(&line.card, line.card.parse::<Card>().ok().map(Card::zh));
            let standing = word(&line.standing, line.standing.parse::<Standing>().ok().map(Standing::zh));
            let rule =
                if table { rules::name(&line.rule, Language::of(chinese)).to_owned() } else { line.rule };
            let rule_of = config.policy.clock(&line.clock, None, None);
            let clock = match rule_of.filter(|_| table) {
                Some(known) => known.name_of(&line.clock).words(Language::of(chinese)),
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
