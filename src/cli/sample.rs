//! `jianchad sample`: a random list of cases for inspection by people, that anybody can draw again.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::table::List;
use super::{Common, Format, Show};
use crate::domain::sample::draw;
use crate::edge::ledger::Ledger;
use crate::failure::{ExitCode, Failure};
use crate::service;

/// A random list of cases for inspection by people. The same seed on the same records gives the same list, so the
/// seed can be published before the month is over.
#[derive(Debug, Args)]
pub(crate) struct Sample {
    #[command(flatten)]
    common: Common,
    /// The month in which the cases came to an end: 2011-12.
    #[arg(long)]
    month: String,
    /// How many to draw.
    #[arg(long, default_value_t = 20)]
    size: usize,
    /// Any text, published beforehand.
    #[arg(long)]
    seed: String,
    #[command(flatten)]
    show: Show,
}

impl Sample {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let month = chrono::NaiveDate::parse_from_str(&format!("{}-01", self.month), "%Y-%m-%d");
        if month.is_err() || self.month.len() != 7 {
            let sentence = format!("`{}` is no month", self.month);
            return Err(Failure::new(ExitCode::Usage, sentence).with_remedy("write 2011-12"));
        }
        let config = service::load(&self.common.config)?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let cases = ledger.ended_in(&self.month)?;
        let all = cases.len();
        let drawn = draw(&self.seed, self.size, cases, |case| (case.source.clone(), case.number.clone()));
        let chinese = self.show.tongue.chinese();
        if self.show.format == Format::Table && chinese {
            writeln!(out, "{} 办结的 {all} 件中抽取 {} 件，种子“{}”", self.month, drawn.len(), self.seed)?;
        } else if self.show.format == Format::Table {
            writeln!(
                out,
                "{} of {all} cases ended in {}, drawn by the seed “{}”",
                drawn.len(),
                self.month,
                self.seed
            )?;
        }
        let columns = [
            ("case_number", "办件编号", "case"),
            ("unit", "单位", "unit"),
            ("item", "事项", "item"),
            ("ended_at", "办结", "ended"),
            ("source", "来源", "source"),
            ("lot", "签号", "lot"),
        ];
        let mut list = List::new(&columns, chinese);
        for (lot, case) in drawn {
            let lot = if self.show.format == Format::Table { lot[..12].to_owned() } else { lot };
            let ended = case.ended_at.chars().take(16).collect::<String>().replace('T', " ");
            list.push(vec![
                json!(case.number),
                json!(case.unit_name),
                json!(case.item_name),
                json!(ended),
                json!(case.source),
                json!(lot),
            ]);
        }
        list.write(self.show.format, out)
    }
}
