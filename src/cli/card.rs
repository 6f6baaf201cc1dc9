//! `jianchad card`: what people do with a card, each an event with who, when and why.

use std::io::Write;

use clap::{Args, Subcommand};
use serde_json::json;

use super::table::List;
use super::{Common, Format, Show, Tongue, not_found};
use crate::domain::card::Card;
use crate::domain::card_action::CardAction;
use crate::domain::count::Asked;
use crate::domain::finding::Standing;
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::now::Clock;
use crate::domain::policy::Policy;
use crate::domain::rules;
use crate::domain::text::Language;
use crate::edge::clock::SystemClock;
use crate::edge::ledger::{Done, FindingEvent, FindingFilter, FindingLine, Ledger, NotDone};
use crate::failure::{ExitCode, Failure};
use crate::service;

/// A card's life at the keyboard.
#[derive(Debug, Args)]
pub(crate) struct CardCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Issues what waited for a supervisor (发出).
    Issue(Entry),
    /// Lists what waits for a supervisor; with --dismiss it is not issued (不予发出).
    Review(Review),
    /// Enters the unit's answer (反馈).
    Answer(Entry),
    /// Enters the unit's objection (申诉).
    Appeal(Entry),
    /// Turns an objection down (维持).
    Uphold(Entry),
    /// Withdraws a card (撤销): its readers are told, and it is counted apart.
    Revoke(Entry),
    /// Orders a case to be finished within a time of its own (督办); failing that makes the card red.
    Order(Order),
    /// Shows a finding with all that happened to it.
    Show(Showing),
}

#[derive(Debug, Args)]
struct Entry {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    tongue: Tongue,
    /// Number of the finding, as `jianchad card review` and `jianchad findings` show it.
    finding: i64,
    /// Who does it.
    #[arg(long, value_name = "NAME", value_parser = super::said)]
    by: String,
    /// Why; of an answer or objection, its words or where they are kept.
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    why: String,
}

#[derive(Debug, Args)]
struct Review {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    show: Show,
    /// Number of a finding that is not to be issued.
    #[arg(long, value_name = "FINDING", requires = "by", requires = "why")]
    dismiss: Option<i64>,
    /// Who decides so.
    #[arg(long, value_name = "NAME", value_parser = super::said, requires = "dismiss")]
    by: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", value_parser = super::said, requires = "dismiss")]
    why: Option<String>,
}

#[derive(Debug, Args)]
struct Order {
    #[command(flatten)]
    entry: Entry,
    /// Within what time, such as 5wd.
    #[arg(long, value_name = "LIMIT")]
    within: Limit,
}

#[derive(Debug, Args)]
struct Showing {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    show: Show,
    /// Number of the finding.
    finding: i64,
}

impl CardCommand {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.what {
            What::Issue(entry) => entry.enter(&CardAction::Issue, out),
            What::Answer(entry) => entry.enter(&CardAction::Answer, out),
            What::Appeal(entry) => entry.enter(&CardAction::Appeal, out),
            What::Uphold(entry) => entry.enter(&CardAction::Uphold, out),
            What::Revoke(entry) => entry.enter(&CardAction::Revoke, out),
            What::Order(order) => order.entry.enter(&CardAction::Order(order.within.clone()), out),
            What::Review(review) => review.run(out),
            What::Show(showing) => showing.run(out),
        }
    }
}

impl Entry {
    fn enter(&self, action: &CardAction, out: &mut dyn Write) -> Result<(), Failure> {
        let config = service::load(&self.common.config)?;
        let now = SystemClock::new(config.policy.zone).now();
        let order_due = match action {
            CardAction::Order(within) => {
                Some(due(&config.policy, within, Moment::instant(now.instant), self.tongue.chinese())?)
            }
            _ => None,
        };
        let mut ledger = Ledger::at_keyboard(&config.ledger, config.policy.zone)?;
        let done =
            Done { finding: self.finding, action, by: &self.by, why: &self.why, order_due, at: now.instant };
        let chinese = self.tongue.chinese();
        ledger.enter_deed(&done).map_err(|error| match error {
            NotDone::Unknown => unknown(self.finding, chinese),
            NotDone::Refused(why) => self.refused(why.words(Language::of(chinese))),
            NotDone::Ledger(error) => error.into(),
        })?;
        let (finding, by, what) = (self.finding, &self.by, action.event().words(Language::of(chinese)));
        if chinese {
            let until =
                order_due.map(|due| format!("，限 {} 前办结", due.to_the_minute())).unwrap_or_default();
            return Ok(writeln!(out, "监察事项 {finding}：已登记{what}（经办人：{by}）{until}")?);
        }
        let until =
            order_due.map(|due| format!(", to be finished by {}", due.to_the_minute())).unwrap_or_default();
        Ok(writeln!(out, "finding {finding}: {what} by {by}{until}")?)
    }

