//! What a mail says of a case besides its reason: rule, limit, clause, dates and the short count.

use chrono::NaiveDate;

use super::{News, Running, Writer};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::policy::ClockRule;
use crate::domain::rules::{self, time_limit};

impl Writer<'_> {
    pub(super) fn facts(&self, news: &News) -> Vec<(String, String)> {
        let mut facts = vec![(self.say("rule", &[]), rules::name(&news.rule, self.chinese()).to_owned())];
        if let Some(dispute) = &news.dispute {
            facts.extend(self.disputed(news, dispute));
            return facts;
        }
        if news.rule != time_limit::ID
            && let Some(found) = news.found
        {
            facts.push((self.say("found", &[]), self.days().moment(found)));
        }
        let Some(running) = &news.deadline else { return facts };
        let limit = self.limit(&running.limit);
        facts.push((self.say("limit", &[]), limit));
        if let Some(basis) = self.basis(news) {
            facts.push((self.say("basis", &[]), basis));
        }
        facts.push((self.say("started", &[]), self.days().moment(running.started)));
        if let Some(due) = running.due {
            facts.push((self.say("due", &[]), self.days().moment(due)));
            facts.push((self.say("count", &[]), self.count(running, due)));
        }
        facts
    }

    pub(super) fn basis(&self, news: &News) -> Option<String> {
        let item = news.item.as_ref().and_then(|code| self.policy.registry.items.get(code));
        let clock = self.clock(news)?;
        Some(item.map_or(&clock.basis[..], |item| clock.basis_on(item)).to_owned())
    }

    /// The declaration of the clock that a finding is of.
    pub(super) fn clock(&self, news: &News) -> Option<&ClockRule> {
        let item = news.item.as_ref().and_then(|code| self.policy.registry.items.get(code));
        let started = news.deadline.as_ref().map(|it| it.started.date());
        self.policy.clock(&news.clock, started, item)
    }

    /// The short day count: enough to check the date on a wall calendar.
    fn count(&self, running: &Running, due: Moment) -> String {
        let (started, due_at) = (self.days().moment(running.started), self.days().moment(due));
        let working = matches!(running.limit, Limit::Span { unit: LimitUnit::WorkingDays, .. });
        if !working {
            return self.say("counting_plain", &[("started", &started), ("due", &due_at)]);
        }
        let (rest, makeup) = self.days_off(running.started.date(), due.date());
        let values = [
            ("started", started.as_str()),
            ("rest", &rest.to_string()),
            ("makeup", &makeup),
            ("due", &due_at),
        ];
        self.say("counting", &values)
    }

    /// The days of rest behind one day and up to another, and in words the days that were worked instead.
    pub(super) fn days_off(&self, from: NaiveDate, to: NaiveDate) -> (u32, String) {
        let (mut rest, mut makeup) = (0_u32, 0_u32);
        for day in from.iter_days().skip(1).take_while(|day| *day <= to) {
            let day = self.policy.calendar.day(day);
            rest += u32::from(!day.working);
            makeup += u32::from(day.make_up);
        }
        let words = || self.say("makeup", &[("days", &makeup.to_string())]);
        (rest, if makeup > 0 { words() } else { String::new() })
    }
}
