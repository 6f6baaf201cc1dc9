//! `jianchad coverage`: the figures, and who is missing.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::table::List;
use super::{Common, Show, not_found};
use crate::domain::coverage::{ItemState, Measure, Scope};
use crate::domain::now::Clock;
use crate::domain::registry::Registry;
use crate::edge::clock::SystemClock;
use crate::edge::ledger::Ledger;
use crate::failure::Failure;
use crate::house;

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
}

impl CoverageCommand {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = house::load(&self.common.config)?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        if self.missing {
            return self.missing(&ledger, out);
        }
        let today = SystemClock::new(config.policy.zone).now().today();
        let at = self.at.unwrap_or(today);
        let found = ledger.coverage(at, self.by.word())?;
        let (day, lines) = found.ok_or_else(|| not_found(format!("no coverage was measured up to {at}")))?;
        let chinese = self.show.tongue.chinese();
        let columns = [
            ("day", "日期", "day"),
            ("measure", "指标", "measure"),
            ("name", "对象", "of"),
            ("numerator", "分子", "numerator"),
            ("denominator", "分母", "denominator"),
            ("percent", "%", "%"),
            ("before", "上次 %", "before %"),
        ];
        let mut list = List::new(&columns, chinese);
        for line in lines {
            let zh = line.measure.parse::<Measure>().map(Measure::zh).ok();
            let measure = zh.filter(|_| chinese).unwrap_or(&line.measure);
            list.push(vec![
                json!(day),
                json!(measure),
                json!(named(&config.policy.registry, self.by, &line.name)),
                json!(line.share.numerator),
                json!(line.share.denominator),
                json!(line.share.percent()),
                json!(line.before.and_then(|share| share.percent())),
            ]);
        }
        list.write(self.show.format, out)
    }

    fn missing(&self, ledger: &Ledger, out: &mut dyn Write) -> Result<(), Failure> {
        let chinese = self.show.tongue.chinese();
        let columns = [
            ("item_code", "事项编码", "code"),
            ("item_name", "事项", "item"),
            ("unit_name", "单位", "unit"),
            ("state", "状态", "state"),
            ("reason", "原因", "reason"),
            ("last_trace_on", "最近痕迹", "last trace"),
        ];
        let mut list = List::new(&columns, chinese);
        for [code, name, unit, state, reason, last] in ledger.coverage_missing()? {
            let zh = state.parse::<ItemState>().map(ItemState::zh).ok().filter(|_| chinese);
            let state = zh.map_or(state, str::to_owned);
            list.push(vec![json!(code), json!(name), json!(unit), json!(state), json!(reason), json!(last)]);
        }
        list.write(self.show.format, out)
    }
}

fn named(registry: &Registry, by: Scope, code: &str) -> String {
    let name = match by {
        Scope::Unit => registry.units.get(code).map(|unit| &unit.name),
        Scope::Region => registry.regions.get(code).map(|region| &region.name),
        Scope::All | Scope::Category => None,
    };
    name.map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
}
