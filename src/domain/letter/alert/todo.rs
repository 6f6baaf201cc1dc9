//! What the reader is to do (办理要求): of every rule its own, for the unit and for those who supervise it.

use super::lateness::State;
use super::writer::{Reader, Writer};
use crate::domain::card::Card;
use crate::domain::clock::Act;
use crate::domain::finding::{Event, Standing};
use crate::domain::letter::news::News;
use crate::domain::letter::page::phrase;
use crate::domain::letter::route::lacks_item;
use crate::domain::moment::Moment;
use crate::domain::record::TraceKind;
use crate::domain::registry::Role;
use crate::domain::rules::{
    ANSWERED, data_fault, deemed_granted, extension_misuse, handed_over, step_due, time_limit,
    time_limit::lateness,
};
use crate::domain::statute::Expiry;
use crate::domain::text::{Language, say};

/// The name of the action of a rule for a reader, in the part of the reader: `variant` for a clock that is not overdue.
pub(super) fn action(
    language: Language,
    reader: Reader,
    rule: &str,
    variant: Option<&str>,
) -> Option<String> {
    let name = variant.map_or_else(|| rule.to_owned(), |variant| format!("{rule}-{variant}"));
    language.phrases().get(reader.section())?.contains_key(&name).then_some(name)
}

