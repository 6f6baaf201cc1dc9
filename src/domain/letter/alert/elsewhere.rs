//! What is asked where another unit has the case now: the reason of the unit that was late, the rest of the one that has it.

use super::lateness::State;
use super::todo::action;
use super::writer::{Reader, Writer};
use crate::domain::card::Card;
use crate::domain::clock::Act;
use crate::domain::letter::news::News;
use crate::domain::letter::page::phrase;
use crate::domain::moment::Moment;
use crate::domain::rules::{deemed_granted, extension_misuse, handed_over, special_excess, time_limit};

impl Writer<'_> {
    /// Name of the unit that has the case now, where another one answers for the finding.
    pub(super) fn holder(&self, news: &News) -> Option<String> {
        news.elsewhere().map(|code| self.unit_name(code))
    }

    /// Whether a unit is asked for nothing but its reason, as another one goes on with the case.
    pub(super) fn goes_on_elsewhere(&self, news: &News) -> bool {
        news.elsewhere().is_some() && !news.is_withdrawal() && !news.asks && !self.has_it(news)
    }

    /// Whether the reader is of the unit that has the case now.
    fn has_it(&self, news: &News) -> bool {
        let unit = self.contact.unit.as_deref();
        self.reader == Reader::Unit && news.ordered_elsewhere().is_some_and(|it| unit == Some(it))
    }

    /// The action of a rule that asks for going on with the case; `None` where the unit that answers has it, where nothing is
    /// left to do, and of other rules.
    pub(super) fn action_elsewhere(&self, news: &News, rule: &str, act: &Act) -> Option<String> {
        let holder = self.holder(news).filter(|_| self.asks_for_more(news))?;
        let due = news.deadline.as_ref().and_then(|running| running.due);
        let late = self.state(news) == State::Overdue || news.card > Card::Notice;
        let variant = match rule {
            time_limit::ID if !late => "elsewhere-near",
            time_limit::ID | deemed_granted::ID | special_excess::ID => "elsewhere",
            extension_misuse::ID if due.is_some_and(|due| !self.is_past(due)) => "elsewhere",
            _ => return None,
        };
        let name = action(self.language, self.reader, rule, Some(variant))?;
        let due = due.map(|due| self.days().before(due)).unwrap_or_default();
        let (unit, act) = (self.unit(news), self.act_words(news, act));
        let values = [("holder", &*holder), ("unit", &unit), ("act", &act), ("due", &due)];
        Some(phrase(self.language, self.reader.section(), &name, &values))
    }

    /// With whom a record is to be mended, where another unit has the case.
    pub(super) fn with_the_holder(&self, news: &News) -> String {
        let holder = self.holder(news).filter(|_| self.asks_for_more(news) && news.rule != time_limit::ID);
        holder.map(|holder| self.say_to("elsewhere", &[("holder", &holder)])).unwrap_or_default()
    }

    /// An order to finish a case that another unit has now: that one is to finish it.
    pub(super) fn ordered_elsewhere(&self, news: &News, due: Moment) -> String {
        let (holder, unit) = (self.holder(news).unwrap_or_default(), self.unit(news));
        let act = self.act_words(news, &self.act(news));
        let mut values = vec![("holder", &*holder), ("unit", &unit), ("act", &act)];
        let (over, has_it) = (self.is_past(due), self.has_it(news));
        let order = if over { self.days().moment(due) } else { self.days().before(due) };
        values.push(("order", &order));
        match (over, has_it) {
            (true, true) => self.say_to("order_over", &values),
            (true, false) => self.say_to("order_over_elsewhere", &values),
            (false, true) => self.say("ordered_elsewhere_holder", &values),
            (false, false) => self.say_to("ordered_elsewhere", &values),
        }
    }

    /// The order to finish that a case came with.
    pub(super) fn order_passed_on(&self, news: &News) -> String {
        let order = news.order_due.filter(|due| news.rule == handed_over::ID && !self.is_past(*due));
        let order = order.map(|due| self.days().before(due));
        order.map(|order| self.say_to("order_passed_on", &[("order", &order)])).unwrap_or_default()
    }
}
