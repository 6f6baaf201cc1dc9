//! `jianchad coverage`: the figures, and who is missing.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::table::List;
use super::{Common, Show, not_found, word};
use crate::domain::coverage::capture::Estimate;
use crate::domain::coverage::{ItemState, Measure, Scope};
use crate::domain::now::Clock;
use crate::domain::registry::Registry;
use crate::domain::text::say;
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::ledger::{Captured, Ledger};
use crate::failure::Failure;

/// The figures of coverage with their numerators and denominators, and who is missing.
#[derive(Debug, Args)]
pub(crate) struct CoverageCommand {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    show: Show,
    /// Figures of what: all, unit, region or category.
    #[arg(long, default_value = "all", value_parser = |text: &str| text.parse::<Scope>())]
    by: Scope,
    /// As of this day; today unless given.
    #[arg(long, value_name = "DAY")]
    at: Option<chrono::NaiveDate>,
    /// Lists the items that are not active, and why.
    #[arg(long)]
    missing: bool,
    /// Lists the items whose state changed since this day, and why.
    #[arg(long, value_name = "DAY", conflicts_with = "missing")]
    changes: Option<chrono::NaiveDate>,
    /// Estimates how many cases there are in all, from each two lists of evidence that share their keys.
    #[arg(long, conflicts_with_all = ["missing", "changes"])]
    estimate: bool,
    /// For --estimate: evidence from this day on; all of it unless given.
    #[arg(long, value_name = "DAY", requires = "estimate")]
    since: Option<chrono::NaiveDate>,
}

impl CoverageCommand {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = self.common.to_read(self.show.lang_option.language())?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        if self.missing {
            return self.missing(&ledger, out);
        }
        if let Some(since) = self.changes {
            return self.changes(&ledger, since, out);
        }
        let today = SystemClock::new(config.policy.zone).now().today();
        let at = self.at.unwrap_or(today);
        if self.estimate {
            return self.estimate(&ledger, &config, at, out);
        }
        let language = self.show.lang_option.language();
        let found = ledger.coverage(at, self.by.word())?;
        let (day, lines) = found.ok_or_else(|| {
            let remedy = say!("coverage-none_remedy").words(language);
            not_found(say!("coverage-none", at).words(language)).with_remedy(remedy)
        })?;
        let columns = [
            ("day", say!("column-day")),
            ("measure", say!("column-measure")),
            ("name", say!("column-measured")),
            ("numerator", say!("column-numerator")),
            ("denominator", say!("column-denominator")),
            ("percent", say!("column-percent")),
            ("before", say!("column-percent_before")),
            ("unknown", say!("column-unknown")),
            ("definition", say!("column-definition")),
        ];
        let mut list = List::new(columns, language).leaving_out(&["definition", "unknown", "name"]);
        for line in lines {
            let known = line.measure.parse::<Measure>().ok();
            let measure = word(&line.measure, Measure::text).words(language);
            let definition = known.map(|measure| measure.meaning().words(language)).unwrap_or_default();
            list.push(vec![
                json!(day),
                json!(measure),
                json!(named(&config.policy.registry, self.by, &line.name)),
                json!(line.share.numerator),
                json!(line.share.denominator),
                json!(line.share.percent()),
                json!(line.before.and_then(|share| share.percent())),
                json!(line.share.unknown),
                json!(definition),
            ]);
        }
        list.write(self.show.format(), out)
    }

    fn missing(&self, ledger: &Ledger, out: &mut dyn Write) -> Result<(), Failure> {
        let language = self.show.lang_option.language();
        let columns = [
            ("item_code", say!("column-item_code")),
            ("item_name", say!("column-item")),
            ("unit_name", say!("column-unit")),
            ("state", say!("column-state")),
            ("reason", say!("column-reason")),
            ("last_trace_on", say!("column-last_trace")),
        ];
        let mut list = List::new(columns, language).leaving_out(&["item_code", "last_trace_on", "reason"]);
        for [code, name, unit, state, reason, last] in ledger.coverage_missing()? {
            let state = word(&state, ItemState::text).words(language);
            list.push(vec![json!(code), json!(name), json!(unit), json!(state), json!(reason), json!(last)]);
        }
        list.write(self.show.format(), out)
    }

    fn estimate(
        &self,
        ledger: &Ledger,
        config: &Config,
        at: chrono::NaiveDate,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let reads = config.sources.iter().flat_map(|source| &source.reads);
        let specs: Vec<_> = reads.filter_map(|read| read.evidence.clone()).collect();
        let columns = [
            ("first", say!("column-one_list")),
            ("second", say!("column-other_list")),
            ("from", say!("column-from")),
            ("to", say!("column-to")),
            ("first_count", say!("column-on_one")),
            ("second_count", say!("column-on_other")),
            ("both", say!("column-on_both")),
            ("estimate", say!("column-all_cases")),
            ("lower", say!("column-at_least")),
            ("upper", say!("column-at_most")),
            ("known", say!("column-known")),
            ("percent", say!("column-covered")),
        ];
        let mut list = List::new(columns, self.show.lang_option.language())
            .leaving_out(&["to", "from", "lower", "upper", "known"]);
        let since = self.since.unwrap_or(chrono::NaiveDate::MIN);
        for Captured { first, second, from, to, lists, known } in ledger.captured(&specs, since, at)? {
            let estimate = lists.estimate();
            let of = |number: fn(&Estimate) -> f64| estimate.as_ref().map(|it| rounded(number(it)));
            let percent = estimate.map(|it| rounded(100.0 * known as f64 / it.cases));
            list.push(vec![
                json!(first),
                json!(second),
                json!(from),
                json!(to),
                json!(lists.first),
                json!(lists.second),
                json!(lists.both),
                json!(of(|it| it.cases)),
                json!(of(|it| it.lower)),
                json!(of(|it| it.upper)),
                json!(known),
                json!(percent),
            ]);
        }
        list.write(self.show.format(), out)
    }

    fn changes(&self, ledger: &Ledger, since: chrono::NaiveDate, out: &mut dyn Write) -> Result<(), Failure> {
        let language = self.show.lang_option.language();
        let columns = [
            ("day", say!("column-day")),
            ("item_code", say!("column-item_code")),
            ("item_name", say!("column-item")),
            ("unit_name", say!("column-unit")),
            ("before", say!("column-state_before")),
            ("after", say!("column-state_after")),
            ("reason", say!("column-reason")),
        ];
        let mut list = List::new(columns, language).leaving_out(&["item_code", "reason"]);
        for [day, code, name, unit, before, after, reason] in ledger.coverage_changes(since)? {
            let [before, after] = [before, after].map(|state| word(&state, ItemState::text).words(language));
            let cells = [day, code, name, unit, before, after, reason];
            list.push(cells.iter().map(|cell| json!(cell)).collect());
        }
        list.write(self.show.format(), out)
    }
}

/// Cases with one decimal.
fn rounded(cases: f64) -> f64 {
    (cases * 10.0).round() / 10.0
}

fn named(registry: &Registry, by: Scope, code: &str) -> String {
    let name = match by {
        Scope::Unit => registry.units.get(code).map(|unit| &unit.name),
        Scope::Region => registry.regions.get(code).map(|region| &region.name),
        Scope::All | Scope::Category => None,
    };
    name.map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
}
