//! `jianchad status`: how things stand, at a glance.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::table::List;
use super::{Common, Format, Show};
use crate::domain::now::Clock;
use crate::domain::overview::{OverdueAnswer, Overview, SourceHealth};
use crate::edge::clock::SystemClock;
use crate::edge::ledger::Ledger;
use crate::failure::Failure;
use crate::service;

/// Sources, open cards, coverage and outbox at a glance.
#[derive(Debug, Args)]
pub(crate) struct Status {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    show: Show,
}

impl Status {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = service::load(&self.common.config)?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let now = SystemClock::new(config.policy.zone).now();
        let policy = super::in_force(&ledger, &config.policy)?;
        let overview = ledger.overview(&policy, self.show.tongue.language(), &now)?;
        if self.show.format == Format::Json {
            return Ok(writeln!(out, "{:#}", json!(overview))?);
        }
        let last = ledger.last_round()?;
        let chinese = self.show.tongue.chinese();
        let round = last.map_or_else(|| "—".to_owned(), |(started, _)| started);
        let (round_word, ledger_word) =
            if chinese { ("最近一轮", "台账") } else { ("last round", "ledger") };
        writeln!(out, "{round_word} {round}\n{ledger_word} {}\n", config.ledger.display())?;
        if ledger.waiting_adoption()?.is_some() {
            let word = if chinese { "待确认的规则改动" } else { "a change of what judges waits" };
            writeln!(out, "{word}: jianchad adopt\n")?;
        }
        write(&overview, chinese, self.show.format, out)
    }
}

/// The overview as tables.
pub(super) fn write(
    overview: &Overview,
    chinese: bool,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    for warning in &overview.warnings {
        writeln!(out, "! {warning}\n")?;
    }
    if let Some(words) = overdue_answers(overview, chinese) {
        writeln!(out, "! {words}\n")?;
    }
    cards(overview, chinese).write(format, out)?;
    coverage(overview, chinese).write(format, out)?;
    sources(overview, chinese).write(format, out)?;
    let (cases, letters, spoilt) = (&overview.cases, &overview.letters, overview.quarantine.open);
    let line = if chinese {
        format!(
            "办件 {} 件（在办 {}，数据差错 {}）；隔离记录 {spoilt} 条；邮件已发 {}、待发 {}、被拒 {}",
            cases.all, cases.open, cases.fault, letters.sent, letters.queued, letters.refused
        )
    } else {
        format!(
            "{} cases ({} open, {} data faults); {spoilt} rows in quarantine; letters: {} sent, {} waiting, {} refused",
            cases.all, cases.open, cases.fault, letters.sent, letters.queued, letters.refused
        )
    };
    writeln!(out, "{line}")?;
    if let Some(why) = &letters.last_failure {
        writeln!(out, "! {why}")?;
    }
    Ok(())
}

/// That cards were not answered in time, with those that wait longest.
fn overdue_answers(overview: &Overview, chinese: bool) -> Option<String> {
    const NAMED: usize = 5;
    let (count, cards) = (overview.overdue_answer_count, &overview.overdue_answers);
    let name = |card: &OverdueAnswer| {
        let (case, unit) = (&card.case_number, &card.unit);
        if case.is_empty() || unit.is_empty() {
            format!("{case}{unit}")
        } else {
            format!("{case}（{unit}）")
        }
    };
    let named: Vec<String> = cards.iter().take(NAMED).map(name).collect();
    let more = count > named.len() as u64;
    let words = if chinese {
        format!("逾期未反馈的红黄牌{count}张：{}{}", named.join("、"), if more { "等" } else { "" })
    } else {
        let (names, others) = (named.join(", "), if more { " and others" } else { "" });
        let cards = if count == 1 { "card has" } else { "cards have" };
        format!("{count} red or yellow {cards} not been answered in time: {names}{others}")
    };
    (count > 0).then_some(words)
}

