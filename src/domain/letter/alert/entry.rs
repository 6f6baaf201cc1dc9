//! One case in a mail, in the reader's language.

use serde::Serialize;

use super::days::DayByDay;
use super::writer::Writer;
use crate::domain::card::Card;
use crate::domain::clock::Act;
use crate::domain::finding::{Event, Standing};
use crate::domain::letter::news::News;
use crate::domain::plan::says_due_day;
use crate::domain::rules::{
    self, CALENDAR_ENDS, LEDGER_BEGUN, LEDGER_REPLACED, OWN, SOURCE_CLOCK, SOURCE_DARK, SOURCE_SUSPECT,
    TOLD_TO_REVIEW, handed_over, met_unseen, time_limit,
};

/// One case in a mail.
#[derive(Serialize)]
pub(super) struct Entry {
    mark: String,
    colour: &'static str,
    subject: String,
    display: Option<String>,
    item: String,
    unit: String,
    why: String,
    also: Vec<String>,
    facts: Vec<(String, String)>,
    /// The count day by day, for who does the work.
    counts: Vec<DayByDay>,
    todo: String,
}

/// The highest card of a case that is not taken back; the highest of all where every one is.
pub(super) fn highest(group: &[&News]) -> Card {
    let live = group.iter().filter(|news| !news.is_withdrawal()).map(|news| news.card).max();
    live.unwrap_or_else(|| group.iter().map(|news| news.card).max().unwrap_or(Card::Notice))
}

