//! What a mail says of a case besides its reason: rule, limit, clause, dates and the short count.

use chrono::NaiveDate;

use super::writer::Writer;
use crate::domain::clock::{Parts, Sum};
use crate::domain::letter::news::{News, Running};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::policy::ClockRule;
use crate::domain::rules::{self, data_fault, time_limit};
use crate::domain::text::say;

impl Writer<'_> {
    pub(super) fn facts(&self, news: &News) -> Vec<(String, String)> {
        let mut facts = vec![(self.say("rule", &[]), rules::name(&news.rule).words(self.language))];
        let holder = self.holder(news).filter(|_| !news.is_withdrawal());
        facts.extend(holder.map(|holder| (self.say("holder", &[]), holder)));
        if let Some(dispute) = &news.dispute {
            facts.extend(self.disputed(news, dispute));
            return facts;
        }
        if news.rule != time_limit::ID
            && let Some(found) = news.found
        {
            facts.push((self.say("found", &[]), self.days().moment(found)));
        }
        // What contradicts says itself by what it is timed meanwhile.
        let running = news.deadline.as_ref().filter(|_| news.rule != data_fault::RULE.id);
        let Some(running) = running else { return facts };
        let limit = self.limit(&running.limit);
        facts.push((self.say("limit", &[]), limit));
        if let Some(basis) = self.basis(news) {
            facts.push((self.say("basis", &[]), basis));
        }
        facts.push((self.say("started", &[]), self.days().moment(running.started)));
        if let Some(due) = running.due {
            facts.push((self.say("due", &[]), self.days().moment(due)));
            facts.push((self.say("count", &[]), self.count(news, running, due)));
        }
        facts
    }

    pub(super) fn basis(&self, news: &News) -> Option<String> {
        let item = news.item.as_ref().and_then(|code| self.policy.registry.items.get(code));
        let clock = self.clock(news)?;
        Some(item.map_or(&clock.basis[..], |item| clock.basis_on(item)).to_owned())
    }

    /// The declaration of the clock that a finding is of, or by which its case goes on.
    pub(super) fn clock(&self, news: &News) -> Option<&ClockRule> {
        let item = news.item.as_ref().and_then(|code| self.policy.registry.items.get(code));
        let started = news.deadline.as_ref().map(|it| it.started.date());
        let key = news.deadline.as_ref().map_or(&news.clock, |running| &running.clock);
        self.policy.clock(key, started, item)
    }

    /// The short day count: enough to check the date on a wall calendar, with all that makes it.
    pub(super) fn count(&self, news: &News, running: &Running, due: Moment) -> String {
        let (started, due_at) = (self.days().moment(running.started), self.days().moment(due));
        let parts = self.parts(news, &running.parts, running.started, &running.limit, due);
        let working = matches!(running.limit, Limit::Span { unit: LimitUnit::WorkingDays, .. });
        if !working {
            let values = [("started", &*started), ("parts", &parts), ("due", &due_at)];
            return self.say("counting_plain", &values);
        }
        let (rest, makeup) = self.days_off(news, running.started.date(), due.date());
        let values = [
            ("started", started.as_str()),
            ("rest", &rest.to_string()),
            ("makeup", &makeup),
            ("parts", &parts),
            ("due", &due_at),
        ];
        self.say("counting", &values)
    }

    /// What a count leaves out and adds, each with its days: 特别程序3月6日09:00至3月15日09:00，共8个工作日不计；延长10个工作日.
    pub(super) fn parts(
        &self,
        news: &News,
        parts: &Parts,
        started: Moment,
        limit: &Limit,
        due: Moment,
    ) -> String {
        let counting = self.clock(news).map_or(&self.policy.counting, |clock| &clock.counting);
        let sum = parts.sum(counting, self.calendar(news), self.policy.zone, started, limit);
        let mut said = String::new();
        for (place, left_out) in parts.left_out.iter().enumerate() {
            if left_out.pause.from.order(&due).is_gt() {
                continue; // What begins behind the due day makes it no later.
            }
            let days = sum.as_ref().map(|sum| self.number(sum.left_out[place], sum));
            let days = days.map(|days| self.say("left_out_days", &[("days", &days)])).unwrap_or_default();
            let name = if left_out.special { "left_out_special" } else { "left_out_correction" };
            let to = if left_out.open {
                self.say("left_out_open", &[])
            } else {
                self.say("left_out_to", &[("to", &self.days().moment(left_out.pause.to))])
            };
            let from = self.days().moment(left_out.pause.from);
            said.push_str(&self.say(name, &[("from", &from), ("to", &to), ("days", &days)]));
        }
        for extension in &parts.extensions {
            said.push_str(&self.say("extended_by", &[("by", &self.limit(extension))]));
        }
        if let Some(sum) = sum.filter(|_| !parts.extensions.is_empty()) {
            let total = self.number(sum.total, &sum);
            said.push_str(&self.say("in_all", &[("total", &total)]));
        }
        said
    }

    /// A number of days of a sum as it stands in a sentence: 8个工作日, `1 working day`.
    fn number(&self, days: i64, of: &Sum) -> String {
        let working = || say!("alert-working_days", count = days);
        let text = if of.working { working() } else { say!("alert-days", count = days) };
        text.words(self.language)
    }

    /// The days of rest behind one day and up to another, and in words the days that were worked instead.
    pub(super) fn days_off(&self, news: &News, from: NaiveDate, to: NaiveDate) -> (u32, String) {
        let calendar = self.calendar(news);
        let (mut rest, mut makeup) = (0_u32, 0_u32);
        for day in from.iter_days().skip(1).take_while(|day| *day <= to) {
            let day = calendar.day(day);
            rest += u32::from(!day.working);
            makeup += u32::from(day.make_up);
        }
        let words = || self.say("makeup", &[("days", &makeup.to_string())]);
        (rest, if makeup > 0 { words() } else { String::new() })
    }
}