fn cards(overview: &Overview, chinese: bool) -> List {
    let columns = [
        ("card", "牌", "card"),
        ("open", "未结", "open"),
        ("cases", "办件（最高牌）", "cases (highest card)"),
    ];
    let mut list = List::new(&columns, chinese);
    let cards = &overview.cards;
    let mut push = |zh: &str, en: &str, open: u64, all: u64| {
        list.push(vec![json!(if chinese { zh } else { en }), json!(open), json!(all)]);
    };
    push("红牌", "red", cards.open_red, cards.red);
    push("黄牌", "yellow", cards.open_yellow, cards.yellow);
    push("提示", "notice", cards.open_notice, cards.notice);
    if cards.pending > 0 {
        push("待发", "waiting for review", cards.pending, cards.pending);
    }
    if cards.contested > 0 {
        push("待核撤", "withdrawal to decide", cards.contested, cards.contested);
    }
    if cards.appealed > 0 {
        push("申诉待决定", "objection to decide", cards.appealed, cards.appealed);
    }
    list
}

pub(super) fn coverage(overview: &Overview, chinese: bool) -> List {
    let columns = [("measure", "覆盖率", "coverage"), ("share", "分子/分母", "of"), ("percent", "%", "%")];
    let mut list = List::new(&columns, chinese);
    for figure in &overview.coverage {
        let share = format!("{}/{}", figure.numerator, figure.denominator);
        list.push(vec![json!(figure.name), json!(share), json!(figure.percent)]);
    }
    list
}

fn sources(overview: &Overview, chinese: bool) -> List {
    let columns = [
        ("source", "数据源", "source"),
        ("state", "状态", "state"),
        ("last_read_at", "最近读取", "last read"),
        ("newest_at", "最新记录", "newest record"),
        ("complete_until", "完整至", "complete until"),
        ("message", "说明", "message"),
    ];
    let mut list = List::new(&columns, chinese);
    for source in &overview.sources {
        list.push(vec![
            json!(source.name),
            json!(source.state),
            json!(source.last_read_at),
            json!(source.newest_at),
            json!(source.complete_until),
            json!(message(source, chinese)),
        ]);
    }
    list
}

/// What is wrong with a source, and what that holds back.
fn message(source: &SourceHealth, chinese: bool) -> Option<String> {
    let held_back = source.held_back.map(|cases| {
        if chinese {
            format!("其后到期而暂不发牌的办件 {cases} 件")
        } else {
            format!("{cases} cases that fell due since get no card yet")
        }
    });
    let nothing = source.taken_for_nothing.as_ref().map(|cells| {
        if chinese { format!("按空值读取：{cells}") } else { format!("read as nothing: {cells}") }
    });
    let never_seen = source.never_seen.as_ref().map(|names| {
        if chinese {
            format!("映射中从未出现的属性：{names}（名称是否写错？）")
        } else {
            format!("attributes of the mapping that were never seen: {names} (is a name misspelt?)")
        }
    });
    let alike = source.alike_numbers.as_ref().map(|numbers| {
        let count = source.alike_count;
        if chinese {
            format!("仅写法不同的办件编号 {count} 组，各自计入：{numbers}（是否为同一办件？）")
        } else {
            format!("{count} numbers in more than one spelling, each counted: {numbers} (is it one case?)")
        }
    });
    let of_columns = remarks_on_columns(source, chinese);
    let remarks = nothing.into_iter().chain(never_seen).chain(alike).chain(of_columns);
    let parts: Vec<String> = held_back.into_iter().chain(source.message.clone()).chain(remarks).collect();
    (!parts.is_empty()).then(|| parts.join(if chinese { "；" } else { "; " }))
}

/// What the times of its columns have in common.
fn remarks_on_columns(source: &SourceHealth, chinese: bool) -> Vec<String> {
    let days = source.days_only.as_ref().map(|columns| {
        if chinese {
            format!("时间全部为 00:00:00，按只有日期读取：{columns}")
        } else {
            format!("every time is 00:00:00, read as days: {columns}")
        }
    });
    let zone = source.another_zone.as_ref().map(|columns| {
        if chinese {
            format!("录入时间普遍早于所录事项：{columns}（是否为另一时区？可用 zones 写明，此前不据此判断）")
        } else {
            format!(
                "entry times lie before what was entered: {columns} (another zone? say it with `zones`; nothing is judged by them \
                 meanwhile)"
            )
        }
    });
    let before = source.entered_before.as_ref().map(|columns| {
        if chinese {
            format!("录入早于发生，不据此判断：{columns}")
        } else {
            format!("entered before it happened, not relied on: {columns}")
        }
    });
    [days, zone, before].into_iter().flatten().collect()
}
