//! The subject of an alert: which cards, whose, how many, how late.

use std::collections::BTreeSet;

use super::{News, Writer};
use crate::domain::finding::Card;
use crate::domain::rules::{CALENDAR_ENDS, CLOCK_STOPPED, MAIL_REFUSED, OWN, SOURCE_DARK, handed_over};

impl Writer<'_> {
    pub(super) fn subject(&self, groups: &[Vec<&News>]) -> String {
        let first: Vec<&News> = groups.iter().map(|group| group[0]).collect();
        if let [only] = first[..]
            && OWN.contains(&only.rule.as_str())
        {
            let name = match only.rule.as_str() {
                SOURCE_DARK => "source_subject",
                MAIL_REFUSED => "refused_subject",
                CLOCK_STOPPED => "stopped_subject",
                _ => "calendar_subject",
            };
            return self.say(name, &[("name", &only.subject)]);
        }
        let cards = [Card::Red, Card::Yellow, Card::Notice].into_iter().filter_map(|card| {
            let count = first.iter().filter(|news| news.card == card && news.event != "revoked").count();
            let several = first.iter().any(|news| news.card != card);
            let word = self.card(card);
            (count > 0).then(|| if several { format!("{word} {count}") } else { word.to_owned() })
        });
        let cards: Vec<String> = cards.collect();
        let cards = if cards.is_empty() { self.say("what_revoked", &[]) } else { cards.join(" ") };
        let units: BTreeSet<String> = first.iter().map(|news| self.unit(news)).collect();
        let of_highest = first.iter().filter(|news| news.card == first[0].card);
        let worst = of_highest.map(|news| self.days_late(news)).max().unwrap_or(0);
        let worst =
            if worst > 0 { self.say("worst", &[("days", &worst.to_string())]) } else { String::new() };
        let mixed = first.iter().any(|news| self.what(news) != self.what(first[0]));
        let what = if mixed { self.say("what_mixed", &[]) } else { self.what(first[0]) };
        let count = groups.len().to_string();
        let values = [("cards", cards.as_str()), ("count", &count), ("what", &what), ("worst", &worst)];
        if let (Some(unit), 1) = (units.first(), units.len()) {
            return self.say("subject_one", &[&values[..], &[("unit", unit)]].concat());
        }
        self.say("subject_many", &[&values[..], &[("units", &units.len().to_string())]].concat())
    }

    /// What the most pressing case is about, in a word.
    fn what(&self, news: &News) -> String {
        let name = match (news.event.as_str(), news.rule.as_str(), news.card) {
            ("revoked", ..) => "what_revoked",
            _ if self.waits_for_a_decision(news) => "what_contested",
            ("reminded" | "unanswered", ..) if self.is_unanswered(news) => "what_overdue",
            ("reminded" | "unanswered", ..) => "what_unanswered",
            (_, handed_over::ID, _) => "what_handed",
            (_, SOURCE_DARK, _) => "what_source",
            (_, CALENDAR_ENDS, _) => "what_calendar",
            (_, MAIL_REFUSED, _) => "what_refused",
            (_, CLOCK_STOPPED, _) => "what_stopped",
            (_, "time-limit", Card::Notice) => "what_notice",
            (_, "time-limit", _) if news.clock == "statutory" => "what_statutory",
            (_, "time-limit", _) => "what_late",
            _ => "what_other",
        };
        self.say(name, &[])
    }
}
