//! `jianchad card`: what people do with a card, each an event with who, when and why.

mod order;

use std::io::Write;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::json;

use super::attribution::{self, Attribution, MaybeDeed};
use super::table::List;
use super::{Common, LangOption, Show, not_found, word};
use crate::domain::card::Card;
use crate::domain::card_action::CardAction;
use crate::domain::finding::Standing;
use crate::domain::letter::leaving::next_letter;
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::now::{Clock, Now};
use crate::domain::policy::Policy;
use crate::domain::rules;
use crate::domain::text::{Language, Text, say};
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
    lang_option: LangOption,
    /// Number of the finding, as `jianchad card review` and `jianchad findings` show it.
    finding: i64,
    #[command(flatten)]
    attribution: Attribution,
}

#[derive(Debug, Args)]
struct Review {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    show: Show,
    /// Number of a finding that is not to be issued.
    #[arg(long, value_name = "FINDING", requires = "by")]
    dismiss: Option<i64>,
    #[command(flatten)]
    attribution: MaybeDeed,
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
        let language = self.lang_option.language();
        let order_due = match action {
            CardAction::Order(within) => {
                Some(order::due(&config.policy, within, Moment::instant(now.instant), language)?)
            }
            _ => None,
        };
        let mut ledger = attribution::ledger(&config, &self.common, language)?;
        let line = ledger.finding(self.finding, language)?;
        let line = line.ok_or_else(|| unknown(self.finding, language))?;
        self.attribution.asked.agreed(&about(&line, action, language), language)?;
        let answer_day = ledger.answer_day(self.finding)?;
        let Attribution { by, why, .. } = &self.attribution;
        let done = Done { finding: self.finding, action, by, why, order_due, at: now.instant };
        ledger.enter_deed(&done).map_err(|error| match error {
            NotDone::Unknown => unknown(self.finding, language),
            NotDone::Refused(why) => self.refused(&why),
            NotDone::Ledger(error) => error.into(),
        })?;
        let (finding, what) = (self.finding, action.event().text());
        let said = match order_due.map(|due| due.to_the_minute()) {
            Some(due) => say!("card-done_until", finding, what, by, due),
            None => say!("card-done", finding, what, by),
        };
        writeln!(out, "{}", said.words(language))?;
        if *action == CardAction::Appeal {
            if let Some(late) = late(answer_day, now.today()) {
                writeln!(out, "{}", late.words(language))?;
            }
            self.receipt(line, &config.policy, &now, out)?;
        }
        Ok(())
    }

    /// The receipt for an appeal, for the reply to the unit: who is told of an appeal by letter are those who decide.
    fn receipt(
        &self,
        line: FindingLine,
        policy: &Policy,
        now: &Now,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let language = self.lang_option.language();
        let at = Moment::instant(now.instant);
        let due = policy.answer_by(next_letter(policy, now)).map(|due| Text::from(due.to_the_minute()));
        let due = due.unwrap_or_else(|| policy.answer_within.text());
        let card = word(&line.card, Card::text);
        let receipt = say!(
            "card-receipt",
            unit = line.unit_name.unwrap_or_default(),
            case = line.case_number,
            card,
            rule = rules::name(&line.rule),
            at = at.to_the_minute(),
            finding = self.finding,
            due
        );
        writeln!(out, "{}", receipt.words(language))?;
        Ok(writeln!(out, "{}", say!("card-receipt_remedy").words(language))?)
    }

    fn refused(&self, why: &Text) -> Failure {
        let (finding, language) = (self.finding, self.lang_option.language());
        Failure::new(ExitCode::Usage, say!("card-refused", finding, why = why.clone()).words(language))
            .with_remedy(say!("card-refused_remedy", finding).words(language))
    }
}

/// That an appeal comes after the day by which the card was to be answered. It is taken all the same: whether a card is wrong does not
/// hang on a day, and who decides is told when it came.
fn late(answer_day: Option<NaiveDate>, today: NaiveDate) -> Option<Text> {
    answer_day.filter(|day| *day < today).map(|day| say!("card-appeal_late", day))
}

/// What is about to be done to which card: case, item and unit as people know them.
fn about(line: &FindingLine, action: &CardAction, language: Language) -> Text {
    let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "—".into());
    let card = word(&line.card, Card::text).words(language);
    let (case, unit, item) = (line.case_number.as_str(), part(&line.unit_name), part(&line.item_name));
    let rule = rules::name(&line.rule).words(language);
    say!("deed-card", finding = line.finding, what = action.event().text(), card, case, item, unit, rule)
}

fn unknown(finding: i64, language: Language) -> Failure {
    not_found(say!("card-unknown", finding).words(language))
        .with_remedy(say!("card-unknown_remedy").words(language))
}

impl Review {
    fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        if let (Some(finding), Some(attribution)) = (self.dismiss, self.attribution.said()) {
            let (common, lang_option) = (self.common.clone(), self.show.lang_option);
            return Entry { common, lang_option, finding, attribution }.enter(&CardAction::Dismiss, out);
        }
        let config = self.common.to_read(self.show.lang_option.language())?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let language = self.show.lang_option.language();
        let columns = [
            ("finding", say!("column-finding")),
            ("card", say!("column-card")),
            ("case_number", say!("column-case")),
            ("unit_name", say!("column-unit")),
            ("rule", say!("column-rule")),
            ("raised_at", say!("column-raised")),
            ("why", say!("column-why")),
        ];
        let mut list = List::new(columns, language).leaving_out(&["raised_at", "rule", "unit_name"]);
        let filter = FindingFilter { open: true, ..FindingFilter::default() };
        let waits = [Standing::Pending.word(), Standing::PendingWithdrawal.word()];
        let pending = |line: &FindingLine| waits.contains(&line.standing.as_str());
        for line in ledger.findings(&filter, language)?.into_iter().filter(pending) {
            let people = self.show.format().is_for_people();
            let rule = if people { rules::name(&line.rule).words(language) } else { line.rule };
            let card = if people { word(&line.card, Card::text).words(language) } else { line.card };
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
        list.write(self.show.format(), out)
    }
}

impl Showing {
    fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = self.common.to_read(self.show.lang_option.language())?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let language = self.show.lang_option.language();
        let events = ledger.finding_events(self.finding, language)?;
        if events.is_empty() {
            return Err(unknown(self.finding, language));
        }
        let columns = [
            ("at", say!("column-at")),
            ("event", say!("column-event")),
            ("card", say!("column-card")),
            ("by", say!("column-by")),
            ("why", say!("column-remark")),
        ];
        let mut list = List::new(columns, language);
        let people = self.show.format().is_for_people();
        for FindingEvent { at, event, card, by, why } in events {
            let event = if people { event.text().words(language) } else { event.word().to_owned() };
            let card = if people { card.text().words(language) } else { card.word().to_owned() };
            let at = if people { at.to_the_minute() } else { at.to_string() };
            list.push(vec![json!(at), json!(event), json!(card), json!(by), json!(why)]);
        }
        list.write(self.show.format(), out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On the last day an appeal is in time, on the next one late.
    #[test]
    fn an_appeal_after_its_last_day_is_said_to_be_late() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day);
        let said = [18, 19, 20].map(|today| late(day(19), day(today).unwrap()).is_some());
        assert_eq!(said, [false, false, true]);
        assert_eq!(late(None, day(20).unwrap()), None, "a card without such a day");
        let words = late(day(19), day(20).unwrap()).unwrap().words(Language::English);
        assert!(words.contains("2026-03-19"), "{words}");
    }
}
