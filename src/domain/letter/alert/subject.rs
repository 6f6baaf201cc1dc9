//! The subject of an alert: which cards, whose, how many, how late.

use std::collections::BTreeSet;

use super::entry::highest;
use super::writer::Writer;
use crate::domain::card::Card;
use crate::domain::finding::Event;
use crate::domain::letter::news::News;
use crate::domain::rules::{
    CALENDAR_ENDS, CLOCK_STOPPED, LEDGER_BEGUN, LEDGER_REPLACED, MAIL_REFUSED, OWN, SOURCE_CLOCK,
    SOURCE_DARK, SOURCE_SUSPECT, UNMAPPED_CODE, handed_over, met_unseen, time_limit,
};
use crate::domain::text::say;

impl Writer<'_> {
    pub(super) fn subject(&self, groups: &[Vec<&News>]) -> String {
        let first: Vec<&News> = groups.iter().map(|group| group[0]).collect();
        let withdrawn = groups.iter().filter(|group| group.iter().any(|news| news.is_withdrawal())).count();
        if let [only] = first[..]
            && (OWN.contains(&only.rule.as_str()) || only.rule == met_unseen::ID)
            && withdrawn == 0
        {
            let name = match only.rule.as_str() {
                SOURCE_DARK => "source_subject",
                SOURCE_SUSPECT => "suspect_subject",
                MAIL_REFUSED => "refused_subject",
                CLOCK_STOPPED => "stopped_subject",
                UNMAPPED_CODE => "unmapped_subject",
                LEDGER_BEGUN => "ledger_subject",
                LEDGER_REPLACED => "replaced_subject",
                met_unseen::ID => "unseen_subject",
                _ => "calendar_subject",
            };
            let subject = &only.subject[..];
            let about = if only.rule == met_unseen::ID { met_unseen::source_of(subject) } else { subject };
            return self.say(name, &[("name", about)]);
        }
        // What is taken back asks for nothing: it is counted for itself, also beside what else is told of its case.
        let live: Vec<&News> = first.iter().copied().filter(|news| !news.is_withdrawal()).collect();
        let cards: Vec<Card> =
            groups.iter().filter(|group| !group[0].is_withdrawal()).map(|group| highest(group)).collect();
        let told = if live.is_empty() { &first } else { &live };
        let cards = [Card::Red, Card::Yellow, Card::Notice].into_iter().filter_map(|card| {
            let count = cards.iter().filter(|given| **given == card).count();
            let several = cards.len() > count;
            let word = self.card(card);
            (count > 0).then(|| if several { format!("{word} {count}") } else { word.to_owned() })
        });
        let cards: Vec<String> = cards.collect();
        let cards = if cards.is_empty() { self.say("what_revoked", &[]) } else { cards.join(" ") };
        let mixed = told.iter().any(|news| self.what(news) != self.what(told[0]));
        let law_named = !mixed && self.word(told[0]) == "what_statutory";
        let worst = self.worst(groups, told, if law_named { "worst" } else { "worst_by_law" });
        let mut what = if mixed { self.say("what_mixed", &[]) } else { self.what(told[0]) };
        if withdrawn > 0 && !live.is_empty() {
            what.push_str(&self.say("and_revoked", &[("count", &self.cases(withdrawn))]));
        }
        let count = self.cases(told.len());
        let values = [("cards", cards.as_str()), ("count", &count), ("what", &what), ("worst", &worst)];
        let units: BTreeSet<String> = groups.iter().map(|group| self.unit(group[0])).collect();
        let named: Vec<&String> = units.iter().filter(|unit| !unit.is_empty()).collect();
        match named[..] {
            [] => self.say("subject_none", &values),
            [unit] => self.say("subject_one", &[&values[..], &[("unit", unit)]].concat()),
            _ => self.say("subject_many", &[&values[..], &[("units", &named.len().to_string())]].concat()),
        }
    }

    /// How late the longest late is. Where all that the words count are cards by the law's limit it is that of the law, in a reminder as in
    /// the first letter, whose words named it; `by_law`: the words for it.
    fn worst(&self, groups: &[Vec<&News>], told: &[&News], by_law: &str) -> String {
        let of_law = told
            .iter()
            .all(|news| news.rule == time_limit::ID && news.clock == "statutory" && news.card > Card::Notice);
        let counted = groups.iter().flatten().filter(|news| !of_law || news.clock == "statutory");
        let worst = counted.filter_map(|news| self.late(news)).max();
        let name = if of_law { by_law } else { "worst" };
        worst.map_or_else(String::new, |(_, late)| self.say(name, &[("late", &late)]))
    }

    /// A number of cases: 3 件, `1 case`.
    fn cases(&self, count: usize) -> String {
        say!("alert-cases", count).words(self.language)
    }

    /// What the most pressing case is about, in a word.
    fn what(&self, news: &News) -> String {
        self.say(self.word(news), &[])
    }

    fn word(&self, news: &News) -> &'static str {
        match (news.event, news.rule.as_str(), news.card) {
            (Event::Revoked, ..) => "what_revoked",
            _ if news.asks => self.question_word(news),
            (Event::Reminded | Event::Unanswered, ..) if self.is_unanswered(news) => "what_overdue",
            (Event::Reminded | Event::Unanswered, ..) => "what_unanswered",
            (Event::Referred, ..) => "what_referred",
            (_, handed_over::ID, _) => "what_handed",
            (_, met_unseen::ID, _) => "what_unseen",
            (_, SOURCE_DARK, _) => "what_source",
            (_, SOURCE_SUSPECT, _) => "what_suspect",
            (_, SOURCE_CLOCK, _) => "what_clock",
            (_, CALENDAR_ENDS, _) => "what_calendar",
            (_, MAIL_REFUSED, _) => "what_refused",
            (_, CLOCK_STOPPED, _) => "what_stopped",
            (_, UNMAPPED_CODE, _) => "what_unmapped",
            (_, LEDGER_BEGUN, _) => "what_ledger",
            (_, LEDGER_REPLACED, _) => "what_replaced",
            (_, time_limit::ID, Card::Notice) => "what_notice",
            (_, time_limit::ID, _) if news.clock == "statutory" => "what_statutory",
            (_, time_limit::ID, _) => "what_late",
            _ => "what_other",
        }
    }
}