    fn refused(&self, why: &str) -> Failure {
        let finding = self.finding;
        let (sentence, remedy) = if self.tongue.chinese() {
            (
                format!("监察事项 {finding} 未登记：{why}"),
                format!("用 jianchad card show {finding} 查看其现状"),
            )
        } else {
            (
                format!("finding {finding}: {why}"),
                format!("`jianchad card show {finding}` shows where it stands"),
            )
        };
        Failure::new(ExitCode::Usage, sentence).with_remedy(remedy)
    }
}

fn due(policy: &Policy, within: &Limit, start: Moment, chinese: bool) -> Result<Moment, Failure> {
    let asked = Asked { start, limit: within, extensions: &[], pauses: &[] };
    match policy.counting.due(&policy.calendar, policy.zone, &asked) {
        Ok(due) => Ok(due.at),
        Err(error) => {
            let (sentence, remedy) = if chinese {
                (format!("由该时限得不出日期：{error}"), "写明长度，例如 --within 5wd")
            } else {
                (format!("no day follows from that limit: {error}"), "give a length, such as --within 5wd")
            };
            Err(Failure::new(ExitCode::Usage, sentence).with_remedy(remedy))
        }
    }
}

fn unknown(finding: i64, chinese: bool) -> Failure {
    if chinese {
        return not_found(format!("没有编号为 {finding} 的监察事项"))
            .with_remedy("用 jianchad findings --all 查看全部监察事项及其编号");
    }
    not_found(format!("there is no finding {finding}"))
        .with_remedy("`jianchad findings --all` lists all of them with their numbers")
}

impl Review {
    fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        if let (Some(finding), Some(by), Some(why)) = (self.dismiss, &self.by, &self.why) {
            let (common, by, why, tongue) = (self.common.clone(), by.clone(), why.clone(), self.show.tongue);
            return Entry { common, tongue, finding, by, why }.enter(&CardAction::Dismiss, out);
        }
        let config = service::load(&self.common.config)?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let chinese = self.show.tongue.chinese();
        let columns = [
            ("finding", "编号", "finding"),
            ("card", "牌", "card"),
            ("case_number", "办件编号", "case"),
            ("unit_name", "单位", "unit"),
            ("rule", "规则", "rule"),
            ("raised_at", "发现于", "raised"),
            ("why", "原因", "why"),
        ];
        let mut list = List::new(&columns, chinese);
        let filter = FindingFilter { open: true, ..FindingFilter::default() };
        let waits = [Standing::Pending.word(), Standing::PendingWithdrawal.word()];
        let pending = |line: &FindingLine| waits.contains(&line.standing.as_str());
        for line in ledger.findings(&filter, Language::of(chinese))?.into_iter().filter(pending) {
            let people = self.show.format == Format::Table;
            let rule =
                if people { rules::name(&line.rule, Language::of(chinese)).to_owned() } else { line.rule };
            let card = line
                .card
                .parse::<Card>()
                .ok()
                .filter(|_| people && chinese)
                .map_or(line.card, |card| card.zh().into());
            let raised: String = line.raised_at.chars().take(10).collect();
            list.push(vec![
                json!(line.finding),
                json!(card),
                json!(line.case_number),
                json!(line.unit_name),
                json!(rule),
                json!(raised),
                json!(line.why),
            ]);
        }
        list.write(self.show.format, out)
    }
}

impl Showing {
    fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = service::load(&self.common.config)?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let chinese = self.show.tongue.chinese();
        let events = ledger.finding_events(self.finding, Language::of(chinese))?;
        if events.is_empty() {
            return Err(unknown(self.finding, chinese));
        }
        let columns = [
            ("at", "时间", "at"),
            ("event", "事件", "event"),
            ("card", "牌", "card"),
            ("by", "经手人", "by"),
            ("why", "说明", "why"),
        ];
        let mut list = List::new(&columns, chinese);
        let people = self.show.format == Format::Table;
        for FindingEvent { at, event, card, by, why } in events {
            let event = if people { event.words(Language::of(chinese)) } else { event.word() };
            let card = if people && chinese { card.zh() } else { card.word() };
            let at = if people { at.to_the_minute() } else { at.to_string() };
            list.push(vec![json!(at), json!(event), json!(card), json!(by), json!(why)]);
        }
        list.write(self.show.format, out)
    }
}
