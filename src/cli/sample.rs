//! `jianchad sample`: a random list of cases for inspection by people, that anybody can draw again.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::table::List;
use super::{Common, Show};
use crate::domain::sample::draw;
use crate::domain::text::say;
use crate::edge::ledger::Ledger;
use crate::failure::{ExitCode, Failure};

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
        let language = self.show.lang_option.language();
        let month = chrono::NaiveDate::parse_from_str(&format!("{}-01", self.month), "%Y-%m-%d");
        if month.is_err() || self.month.len() != 7 {
            let sentence = say!("sample-no_month", month = &self.month).words(language);
            return Err(Failure::new(ExitCode::Usage, sentence)
                .with_remedy(say!("sample-no_month_remedy").words(language)));
        }
        let config = self.common.to_read(language)?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let cases = ledger.ended_in(&self.month)?;
        let all = cases.len();
        let drawn = draw(&self.seed, self.size, cases, |case| (case.source.clone(), case.number.clone()));
        if self.show.format().is_for_people() {
            let (month, seed) = (&self.month, &self.seed);
            let head = say!("sample-drawn", month, all, drawn = drawn.len(), seed);
            writeln!(out, "{}", head.words(language))?;
        }
        let columns = [
            ("case_number", say!("column-case")),
            ("unit", say!("column-unit")),
            ("item", say!("column-item")),
            ("ended_at", say!("column-ended")),
            ("source", say!("column-source")),
            ("lot", say!("column-lot")),
        ];
        let mut list = List::new(columns, language).leaving_out(&["source", "lot", "item"]);
        for (lot, case) in drawn {
            let lot = if self.show.format().is_for_people() { lot[..12].to_owned() } else { lot };
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
        list.write(self.show.format(), out)
    }
}
