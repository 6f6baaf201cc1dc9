//! How late a case is on the day of the letter, and the words for it: those of the day on which a card was raised grow old.

use super::writer::Writer;
use crate::domain::calendar::Calendar;
use crate::domain::card::Card;
use crate::domain::clock::Act;
use crate::domain::count::working_days_late;
use crate::domain::finding::{Event, Standing};
use crate::domain::letter::news::{News, Running};
use crate::domain::letter::plain::{Detail, plain};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::plan::question::Asks;
use crate::domain::plan::says_due_day;
use crate::domain::rules::time_limit::{self, lateness};

/// How a clock stands on the day of the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Its due moment is to come.
    Near,
    /// It is past, and the matter is open.
    Overdue,
    /// The matter is over: finished late, or gone.
    Ended,
    /// Nobody knows when it is due.
    Undated,
}

impl Writer<'_> {
    /// The working days of a case: those of its item or its unit, where they have their own.
    pub(super) fn calendar(&self, news: &News) -> &Calendar {
        let item = news.item.as_ref().and_then(|code| self.policy.registry.items.get(code));
        item.map_or(&self.policy.calendar, |item| self.policy.calendar_of(item, news.unit.as_deref()))
    }

    /// Working days from one moment to another, at least 1: a part of a day counts as one.
    pub(super) fn days_between(&self, news: &News, due: Moment, until: Moment) -> u32 {
        working_days_late(self.calendar(news), self.policy.zone, &due, &until).unwrap_or(0).max(1)
    }

    pub(super) fn is_past(&self, due: Moment) -> bool {
        Moment::instant(self.now.instant).order(&due).is_gt()
    }

    pub(super) fn state(&self, news: &News) -> State {
        let running = news.deadline.as_ref();
        match running.and_then(|running| running.due) {
            _ if news.standing == Standing::Resolved => State::Ended,
            None => State::Undated,
            Some(_) if running.is_some_and(|running| running.stopped.is_some()) => State::Ended,
            Some(due) if self.is_past(due) => State::Overdue,
            Some(_) => State::Near,
        }
    }

    /// How late a case is today, or was when it ended, if it is: what is more stands behind what is less, and the words.
    pub(super) fn late(&self, news: &News) -> Option<(i64, String)> {
        let running = news.deadline.as_ref().filter(|_| news.rule == time_limit::ID)?;
        let due = running.due?;
        // Of a card that may fall, the record as it is says nothing of how late it was.
        if news.asks && news.question.is_none_or(|question| question.asks == Asks::Withdrawal) {
            return None;
        }
        let stopped = running.stopped.map(|(at, _)| at);
        let until = stopped.or(running.paused_since).unwrap_or(Moment::instant(self.now.instant));
        if news.card == Card::Notice || news.is_withdrawal() || !until.order(&due).is_gt() {
            return None;
        }
        let days = self.days_between(news, due, until);
        // A part of the due day itself is less than any day behind it.
        let minutes = (until.at() - due.at()).num_minutes();
        let rank = if until.date() == due.date() { minutes } else { i64::from(days) * 24 * 60 };
        Some((rank, lateness(days, due, until).words(self.language)))
    }

    /// Words with a number as they stand in a sentence: 20个工作日.
    pub(super) fn close(&self, words: String) -> String {
        if self.chinese() { words.replace(' ', "") } else { words }
    }

    /// The words of the record, as this reader is told them: the administrator reads what a program said.
    pub(super) fn told(&self, news: &News) -> String {
        self.written(&plain(&news.why.words(self.language), self.language, Detail::of(self.role)))
    }

    /// A sentence of the record with its days as the letter writes them.
    pub(super) fn written(&self, text: &str) -> String {
        self.days().within(text)
    }

    /// Why there is a card, as of the day of the letter.
    pub(super) fn why(&self, news: &News) -> String {
        if let Some(dispute) = &news.dispute {
            return self.why_disputed(news, dispute);
        }
        let told = || self.told(news);
        // Of a card in question whose case is over the deadline is that of the record as it stands, on which it does not rest.
        let over = news.deadline.as_ref().is_none_or(|running| running.stopped.is_some());
        let in_question = news.standing == Standing::PendingWithdrawal && (news.asks || over);
        let moved = news.event == Event::Moved && says_due_day(&news.why);
        let of_its_own = moved || news.is_withdrawal() || in_question;
        if news.rule != time_limit::ID || of_its_own {
            return told();
        }
        let Some((running, due)) = news.deadline.as_ref().and_then(|it| Some((it, it.due?))) else {
            return told();
        };
        let item = news.item.as_ref().and_then(|code| self.policy.registry.items.get(code));
        let Some(clock) = self.policy.clock(&news.clock, Some(running.started.date()), item) else {
            return told();
        };
        if clock.is_counted_back() {
            return told();
        }
        let name = clock.name_of(&news.clock).words(self.language);
        let started = self.days().day(running.started.date());
        // How it began does not change with the day: where it counts as accepted by law, the words of the record say so.
        let deemed = ["视为受理", "counts as accepted"][usize::from(!self.chinese())];
        let old = told();
        let begun = match old.find(&name) {
            Some(at) if old[..at].contains(deemed) => old[..at].to_owned(),
            _ => self.say("why_begun", &[("started", &started)]),
        };
        let due_at = self.days().moment(due);
        let limit = if running.limit == Limit::SameDay {
            self.say("why_same_day", &[("name", &name)])
        } else {
            self.say(
                "why_limit",
                &[("name", &name), ("limit", &self.limit(&running.limit)), ("due", &due_at)],
            )
        };
        let late = self.late(news).map(|(_, words)| self.close(words));
        // By what was entered since it was told the card would be in time; it was upheld, and so late as it was told.
        if let Some(given) = news.given.as_ref().filter(|_| late.is_none() && news.card > Card::Notice) {
            let given = plain(&given.words(self.language), self.language, Detail::of(self.role));
            return self.say("why_given", &[("words", &self.written(&given))]);
        }
        let state = self.stands(news, running, &Act::of(clock), late.as_deref());
        let provisional = if running.provisional { self.say("why_provisional", &[]) } else { String::new() };
        format!("{begun}{limit}{state}{provisional}")
    }

    /// Where a clock stands on the day of the letter: not done, done and so late.
    fn stands(&self, news: &News, running: &Running, act: &Act, late: Option<&str>) -> String {
        let open = act.pending().words(self.language);
        match (self.state(news), running.stopped) {
            (State::Ended, Some((stopped, by))) => {
                let (stopped, done) = (self.days().moment(stopped), act.done(by).words(self.language));
                match late {
                    Some(late) => {
                        self.say("why_ended", &[("stopped", &stopped), ("done", &done), ("late", late)])
                    }
                    None => self.say("why_gone", &[]),
                }
            }
            (State::Ended, None) => self.say("why_gone", &[]),
            (State::Overdue, _) if late.is_some() => {
                let late = late.unwrap_or_default();
                self.say("why_overdue", &[("open", &open), ("late", late)])
            }
            _ => self.say("why_open", &[("open", &open)]),
        }
    }

    /// A limit as it stands in a sentence: 20个工作日.
    pub(super) fn limit(&self, limit: &Limit) -> String {
        self.close(limit.text().words(self.language))
    }
}