impl Writer<'_> {
    pub(super) fn card(&self, card: Card) -> &'static str {
        if self.chinese() { card.zh() } else { card.word() }
    }

    pub(super) fn unit(&self, news: &News) -> String {
        news.unit.as_deref().map(|code| self.unit_name(code)).unwrap_or_default()
    }

    /// The name of a unit; of one that the registry does not know, its code.
    pub(super) fn unit_name(&self, code: &str) -> String {
        self.policy.registry.units.get(code).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
    }

    /// The unit; of a case whose record names none, where it is from.
    pub(super) fn unit_or_source(&self, news: &News) -> String {
        match (&news.unit, &news.source) {
            (None, Some(source)) => self.say("unit_unknown", &[("source", source)]),
            _ => self.unit(news),
        }
    }

    pub(super) fn item(&self, news: &News) -> String {
        let item = news.item.as_ref().and_then(|code| self.policy.registry.items.get(code));
        item.map(|item| item.name.clone()).or_else(|| news.item.clone()).unwrap_or_default()
    }

    /// The number of a case; of our own running what it is about.
    pub(super) fn subject_of(&self, news: &News) -> String {
        match news.rule.as_str() {
            SOURCE_DARK | SOURCE_SUSPECT | SOURCE_CLOCK => {
                self.say("subject_source", &[("name", &news.subject)])
            }
            met_unseen::ID => self.say("subject_source", &[("name", met_unseen::source_of(&news.subject))]),
            CALENDAR_ENDS => self.say("subject_calendar", &[]),
            LEDGER_BEGUN | LEDGER_REPLACED => self.say("subject_ledger", &[]),
            _ if news.together.is_some() => self.say("subject_source", &[("name", &news.subject)]),
            _ => news.subject.clone(),
        }
    }

    /// A case without what only a decision needs, as the attached list has it.
    pub(super) fn brief_entry(&self, group: &[&News]) -> Entry {
        let facts = if group[0].dispute.is_none() { Vec::new() } else { self.facts(group[0]) };
        Entry { facts, ..self.bare_entry(group) }
    }

    /// A case.
    pub(super) fn entry(&self, group: &[&News]) -> Entry {
        let counts = group.iter().filter_map(|piece| self.day_by_day(piece)).collect();
        Entry { facts: self.facts(group[0]), counts, ..self.bare_entry(group) }
    }

    /// A case without its facts and counts.
    fn bare_entry(&self, group: &[&News]) -> Entry {
        let news = group[0];
        let highest = highest(group);
        let colour = match (news.is_withdrawal(), highest) {
            (true, _) => "#546e7a",
            (_, Card::Red) => "#b00020",
            (_, Card::Yellow) => "#a86500",
            (_, Card::Notice) => "#1565c0",
        };
        let others = group[1..].iter().map(|piece| self.also(piece, news));
        Entry {
            mark: self.mark(news),
            colour,
            subject: self.subject_of(news),
            display: news.display.clone(),
            item: self.item(news),
            unit: self.unit_or_source(news),
            why: self.reason(news),
            also: self.remarks(news).into_iter().chain(others).collect(),
            facts: Vec::new(),
            counts: Vec::new(),
            todo: self.todo_of_all(group),
        }
    }

    /// What is said of a finding besides its reason, under that finding and no other: an order not kept, what was done
    /// with the card, that it is in question, a silence.
    fn remarks(&self, news: &News) -> Vec<String> {
        let open = !news.is_withdrawal();
        let failed = news.order_due.filter(|_| open && news.order_failed && news.rule == time_limit::ID);
        let order = failed.map(|due| {
            let (order, act) = (self.days().before(due), self.act(news));
            let name = if act == Act::Finish { "order_failed" } else { "order_failed_act" };
            self.say(name, &[("order", &order), ("act", &self.act_words(news, &act))])
        });
        let note = self.note(news).filter(|_| open);
        let in_question = open && !news.asks && news.standing == Standing::PendingWithdrawal;
        let question = in_question.then(|| self.say("in_question", &[("card", self.card(news.card))]));
        [order, note, question, self.silenced(news)].into_iter().flatten().collect()
    }

    /// Another finding of the same case, by its name where its reason does not give it, and by its card where that is higher than
    /// the one at the head.
    fn also(&self, news: &News, first: &News) -> String {
        let (reason, name) = (self.reason(news), self.matter(news));
        let remarks = self.remarks(news);
        let named = (remarks.is_empty() && !news.is_withdrawal()) || reason.contains(&name);
        let (colon, between) = (self.say("colon", &[]), self.say("semicolon", &[]));
        let head = if named { reason } else { format!("{name}{colon}{reason}") };
        let stop = |part: String| part.trim_end_matches(['。', '.']).to_owned();
        let higher = || (news.card > first.card).then(|| self.card(news.card).to_owned());
        let card = if news.is_withdrawal() { Some(self.mark(news)) } else { higher() };
        let head = card.map_or_else(|| head.clone(), |card| format!("{card}{colon}{head}"));
        let words: Vec<String> = std::iter::once(head).chain(remarks.into_iter().map(stop)).collect();
        self.say("also", &[("words", &words.join(&between))])
    }

    /// What a finding is of: its clock, else its rule.
    pub(super) fn matter(&self, news: &News) -> String {
        let rule = || rules::name(&news.rule).words(self.language);
        let clock = self.clock(news).filter(|_| !news.clock.is_empty());
        clock.map_or_else(rule, |clock| clock.name_of(&news.clock).words(self.language))
    }

    /// Why there is a card, as of today; why it was withdrawn.
    pub(super) fn reason(&self, news: &News) -> String {
        if news.is_withdrawal() {
            let machine = || self.say("why_revoked", &[("words", &self.told(news))]);
            return self.note(news).unwrap_or_else(machine);
        }
        self.why(news)
    }

    /// What was done with the card, and by whom.
    fn note(&self, news: &News) -> Option<String> {
        let (by, words) = news.note.as_ref()?;
        let words = words.words(self.language);
        let Some(by) = by else { return Some(words.into_owned()) };
        let name = match news.event {
            Event::Revoked => "note_revoked",
            Event::Ordered => "note_ordered",
            Event::Upheld => "note_upheld",
            Event::Appealed => "note_appealed",
            _ => "said_by",
        };
        Some(self.say(name, &[("by", by), ("words", &words)]))
    }

    /// That it was found while a silence held.
    fn silenced(&self, news: &News) -> Option<String> {
        Some(self.say("silenced", &[("until", &self.days().day(news.silenced?))]))
    }

    pub(super) fn mark(&self, news: &News) -> String {
        if OWN.contains(&news.rule.as_str()) {
            return self.say("own_mark", &[]);
        }
        if news.rule == handed_over::ID && !news.is_withdrawal() {
            return self.say("handed_mark", &[]);
        }
        if news.standing == Standing::Pending && TOLD_TO_REVIEW.contains(&news.rule.as_str()) {
            return self.say("unseen_mark", &[]);
        }
        let card = self.card(news.card);
        let name = match news.event {
            _ if news.asks => return self.question_mark(news),
            // Nothing is due on another day: another unit has the case.
            Event::Moved if !says_due_day(&news.why) => "moved_unit_mark".to_owned(),
            event @ (Event::Reminded | Event::Unanswered) if self.is_unanswered(news) => {
                format!("{event}_over_mark")
            }
            event @ (Event::Revoked
            | Event::Moved
            | Event::Grown
            | Event::Referred
            | Event::Reminded
            | Event::Unanswered
            | Event::Ordered
            | Event::Upheld) => {
                format!("{event}_mark")
            }
            _ => return card.to_owned(),
        };
        self.say(&name, &[("card", card)])
    }

    /// What is to be done of a case: of the finding at the head, and of each other that asks for something else.
    fn todo_of_all(&self, group: &[&News]) -> String {
        let first = group[0];
        let mut said = vec![self.todo(first)];
        for piece in group[1..].iter().filter(|piece| !piece.is_withdrawal()) {
            let timed = piece.rule == time_limit::ID && !piece.asks;
            let same = timed
                && self.asks_for_more(piece)
                && self.act(piece) == self.act(first)
                && piece.holder == first.holder;
            let todo = self.todo(piece);
            if !same && !first.is_withdrawal() && !said.contains(&todo) {
                said.push(self.say("also_todo", &[("name", &self.matter(piece)), ("todo", &todo)]));
            }
        }
        self.sentences(&said)
    }
}
