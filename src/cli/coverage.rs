//! `jianchad coverage`: the figures, and who is missing.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::table::List;
use super::{Common, Show, not_found};
use crate::domain::coverage::capture::Estimate;
use crate::domain::coverage::{ItemState, Measure, Scope};
use crate::domain::now::Clock;
use crate::domain::registry::Registry;
use crate::domain::text::Language;
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::ledger::{Captured, Ledger};
use crate::failure::Failure;
use crate::service;

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
        let config = service::load(&self.common.config)?;
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
            ("unknown", "不明", "unknown"),
            ("definition", "口径", "definition"),
        ];
        let mut list = List::new(&columns, chinese);
        for line in lines {
            let known = line.measure.parse::<Measure>().ok();
            let measure = known.map(Measure::zh).filter(|_| chinese).unwrap_or(&line.measure);
            let definition = known.map_or("", |measure| measure.meaning(Language::of(chinese)));
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
            let state = self::state(&state, chinese);
            list.push(vec![json!(code), json!(name), json!(unit), json!(state), json!(reason), json!(last)]);
        }
        list.write(self.show.format, out)
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
            ("first", "名册一", "one list"),
            ("second", "名册二", "the other"),
            ("from", "起", "from"),
            ("to", "止", "to"),
            ("first_count", "件数一", "on one"),
            ("second_count", "件数二", "on the other"),
            ("both", "两者皆有", "on both"),
            ("estimate", "估计总数", "all cases"),
            ("lower", "下限 95%", "95 % from"),
            ("upper", "上限 95%", "95 % to"),
            ("known", "系统内办件", "known"),
            ("percent", "覆盖 %", "%"),
        ];
        let mut list = List::new(&columns, self.show.tongue.chinese());
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
        list.write(self.show.format, out)
    }

    fn changes(&self, ledger: &Ledger, since: chrono::NaiveDate, out: &mut dyn Write) -> Result<(), Failure> {
        let chinese = self.show.tongue.chinese();
        let columns = [
            ("day", "日期", "day"),
            ("item_code", "事项编码", "code"),
            ("item_name", "事项", "item"),
            ("unit_name", "单位", "unit"),
            ("before", "原状态", "before"),
            ("after", "现状态", "after"),
            ("reason", "原因", "reason"),
        ];
        let mut list = List::new(&columns, chinese);
        for [day, code, name, unit, before, after, reason] in ledger.coverage_changes(since)? {
            let (before, after) = (state(&before, chinese), state(&after, chinese));
            let cells = [day, code, name, unit, before, after, reason];
            list.push(cells.iter().map(|cell| json!(cell)).collect());
        }
        list.write(self.show.format, out)
    }
}

/// Cases with one decimal.
fn rounded(cases: f64) -> f64 {
    (cases * 10.0).round() / 10.0
}

fn state(word: &str, chinese: bool) -> String {
    let zh = word.parse::<ItemState>().map(ItemState::zh).ok().filter(|_| chinese);
    zh.map_or_else(|| word.to_owned(), str::to_owned)
}

fn named(registry: &Registry, by: Scope, code: &str) -> String {
    let name = match by {
        Scope::Unit => registry.units.get(code).map(|unit| &unit.name),
        Scope::Region => registry.regions.get(code).map(|region| &region.name),
        Scope::All | Scope::Category => None,
    };
    name.map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
}
