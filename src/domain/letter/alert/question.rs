//! What a letter says of what waits for a supervisor's decision: whether a card falls (待核撤), and objections (申诉).

use super::writer::Writer;
use crate::domain::finding::Event;
use crate::domain::letter::news::News;
use crate::domain::letter::plain::{Detail, plain};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::plan::late::{Counted, Dispute, Said};
use crate::domain::plan::question::Asks;
use crate::domain::rules::time_limit::lateness;
use crate::domain::text::{Text, say};

/// What a piece of news asks; of what is decided meanwhile, what it asked.
pub(super) fn asks(news: &News) -> Asks {
    match (news.question, news.event) {
        (Some(question), _) => question.asks,
        (None, Event::Appealed) => Asks::Objection,
        (None, _) => Asks::Withdrawal,
    }
}

impl Writer<'_> {
    /// Head of an entry: what waits, and whether it is pressed for.
    pub(super) fn question_mark(&self, news: &News) -> String {
        let name = match (asks(news), news.event) {
            (Asks::Withdrawal, Event::Reminded) => "contested_reminded_mark",
            (Asks::Withdrawal, Event::Unanswered) => "contested_unanswered_mark",
            (Asks::Withdrawal, _) => "contested_mark",
            (Asks::Objection, Event::Reminded) => "appealed_reminded_mark",
            (Asks::Objection, Event::Unanswered) => "appealed_unanswered_mark",
            (Asks::Objection, _) => "appealed_mark",
        };
        self.say(name, &[("card", self.card(news.card))])
    }

    /// What waits, in a word for the subject.
    pub(super) fn question_word(&self, news: &News) -> &'static str {
        match (asks(news), self.decide_by(news)) {
            (_, Some(due)) if self.is_past(due) => "what_undecided",
            (Asks::Withdrawal, _) => "what_contested",
            (Asks::Objection, _) => "what_appealed",
        }
    }

    /// What the reader is to do: the unit waits, a supervisor decides by a day.
    pub(super) fn decide(&self, news: &News) -> String {
        let name = match asks(news) {
            Asks::Withdrawal => "contested",
            Asks::Objection => "appealed",
        };
        let by = match self.decide_by(news) {
            None => self.say("decide_within", &[("within", &self.limit(&self.policy.answer_within))]),
            Some(due) if self.is_past(due) => {
                let now = Moment::instant(self.now.instant);
                let late = lateness(self.days_between(news, due, now), due, now).words(self.language);
                let (due, late) = (self.days().day(due.date()), self.close(late));
                self.say("decide_over", &[("due", &due), ("late", &late)])
            }
            Some(due) => self.say("decide_by", &[("due", &self.days().before(due))]),
        };
        self.say_to(name, &[("card", self.card(news.card)), ("by", &by)])
    }

    /// By when it is to be decided; of what no letter told of yet, from this letter on.
    fn decide_by(&self, news: &News) -> Option<Moment> {
        news.question.and_then(|question| question.decide_by(self.policy)).or(self.answer_due)
    }

    /// Why it is asked whether a card falls.
    pub(super) fn why_disputed(&self, news: &News, dispute: &Dispute) -> String {
        let (card, told) = (self.card(news.card), self.days().moment(dispute.told));
        let upheld = dispute.upheld.map(|at| self.days().moment(at));
        let again = upheld.map(|at| self.say("why_upheld", &[("card", card), ("at", &at)]));
        let why = self.say("why_contested", &[("card", card), ("told", &told)]);
        self.sentences(&[why, again.unwrap_or_default()])
    }

    /// The count that the card rests on, what was on record when it was told, and what is now, each with its time of entry.
    pub(super) fn disputed(&self, news: &News, dispute: &Dispute) -> Vec<(String, String)> {
        let mut facts = Vec::new();
        let mut push = |name: &str, value: String| facts.push((self.say(name, &[]), value));
        if let Some(counted) = &dispute.rests_on {
            let name = counted.name.words(self.language);
            let between = say!("list-sentence").words(self.language);
            push("limit", format!("{name}{between}{}", self.limit(&counted.limit)));
            if let Some(basis) = self.basis(news) {
                push("basis", basis);
            }
            push("rests_started", self.days().moment(counted.started));
            push("rests_due", self.days().moment(counted.due));
            push("rests_count", self.rests_on(news, counted));
        }
        push("told_at", self.days().moment(dispute.told));
        for fact in &dispute.facts {
            let before = fact.before.as_ref().map(|said| self.on_record(said));
            push("record_then", before.unwrap_or_else(|| self.say("record_none", &[])));
            push("record_now", self.on_record(&fact.after));
        }
        push("record_gives", self.in_words(&dispute.now));
        facts
    }

    fn rests_on(&self, news: &News, counted: &Counted) -> String {
        let (started, due) = (self.days().moment(counted.started), self.days().moment(counted.due));
        let late = counted.late.as_ref().map(|late| self.close(late.words(self.language)));
        let late = late.map(|late| self.say("rests_late", &[("late", &late)])).unwrap_or_default();
        let parts = self.parts(news, &counted.parts, counted.started, &counted.limit, counted.due);
        let Some(days) = counted.days.filter(|_| matches!(counted.limit, Limit::Span { .. })) else {
            let values = [("started", &*started), ("parts", &parts), ("due", &due), ("late", &late)];
            return self.say("rests_plain", &values);
        };
        let (rest, makeup) = self.days_off(news, counted.started.date(), counted.due.date());
        let values = [
            ("started", started),
            ("due", due),
            ("days", days.to_string()),
            ("rest", rest.to_string()),
            ("makeup", makeup),
            ("late", late),
            ("parts", parts),
        ];
        self.say("rests_counted", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// What a record says, and when it was entered.
    fn on_record(&self, said: &Said) -> String {
        let entry = self.in_words(&said.entry);
        match &said.words {
            Some(words) => self.say("record", &[("words", &self.in_words(words)), ("entry", &entry)]),
            None => self.say("record_gone", &[("entry", &entry)]),
        }
    }

    /// A sentence of the record as the letter writes days.
    fn in_words(&self, sentence: &Text) -> String {
        self.written(&plain(&sentence.words(self.language), self.language, Detail::Plain))
    }
}