impl Writer<'_> {
    /// A phrase that stands once for the unit and once for those who supervise it.
    pub(super) fn say_to(&self, name: &str, values: &[(&str, &str)]) -> String {
        match self.reader {
            Reader::Unit => self.say(&format!("{name}_unit"), values),
            Reader::Supervisor => self.say(&format!("{name}_supervisor"), values),
        }
    }

    pub(super) fn todo(&self, news: &News) -> String {
        let card = self.card(news.card);
        match (news.event, news.order_due) {
            (Event::Revoked, _) => self.withdrawn(news),
            _ if news.asks => self.decide(news),
            _ if news.together.is_some() => self.say("together_todo", &[]),
            (Event::Ordered, Some(due)) if news.ordered_elsewhere().is_some() => {
                self.ordered_elsewhere(news, due)
            }
            (Event::Ordered, Some(due)) if self.is_past(due) && news.standing == Standing::Open => {
                self.say_to("order_over", &[("order", &self.days().moment(due))])
            }
            (Event::Ordered, Some(due)) if news.standing == Standing::Open => {
                let (order, timed) = (self.days().before(due), news.rule == time_limit::ID);
                match self.act(news) {
                    _ if !timed => {
                        let ordered = self.say_to("ordered_other", &[("order", &order)]);
                        self.sentences(&[ordered, self.with_the_holder(news)])
                    }
                    Act::Finish => self.say_to("ordered", &[("order", &order)]),
                    act => {
                        let act = self.act_words(news, &act);
                        self.say_to("ordered_act", &[("order", &order), ("act", &act)])
                    }
                }
            }
            (Event::Upheld, _) => {
                let upheld = self.say("upheld_todo", &[("card", card)]);
                self.sentences(&[upheld, self.action(news), self.answer(news)])
            }
            _ => self.sentences(&[self.action(news), self.order_passed_on(news), self.answer(news)]),
        }
    }

    /// Of a card that is gone nothing is to be done; who reads it in the place of somebody who was told never heard of it.
    fn withdrawn(&self, news: &News) -> String {
        let itself = news.told.iter().any(|told| told.address == self.contact.address);
        let name = if itself || news.told.is_empty() { "revoked_todo" } else { "revoked_todo_in_place" };
        self.say(name, &[("card", self.card(news.card))])
    }

    pub(super) fn sentences(&self, parts: &[String]) -> String {
        let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(&say!("list-sentence").words(self.language))
    }

    /// What the rule asks for, as the matter stands.
    fn action(&self, news: &News) -> String {
        let due = news.deadline.as_ref().and_then(|running| running.due);
        let timed = news.rule == time_limit::ID;
        if !timed && news.standing == Standing::Resolved {
            return self.say_to("gone", &[]);
        }
        let act = self.act(news);
        let variant = if timed { self.timed(news, &act) } else { self.untimed(news) };
        // What the law takes for granted once the day has passed is not to be decided any more.
        let granted =
            timed && variant.is_none() && self.clock(news).is_some_and(|it| it.on_expiry == Expiry::Granted);
        let rule = if granted { deemed_granted::ID } else { &news.rule[..] };
        if let Some(elsewhere) = self.action_elsewhere(news, rule, &act) {
            return elsewhere;
        }
        if self.role == Role::Admin && lacks_item(self.policy, news) {
            return self.say("lacks_item", &[]);
        }
        // Every rule there is has its words, by a test; a rule that a later version leaves out may stand in an old ledger.
        let own = self.role == Role::Admin && self.language.phrases()["todo_admin"].contains_key(rule);
        let own = own.then(|| ("todo_admin", rule.to_owned()));
        let of_reader =
            || action(self.language, self.reader, rule, variant).map(|it| (self.reader.section(), it));
        let words = own.or_else(of_reader).map(|(part, name)| {
            let due = due.map(|due| self.days().before(due)).unwrap_or_default();
            let values = [("act", &*self.act_words(news, &act)), ("due", &due)];
            phrase(self.language, part, &name, &values)
        });
        let words = words.unwrap_or_else(|| self.say_to("retired", &[]));
        self.sentences(&[words, self.with_the_holder(news)])
    }

    /// How the action of a limit is put, as the clock stands.
    fn timed(&self, news: &News, act: &Act) -> Option<&'static str> {
        match (self.state(news), act) {
            (State::Overdue, Act::Finish) => None,
            (State::Overdue, Act::Decide) => Some("deemed"),
            (State::Overdue, _) => Some("act"),
            (State::Near, _) if self.can_be_extended(news) => Some("near"),
            (State::Near, _) => Some("act-near"),
            (State::Ended, Act::Finish) if self.was_finished(news) => Some("ended"),
            (State::Ended, _) => Some("act-ended"),
            (State::Undated, Act::Finish) => Some("undated"),
            (State::Undated, _) => Some("act-undated"),
        }
    }

    /// How the action of another rule is put: with the day on which the case is due, where it has one, or without.
    fn untimed(&self, news: &News) -> Option<&'static str> {
        let due = news.deadline.as_ref().and_then(|running| running.due);
        let dated = due.is_some_and(|due| !self.is_past(due));
        match news.rule.as_str() {
            handed_over::ID | extension_misuse::ID if !dated => Some("undated"),
            rule if rule == data_fault::RULE.id && news.deadline.is_none() => {
                let item = news.item.as_ref().and_then(|code| self.policy.registry.items.get(code));
                Some(if item.is_some() { "stopped" } else { "uncounted" })
            }
            rule if rule == step_due::RULE.id => match step_due::Asks::of(&news.why) {
                step_due::Asks::Step => None,
                step_due::Asks::Reason => Some("done"),
                step_due::Asks::DueDay => Some("due_day"),
            },
            _ => None,
        }
    }

    /// Whether what stopped the clock was the end of the matter itself.
    fn was_finished(&self, news: &News) -> bool {
        let stopped = news.deadline.as_ref().and_then(|running| running.stopped);
        stopped.is_none_or(|(_, by)| matches!(by, TraceKind::Decided | TraceKind::Closed))
    }

    /// Whether a finding asks for more than the reason of what is over.
    pub(super) fn asks_for_more(&self, news: &News) -> bool {
        match news.rule.as_str() {
            _ if news.asks => true,
            time_limit::ID => self.state(news) != State::Ended,
            _ => news.standing != Standing::Resolved,
        }
    }

    /// Whether the unit is to answer: a card, and what is wrong with the record, which is reminded of like one.
    pub(super) fn asks_for_an_answer(news: &News) -> bool {
        let of_case = !news.is_withdrawal() && news.together.is_none();
        of_case && (news.card > Card::Notice || ANSWERED.contains(&news.rule.as_str()))
    }

    /// By when to answer a card; nothing for a notice, which asks for none.
    fn answer(&self, news: &News) -> String {
        if !Self::asks_for_an_answer(news) || self.is_ordered(news) {
            return String::new();
        }
        if news.appealed {
            return self.say_to("answer_rests", &[]);
        }
        match self.answer_due(news) {
            None => self.say_to("answer_within", &[("within", &self.limit(&self.policy.answer_within))]),
            Some(due) if self.is_past(due) => {
                let now = Moment::instant(self.now.instant);
                let late = lateness(self.days_between(news, due, now), due, now).words(self.language);
                let values = [("due", self.days().day(due.date())), ("late", self.close(late))];
                self.say_to("answer_over", &values.each_ref().map(|(key, value)| (*key, value.as_str())))
            }
            Some(due) => self.say_to("answer", &[("answer", &self.days().before(due))]),
        }
    }

    /// Until when the unit may object to a card: as long as it may answer.
    pub(super) fn appeal_by(&self, news: &News) -> Option<Moment> {
        let open = !self.is_ordered(news) && !news.appealed;
        self.answer_due(news).filter(|due| open && !self.is_past(*due))
    }

    /// When an answer is due: a card told for the first time, as another card or upheld is to be answered from this letter on.
    fn answer_due(&self, news: &News) -> Option<Moment> {
        let told_anew = matches!(
            news.event,
            Event::Raised | Event::Escalated | Event::Reopened | Event::Issued | Event::Upheld
        );
        let known = news.answer_due.filter(|_| !told_anew && news.stands_for.is_empty());
        known.or(self.answer_due)
    }

    /// Whether an order to finish runs: it stands in the place of an answer.
    fn is_ordered(&self, news: &News) -> bool {
        let runs = !news.order_failed && news.standing == Standing::Open;
        runs && news.order_due.is_some_and(|due| !self.is_past(due))
    }

    /// Whether the day by which to answer has passed without an answer.
    pub(super) fn is_unanswered(&self, news: &News) -> bool {
        !news.asks
            && !self.is_ordered(news)
            && news.event.presses()
            && news.answer_due.is_some_and(|due| self.is_past(due))
    }
}

#[cfg(test)]
mod tests;
